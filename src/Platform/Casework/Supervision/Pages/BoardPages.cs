using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Casework.Supervision.Pages;

/// <summary>The live board, and the same figures for a period.</summary>
internal static class BoardPages
{
    public static async Task<IResult> Show(
        HttpContext context, SupervisionBoard board, CaseTypes types, Offices offices, TimeProvider time, CancellationToken cancel,
        string? from = null, string? to = null)
    {
        var today = time.Today();
        var period = Period.Read(from, to, today);
        var shown = period.Ok ? period.Value : Period.Of(new DateOnly(today.Year, 1, 1), today);
        var query = new CardQuery { From = shown.Begin, Until = shown.End };
        var model = new BoardModel(shown, await board.Open(cancel))
        {
            ByOffice = await board.Cards(context.Caller(), query, "office", cancel),
            ByType = await board.Cards(context.Caller(), query, "type", cancel),
            ByStage = await board.Cards(context.Caller(), query, "stage", cancel),
            ByRule = await board.Cards(context.Caller(), query, "rule", cancel),
            KeptByOffice = await board.Kept(shown.From, shown.To, "office", cancel),
            KeptByType = await board.Kept(shown.From, shown.To, "type", cancel),
            Names = new Names(types, offices),
        };
        return context.Show<BoardPage>(new { Model = model, period.Refusals }, period.Ok ? 200 : 422);
    }
}

/// <summary>Days from the first up to and with the last.</summary>
public sealed record Period(DateOnly From, DateOnly To)
{
    public DateTimeOffset Begin => Midnight(From);

    public DateTimeOffset End => Midnight(To.AddDays(1));

    public string Query => string.Create(CultureInfo.InvariantCulture, $"from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}");

    public static Period Of(DateOnly from, DateOnly to) => new(from, to);

    /// <summary>The year so far where nothing was asked.</summary>
    public static Outcome<Period> Read(string? from, string? to, DateOnly today)
    {
        var (first, last) = (Day(from) ?? new DateOnly(today.Year, 1, 1), Day(to) ?? today);
        return Bad(from) || Bad(to) || first > last || last.DayNumber - first.DayNumber > 3660
            ? new Refusal("SV-C14", "from", Text.BadDay) : new Period(first, last);
    }

    private static bool Bad(string? text) => !string.IsNullOrEmpty(text) && Day(text) is null;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2190 ? day : null;

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset);
}

/// <summary>What codes are called.</summary>
public sealed record Names(CaseTypes Types, Offices Offices)
{
    public string Office(string? code) => string.IsNullOrEmpty(code) ? "" : Offices.Find(code)?.Name ?? code;

    public string Type(string? code) => string.IsNullOrEmpty(code) || code == CardQuery.None ? Text.NoCase : Types.Find(code)?.Name ?? code;

    /// <summary>A stage is named by the newest type that has it; stages of other types may share the code.</summary>
    public string Stage(string? code, string? type = null) => string.IsNullOrEmpty(code) || code == CardQuery.None ? Text.NoCase
        : (type is null ? Types.Current : Types.Current.Where(one => one.Code == type)).Select(one => one.Stage(code)).FirstOrDefault(stage => stage is not null)?.Label ?? code;

    public static string Rule(string code) => SupervisionRules.Find(code)?.Name ?? code;
}

/// <summary>All figures of the board.</summary>
public sealed record BoardModel(Period Period, OpenClocks Open)
{
    public required IReadOnlyList<CardCount> ByOffice { get; init; }

    public required IReadOnlyList<CardCount> ByType { get; init; }

    public required IReadOnlyList<CardCount> ByStage { get; init; }

    public required IReadOnlyList<CardCount> ByRule { get; init; }

    public required IReadOnlyList<KeptCount> KeptByOffice { get; init; }

    public required IReadOnlyList<KeptCount> KeptByType { get; init; }

    public required Names Names { get; init; }
}
