using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.Governance.Disclosure;

/// <summary>One of the answers that the regulation knows, as a step that ends the request.</summary>
/// <param name="Good">The applicant got what he asked for.</param>
public sealed record RequestAnswer(string Code, string Label, bool Good, StepNeeds Needs, Basis Basis);

/// <summary>
/// Disclosure on request (政府信息公开条例 chapter 4) as a case type: one correction notice in seven working days, the
/// answer in twenty, one extension by at most twenty, time of asking others not counted, the answers of art. 36 as
/// results. Free of charge.
/// </summary>
public static class RequestType
{
    public const string Code = "disclosure/request";
    public const string Answer = "answer";
    public const string Correction = "notice";

    /// <summary>Working days that a third party or another maker has to reply (art. 32, 34).</summary>
    public const int DaysToReply = 15;

    private const StepNeeds Reasoned = StepNeeds.Reason | StepNeeds.Basis | StepNeeds.Document;

    public static readonly CodeList Kinds = new("disclosure-request-kind", "申请类别", "", [
        new("information", "申请公开政府信息"), new("correction", "申请更正与本人有关的政府信息"),
    ]);

    public static readonly CodeList Forms = new("disclosure-request-form", "信息形式", "", [
        new("electronic", "电子文件"), new("paper", "纸质复印件"), new("view", "当面查阅"),
    ]);

    public static readonly CodeList Ways = new("disclosure-request-way", "获取方式", "", [
        new("online", "网上获取"), new("email", "电子邮件"), new("post", "邮寄"), new("pick-up", "当面领取"),
    ]);

    public static IReadOnlyList<CodeList> CodeLists => [Kinds, Forms, Ways];

    /// <summary>In the order of the articles.</summary>
    public static readonly IReadOnlyList<RequestAnswer> Answers =
    [
        new("public", "已经主动公开，告知获取途径", true, StepNeeds.Opinion, Law("第三十六条第一项")),
        new("disclosed", "予以公开", true, StepNeeds.Opinion | StepNeeds.Document, Law("第三十六条第二项")),
        new("partial", "部分公开，其余说明理由", true, StepNeeds.Opinion | Reasoned, Law("第三十七条")),
        new("withheld", "不予公开，说明理由", false, Reasoned, Law("第三十六条第三项")),
        new("none", "检索后没有该信息", false, StepNeeds.Reason | StepNeeds.Document, Law("第三十六条第四项")),
        new("other-organ", "不属于本机关负责公开，说明理由", false, StepNeeds.Opinion | StepNeeds.Reason | StepNeeds.Document, Law("第三十六条第五项")),
        new("repeat", "重复申请，不予重复处理", false, StepNeeds.Reason | StepNeeds.Document, Law("第三十六条第六项")),
        new("special", "按照有关法律、行政法规的规定办理", false, Reasoned, Law("第三十六条第七项")),
        new("processing", "需要加工、分析，不予提供", false, Reasoned, Law("第三十八条")),
        new("petition", "属于信访、投诉、举报，告知相应渠道", false, StepNeeds.Opinion | StepNeeds.Reason, Law("第三十九条第一款")),
        new("publication", "公开出版物，告知获取途径", false, StepNeeds.Opinion, Law("第三十九条第二款")),
        new("unreasonable", "申请数量、频次明显不合理，不予处理", false, Reasoned, Law("第三十五条")),
        new("corrected", "已更正", true, StepNeeds.Opinion, Law("第四十一条")),
        new("not-corrected", "不予更正或者转送有权更正的机关，说明理由", false, StepNeeds.Reason | StepNeeds.Document, Law("第四十一条")),
    ];

    /// <summary>What ends a request beside an answer.</summary>
    public static readonly IReadOnlyList<CaseResult> Otherwise =
        [new("given-up", "逾期不补正，视为放弃", false), new("withdrawn", "申请人撤回", false)];

    public static IReadOnlyList<CaseResult> Results { get; } =
        [.. Answers.Select(answer => new CaseResult(answer.Code, answer.Label, answer.Good)), .. Otherwise];

