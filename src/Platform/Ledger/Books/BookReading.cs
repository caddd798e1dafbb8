using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>Entries and statements of accounts as people read them.</summary>
public sealed class BookReading(Db db)
{
    public const int PageSize = 100;

    private static readonly Sql Columns = Sql.Trusted("e.id, e.request, e.kind, e.day, e.at, e.about, e.memo, e.reverses, r.id, p.debit, p.credit, p.amount");

    /// <summary>One entry with its postings.</summary>
    public async Task<ShownEntry?> Entry(long id, CancellationToken cancel = default) =>
        (await List(Sql.Of($"e.id = {id}"), cancel)) is [var entry] ? entry : null;

    /// <summary>All entries about a bill, an order, a card.</summary>
    public Task<IReadOnlyList<ShownEntry>> About(string about, CancellationToken cancel = default) =>
        List(Sql.Of($"e.id in (select id from ledger.entry where about = {about} order by id limit {PageSize})"), cancel);

    /// <summary>The movements of an account, newest first; those before entry <paramref name="before"/>.</summary>
    public Task<List<AccountLine>> Account(string account, DateOnly from, DateOnly to, long? before, CancellationToken cancel = default)
    {
        var last = before ?? long.MaxValue;
        return db.List(
            $"""
            select e.id, e.day, e.at, e.kind, e.about, e.memo, p.other, p.debit, p.credit from (
                select entry, day, credit as other, amount as debit, 0::bigint as credit from ledger.posting
                where debit = {account} and day between {from} and {to} and entry < {last}
                union all
                select entry, day, debit, 0, amount from ledger.posting
                where credit = {account} and day between {from} and {to} and entry < {last}) p
            join ledger.entry e on e.id = p.entry order by e.id desc limit {PageSize}
            """,
            row => new AccountLine(
                row.GetInt64(0), row.GetFieldValue<DateOnly>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.GetString(4), row.GetString(5),
                row.GetString(6), new(row.GetInt64(7)), new(row.GetInt64(8))),
            cancel);
    }

    /// <summary>Names of accounts by code.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Names(IEnumerable<string> codes, CancellationToken cancel = default)
    {
        var wanted = codes.Distinct(StringComparer.Ordinal).ToArray();
        return (await db.List($"select code, name from ledger.account where code = any({wanted})", row => (row.GetString(0), row.GetString(1)), cancel))
            .ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<ShownEntry>> List(Sql where, CancellationToken cancel)
    {
        var rows = await db.List(
            $"""
            select {Columns} from ledger.entry e left join ledger.entry r on r.reverses = e.id join ledger.posting p on p.entry = e.id
            where {where} order by e.id, p.line
            """,
            Row,
            cancel);
        return [.. rows.GroupBy(row => row.Head).Select(lines => lines.Key with { Transfers = [.. lines.Select(line => line.Transfer)] })];
    }

    private static (ShownEntry Head, Transfer Transfer) Row(NpgsqlDataReader row) => (
        new(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.GetFieldValue<DateTimeOffset>(4), row.GetString(5),
            row.GetString(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.IsDBNull(8) ? null : row.GetInt64(8), Nothing),
        new(row.GetString(9), row.GetString(10), new(row.GetInt64(11))));

    private static readonly IReadOnlyList<Transfer> Nothing = [];
}

/// <summary>An entry as it stands in the books.</summary>
/// <param name="Reverses">The entry that it takes back.</param>
/// <param name="ReversedBy">The entry that takes it back.</param>
public sealed record ShownEntry(
    long Id, string Request, string Kind, DateOnly Day, DateTimeOffset At, string About, string Memo, long? Reverses, long? ReversedBy,
    IReadOnlyList<Transfer> Transfers);

/// <summary>One movement on an account.</summary>
/// <param name="Other">The account at the other side.</param>
public sealed record AccountLine(
    long Entry, DateOnly Day, DateTimeOffset At, string Kind, string About, string Memo, string Other, Money Debit, Money Credit);
