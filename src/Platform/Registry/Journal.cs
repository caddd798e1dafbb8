using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// The journal of a schema: one act for each transaction (who, when, why) and one line for each record version
/// that it wrote. Written in the same transaction as the rows.
/// </summary>
internal static class Journal
{
    /// <summary>The statements that write the lines of an act and the act itself.</summary>
    public static IEnumerable<Sql> Statements(string schema, Act act, long id, DateTimeOffset at, IReadOnlyList<JournalRow> rows)
    {
        yield return Sql.Of(
            $"""
            insert into {Sql.Name(schema, "journal")} (act, ordinal, resource, key, version, op, digest)
            select {id}, o, r, k, v, p::"char", d from unnest(
                {Sql.Value(Enumerable.Range(0, rows.Count).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer)},
                {Sql.Value(rows.Select(row => row.Resource).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)},
                {Sql.Value(rows.Select(row => row.Key).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)},
                {Sql.Value(rows.Select(row => row.Version).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer)},
                {Sql.Value(rows.Select(row => row.Operation.ToString()).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)},
                {Sql.Value(rows.Select(row => row.Digest).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea)}) as t(o, r, k, v, p, d)
            """);
        yield return ActRow(schema, act, id, at, rows.Count, RecordDigest.OfAct(rows.Select(row => row.Digest)));
    }

    /// <summary>The act itself; its digest covers its journal lines in order.</summary>
    public static Task WriteAct(
        Session session, string schema, Act act, long id, DateTimeOffset at, int rows, byte[] digest, CancellationToken cancel) =>
        session.Run(ActRow(schema, act, id, at, rows, digest), cancel);

    private static Sql ActRow(string schema, Act act, long id, DateTimeOffset at, int rows, byte[] digest) => Sql.Of(
            $"""
            insert into {Sql.Name(schema, "act")} (id, at, who_id, who_name, office, kind, purpose, case_no, source, address, rows, digest)
            values ({id}, {at}, {act.Who.Id}, {act.Who.Name}, {act.Who.Office}, {act.Kind},
                {Sql.Value(act.Purpose, NpgsqlDbType.Text)}, {Sql.Value(act.Case, NpgsqlDbType.Text)},
                {Sql.Value(act.Source, NpgsqlDbType.Text)}, {act.Who.Address}, {rows}, {digest})
            """);
}
