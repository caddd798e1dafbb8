using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;

namespace Shali.Tests.Support;

/// <summary>
/// An approval that exists in tests only. Its steps ask for nothing, so that every violation can be planted: a real
/// item's steps refuse most of them.
/// </summary>
internal static class SampleApproval
{
    public const string Code = "approvals/test-approval";

    private static readonly Basis Law = new("行政许可法", "第四十二条");

    public static readonly CaseType Type = new()
    {
        Code = Code,
        Name = "测试审批",
        Clause = "S11",
        Owner = "market-regulation",
        Applicants = Applicants.Everyone,
        WindowPermission = SampleCases.Window,
        Stages =
        [
            new("received", "收件", StageKind.Before) { Seat = new(SampleCases.Handle) },
            new("correcting", "补正", StageKind.Waiting),
            new("first", "初审", StageKind.Running) { Seat = new(SampleCases.Handle) },
            new("review", "审查", StageKind.Running) { Seat = new(SampleCases.Handle) },
            new("special", "检验", StageKind.Running) { Seat = new(SampleCases.Handle) },
            new("decision", "决定", StageKind.Running) { Seat = new(SampleCases.Handle) },
            new("granted", "准予", StageKind.Ended),
            new("refused", "不予", StageKind.Ended),
            new("not-accepted", "不予受理", StageKind.Ended),
        ],
        Steps =
        [
            new("ask-correction", "一次性告知补正", ["received"], "correcting", Actor.Handler),
            new("correct", "提交补正", ["correcting"], "received", Actor.Applicant) { ChangesAnswers = true },
            new("accept", "受理", ["received"], "first", Actor.Handler) { Marks = Milestone.Accepted },
            new("deem-accepted", "视为受理", ["received"], "first", Actor.Platform) { Marks = Milestone.Accepted, On = Occasion.ClockRanOut },
            new("refuse-acceptance", "不予受理", ["received"], "not-accepted", Actor.Handler) { Result = "not-accepted" },
            new("pass-on", "报送", ["first"], "review", Actor.Handler),
            new("examine", "审查完毕", ["review"], "decision", Actor.Handler)
            {
                Fields = [new() { Name = "visited_on", Label = "现场核查日期", Type = FieldTypes.Date }],
            },
            new("suspend", "送检验", ["review"], "special", Actor.Handler)
            {
                Clocks = [new(ClockAction.Suspend, "decide", "inspection"), new(ClockAction.Suspend, "promise", "inspection")],
            },
            new("resume", "检验结束", ["special"], "review", Actor.Handler) { Clocks = [new(ClockAction.Resume, "decide"), new(ClockAction.Resume, "promise")] },
            new("grant", "准予", ["decision"], "granted", Actor.Handler) { Marks = Milestone.Decided, Result = "granted" },
            new("refuse", "不予", ["decision"], "refused", Actor.Handler) { Marks = Milestone.Decided, Result = "refused" },
        ],
        Clocks =
        [
            new("notice", "补正告知时限", ClockUnit.WorkingDays, 5, ClockKind.Legal, new("行政许可法", "第三十二条"))
            {
                Runs = ["received"],
                Silence = new("deem-accepted", "逾期不告知的，自收到申请材料之日起即为受理", new("行政许可法", "第三十二条")),
            },
            new("decide", "法定办结时限", ClockUnit.WorkingDays, 20, ClockKind.Legal, Law)
            {
                Runs = ["first", "review", "special", "decision"],
                Suspensions = SuspensionKinds.OfLicensing,
            },
            new("promise", "承诺办结时限", ClockUnit.WorkingDays, 10, ClockKind.Promised, Law)
            {
                Runs = ["first", "review", "special", "decision"],
                Suspensions = SuspensionKinds.OfLicensing,
                Promises = "decide",
            },
            new("first-review", "初审时限", ClockUnit.WorkingDays, 2, ClockKind.Step, Law) { Runs = ["first"], Overrun = "SV-R06" },
            new("stage-decision", "决定环节时限", ClockUnit.WorkingDays, 1, ClockKind.Step, Law) { Runs = ["decision"] },
        ],
        Form = new([new(new() { Name = "shop", Label = "店名", Type = FieldTypes.Text, Required = true, LengthMax = 60 })]),
        Materials = [new("lease", "场所使用证明")],
        Fees = [new("F-TEST", Law) { PaidLater = true }],
        Results = [new("granted", "准予", true), new("refused", "不予", false), new("not-accepted", "不予受理", false)],
    };

    public static OpenRequest Request(Caller who) => new(Code, new Dictionary<string, string>(StringComparer.Ordinal) { ["shop"] = "测试店" })
    {
        Person = who.Person,
        PersonName = who.Name,
        Phone = "13800000000",
        Materials = [new("lease", "场所使用证明", MaterialSource.Paper)],
    };

    /// <summary>A case of somebody's, granted; its number.</summary>
    public static async Task<string> Ended(City city, Caller who)
    {
        var opened = await city.Service<CaseDesk>().Open(who, Request(who), null);
        Assert.True(opened.Ok, opened.Refusals.ToString());
        foreach (var step in new[] { "accept", "pass-on", "examine", "grant" })
        {
            await new CaseTown(city).Take(CaseTown.Clerk("efficiency"), opened.Value.Number, new(step));
        }

        return opened.Value.Number;
    }
}
