using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>Which cards somebody asks for.</summary>
public sealed record CardQuery
{
    /// <summary>Asks for those that have no value there: cards without a case.</summary>
    public const string None = "-";

    public string? Kind { get; init; }

    public string? State { get; init; }

    public string? Rule { get; init; }

    public string? Office { get; init; }

    public string? Type { get; init; }

    public string? Stage { get; init; }

    public string? Case { get; init; }

    /// <summary>Rule of the system whose cases they are.</summary>
    public string? Trigger { get; init; }

    /// <summary>Those that count: all but withdrawn ones, and no warnings.</summary>
    public bool Counted { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }

    public string? After { get; init; }
}

/// <summary>Reads cards for the supervisor, who sees all, and for an office, which sees its own.</summary>
public sealed class CardReader(Db db, RecordReader reader)
{
    public const int PageSize = 50;

    /// <summary>Null when there is no such card for this caller.</summary>
    public async Task<Card?> Get(Caller who, string number, CancellationToken cancel = default) =>
        await reader.Get(Cards.Resource, number, null, cancel) is { } record && Typed<Card>.Of(record) is var card && MaySee(who, card) ? card : null;

    /// <summary>Newest first; one more than a page when there are more.</summary>
    public Task<List<Card>> List(Caller who, CardQuery query, CancellationToken cancel = default)
    {
        var plan = Plan.Of(Cards.Resource);
        var cursor = query.After?.Split('~', 2) is [var moment, var number] && DateTimeOffset.TryParse(
            moment, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
            ? Sql.Of($" and (moment, number) < ({at.ToUniversalTime()}, {number})") : Sql.Empty;
        return db.List(
            $"""
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)} where {Where(who, query)}{cursor}
            order by moment desc, number desc limit {PageSize + 1}
            """,
            row => Typed<Card>.Of(plan.Read(row)),
            cancel);
    }

    /// <summary>The cursor behind a card.</summary>
    public static string Cursor(Card card) => $"{card.Moment.UtcDateTime:O}~{card.Number}";

    internal static Sql Where(Caller who, CardQuery query)
    {
        var conditions = new List<Sql> { who.May(SupervisionSystem.Look) ? Sql.Of($"true") : Sql.Of($"office = {who.Office}") };
        void Equal(string column, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                conditions.Add(value == CardQuery.None ? Sql.Of($"{Sql.Name(column)} is null") : Sql.Of($"{Sql.Name(column)} = {value}"));
            }
        }

        Equal("kind", query.Kind);
        Equal("rule", query.Rule);
        Equal("office", query.Office);
        Equal("type", query.Type);
        Equal("stage", query.Stage);
        Equal("case", query.Case);
        Equal("trigger", query.Trigger);
        if (query.Counted)
        {
            conditions.Add(Sql.Of($"state <> 'withdrawn' and kind <> 'warning'"));
        }

        if (query.State == "open")
        {
            conditions.Add(Sql.Of($"state in ('issued', 'upheld')"));
        }
        else
        {
            Equal("state", query.State);
        }

        if (query.From is { } from)
        {
            conditions.Add(Sql.Of($"moment >= {from.ToUniversalTime()}"));
        }

        if (query.Until is { } until)
        {
            conditions.Add(Sql.Of($"moment < {until.ToUniversalTime()}"));
        }

        return Sql.Join(" and ", conditions);
    }

    private static bool MaySee(Caller who, Card card) =>
        who.May(SupervisionSystem.Look) || (card.Office == who.Office && who.May(SupervisionSystem.Answer));
}
