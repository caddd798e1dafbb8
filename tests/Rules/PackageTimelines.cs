using CsCheck;
using Shali.Government.S11Approvals.Packages.Timelines;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>Critical path and timeline of a package, by tables and against every path that there is.</summary>
public sealed class PackageTimelines
{
    private static readonly WorkCalendar Days = WorkCalendar.Of(PublishedDays.All);

    // Monday the 23rd of November 2026; the year ends without a holiday before January 1st.
    private static readonly DateTimeOffset Begun = PackageTown.Monday;

    /// <summary>licence 1 -> food 8, sign 1, fire 10 as a restaurant has them.</summary>
    private static TimelinePart[] Restaurant =>
    [
        Part("licence", 1), Part("food", 8, "licence"), Part("sign", 1, "licence"), Part("fire", 10, "licence"),
    ];

    [Fact]
    public void Before_anything_ends_the_plan_is_what_is_expected()
    {
        var timeline = Of("2026-11-23 10:00", With("licence", part => part with { Began = Begun }));
        Assert.Equal((new DateOnly(2026, 12, 8), new DateOnly(2026, 12, 8), 11, 11), (timeline.PlannedEnd, timeline.Expected, timeline.PlannedDays, timeline.ExpectedDays));
        Assert.Equal(["licence", "fire"], timeline.Chain.Select(bar => bar.Part.Code));
        Assert.Equal([PartState.Running, PartState.Waiting, PartState.Waiting, PartState.Waiting], timeline.Bars.Select(bar => bar.State));
        Assert.False(timeline.Over);
    }