    public static readonly CaseType Type = new()
    {
        Code = Code,
        Name = Text.Request,
        Clause = "P4",
        Owner = OfficeCode.City,
        Applicants = Applicants.Everyone,
        WindowPermission = DisclosureSystem.Requests,
        Withdrawal = "withdrawn",
        Stages =
        [
            new("received", "收到申请", StageKind.Before) { Seat = new(DisclosureSystem.Requests) },
            new("correcting", "等待补正", StageKind.Waiting) { Seat = new(DisclosureSystem.Requests) { Handler = true }, Note = Text.CorrectingNote },
            new("review", "办理", StageKind.Running) { Seat = new(DisclosureSystem.Requests) { Handler = true } },
            new("asked", "征求意见", StageKind.Running) { Seat = new(DisclosureSystem.Requests) { Handler = true }, Note = Text.AskedNote },
            new("explaining", "等待申请人说明理由", StageKind.Waiting) { Seat = new(DisclosureSystem.Requests) { Handler = true }, Note = Text.ExplainingNote },
            new("answered", "已答复", StageKind.Ended),
            new("given-up", "视为放弃", StageKind.Ended),
            new("withdrawn", "已撤回", StageKind.Ended),
        ],
        Steps =
        [
            new("register", "登记办理", ["received"], "review", Actor.Handler)
            {
                Marks = Milestone.Accepted, Note = Text.RegisterNote, Notices = ["registered"], Bulk = true, Basis = Law("第三十一条"),
            },
            new("deem-clear", "视为内容明确", ["received"], "review", Actor.Platform) { Marks = Milestone.Accepted, On = Occasion.ClockRanOut },
            new("ask-correction", "一次性告知补正", ["received"], "correcting", Actor.Handler)
            {
                Needs = StepNeeds.Opinion | StepNeeds.Until, Notices = ["correct"], Note = Text.AskCorrectionNote, Basis = Law("第三十条"),
            },
            new("correct", "提交补正", ["correcting"], "review", Actor.Applicant)
            {
                ChangesAnswers = true, Marks = Milestone.Accepted, Notices = ["corrected"], Basis = Law("第三十条"),
            },
            new("give-up", "逾期不补正，视为放弃", ["correcting"], "given-up", Actor.Head)
            {
                Needs = StepNeeds.Reason, Marks = Milestone.Decided, Result = "given-up", Notices = ["decided"], Basis = Law("第三十条"),
            },
            new("ask-third", "征求第三方意见", ["review"], "asked", Actor.Handler)
            {
                Needs = StepNeeds.Opinion | StepNeeds.Document, Notices = ["asked"], Note = Text.AskThirdNote,
                Clocks = [new(ClockAction.Suspend, Answer, "third-party")], Basis = Law("第三十二条"),
            },
            new("ask-maker", "征求其他机关意见", ["review"], "asked", Actor.Handler)
            {
                Needs = StepNeeds.Opinion | StepNeeds.Document, Notices = ["asked"], Note = Text.AskMakerNote,
                Clocks = [new(ClockAction.Suspend, Answer, "co-maker")], Basis = Law("第三十四条"),
            },
            new("reply", "已收到意见", ["asked"], "review", Actor.Handler)
            {
                Needs = StepNeeds.Opinion, Note = Text.ReplyNote, Clocks = [new(ClockAction.Resume, Answer)], Basis = Law("第三十三条"),
            },
            new("no-reply", "逾期未答复，自行决定", ["asked"], "review", Actor.Handler)
            {
                Needs = StepNeeds.Opinion, Note = Text.NoReplyNote, Basis = Law("第三十二条、第三十四条"),
            },
            new("extend", "延长答复期限", ["review", "asked"], null, Actor.Head)
            {
                Needs = StepNeeds.Reason | StepNeeds.Document, Notices = ["extended"], Clocks = [new(ClockAction.Extend, Answer)],
                Note = Text.ExtendNote, Basis = Law("第三十三条"),
            },
            new("ask-reasons", "要求说明理由", ["review"], "explaining", Actor.Handler)
            {
                Needs = StepNeeds.Opinion, Notices = ["explain"], Note = Text.AskReasonsNote, Basis = Law("第三十五条"),
            },
            new("explain", "说明理由", ["explaining"], "review", Actor.Applicant) { Needs = StepNeeds.Opinion },
            new("no-reasons", "申请人未说明理由", ["explaining"], "review", Actor.Head),
            .. Answers.Select(answer => new CaseStep("answer-" + answer.Code, answer.Label, ["received", "review"], "answered", Actor.Handler)
            {
                Needs = answer.Needs, Marks = Milestone.Decided, Result = answer.Code, Notices = ["decided"], Produces = "disclosure-answer",
                Basis = answer.Basis, Adverse = !answer.Good,
            }),
        ],
        Clocks =
        [
            new(Correction, "补正告知时限", ClockUnit.WorkingDays, 7, ClockKind.Legal, Law("第三十条"))
            {
                Runs = ["received"],
                Silence = new("deem-clear", Text.SilenceMeaning, Law("第三十条")),
            },
            new(Answer, "答复时限", ClockUnit.WorkingDays, 20, ClockKind.Legal, Law("第三十三条"))
            {
                Runs = ["received", "review", "asked", "explaining"],
                Suspensions = SuspensionKinds.OfDisclosure,
                Extension = new(20, Roles.Head, "政府信息公开工作机构负责人", Law("第三十三条")),
            },
        ],
        Form = new(
        [
            new(new() { Name = "kind", Label = "您要申请什么", Type = FieldTypes.Code, CodeList = Kinds.Name, Required = true }),
            new(new() { Name = "features", Label = "所需信息的名称、文号或者其他特征", Type = FieldTypes.LongText, Required = true, LengthMax = 1000, Note = Text.FeaturesNote })
            { When = Condition.Is("kind", "information") },
            new(new() { Name = "form", Label = "希望得到的形式", Type = FieldTypes.Code, CodeList = Forms.Name, Required = true }) { When = Condition.Is("kind", "information") },
            new(new() { Name = "way", Label = "希望获取的方式", Type = FieldTypes.Code, CodeList = Ways.Name, Required = true }) { When = Condition.Is("kind", "information") },
            new(new() { Name = "address", Label = "邮寄地址", Type = FieldTypes.Text, Required = true, LengthMax = 200 }) { When = Condition.Is("way", "post") },
            new(new() { Name = "recorded", Label = "现在记录的是什么，记录在哪里", Type = FieldTypes.LongText, Required = true, LengthMax = 1000 }) { When = Condition.Is("kind", "correction") },
            new(new() { Name = "right", Label = "应当怎样更正，依据是什么", Type = FieldTypes.LongText, Required = true, LengthMax = 1000 }) { When = Condition.Is("kind", "correction") },
            new(new() { Name = "help", Label = "需要的帮助", Type = FieldTypes.Text, LengthMax = 200, Note = Text.HelpNote }),
        ]),
        Materials = [new("evidence", "证明记录有误的材料") { When = Condition.Is("kind", "correction"), Basis = Law("第四十一条") }],
        Results = Results,
        Notices =
        [
            new("received", "已收到您的政府信息公开申请", "您的申请{number}已收到，查询码{code}。答复不收取费用。"),
            new("registered", "您的申请已登记办理", "您的申请{number}由{office}办理。"),
            new("correct", "请补正政府信息公开申请", "您的申请{number}内容不够明确，请补正：{opinion}。补正后重新计算答复期限；无正当理由逾期不补正的，视为放弃申请。"),
            new("corrected", "已收到您的补正", "您的申请{number}的补正已收到，答复期限自今日起重新计算。"),
            new("asked", "正在征求意见", "您的申请{number}涉及其他单位或者个人，正在征求意见，所需时间不计入答复期限。"),
            new("extended", "答复期限延长", "您的申请{number}的答复期限延长，原因：{reason}"),
            new("explain", "请说明申请理由", "请说明申请{number}的理由：{opinion}"),
            new("decided", "您的申请已答复", "您的申请{number}的答复：{result}。{opinion}{reason}"),
        ],
        OnOpening = ["received"],
    };

    private static Basis Law(string article) => new("政府信息公开条例", article);
}
