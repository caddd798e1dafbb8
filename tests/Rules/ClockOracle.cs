using System.Globalization;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>
/// The judge against a second implementation on generated cases: starts in three years, holidays and make-up days,
/// suspensions, extensions, transfers, ends, and cards. SHALI_CLOCK_CASES=1000000 runs a million (docs/operations.md).
/// </summary>
public sealed class ClockOracle
{
    private static readonly WorkCalendar Calendar = WorkCalendar.Of(PublishedDays.All);

    private static readonly int[] Lengths = [1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60];

    [Fact]
    public void Every_case_is_judged_as_somebody_else_would()
    {
        var cases = int.Parse(Environment.GetEnvironmentVariable("SHALI_CLOCK_CASES") ?? "30000", CultureInfo.InvariantCulture);
        var differences = new System.Collections.Concurrent.ConcurrentBag<string>();
        var seen = new Seen();
        Parallel.For(0, (cases + 999) / 1000, chunk =>
        {
            var dice = new Random(20260213 + chunk);
            var mine = new Seen();
            for (var i = 0; i < Math.Min(1000, cases - (chunk * 1000)) && differences.Count < 20; i++)
            {
                if (Story(dice, mine) is { } difference)
                {
                    differences.Add($"chunk {chunk}, case {i}: {difference}");
                }
            }

            lock (seen)
            {
                seen.Add(mine);
            }
        });
        Assert.Empty(differences);

        // A generator that never suspends or never is late proves nothing.
        Assert.True(seen.Suspended > cases / 5 && seen.Extended > cases / 20 && seen.Transferred > cases / 50, seen.ToString());
        Assert.True(seen.Late > cases / 20 && seen.Refused > cases / 5 && seen.Ended > cases / 5, seen.ToString());
    }

    /// <summary>One life of one clock, told to both; the first difference.</summary>
    private static string? Story(Random dice, Seen seen)
    {
        var unit = (ClockUnit)(dice.Next(20) switch { < 12 => 0, < 18 => 1, _ => 2 });
        var kind = (ClockKind)dice.Next(3);
        var rule = new ClockRule("limit", "时限", unit, Lengths[dice.Next(Lengths.Length)], kind, new("行政许可法", "第四十二条"))
        {
            Suspensions = SuspensionKinds.OfLicensing,
            Extension = dice.Next(3) == 0 ? null : new(10, Roles.Head, "负责人", new("行政许可法", "第四十二条")),
        };
        var now = new DateTime(2024, 1, 2).AddMinutes(15L * dice.Next(100_000));
        var facts = ClockFacts.Start(rule, At(now));
        var naive = new NaiveClock("wch"[(int)unit], rule.Length, now);
        var told = new List<string>();
        for (var steps = dice.Next(8); ; steps--)
        {
            var thresholds = dice.Next(4) == 0 ? Other : Thresholds.Default;
            var warnAt = Math.Min(naive.Length - 1, ReferenceEquals(thresholds, Other)
                ? Math.Max(unit == ClockUnit.Hours ? 0 : 3, naive.Length / 2)
                : Math.Max(unit == ClockUnit.Hours ? 0 : 1, naive.Length / 5));
            var said = Say(facts, At(now), thresholds);
            var expected = naive.Say(now, warnAt);
            if (said != expected)
            {
                return $"{unit} {rule.Length}, {string.Join(", ", told)}, at {now:s}: {said}, but {expected}";
            }

            seen.Late += said.StartsWith('O') || said.StartsWith('M') ? 1 : 0;
            if (steps <= 0)
            {
                return null;
            }

            now = now.AddMinutes(15 * dice.Next(1, unit == ClockUnit.Hours ? 120 : 900));
            var (days, more) = (dice.Next(0, 15), dice.Next(0, 13));
            var (moved, accepted) = dice.Next(10) switch
            {
                < 3 => (Ok(ClockSteps.Suspend(facts, Calendar, "hearing", "听1号", days, At(now)), ref facts, ref seen.Suspended), naive.Suspend(now, days)),
                < 6 => (Ok(ClockSteps.Resume(facts, Calendar, At(now)), ref facts, ref seen.Resumed), naive.Resume(now)),
                < 8 => (Ok(ClockSteps.Extend(facts, Calendar, new(more, "甲", "乙", "丙", At(now))), ref facts, ref seen.Extended),
                    naive.Extend(now, more, rule.Extension?.Length ?? 0)),
                8 => HandOn(ref facts, ref naive, now, seen),
                _ => (Ok(ClockSteps.End(facts, At(now)), ref facts, ref seen.Ended), naive.Finish(now)),
            };
            told.Add($"{now:s} {moved} {days} {more}");
            if (moved != accepted)
            {
                return $"{unit} {rule.Length}, {string.Join(", ", told)}: {moved}, but {accepted}";
            }

            seen.Refused += moved ? 0 : 1;
        }
    }

