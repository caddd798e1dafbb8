using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// The one way into the books: a set of entries inside an act, in the transaction of whatever they belong to. One
/// statement writes entries and postings. Nobody waits for another at an account, except at accounts that may not
/// be overdrawn, whose balance must be known before they are touched.
/// </summary>
public static class Books
{
    private const int TextMax = 200;

    /// <summary>
    /// Writes the entries that are right and says for each of them what became of it. Call it once in an act: the
    /// act's batch record seals all its entries together.
    /// </summary>
    public static async Task<IReadOnlyList<Outcome<PostedEntry>>> Post(
        WriteSession writing, IReadOnlyList<Entry> entries, CancellationToken cancel = default)
    {
        var results = new Outcome<PostedEntry>?[entries.Count];
        var accounts = await Accounts(writing, entries, cancel);
        var wanted = new List<int>(entries.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            var refusals = Check(entries[i], accounts);
            if (refusals.Any)
            {
                results[i] = refusals;
            }
            else
            {
                seen.Add(entries[i].Request);
                wanted.Add(i);
            }
        }

        var earlier = await Earlier(writing, [.. seen], cancel);
        var fresh = new List<int>(wanted.Count);
        foreach (var i in wanted)
        {
            if (earlier.TryGetValue(entries[i].Request, out var known))
            {
                results[i] = Same(entries[i], known);
            }
            else if (seen.Remove(entries[i].Request))
            {
                fresh.Add(i);
            }
        }

        fresh = await Reversible(writing, entries, fresh, results, cancel);
        fresh = await Covered(writing, entries, fresh, accounts, results, cancel);
        if (fresh.Count > 0)
        {
            var day = await Day(writing, cancel);
            var ids = await Insert(writing, [.. fresh.Select(i => entries[i])], day, cancel);
            foreach (var i in fresh)
            {
                results[i] = new PostedEntry(ids[entries[i].Request], day, false);
            }
        }

        // The same request twice in one call is the same event twice.
        for (var i = 0; i < entries.Count; i++)
        {
            results[i] ??= Twin(entries, results, i);
        }

        return results!;
    }

    /// <summary>Posts one entry that must be right; a refusal is the caller's to pass on.</summary>
    public static async Task<Refusals> Must(WriteSession writing, CancellationToken cancel, params Entry[] entries)
    {
        var refusals = Refusals.None;
        foreach (var outcome in await Post(writing, entries, cancel))
        {
            refusals = refusals.And(outcome.Refusals);
        }

        return refusals;
    }

    private static Outcome<PostedEntry> Twin(IReadOnlyList<Entry> entries, Outcome<PostedEntry>?[] results, int i)
    {
        var first = Enumerable.Range(0, i).First(j => entries[j].Request == entries[i].Request);
        return !EntryKey.SameContent(entries[first], entries[i]) ? new Refusal("LDG-E07", "request", Text.OtherContent(entries[i].Request))
            : results[first]!.Ok ? results[first]!.Value with { Earlier = true }
            : results[first]!.Refusals;
    }

    private static Refusals Check(Entry entry, Dictionary<string, KnownAccount> accounts)
    {
        var refusals = new List<Refusal?>
        {
            entry.Transfers.Count is 0 or > short.MaxValue ? new("LDG-E01", "transfers", Text.NoTransfers) : null,
            entry.Request.Length is 0 or > TextMax || entry.About.Length > TextMax || entry.Memo.Length > TextMax
                ? new("LDG-E02", "request", Text.EntryTooLong(TextMax)) : null,
        };
        foreach (var transfer in entry.Transfers)
        {
            refusals.Add(transfer.Amount <= Money.Zero ? new("LDG-E03", "amount", Text.NotPositive) : null);
            refusals.Add(transfer.Debit == transfer.Credit ? new("LDG-E04", "account", Text.SameAccount(transfer.Debit)) : null);
            foreach (var code in (string[])[transfer.Debit, transfer.Credit])
            {
                refusals.Add(!accounts.TryGetValue(code, out var account) ? new("LDG-E05", "account", Text.NoAccount(code))
                    : account.Closed ? new("LDG-E06", "account", Text.AccountClosed(code)) : null);
            }
        }

        return Refusals.Of([.. refusals.Distinct()]);
    }

    private static async Task<Dictionary<string, KnownAccount>> Accounts(
        WriteSession writing, IReadOnlyList<Entry> entries, CancellationToken cancel)
    {
        var codes = entries.SelectMany(entry => entry.Transfers).SelectMany(transfer => (string[])[transfer.Debit, transfer.Credit])
            .Distinct(StringComparer.Ordinal).ToArray();
        var today = writing.At.Local().Day();
        return (await writing.Session.List(
            $"select code, kind, guarded, closed_on from ledger.account where code = any({codes})",
            row => new KnownAccount(
                row.GetString(0), AccountKind.GrowsByDebit(row.GetString(1)), row.GetBoolean(2),
                !row.IsDBNull(3) && row.GetFieldValue<DateOnly>(3) <= today),
            cancel)).ToDictionary(account => account.Code, StringComparer.Ordinal);
    }

