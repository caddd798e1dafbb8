using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>
/// Looks for damage in the books: entries that do not agree with the seal of their batch, postings without entry,
/// sums that are not those of the postings. The batches themselves are checked by the log (<c>verify-log</c>), so that
/// both together find any change made past the platform.
/// </summary>
public sealed class BookCheck(Db db)
{
    private const int FindingsMax = 100;

    /// <summary>Everything that is wrong, at most a hundred; empty: the books are sound.</summary>
    /// <param name="from">First accounting day that is looked at; null: all.</param>
    public async Task<IReadOnlyList<BookFinding>> Run(DateOnly? from = null, CancellationToken cancel = default)
    {
        var first = from ?? new DateOnly(2000, 1, 1);
        var findings = new List<BookFinding>();
        await Seals(first, findings, cancel);
        findings.AddRange(await db.List(
            $"""
            select e.id::text from ledger.entry e left join ledger.batch b on b.number = e.act::text
            where e.day >= {first} and b.number is null order by e.id limit {FindingsMax}
            """,
            row => new BookFinding("LDG-V02", row.GetString(0), Text.NoSeal),
            cancel));
        findings.AddRange(await db.List(
            $"""
            select p.entry::text from ledger.posting p left join ledger.entry e on e.id = p.entry
            where p.day >= {first} and (e.id is null or e.day <> p.day) order by p.entry limit {FindingsMax}
            """,
            row => new BookFinding("LDG-V03", row.GetString(0), Text.NoEntry),
            cancel));
        findings.AddRange(await db.List(
            $"""
            select account, day from (
                select account, day, debit, credit from ledger.turnover union all select account, day, debit, credit from ledger.fresh
                union all select debit, day, -amount, 0 from ledger.posting union all select credit, day, 0, -amount from ledger.posting) t
            where day >= {first} group by account, day having sum(debit) <> 0 or sum(credit) <> 0 order by day, account limit {FindingsMax}
            """,
            row => new BookFinding("LDG-V04", $"{row.GetString(0)} {row.GetFieldValue<DateOnly>(1):yyyy-MM-dd}", Text.SumsDiffer),
            cancel));
        return [.. findings.Take(FindingsMax)];
    }

    /// <summary>Reads the entries act by act and compares each with the digest that its batch carries.</summary>
    private async Task Seals(DateOnly first, List<BookFinding> findings, CancellationToken cancel)
    {
        var rows = db.Stream(
            $"""
            select b.number::bigint, b.digest, b.entries, b.postings, e.request, e.kind, e.day, e.about, e.memo, e.reverses, e.total, e.lines, p.debit, p.credit, p.amount, e.id
            from ledger.batch b
            left join ledger.entry e on e.act = b.number::bigint
            left join ledger.posting p on p.entry = e.id
            where b._at >= {new DateTimeOffset(first.ToDateTime(default), CityTime.Offset).ToUniversalTime()}
            order by b.number::bigint, e.id, p.line
            """,
            Row,
            cancel);
        SealRow? head = null;
        var entries = new List<(Entry Entry, DateOnly Day)>();
        var transfers = new List<Transfer>();
        SealRow? entry = null;
        await foreach (var row in rows)
        {
            if (entry is not null && (entry.Id != row.Id || entry.Batch != row.Batch))
            {
                Finish(entry, transfers, entries, findings);
            }

            if (head is not null && head.Batch != row.Batch)
            {
                Compare(head, entries, findings);
                entries.Clear();
            }

            (head, entry) = (row, row);
            if (row.Transfer is { } transfer)
            {
                transfers.Add(transfer);
            }
        }

        if (head is not null)
        {
            Finish(entry!, transfers, entries, findings);
            Compare(head, entries, findings);
        }
    }

    private static void Finish(SealRow row, List<Transfer> transfers, List<(Entry, DateOnly)> entries, List<BookFinding> findings)
    {
        if (row.Id is { } id)
        {
            var entry = new Entry(row.Request, row.Kind, row.About, row.Memo, [.. transfers]) { Reverses = row.Reverses };
            entries.Add((entry, row.Day));
            if (entry.Total.Fen != row.Total || transfers.Count != row.Lines)
            {
                findings.Add(new("LDG-V05", $"{id}", Text.TotalDiffers));
            }
        }

        transfers.Clear();
    }

    private static void Compare(SealRow head, List<(Entry, DateOnly)> entries, List<BookFinding> findings)
    {
        if (findings.Count < FindingsMax && (entries.Count != head.Entries || EntrySeal.Of(entries) != head.Digest))
        {
            findings.Add(new("LDG-V01", $"{head.Batch}", Text.SealBroken));
        }
    }

    private static SealRow Row(NpgsqlDataReader row) => row.IsDBNull(15)
        ? new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), null, "", "", default, "", "", null, 0, 0, null)
        : new(
            row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(15), row.GetString(4), row.GetString(5), row.GetFieldValue<DateOnly>(6),
            row.GetString(7), row.GetString(8), row.IsDBNull(9) ? null : row.GetInt64(9), row.GetInt64(10), row.GetInt16(11),
            row.IsDBNull(12) ? null : new Transfer(row.GetString(12), row.GetString(13), new(row.GetInt64(14))));

    private sealed record SealRow(
        long Batch, string Digest, long Entries, long? Id, string Request, string Kind, DateOnly Day, string About, string Memo, long? Reverses,
        long Total, int Lines, Transfer? Transfer);
}

/// <summary>Damage in the books.</summary>
/// <param name="Place">Number of the batch or entry, or account and day.</param>
public sealed record BookFinding(string Code, string Place, string Sentence);
