using System.Diagnostics;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Bench;

/// <summary><c>case.clock</c>: every clock of a million cases judged again, with the cards that follow from it.</summary>
internal static class ClockBench
{
    private static readonly int[] Lengths = [3, 5, 7, 10, 15, 20, 30, 45];

    public static Row Judge(int cases)
    {
        var calendar = WorkCalendar.Of(PublishedDays.All);
        var facts = Facts(cases);
        var now = new DateTimeOffset(2026, 8, 3, 9, 0, 0, CityTime.Offset);
        var clock = Stopwatch.StartNew();
        var (late, next) = (0, 0);
        foreach (var each in facts)
        {
            late += ClockJudge.Judge(each, calendar, now).Late ? 1 : 0;
            next += ClockSupervision.Next(each, "bench/type", calendar, Thresholds.Default, now) is null ? 0 : 1;
        }

        var seconds = clock.Elapsed.TotalSeconds;
        return new(
            "case.clock", $"{cases:N0} cases judged again on one core, {late:N0} late, {next:N0} with a next moment", seconds, "s",
            null, null, "120 s", "10 s", seconds <= 120);
    }

    /// <summary>Starts over thirty months, a third suspended once or twice, some extended, two of three ended.</summary>
    private static List<ClockFacts> Facts(int cases)
    {
        var dice = new Random(4);
        var licence = new Basis("行政许可法", "第四十二条");
        var rules = Lengths.SelectMany(length => Enum.GetValues<ClockUnit>().Select(unit => new ClockRule("decide", "时限", unit, length, ClockKind.Legal, licence)
        {
            Suspensions = SuspensionKinds.OfLicensing,
            Extension = new(10, Roles.Head, "本行政机关负责人", licence),
        })).ToArray();
        var facts = new List<ClockFacts>(cases);
        for (var i = 0; i < cases; i++)
        {
            var started = new DateTimeOffset(2024, 1, 2, 8, 0, 0, CityTime.Offset).AddMinutes(dice.Next(1_300_000));
            var pauses = dice.Next(6) switch { 0 => 2, 1 => 1, _ => 0 };
            facts.Add(new(
                rules[dice.Next(rules.Length)],
                started,
                [.. Enumerable.Range(1, pauses).Select(n => new Pause("expert-review", started.AddDays(n * 6), started.AddDays((n * 6) + 3), "评1号", licence, 5))],
                dice.Next(10) == 0 ? new Extension(10, "甲", "乙", "丙", started.AddDays(2)) : null,
                dice.Next(3) > 0 ? started.AddDays(dice.Next(60)) : null));
        }

        return facts;
    }
}