    private static async Task<Dictionary<string, KnownEntry>> Earlier(WriteSession writing, string[] requests, CancellationToken cancel)
    {
        if (requests.Length == 0)
        {
            return [];
        }

        var rows = await writing.Session.List(
            $"""
            select e.id, e.request, e.kind, e.day, e.about, e.reverses, p.debit, p.credit, p.amount
            from ledger.entry e join ledger.posting p on p.entry = e.id
            where e.request = any({requests}) order by e.id, p.line
            """,
            row => (Id: row.GetInt64(0), Request: row.GetString(1), Kind: row.GetString(2), Day: row.GetFieldValue<DateOnly>(3), About: row.GetString(4),
                Reverses: row.IsDBNull(5) ? (long?)null : row.GetInt64(5), Transfer: new Transfer(row.GetString(6), row.GetString(7), new(row.GetInt64(8)))),
            cancel);
        return rows.GroupBy(row => row.Id).ToDictionary(
            lines => lines.First().Request,
            lines => new KnownEntry(lines.Key, lines.First().Day, new Entry(
                lines.First().Request, lines.First().Kind, lines.First().About, "", [.. lines.Select(line => line.Transfer)])
            { Reverses = lines.First().Reverses }),
            StringComparer.Ordinal);
    }

    private static Outcome<PostedEntry> Same(Entry entry, KnownEntry known) => EntryKey.SameContent(entry, known.Entry)
        ? new PostedEntry(known.Id, known.Day, true)
        : new Refusal("LDG-E07", "request", Text.OtherContent(entry.Request));

    /// <summary>An entry is taken back whole, side for side, and once.</summary>
    private static async Task<List<int>> Reversible(
        WriteSession writing, IReadOnlyList<Entry> entries, List<int> fresh, Outcome<PostedEntry>?[] results, CancellationToken cancel)
    {
        var left = new List<int>(fresh.Count);
        var taken = new HashSet<long>();
        foreach (var i in fresh)
        {
            if (entries[i].Reverses is not { } id)
            {
                left.Add(i);
                continue;
            }

            await writing.Lock($"reversal:{id}", cancel);
            var transfers = await writing.Session.List(
                $"select debit, credit, amount from ledger.posting where entry = {id} order by line",
                row => new Transfer(row.GetString(1), row.GetString(0), new(row.GetInt64(2))),
                cancel);
            var refusal = transfers.Count == 0 || !transfers.SequenceEqual(entries[i].Transfers) ? new Refusal("LDG-E08", "reverses", Text.NotReversible(id))
                : !taken.Add(id) || await writing.Session.Scalar<bool>($"select exists (select from ledger.entry where reverses = {id})", cancel)
                    ? new Refusal("LDG-E09", "reverses", Text.ReversedBefore(id))
                    : null;
            if (refusal is null)
            {
                left.Add(i);
            }
            else
            {
                results[i] = refusal;
            }
        }

        return left;
    }

    /// <summary>Accounts that may not be overdrawn are held until the end of the transaction, in the order of their codes.</summary>
    private static async Task<List<int>> Covered(
        WriteSession writing, IReadOnlyList<Entry> entries, List<int> fresh, Dictionary<string, KnownAccount> accounts,
        Outcome<PostedEntry>?[] results, CancellationToken cancel)
    {
        var guarded = fresh.SelectMany(i => entries[i].Transfers)
            .SelectMany(transfer => (string[])[transfer.Debit, transfer.Credit])
            .Where(code => accounts[code].Guarded).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (guarded.Length == 0)
        {
            return fresh;
        }

        foreach (var code in guarded)
        {
            await writing.Lock($"account:{code}", cancel);
        }

        var balances = (await Balances.Of(writing.Session, guarded, cancel))
            .ToDictionary(pair => pair.Key, pair => accounts[pair.Key].ByDebit ? pair.Value : -pair.Value, StringComparer.Ordinal);
        var left = new List<int>(fresh.Count);
        foreach (var i in fresh)
        {
            var changes = new Dictionary<string, Money>(StringComparer.Ordinal);
            foreach (var transfer in entries[i].Transfers)
            {
                Move(changes, accounts[transfer.Debit], transfer.Amount, true);
                Move(changes, accounts[transfer.Credit], transfer.Amount, false);
            }

            var lacking = changes.Keys.FirstOrDefault(code => changes[code] < Money.Zero && balances[code] + changes[code] < Money.Zero);
            if (lacking is not null)
            {
                results[i] = new Refusal("LDG-E10", "amount", Text.NotCovered(lacking));
                continue;
            }

            foreach (var (code, change) in changes)
            {
                balances[code] += change;
            }

            left.Add(i);
        }

        return left;
    }

    private static void Move(Dictionary<string, Money> changes, KnownAccount account, Money amount, bool debit)
    {
        if (account.Guarded)
        {
            changes[account.Code] = changes.GetValueOrDefault(account.Code) + (account.ByDebit == debit ? amount : -amount);
        }
    }

