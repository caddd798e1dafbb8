using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;
using Shali.Platform.Systems;

namespace Shali.Tests.Support;

/// <summary>Case types that exist in tests only: a permit with everything that the engine knows, and its parts.</summary>
public sealed class SampleCases : CitySystem
{
    public const string Handle = "casework-test.handle";
    public const string Window = "casework-test.window";
    public const string Watch = "casework-test.watch";
    public const string PermitCode = "casework-test/permit";
    public const string PartCode = "casework-test/part";

    private static readonly Basis Law = new("行政许可法", "第三十二条");

    public override string Clause => "P3";

    public override string Name => "测试办件";

    public override string Owner => "market-regulation";

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(Handle, "办理测试办件", Roles.Clerk, Roles.Head),
        Permission.For(Window, "窗口登记测试办件", Roles.Clerk).At("market-regulation"),
        Permission.For(Watch, "督办测试办件", Roles.Leader),
    ];

    public override IReadOnlyList<CaseType> CaseTypes => [Permit, Part, SampleApproval.Type];

    public static readonly CaseType Permit = new()
    {
        Code = PermitCode,
        Name = "测试许可",
        Clause = "P3",
        Owner = "market-regulation",
        Applicants = Applicants.Everyone,
        WindowPermission = Window,
        Withdrawal = "withdrawn",
        Merger = "merged",
        Reopening = "review",
        Stages =
        [
            new("received", "收件", StageKind.Before) { Seat = new(Handle) },
            new("correcting", "补正", StageKind.Waiting) { Note = "请按补正告知书修改后重新提交" },
            new("review", "审查", StageKind.Running) { Seat = new(Handle) { Handler = true } },
            new("special", "专家评审", StageKind.Running) { Seat = new(Handle) { Handler = true } },
            new("parts", "分项办理", StageKind.Waiting),
            new("decision", "决定", StageKind.Running) { Seat = new(Handle) { Role = Roles.Head } },
            new("granted", "准予", StageKind.Ended),
            new("refused", "不予", StageKind.Ended),
            new("withdrawn", "已撤回", StageKind.Ended),
            new("merged", "已并案", StageKind.Ended),
        ],
        Steps =
        [
            new("ask-correction", "一次性告知补正", ["received"], "correcting", Actor.Handler) { Needs = StepNeeds.Opinion, Notices = ["correct"], Basis = Law },
            new("correct", "提交补正", ["correcting"], "received", Actor.Applicant) { ChangesAnswers = true },
            new("accept", "受理", ["received"], "review", Actor.Handler) { Marks = Milestone.Accepted, Notices = ["accepted"], Bulk = true, Produces = "receipt" },
            new("deem-accepted", "视为受理", ["received"], "review", Actor.Platform) { Marks = Milestone.Accepted, On = Occasion.ClockRanOut },
            new("send-to-experts", "送专家评审", ["review"], "special", Actor.Handler)
            {
                Needs = StepNeeds.Document,
                Clocks = [new(ClockAction.Suspend, "decide", "expert-review"), new(ClockAction.Suspend, "promise", "expert-review")],
            },
            new("experts-done", "评审结束", ["special"], "review", Actor.Handler)
            {
                Needs = StepNeeds.Opinion,
                Clocks = [new(ClockAction.Resume, "decide"), new(ClockAction.Resume, "promise")],
            },
            new("split", "分项办理", ["review"], "parts", Actor.Handler) { Opens = ["survey", "draw", "sign"] },
            new("parts-done", "分项办结", ["parts"], "review", Actor.Platform) { On = Occasion.ChildrenEnded },
            new("examine", "审查完毕", ["review"], "decision", Actor.Handler)
            {
                Needs = StepNeeds.Opinion | StepNeeds.SecondOfficer,
                Fields = [new() { Name = "score", Label = "评分", Type = FieldTypes.Integer, Required = true, Min = "0", Max = "100" }],
            },
            new("extend", "延长期限", ["review"], null, Actor.Head)
            {
                Needs = StepNeeds.Reason | StepNeeds.Document,
                Clocks = [new(ClockAction.Extend, "decide")],
            },
            new("return", "退回重审", ["decision"], "review", Actor.Head) { Needs = StepNeeds.Reason },
            new("grant", "准予许可", ["decision"], "granted", Actor.Head) { Marks = Milestone.Decided, Result = "granted", Notices = ["decided"] },
            new("refuse", "不予许可", ["decision"], "refused", Actor.Head)
            {
                Needs = StepNeeds.Reason | StepNeeds.Basis | StepNeeds.Document, Marks = Milestone.Decided, Result = "refused", Notices = ["decided"],
            },
            new("urge", "督办", ["received", "review", "decision"], null, Actor.Supervisor) { Permission = Watch, Needs = StepNeeds.Opinion },
        ],
        Clocks =
        [
            new("notice", "补正告知时限", ClockUnit.WorkingDays, 5, ClockKind.Legal, Law)
            {
                Runs = ["received"],
                Silence = new("deem-accepted", "逾期不告知的，自收到申请材料之日起即为受理", Law),
            },
            new("decide", "法定办结时限", ClockUnit.WorkingDays, 20, ClockKind.Legal, new("行政许可法", "第四十二条"))
            {
                Runs = ["review", "special", "parts", "decision"],
                Suspensions = SuspensionKinds.OfLicensing,
                Extension = new(10, Roles.Head, "本行政机关负责人", new("行政许可法", "第四十二条")),
            },
            new("promise", "承诺办结时限", ClockUnit.WorkingDays, 10, ClockKind.Promised, new("测试办事指南", "承诺"))
            {
                Runs = ["review", "special", "parts", "decision"],
                Promises = "decide",
                Suspensions = SuspensionKinds.OfLicensing,
            },
        ],
        Form = new(
        [
            new(new() { Name = "shop", Label = "店名", Type = FieldTypes.Text, Required = true, LengthMax = 60 }),
            new(new() { Name = "kind", Label = "经营类别", Type = FieldTypes.Text, Required = true, LengthMax = 20 }),
            new(new() { Name = "seats", Label = "座位数", Type = FieldTypes.Integer, Required = true, Min = "1", Max = "5000" }) { When = Condition.Is("kind", "餐饮") },
            new(new() { Name = "opens_on", Label = "开业日期", Type = FieldTypes.Date }),
        ]),
        Materials =
        [
            new("lease", "场所使用证明") { Basis = Law },
            new("plan", "布局图") { When = Condition.Is("kind", "餐饮") },
            new("photo", "门面照片") { Required = false, Secondary = true },
        ],
        Results = [new("granted", "准予许可", true), new("refused", "不予许可", false)],
        Children =
        [
            new("survey", PartCode, []),
            new("draw", PartCode, []) { When = Condition.Is("kind", "餐饮") },
            new("sign", PartCode, ["survey", "draw"]),
        ],
        Notices =
        [
            new("received", "已收到您的申请", "您的“{title}”已提交，办件编号 {number}，查询码 {code}。"),
            new("accepted", "申请已受理", "您的“{title}”（{number}）已由{office}受理。"),
            new("correct", "请补正材料", "您的“{title}”（{number}）需要补正：{opinion}"),
            new("decided", "申请已有决定", "您的“{title}”（{number}）：{result}。{reason}"),
        ],
        OnOpening = ["received"],
    };

    public static readonly CaseType Part = new()
    {
        Code = PartCode,
        Name = "测试分项",
        Clause = "P3",
        Owner = "market-regulation",
        Stages =
        [
            new("open", "办理", StageKind.Running) { Seat = new(Handle) },
            new("done", "完成", StageKind.Ended),
            new("failed", "未完成", StageKind.Ended),
        ],
        Steps =
        [
            new("finish", "完成", ["open"], "done", Actor.Handler) { Result = "done" },
            new("fail", "不能完成", ["open"], "failed", Actor.Handler) { Result = "failed", Needs = StepNeeds.Reason },
        ],
        Results = [new("done", "完成", true), new("failed", "未完成", false)],
        Form = new([new(new() { Name = "shop", Label = "店名", Type = FieldTypes.Text })]),
    };
}
