using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Government.S06Sharing.Requests;

/// <summary>
/// A request for another office's data as a case (政务数据共享条例 art. 20 to 22): the head of the office that asks
/// approves it, the authority looks whether it is whole and tells once what is missing, the provider answers in ten working
/// days, or twenty with the authority's consent, and supplies in twenty. What may be shared without conditions is given as
/// soon as the own head has approved.
/// </summary>
public static class RequestType
{
    public const string Code = "sharing/request";
    public const string UnconditionalCode = "sharing/unconditional";

    /// <summary>The office that is the authority for sharing.</summary>
    public const string Authority = "data";

    public const string Answer = "answer";

    /// <summary>The stage of a request that the provider refused.</summary>
    public const string Refused = "refused";

    /// <summary>The step by which a dispute brings it back to the provider.</summary>
    public const string AnswerAgain = "answer-again";

    public static readonly CaseType Conditional = new()
    {
        Code = Code,
        Name = Text.Request,
        Clause = "S06",
        Owner = Authority,
        OfficeBy = RequestTerms.Consumer,
        WindowPermission = SharingRights.Apply,
        Stages =
        [
            Approval,
            new("checking", "主管部门审核完整性", StageKind.Before) { Seat = new(SharingRights.Manage) { Office = Authority }, Note = Text.CheckingNote },
            Correcting,
            new("checking-again", "主管部门审核补正", StageKind.Before) { Seat = new(SharingRights.Manage) { Office = Authority } },
            new("answering", "提供部门答复", StageKind.Running) { Seat = new(SharingRights.Answer), Note = Text.AnsweringNote },
            new("supplying", "提供数据", StageKind.Running) { Seat = new(SharingRights.Answer), Note = Text.SupplyingNote },
            new("supplied", "已提供", StageKind.Ended),
            new(Refused, "不予共享", StageKind.Ended),
            new("dropped", "本部门未批准或者撤回", StageKind.Ended),
        ],
        Steps =
        [
            new("approve", "批准申请", ["approval"], "checking", Actor.Head) { Office = Authority, Basis = Law("第二十条") },
            Drop,
            Withdraw("approval", "correcting"),
            new("pass-on", "材料完整，转提供部门", ["checking", "checking-again"], "answering", Actor.Handler)
            {
                OfficeBy = RequestTerms.Provider, Marks = Milestone.Accepted, Bulk = true, Basis = Law("第二十一条"),
            },
            new("ask-correction", "一次性告知补正", ["checking"], "correcting", Actor.Handler)
            {
                OfficeBy = RequestTerms.Consumer, Needs = StepNeeds.Opinion, Note = Text.AskCorrectionNote, Basis = Law("第二十一条"),
            },
            new("correct", "提交补正", ["correcting"], "checking-again", Actor.Handler)
            {
                Office = Authority, ChangesAnswers = true, Note = Text.CorrectNote, Basis = Law("第二十一条"),
            },
            new("agree", "同意共享", ["answering"], "supplying", Actor.Head)
            {
                Marks = Milestone.Decided, Result = "agreed", Note = Text.AgreeNote, Basis = Law("第二十一条"),
            },
            new("refuse", "不同意共享，说明理由", ["answering"], Refused, Actor.Head)
            {
                Needs = StepNeeds.Reason | StepNeeds.Basis, Marks = Milestone.Decided, Result = "refused", Adverse = true, Basis = Law("第二十一条"),
            },
            new("ask-extension", "请求延长答复期限", ["answering"], null, Actor.Handler) { Needs = StepNeeds.Reason, Note = Text.AskExtensionNote, Basis = Law("第二十一条") },
            new("extend", "同意延长答复期限", ["answering"], null, Actor.Supervisor)
            {
                Permission = SharingRights.Manage, Needs = StepNeeds.Reason | StepNeeds.Document, Clocks = [new(ClockAction.Extend, Answer)],
                Note = Text.ExtendNote, Basis = Law("第二十一条"),
            },
            new(AnswerAgain, "争议处理后由提供部门重新答复", [Refused], "answering", Actor.Platform) { Needs = StepNeeds.Reason, Basis = Law("第二十八条") },
            new("supply", "已经提供", ["supplying"], "supplied", Actor.Handler) { Needs = StepNeeds.Opinion, Note = Text.SupplyNote, Basis = Law("第二十二条") },
            new("supply-at-once", "由平台接口即时提供", ["supplying"], "supplied", Actor.Platform) { Basis = Law("第二十二条") },
        ],
        Clocks =
        [
            new("check", "完整性审核时限（比照目录审核）", ClockUnit.WorkingDays, 2, ClockKind.Step, Law("第十七条")) { Runs = ["checking", "checking-again"] },
            new(Answer, "答复时限（有条件共享）", ClockUnit.WorkingDays, 10, ClockKind.Legal, Law("第二十一条"))
            {
                Runs = ["answering"], Extension = new(10, Roles.Head, "政务数据共享主管部门", Law("第二十一条")),
            },
            new("supply", "提供数据时限", ClockUnit.WorkingDays, 20, ClockKind.Legal, Law("第二十二条")) { Runs = ["supplying"] },
        ],
        Form = RequestTerms.Form,
        Results = [new("agreed", "同意共享", true), new("refused", "不同意共享", false), new("dropped", "未批准或者撤回", false)],
    };

    public static readonly CaseType Unconditional = new()
    {
        Code = UnconditionalCode,
        Name = Text.UnconditionalRequest,
        Clause = "S06",
        Owner = Authority,
        OfficeBy = RequestTerms.Consumer,
        WindowPermission = SharingRights.Apply,
        Stages =
        [
            Approval,
            new("giving", "无条件共享，即时办理", StageKind.Running),
            new("supplied", "已提供", StageKind.Ended),
            new("dropped", "本部门未批准或者撤回", StageKind.Ended),
        ],
        Steps =
        [
            new("approve", "批准申请", ["approval"], "giving", Actor.Head) { Marks = Milestone.Accepted, Note = Text.AtOnceNote, Basis = Law("第二十条") },
            Drop,
            Withdraw("approval"),
            new("give", "无条件共享，即时提供", ["giving"], "supplied", Actor.Platform) { Marks = Milestone.Decided, Result = "agreed", Basis = Law("第二十一条") },
        ],
        Clocks = [new(Answer, "答复时限（无条件共享）", ClockUnit.WorkingDays, 1, ClockKind.Legal, Law("第二十一条")) { Runs = ["giving"] }],
        Form = RequestTerms.Form,
        Results = [new("agreed", "同意共享", true), new("dropped", "未批准或者撤回", false)],
    };

    public static bool Is(CaseType type) => type.Code is Code or UnconditionalCode;

    private static CaseStage Approval => new("approval", "申请部门负责人批准", StageKind.Before) { Seat = new(SharingRights.Apply), Note = Text.ApprovalNote };

    private static CaseStage Correcting => new("correcting", "申请部门补正", StageKind.Before) { Seat = new(SharingRights.Apply), Note = Text.CorrectingNote };

    private static CaseStep Drop => new("drop", "不批准", ["approval"], "dropped", Actor.Head)
    {
        Needs = StepNeeds.Reason,
        Marks = Milestone.Decided,
        Result = "dropped",
        Basis = Law("第二十条"),
    };

    private static CaseStep Withdraw(params string[] from) => new("take-back", "撤回申请", from, "dropped", Actor.Handler)
    {
        Needs = StepNeeds.Reason,
        Marks = Milestone.Decided,
        Result = "dropped",
    };

    private static Basis Law(string article) => new("政务数据共享条例", article);
}
