using System.Text.Json;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>Which contradictions a list shows.</summary>
public sealed record ContradictionQuery
{
    public string? Office { get; init; }

    public string? Rule { get; init; }

    /// <summary>One of <see cref="ContradictionState"/>; null: all.</summary>
    public string? State { get; init; } = ContradictionState.Open;

    public string? Organisation { get; init; }

    /// <summary>Code after which the page begins.</summary>
    public string? After { get; init; }
}

/// <summary>How an office stands.</summary>
/// <param name="Records">Records of firms that it gives.</param>
/// <param name="Open">Contradictions that wait for it.</param>
/// <param name="Closed">That are gone within thirty days.</param>
/// <param name="Oldest">Since when the oldest waits.</param>
public sealed record OfficeStanding(string Office, long Records, long Open, long Explained, long Closed, DateTimeOffset? Oldest)
{
    /// <summary>Of a hundred records so many without a contradiction; null: it gives none.</summary>
    public double? Score => Records == 0 ? null : 100.0 * Math.Max(0, Records - Open) / Records;

    public StandingBand? Band => Score switch { null => null, <= 90 => StandingBand.Red, <= 95 => StandingBand.Orange, <= 98 => StandingBand.Yellow, _ => StandingBand.Green };
}

/// <summary>Bands of a score: up to 90, 95, 98, above.</summary>
public enum StandingBand
{
    Red,
    Orange,
    Yellow,
    Green,
}

/// <summary>Lists contradictions, as far as the reader's office has to do with them.</summary>
public sealed class ContradictionReader(Db db, RecordReader reader, TimeProvider time)
{
    public const int PageSize = 50;
    public const int MembersMost = 100;

    /// <summary>Days that the league looks back on what was closed.</summary>
    public const int Days = 30;

    private static readonly ResourceDefinition Resource = Definition.Of<Contradiction>();

    /// <summary>Who leads the sharing, and leaders, see all; others what is their office's to answer or is about its data.</summary>
    public static bool SeesAll(Caller who) => who.May(EnterpriseSystem.Review) || OfficeCode.Matches("market-regulation", who.Office) || who is { Role: Roles.Leader, Office: OfficeCode.City };

    public async Task<IReadOnlyList<Contradiction>> List(Caller who, ContradictionQuery query, CancellationToken cancel = default)
    {
        var where = Filter.All(
            query.Office is { } office ? Equal("office", office) : null,
            query.Rule is { } rule ? Equal("rule", rule) : null,
            query.State is { } state ? Equal("state", state) : null,
            query.Organisation is { } organisation ? Equal("organisation", organisation) : null,
            query.After is { } after ? new Filter.Compare("code", Comparison.Greater, after) : null,
            Sight(who));
        var page = await reader.List(Resource, new RecordQuery { Where = where, Sort = [new("code")], Limit = PageSize + 1 }, cancel);
        return [.. page.Records.Select(Typed<Contradiction>.Of)];
    }

    /// <summary>Null: there is none, or his office has nothing to do with it.</summary>
    public async Task<Contradiction?> Get(Caller who, string code, CancellationToken cancel = default) =>
        (await reader.List(Resource, new RecordQuery { Where = Filter.All(new Filter.KeyIn([code]), Sight(who)), Limit = 1 }, cancel)).Records is [var record] ? Typed<Contradiction>.Of(record) : null;

    public Task<IReadOnlyList<HistoryEntry>> History(string code, CancellationToken cancel = default) => reader.History(Resource, code, cancel);

    /// <summary>Open ones by rule and office.</summary>
    public Task<List<(string Rule, string Office, long Count)>> Counts(CancellationToken cancel = default) => db.List(
        $"select rule, office, count(*) from enterprises.contradiction where state = {ContradictionState.Open} group by rule, office order by rule, office",
        row => (row.GetString(0), row.GetString(1), row.GetInt64(2)), cancel);

    /// <summary>When all firms were compared last; null: never.</summary>
    public Task<DateTimeOffset?> ComparedAt(CancellationToken cancel = default) => db.Scalar<DateTimeOffset?>($"select whole_at from enterprises.comparison", cancel);

    /// <summary>The offices that give records of firms, the worse first.</summary>
    public async Task<IReadOnlyList<OfficeStanding>> League(CancellationToken cancel = default)
    {
        var since = time.GetUtcNow().AddDays(-Days);
        var records = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var authority in Authority.All)
        {
            var count = await db.Scalar<long>($"select count(*) from {authority.Table}", cancel);
            records[authority.Resource.Owner] = records.GetValueOrDefault(authority.Resource.Owner) + count;
        }

        var lines = (await db.List(
            $"""
            select office, count(*) filter (where state = {ContradictionState.Open}), count(*) filter (where state = {ContradictionState.Explained}),
                count(*) filter (where state = {ContradictionState.Closed} and closed_at >= {since}), min(found_at) filter (where state = {ContradictionState.Open})
            from enterprises.contradiction group by office
            """,
            row => (Office: row.GetString(0), Open: row.GetInt64(1), Explained: row.GetInt64(2), Closed: row.GetInt64(3), Oldest: row.IsDBNull(4) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(4)),
            cancel)).ToDictionary(line => line.Office, StringComparer.Ordinal);
        return
        [
            .. records.Keys.Union(lines.Keys, StringComparer.Ordinal).Select(office => lines.GetValueOrDefault(office) is { Office: not null } line
                ? new OfficeStanding(office, records.GetValueOrDefault(office), line.Open, line.Explained, line.Closed, line.Oldest)
                : new OfficeStanding(office, records[office], 0, 0, 0, null))
            .OrderBy(standing => standing.Score ?? 101).ThenByDescending(standing => standing.Open).ThenBy(standing => standing.Office, StringComparer.Ordinal),
        ];
    }

    /// <summary>The firms of a contradiction that is about several: organisation code, name, state, address.</summary>
    public Task<List<(string Organisation, string Name, string State, string Address)>> Members(Contradiction of, CancellationToken cancel = default)
    {
        var subject = of.Code[(of.Rule.Length + 1)..];
        var value = JsonSerializer.Deserialize<string?[]>(of.Values)![0] ?? "";
        var shared = of.Rule switch
        {
            "S05-C06" => Sql.Of($"substr(md5((select salt from enterprises.comparison) || phone), 1, 16) = {subject} and state in ('1', '7', '8')"),
            "S05-C07" => Sql.Of($"{ComparedTables.PlaceOf(Sql.Name("address"))} = {ComparedTables.PlaceOf(Sql.Of($"{value}"))} and state in ('1', '7', '8')"),
            _ => Sql.Of($"substr(md5((select salt from enterprises.comparison) || representative_number), 1, 16) = {subject} and state = '2'"),
        };
        return db.List(
            $"select substr(credit_code, 9, 9), name, state, coalesce(address, '') from enterprises.registration where {shared} order by name limit {MembersMost}",
            row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)), cancel);
    }

    private static Filter? Sight(Caller who)
    {
        if (SeesAll(who))
        {
            return null;
        }

        var rules = ContradictionRules.All.Where(rule => rule.Sides.Any(side => side.Alias.Length > 0 && OfficeCode.Matches(Authority.Of(side.Alias).Resource.Owner, who.Office))).Select(rule => (object)rule.Code).ToList();
        var own = new Filter.In("office", [OfficeCode.Function(who.Office) is { Length: > 0 } function ? function : who.Office]);
        return rules.Count == 0 ? own : new Filter.Or([own, new Filter.In("rule", rules)]);
    }

    private static Filter.Compare Equal(string field, string value) => new(field, Comparison.Equal, value);
}
