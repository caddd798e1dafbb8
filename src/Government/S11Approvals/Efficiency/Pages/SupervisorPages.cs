using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Registry.Sheets;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>The desk of the efficiency supervision office: triggers, quarters, and the cases behind each figure.</summary>
internal static class SupervisorPages
{
    private static readonly string[] Figures =
        ["ended", "kept", "missed", CardKind.Yellow, CardKind.Red, CardKind.Proposal, "not-rated", "grade-1", "grade-2", "grade-3", "grade-4", "grade-5"];

    public static Task<IResult> Show(
        HttpContext context, DeskView view, CancellationToken cancel, string? quarter = null, string? office = null, string? check = null) =>
        view.Page(context, quarter, office, check is not null, Refusals.None, cancel);

    public static async Task<IResult> Close(HttpContext context, DeskView view, ScoreBook book, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (Quarter.Read(form["quarter"]) is not { } quarter)
        {
            return await view.Page(context, null, null, false, Refusals.Of(new Refusal("S11-R94", "quarter", Text.NoSuchQuarter)), cancel);
        }

        var closed = await book.Close(context.Caller(), quarter, form.Or(Posted.Once), cancel);
        return closed.Any
            ? await view.Page(context, quarter.Code, null, false, closed, cancel)
            : Shali.Platform.Ui.Pages.SeeOther($"{EfficiencyRoutes.Desk}?quarter={quarter.Code}");
    }

    public static async Task<IResult> Office(HttpContext context, DeskView view, string quarter, string office, CancellationToken cancel) =>
        Quarter.Read(quarter) is { } of && await view.Score(of, office, cancel) is { } score
            ? context.Show<OfficeScorePage>(new { Quarter = of, Score = score, Name = view.NameOf(office) })
            : Results.NotFound();

    public static async Task<IResult> Today(HttpContext context, EfficiencyReading reading, string figure, CancellationToken cancel) =>
        figure is "received" or "ended" or "open"
            ? context.Show<FigurePage>(new
            {
                Title = figure switch { "received" => Text.TodayReceived, "ended" => Text.TodayEnded, _ => Text.OpenNow },
                Label = Text.Card,
                Trail = (IReadOnlyList<Step>)[new(Text.System, EfficiencyRoutes.Desk)],
                Found = await reading.TodayCases(figure, cancel),
            })
            : Results.NotFound();

    public static async Task<IResult> Behind(
        HttpContext context, DeskView view, string quarter, string office, string figure, CancellationToken cancel) =>
        Quarter.Read(quarter) is { } of && Figures.Contains(figure, StringComparer.Ordinal) && DeskView.MaySee(context.Caller(), figure, office)
            ? context.Show<FigurePage>(new
            {
                Title = $"{Text.OfficeTitle(view.NameOf(office), of.Label)}：{LabelOf(figure)}",
                Label = LabelOf(figure),
                Trail = (IReadOnlyList<Step>)
                [
                    new(Text.System, $"{EfficiencyRoutes.Desk}?quarter={of.Code}"),
                    new(Text.OfficeTitle(view.NameOf(office), of.Label), $"{EfficiencyRoutes.Desk}/{of.Code}/{Uri.EscapeDataString(office)}"),
                ],
                Found = await view.Behind(of, office, figure, cancel),
            })
            : Results.NotFound();

    /// <summary>The cards of the triggers as a workbook.</summary>
    public static async Task<IResult> Export(
        HttpContext context, EfficiencyReading reading, Offices offices, Platform.Registry.ResourceRegistry registry, TimeProvider time, CancellationToken cancel, string? quarter = null, string? office = null)
    {
        var of = Quarter.Read(quarter) ?? Quarter.Of(time.Today());
        string Label(string list, string code) => registry.Codes(list)?.Find(code)?.Label ?? code;
        var file = new MemoryStream();
        using (var book = new XlsxWriter(file, [Text.Trigger, Text.Rule, Text.Kind, Text.Case, Text.Item, Text.Office, Text.At, Text.State, Text.Evidence]))
        {
            await foreach (var card in reading.Cards(of.Begin, of.End, Blank(office), cancel))
            {
                book.Row(
                [
                    $"{card.Trigger} {ApprovalTriggers.Find(card.Trigger)?.Name}", card.Rule, Label("card-kind", card.Kind), card.Case, card.Title,
                    offices.NameOf(card.Office), card.Moment.InWords(), Label("card-state", card.State), card.Evidence,
                ]);
            }
        }

        file.Position = 0;
        return Results.File(file, XlsxWriter.MediaType, $"efficiency-{of.Code}.xlsx");
    }