    /// <summary>The accounting day: today, or the first open day. Closing waits for those who are writing.</summary>
    private static async Task<DateOnly> Day(WriteSession writing, CancellationToken cancel)
    {
        await writing.Session.Run($"select pg_advisory_xact_lock_shared({DayLock})", cancel);
        var closed = await writing.Session.Scalar<DateOnly>($"select upto from ledger.closed", cancel);
        var today = writing.At.Local().Day();
        return today > closed ? today : closed.AddDays(1);
    }

    /// <summary>Held shared by who posts, alone by who closes a day.</summary>
    internal const long DayLock = 0x4C4544474552; // "LEDGER"

    private static async Task<Dictionary<string, long>> Insert(
        WriteSession writing, IReadOnlyList<Entry> entries, DateOnly day, CancellationToken cancel)
    {
        var lines = entries.SelectMany(entry => entry.Transfers.Select((transfer, i) => (entry.Request, Line: (short)(i + 1), Transfer: transfer))).ToList();
        var ids = (await writing.Session.List(
            $"""
            with e as (
                insert into ledger.entry (act, request, kind, day, at, about, memo, total, lines, reverses)
                select {writing.Id}, r, k, {day}, {writing.At}, a, m, t, n, nullif(v, 0) from unnest(
                    {Array(entries, entry => entry.Request)}, {Array(entries, entry => entry.Kind)}, {Array(entries, entry => entry.About)},
                    {Array(entries, entry => entry.Memo)}, {Array(entries, entry => entry.Total.Fen)},
                    {Array(entries, entry => (short)entry.Transfers.Count)}, {Array(entries, entry => entry.Reverses ?? 0)}) as t(r, k, a, m, t, n, v)
                returning id, request),
            p as (
                insert into ledger.posting (entry, line, day, debit, credit, amount)
                select e.id, l.n, {day}, l.d, l.c, l.a from unnest(
                    {Array(lines, line => line.Request)}, {Array(lines, line => line.Line)}, {Array(lines, line => line.Transfer.Debit)},
                    {Array(lines, line => line.Transfer.Credit)}, {Array(lines, line => line.Transfer.Amount.Fen)}) as l(r, n, d, c, a)
                join e on e.request = l.r)
            select request, id from e
            """,
            row => (Request: row.GetString(0), Id: row.GetInt64(1)),
            cancel)).ToDictionary(row => row.Request, row => row.Id, StringComparer.Ordinal);
        var sums = Sums(lines.Select(line => line.Transfer));
        await writing.Session.Run(
            $"""
            insert into ledger.fresh (account, day, debit, credit)
            select a, {day}, d, c from unnest({Array(sums, sum => sum.Account)}, {Array(sums, sum => sum.Debit)}, {Array(sums, sum => sum.Credit)}) as t(a, d, c)
            """,
            cancel);
        var batch = new Batch
        {
            Number = writing.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Entries = entries.Count,
            Postings = lines.Count,
            Total = Money.Sum(lines.Select(line => line.Transfer.Amount)).Yuan,
            Digest = EntrySeal.Of(entries.Select(entry => (entry, day))),
        };
        var seal = await writing.Apply(new Change.Insert(Resources.Batch, "", Typed<Batch>.Values(batch)), cancel);
        return seal.Ok ? ids : throw new InvalidOperationException($"An act posts once: {seal.Refusals}");
    }

    private static List<(string Account, long Debit, long Credit)> Sums(IEnumerable<Transfer> transfers)
    {
        var sums = new Dictionary<string, (long Debit, long Credit)>(StringComparer.Ordinal);
        foreach (var transfer in transfers)
        {
            var debit = sums.GetValueOrDefault(transfer.Debit);
            sums[transfer.Debit] = (debit.Debit + transfer.Amount.Fen, debit.Credit);
            var credit = sums.GetValueOrDefault(transfer.Credit);
            sums[transfer.Credit] = (credit.Debit, credit.Credit + transfer.Amount.Fen);
        }

        return [.. sums.Select(sum => (sum.Key, sum.Value.Debit, sum.Value.Credit))];
    }

    private static T[] Array<TItem, T>(IReadOnlyList<TItem> items, Func<TItem, T> value)
    {
        var array = new T[items.Count];
        for (var i = 0; i < array.Length; i++)
        {
            array[i] = value(items[i]);
        }

        return array;
    }

    private sealed record KnownAccount(string Code, bool ByDebit, bool Guarded, bool Closed);

    private sealed record KnownEntry(long Id, DateOnly Day, Entry Entry);
}

/// <summary>When two requests of the same name are the same event.</summary>
internal static class EntryKey
{
    public static bool SameContent(Entry one, Entry other) =>
        one.Kind == other.Kind && one.About == other.About && one.Reverses == other.Reverses && one.Transfers.SequenceEqual(other.Transfers);
}
