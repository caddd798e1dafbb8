using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;
using Shali.Platform.Systems;

namespace Shali.Bench;

/// <summary>A case type of the usual size, for measuring the engine without any system.</summary>
internal sealed class BenchCases : CitySystem
{
    public const string Code = "case-bench/permit";
    public const string Quick = "case-bench/order";
    public const string Handle = "case-bench.handle";

    private static readonly Basis Law = new("行政许可法", "第三十二条");

    public override string Clause => "P3";

    public override string Name => "测速办件";

    public override string Owner => "market-regulation";

    public override IReadOnlyList<Permission> Permissions => [Permission.For(Handle, "办理测速办件", Roles.Clerk)];

    public override IReadOnlyList<CaseType> CaseTypes =>
    [
        new()
        {
            Code = Code,
            Name = "食品经营许可（测速）",
            Clause = Clause,
            Owner = Owner,
            Applicants = Applicants.Everyone,
            Stages =
            [
                new("received", "收件", StageKind.Before) { Seat = new(Handle) },
                new("review", "审查", StageKind.Running) { Seat = new(Handle) { Handler = true } },
                new("granted", "准予", StageKind.Ended),
            ],
            Steps =
            [
                new("accept", "受理", ["received"], "review", Actor.Handler) { Marks = Milestone.Accepted },
                new("grant", "准予", ["review"], "granted", Actor.Handler) { Marks = Milestone.Decided, Result = "granted" },
            ],
            Clocks =
            [
                new("notice", "补正告知时限", ClockUnit.WorkingDays, 5, ClockKind.Legal, Law) { Runs = ["received"] },
                new("decide", "法定办结时限", ClockUnit.WorkingDays, 20, ClockKind.Legal, Law) { Runs = ["review"] },
            ],
            Form = new(
            [
                new(new() { Name = "shop", Label = "店名", Type = FieldTypes.Text, Required = true }),
                new(new() { Name = "kind", Label = "类别", Type = FieldTypes.Text, Required = true }),
                new(new() { Name = "seats", Label = "座位数", Type = FieldTypes.Integer }),
            ]),
            Materials = [new("lease", "场所使用证明")],
            Results = [new("granted", "准予许可", true)],
            Notices = [new("received", "已收到您的申请", "您的“{title}”已提交，办件编号 {number}，查询码 {code}。")],
            OnOpening = ["received"],
        },
        new()
        {
            Code = Quick,
            Name = "限时办结（测速）",
            Clause = Clause,
            Owner = Owner,
            Applicants = Applicants.Everyone,
            Stages = [new("received", "收件", StageKind.Running) { Seat = new(Handle) }, new("done", "办结", StageKind.Ended)],
            Steps = [new("finish", "办结", ["received"], "done", Actor.Handler)],
            Clocks = [new("hours", "办结时限", ClockUnit.Hours, 2, ClockKind.Legal, Law) { Runs = ["received"] }],
        },
    ];
}