    internal static string PeriodOf(Quarter quarter) =>
        string.Create(CultureInfo.InvariantCulture, $"from={quarter.First:yyyy-MM-dd}&to={quarter.Last:yyyy-MM-dd}");

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    internal static string LabelOf(string figure) => figure switch
    {
        "ended" => Text.Ended,
        "kept" => Text.Kept,
        "missed" => Text.Missed,
        CardKind.Yellow => Text.Yellow,
        CardKind.Red => Text.Red,
        CardKind.Proposal => Text.Proposals,
        "not-rated" => Text.NotRated,
        _ => RatingGrade.Label(figure["grade-".Length..]),
    };
}

/// <summary>What the supervisor's desk shows: a closed quarter as it stands, an open one as it is computed now.</summary>
public sealed class DeskView(EfficiencyReading reading, ScoreBook book, StandardBook standards, Offices offices, TimeProvider time)
{
    public string NameOf(string office) => offices.NameOf(office);

    /// <summary>Who rated is hidden from the rated office, also where it watches others.</summary>
    public static bool MaySee(Caller who, string figure, string office) =>
        !(figure.StartsWith("grade-", StringComparison.Ordinal) || figure == "not-rated") || (who.Office != office && who.May(EfficiencyParts.Supervise));

    internal async Task<IResult> Page(HttpContext context, string? code, string? office, bool check, Refusals refusals, CancellationToken cancel)
    {
        var quarter = Quarter.Read(code) ?? Quarter.Of(time.Today());
        var closed = await book.Closed(quarter, cancel);
        var known = closed.Count > 0 ? closed[0].KnownAt : (DateTimeOffset?)null;
        var scores = closed.Count > 0 ? closed.Select(score => score.AsScore()) : await book.Compute(quarter, null, cancel);
        return context.Show<EfficiencyDeskPage>(
            new
            {
                Quarter = quarter,
                Running = Quarter.Of(time.Today()),
                Office = SupervisorPages.Blank(office),
                Offices = (IReadOnlyList<Choice>)[new("", Text.AllOffices), .. offices.All.OrderBy(one => one.Code, StringComparer.Ordinal).Select(one => new Choice(one.Code, one.Name))],
                Today = await reading.Today(cancel),
                Triggers = await reading.Triggers(quarter.Begin, quarter.End, SupervisorPages.Blank(office), cancel),
                League = OfficeScore.League(scores),
                Closed = closed.Count > 0,
                Standards = await standards.On(quarter.Last, known, cancel),
                Differences = check && closed.Count > 0 ? await book.Differences(quarter, cancel) : null,
                MayClose = context.Caller().May(EfficiencyParts.Supervise) && closed.Count == 0 && time.GetUtcNow() >= quarter.End,
                OfficeName = (Func<string, string>)offices.NameOf,
                Once = Ulid.Next(time),
                Refusals = refusals,
            },
            refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    internal async Task<OfficeScore?> Score(Quarter quarter, string office, CancellationToken cancel)
    {
        var closed = await book.Closed(quarter, cancel);
        return closed.Count > 0
            ? closed.FirstOrDefault(score => score.Office == office)?.AsScore()
            : (await book.Compute(quarter, null, cancel)).FirstOrDefault(score => score.Facts.Office == office);
    }

    internal async Task<IReadOnlyList<FigureCase>> Behind(Quarter quarter, string office, string figure, CancellationToken cancel)
    {
        var closed = await book.Closed(quarter, cancel);
        return await book.Behind(quarter, office, figure, closed.Count > 0 ? closed[0].KnownAt : null, cancel);
    }
}