    [Theory]
    // Ended in time: the whole keeps its day, or gains one.
    [InlineData("2026-11-24 10:00", "2026-11-24", 0, 0, "2026-12-08")]
    [InlineData("2026-11-23 16:00", "2026-11-23", 0, 0, "2026-12-07")]
    // Three working days too long, all of which everybody waits for.
    [InlineData("2026-11-27 10:00", "2026-11-27", 3, 3, "2026-12-11")]
    public void What_everybody_waits_for_moves_the_end(string now, string ended, int late, int cost, string expected)
    {
        var end = PackageTown.At(ended + " 09:00");
        var timeline = Of(now, With("licence", part => part with { Began = Begun, Ended = end }), part => part.Code == "licence" ? part : part with { Began = end });
        var licence = timeline.Bars.First(bar => bar.Part.Code == "licence");
        Assert.Equal((PartState.Done, late, cost, true), (licence.State, licence.Late, licence.Cost, licence.Critical));
        Assert.Equal(DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), timeline.Expected);
    }

    [Fact]
    public void Who_is_late_beside_the_chain_costs_nothing_until_he_is_later_than_the_chain()
    {
        var began = PackageTown.At("2026-11-24 09:00");
        TimelinePart[] parts = [.. Restaurant.Select(part => part with { Began = part.Code == "licence" ? Begun : began, Ended = part.Code == "licence" ? began : null, Number = "1" })];
        var food = PackageTimeline.Of(Begun, parts, Days, PackageTown.At("2026-12-08 10:00")).Bars.First(bar => bar.Part.Code == "food");
        Assert.Equal((PartState.Late, 10, 2, 0), (food.State, food.Used, food.Late, food.Cost));

        // Fire is done in nine days; food takes fourteen instead of eight and costs the difference to the longest other way.
        TimelinePart[] later = [.. parts.Select(part => part.Code is "fire" or "sign" ? part with { Ended = PackageTown.At("2026-12-07 10:00") } : part)];
        var timeline = PackageTimeline.Of(Begun, later, Days, PackageTown.At("2026-12-14 10:00"));
        food = timeline.Bars.First(bar => bar.Part.Code == "food");
        Assert.Equal((14, 6, 5, true), (food.Used, food.Late, food.Cost, food.Critical));
        Assert.Equal(15, timeline.ExpectedDays);
    }

    [Fact]
    public void What_was_decided_in_time_is_not_late_while_it_is_handed_over()
    {
        var began = PackageTown.At("2026-11-24 09:00");
        TimelinePart[] parts =
        [
            .. Restaurant.Select(part => part.Code == "licence" ? part with { Began = Begun, Ended = began }
                : part.Code == "food" ? part with { Began = began, Decided = PackageTown.At("2026-12-03 09:00") } : part with { Began = began, Ended = began }),
        ];
        var food = PackageTimeline.Of(Begun, parts, Days, PackageTown.At("2026-12-11 10:00")).Bars.First(bar => bar.Part.Code == "food");
        Assert.Equal((PartState.Issuing, 7, 0, 0, new DateOnly(2026, 12, 11)), (food.State, food.Used, food.Late, food.Cost, food.To));
    }

    [Fact]
    public void A_special_procedure_is_nobodys_delay()
    {
        var began = PackageTown.At("2026-11-24 09:00");
        var pause = new Pause("expert-review", PackageTown.At("2026-11-25 09:00"), PackageTown.At("2026-12-02 16:00"), "评审1号", new("行政许可法", "第四十五条"), 5);
        TimelinePart[] parts =
        [
            .. Restaurant.Select(part => part.Code == "licence" ? part with { Began = Begun, Ended = began } : part.Code == "food" ? part with { Began = began, Pauses = [pause] } : part with { Began = began, Ended = began }),
        ];
        var timeline = PackageTimeline.Of(Begun, parts, Days, PackageTown.At("2026-12-04 10:00"));
        var food = timeline.Bars.First(bar => bar.Part.Code == "food");
        Assert.Equal((PartState.Running, 5, 3, 0, 0), (food.State, food.Paused, food.Used, food.Late, food.Cost));
        Assert.Equal((new DateOnly(2026, 12, 11), 5), (timeline.Expected, timeline.PausedCost));
        Assert.Equal(PartState.Paused, PackageTimeline.Of(Begun, parts, Days, PackageTown.At("2026-11-27 10:00")).Bars.First(bar => bar.Part.Code == "food").State);
    }

    [Fact]
    public void What_can_never_begin_takes_no_days()
    {
        var ended = PackageTown.At("2026-11-24 09:00");
        TimelinePart[] parts = [.. Restaurant.Select(part => part.Code == "licence" ? part with { Began = Begun, Ended = ended, Failed = true } : part with { Barred = true })];
        var timeline = PackageTimeline.Of(Begun, parts, Days, ended.AddHours(1));
        Assert.True(timeline.Over);
        Assert.Equal(new DateOnly(2026, 11, 24), timeline.Expected);
        Assert.Equal(["licence"], timeline.Chain.Select(bar => bar.Part.Code));
    }

    /// <summary>
    /// Whatever the parts and however they went: the end is that of the longest of all ways through them, the chain is
    /// one of these, and what a delay costs is by how much the longest way would be shorter without it.
    /// </summary>
    [Fact]
    public void The_chain_is_the_longest_of_all_ways_and_a_delay_costs_what_the_whole_would_gain()
    {
        var one = Gen.Select(Gen.Int[1, 12], Gen.Int[0, 18], Gen.Int[0, 15], Gen.Bool);
        Gen.Select(one.Array[1, 7], Gen.Int[0, 40]).Sample((drawn, passed) =>
        {
            var now = Noon(Days.Add(Begun.Local().Day(), passed));
            var parts = new List<TimelinePart>();
            for (var i = 0; i < drawn.Length; i++)
            {
                var (limit, took, before, ended) = drawn[i];
                var after = Enumerable.Range(0, i).Where(j => (before & (1 << j)) != 0).Select(j => $"p{j}").ToList();
                var part = new TimelinePart($"p{i}", $"第{i}项", "office", after, Limit(limit));
                var waits = after.Select(code => parts.First(other => other.Code == code)).ToList();
                if (waits.TrueForAll(other => other.Ended is not null))
                {
                    var began = waits.Select(other => other.Ended!.Value).Append(Begun).Max();
                    var end = Noon(Days.Add(began.Local().Day(), took));
                    part = part with { Began = began, Ended = ended && end <= now && began < end ? end : null };
                }

                parts.Add(part);
            }

            var timeline = PackageTimeline.Of(Begun, parts, Days, now);
            int Longest(Func<TimelineBar, int> of) => Ways(parts).Max(way => way.Sum(code => of(timeline.Bars.First(bar => bar.Part.Code == code))));
            static int Whole(TimelineBar bar) => Days.Between(bar.From, bar.To);
            int Gap(TimelineBar bar) => Days.Between(
                bar.Part.After.Select(code => timeline.Bars.First(other => other.Part.Code == code).To).Append(timeline.Begun).Max(), bar.From);
            Assert.Equal(Longest(bar => Whole(bar) + Gap(bar)), timeline.ExpectedDays);
            Assert.Equal(timeline.Bars.Max(bar => bar.To), timeline.Expected);
            Assert.Equal(timeline.ExpectedDays, timeline.Chain.Sum(bar => Whole(bar) + Gap(bar)));
            Assert.All(timeline.Bars, bar =>
            {
                Assert.True(bar.From <= bar.To);
                Assert.InRange(bar.Cost, 0, bar.Late);
                Assert.Equal(timeline.ExpectedDays - Longest(other => Whole(other) + Gap(other) - (other == bar ? bar.Late : 0)), bar.Cost);
                Assert.True(bar.Cost == 0 || bar.Critical || timeline.Chain.Count > 0);
            });
            Assert.Equal(Ways(parts).Max(way => way.Sum(code => parts.First(part => part.Code == code).Limit!.Length)), timeline.PlannedDays);
        }, iter: 2_000);
    }

    /// <summary>All ways from a part that waits for nothing to a part that nothing waits for.</summary>
    private static IEnumerable<IReadOnlyList<string>> Ways(List<TimelinePart> parts)
    {
        IEnumerable<IReadOnlyList<string>> From(TimelinePart part)
        {
            var next = parts.Where(other => other.After.Contains(part.Code)).ToList();
            return next.Count == 0 ? [[part.Code]] : next.SelectMany(From).Select(way => (IReadOnlyList<string>)[part.Code, .. way]);
        }

        return parts.Where(part => part.After.Count == 0).SelectMany(From);
    }

    private static PackageTimeline Of(string now, TimelinePart[] parts, Func<TimelinePart, TimelinePart>? change = null) =>
        PackageTimeline.Of(Begun, [.. parts.Select(part => change?.Invoke(part) ?? part)], Days, PackageTown.At(now));

    private static TimelinePart[] With(string code, Func<TimelinePart, TimelinePart> change) => [.. Restaurant.Select(part => part.Code == code ? change(part) : part)];

    private static TimelinePart Part(string code, int days, params string[] after) => new(code, code, "office", after, Limit(days));

    private static ClockRule Limit(int days) => new("decide-promised", "承诺", ClockUnit.WorkingDays, days, ClockKind.Promised, new("测试", "承诺")) { Suspensions = SuspensionKinds.OfLicensing };

    private static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), CityTime.Offset);
}