    private static readonly Thresholds Other = new(SupervisionRules.All.Where(rule => rule.Warns).Select(rule => new Threshold
    {
        Rule = rule.Code,
        From = new(2024, 1, 1),
        Enabled = true,
        Days = 3,
        Percent = 50,
    }));

    private static string Say(ClockFacts facts, DateTimeOffset now, Thresholds thresholds)
    {
        var verdict = ClockJudge.Judge(facts, Calendar, now);
        var findings = ClockSupervision.Findings(facts, "test/type", Calendar, thresholds);
        var (near, over) = (findings.FirstOrDefault(finding => finding.Rule.Warns), findings.FirstOrDefault(finding => !finding.Rule.Warns));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict.Status} {verdict.Due.Local():yyyyMMdd HH:mm} {verdict.DueDay:yyyyMMdd} {verdict.Remaining:0.####} {Short(near)} {Short(over)}");
    }

    private static string Short(Finding? finding) => finding is null ? "-" : $"{finding.Moment.Local():yyyyMMdd HH:mm}";

    private static bool Ok(Outcome<ClockFacts> outcome, ref ClockFacts facts, ref int count)
    {
        facts = outcome.Ok ? outcome.Value : facts;
        count += outcome.Ok ? 1 : 0;
        return outcome.Ok;
    }

    /// <summary>Another office takes a step over; limits of the whole case are not handed on.</summary>
    private static (bool Moved, bool Accepted) HandOn(ref ClockFacts facts, ref NaiveClock naive, DateTime now, Seen seen)
    {
        var outcome = ClockSteps.HandOn(facts, At(now));
        var accepted = facts.Rule.Kind == ClockKind.Step && naive.Finish(now);
        if (outcome.Ok && accepted)
        {
            if (Say(outcome.Value.Ended, At(now), Thresholds.Default) != naive.Say(now, WarnAt(facts, naive)))
            {
                return (true, false);
            }

            facts = outcome.Value.Begun;
            naive = new("wch"[(int)facts.Rule.Unit], facts.Rule.Length, now);
            seen.Transferred++;
        }

        return (outcome.Ok, accepted);
    }

    private static int WarnAt(ClockFacts facts, NaiveClock naive) =>
        Math.Min(naive.Length - 1, Math.Max(facts.Rule.Unit == ClockUnit.Hours ? 0 : 1, naive.Length / 5));

    private static DateTimeOffset At(DateTime local) => new(local, CityTime.Offset);

    private sealed class Seen
    {
        public int Suspended;
        public int Resumed;
        public int Extended;
        public int Transferred;
        public int Ended;
        public int Late;
        public int Refused;

        public void Add(Seen other)
        {
            Suspended += other.Suspended;
            Resumed += other.Resumed;
            Extended += other.Extended;
            Transferred += other.Transferred;
            Ended += other.Ended;
            Late += other.Late;
            Refused += other.Refused;
        }

        public override string ToString() =>
            $"suspended {Suspended}, resumed {Resumed}, extended {Extended}, transferred {Transferred}, ended {Ended}, late {Late}, refused {Refused}";
    }
}
