using System.Globalization;
using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// The acts that are committed in the registry's schemas and have no place in the log yet. Their place is what
/// orders change feeds: it is given after the commit, so that no reader can pass by an act that commits late.
/// </summary>
internal sealed class ActSequence
{
    /// <summary>Most acts of one schema in one commit of the log.</summary>
    public const int Max = 1000;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Acts without a place, within each schema in the order in which they could see one another.</summary>
    public async Task<List<CommittedAct>> Pending(
        Session session, IReadOnlyCollection<string> schemas, CancellationToken cancel)
    {
        var unknown = schemas.Where(schema => !_known.Contains(schema)).ToArray();
        if (unknown.Length > 0)
        {
            _known.UnionWith(await Existing(session, unknown, cancel));
        }

        var present = schemas.Where(_known.Contains).Distinct(StringComparer.Ordinal).ToList();
        if (present.Count == 0)
        {
            return [];
        }

        try
        {
            return await session.List(
                $"select * from ({Sql.Join(" union all ", present.Select(Select))}) as acts order by schema, turn", Read, cancel);
        }
        catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            _known.Clear();
            throw;
        }
    }

    /// <summary>Writes the place of each act of one schema.</summary>
    public static Sql Place(string schema, long[] acts, long[] positions) =>
        $"""
        update {Sql.Name(schema, "act")} as act set position = place.position
        from unnest({acts}, {positions}) as place(id, position)
        where act.id = place.id and act.position is null
        """;

    private static Task<List<string>> Existing(Session session, string[] schemas, CancellationToken cancel) =>
        session.List(
            $"select schema from unnest({schemas}) as schema where to_regclass(quote_ident(schema) || '.act') is not null", row => row.GetString(0), cancel);

    // Without parameters: fifty tables are planned once for a connection, not for each set of values.
    private static Sql Select(string schema) =>
        $"""
        (select {Quoted(schema)} as schema, id, at, who_id, who_name, office, kind, purpose, case_no, source,
            address, rows, digest, turn
        from {Sql.Name(schema, "act")} where position is null order by turn limit {Most})
        """;

    private static readonly Sql Most = Sql.Trusted(Max.ToString(CultureInfo.InvariantCulture));

    private static Sql Quoted(string schema) => Sql.Trusted($"text '{schema.Replace("'", "''", StringComparison.Ordinal)}'");

    private static CommittedAct Read(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), Text(row, 4) ?? "", Text(row, 5) ?? "")
        {
            Kind = row.GetString(6),
            Purpose = Text(row, 7),
            Case = Text(row, 8),
            Source = Text(row, 9),
            Address = Text(row, 10),
            Rows = row.GetInt32(11),
            Digest = row.GetFieldValue<byte[]>(12),
        };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
