using System.Globalization;
using Shali.Government.S11Approvals.Efficiency;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>好差评 in the demo city: most are content, and whoever was not is called back.</summary>
internal sealed class DemoRatings(RatingDesk ratings, RecordReader reader, CaseDesk cases, DemoPeople people, WorkCalendar calendar, PastTime time, DemoAgenda agenda)
{
    public async Task Rate(DemoCase of, Random dice, CancellationToken cancel)
    {
        if (of.Number is not { } number || await reader.Get(CaseResources.Case, number, null, cancel) is not { } record
            || Typed<Case>.Of(record) is not { State: CaseState.Ended, Result: not null })
        {
            return;
        }

        var luck = dice.Next(100);
        var grade = luck < 56 ? 1 : luck < 84 ? 2 : luck < 92 ? 3 : luck < 96 ? 4 : 5;
        var words = Text.Ratings[grade - 1];
        var refusals = await ratings.Give(
            Caller.Anonymous, number,
            new(RatingChannel.Link, grade.ToString(CultureInfo.InvariantCulture), words[dice.Next(words.Count)]), cancel);
        if (!refusals.Any && RatingGrade.IsPoor(grade.ToString(CultureInfo.InvariantCulture)))
        {
            await FollowPoor(of, number, cancel);
        }
    }

    /// <summary>核实、整改、回访; some are found mistaken, the newest are still under way.</summary>
    private async Task FollowPoor(DemoCase of, string number, CancellationToken cancel)
    {
        if (await reader.Get(Definition.Of<Rating>(), number, null, cancel) is not { } record || Typed<Rating>.Of(record).PoorCase is not { } opened
            || people.Office(EfficiencyParts.Office) is not { } supervision || people.Office(of.Item.Office) is not { } rated)
        {
            return;
        }

        (int Days, Caller Who, StepRequest Request)[] way = of.Index % 4 == 3
            ? [(2, supervision.Head, new("exclude") { Reason = Text.Excluded })]
            :
            [
                (2, supervision.Head, new("verified") { Opinion = Text.Verified }),
                (5, rated.Head, new("report") { Opinion = Text.Reported }),
                (8, supervision.Head, new("called") { Opinion = Text.Called, Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["content"] = "true" } }),
            ];
        var from = time.GetUtcNow().Local().Day();
        foreach (var (days, who, request) in way)
        {
            agenda.On(PastTime.Midnight(calendar.Add(from, days)).AddHours(10), of.Index, async () => await cases.Take(who, opened, request, $"demo:poor:{of.Index}:{request.Step}", cancel));
        }
    }
}
