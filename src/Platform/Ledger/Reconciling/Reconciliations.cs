using System.Globalization;
using NpgsqlTypes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// Compares what the books say about a channel's account with its statement, movement by movement: matched, missing
/// here, missing there, different amount. Each difference becomes an item on the cashier's list, once.
/// </summary>
public sealed class Reconciliations(Db db, RecordStore store, RecordReader reader, PaymentChannels channels, TimeProvider time)
{
    /// <summary>Fetches the statement of a day and compares. Null when the channel has it not ready.</summary>
    public async Task<Outcome<Reconciliation>?> Run(Caller who, string channel, DateOnly day, CancellationToken cancel = default)
    {
        if (channels.Find(channel) is not { } found)
        {
            return new Refusal("LDG-P01", "channel", Text.NoChannel);
        }

        return await found.Statement(day, cancel) is { } file ? await Run(who, channel, day, file, cancel) : null;
    }

    /// <summary>Compares with a file that somebody brought. The same file again changes nothing but looks again.</summary>
    public async Task<Outcome<Reconciliation>> Run(Caller who, string channel, DateOnly day, string text, CancellationToken cancel = default)
    {
        if (day >= time.Today())
        {
            return new Refusal("LDG-S07", "day", Text.DayNotOver);
        }

        var read = StatementFile.Read(text, channel, day);
        if (!read.Ok)
        {
            return read.Refusals;
        }

        var file = read.Value;
        var code = CodeOf(channel, day);
        var written = await store.Write(
            new Act(who, "ledger.reconcile"),
            Resources.Schema,
            async writing =>
            {
                await writing.Lock($"reconcile:{code}", cancel);
                var before = await writing.Get(Resources.Reconciliation, code, cancel) is { } record ? Typed<Reconciliation>.Of(record) : null;
                if (before is null)
                {
                    await Keep(writing, file, cancel);
                }
                else if (before.FileDigest != file.Digest)
                {
                    return Refusals.Of(new Refusal("LDG-S06", "file", Text.OtherFile));
                }

                return await Compare(writing, file, before, cancel);
            },
            cancel);
        return written.Ok
            ? Typed<Reconciliation>.Of((await reader.Get(Resources.Reconciliation, code, cancel: cancel))!)
            : written.Refusals;
    }

    /// <summary>Days before today with movements on a channel's account that were not compared yet; called by the worker.</summary>
    internal async Task<int> RunDue(CancellationToken cancel)
    {
        var done = 0;
        foreach (var channel in channels.All)
        {
            var days = await db.List(
                $"""
                select distinct day from (select account, day from ledger.turnover union all select account, day from ledger.fresh) t
                where account = {Chart.Channel(channel.Code)} and day < {time.Today()} and not exists (
                    select from ledger.reconciliation r where r.channel = {channel.Code} and r.day = t.day)
                order by day limit 60
                """,
                row => row.GetFieldValue<DateOnly>(0),
                cancel);
            foreach (var day in days)
            {
                done += await Run(Caller.Platform("ledger"), channel.Code, day, cancel) is { Ok: true } ? 1 : 0;
            }
        }

        return done;
    }

    internal static string CodeOf(string channel, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{channel}-{day:yyyyMMdd}");

    private static Task Keep(WriteSession writing, StatementFile file, CancellationToken cancel) => writing.Session.Run(
        $"""
        insert into ledger.statement_line (channel, day, line, kind, number, transaction, amount, at)
        select {file.Channel}, {file.Day}, row_number() over (order by o), k, n, t, a, m from unnest(
            {Sql.Value(Enumerable.Range(0, file.Lines.Count).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer)},
            {Sql.Value(file.Lines.Select(line => line.Kind).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)},
            {Sql.Value(file.Lines.Select(line => line.Number).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)},
            {Sql.Value(file.Lines.Select(line => line.Transaction).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)},
            {Sql.Value(file.Lines.Select(line => line.Amount.Fen).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)},
            {Sql.Value(file.Lines.Select(line => line.At.ToUniversalTime()).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)}) as s(o, k, n, t, a, m)
        """,
        cancel);

    private static async Task<Refusals> Compare(WriteSession writing, StatementFile file, Reconciliation? before, CancellationToken cancel)
    {
        var theirs = file.Lines.ToDictionary(line => Request(file.Channel, line), StringComparer.Ordinal);
        var ours = await Ours(writing, file, [.. theirs.Keys], cancel);
        var differences = new List<Problem>();
        var matched = 0;
        foreach (var (request, line) in theirs)
        {
            if (!ours.TryGetValue(request, out var entry))
            {
                differences.Add(Difference(ProblemKind.MissingHere, file, line.Number, line.Transaction, Signed(line), null, line.At));
            }
            else if (entry.Amount != line.Amount)
            {
                differences.Add(Difference(
                    ProblemKind.AmountDiffers, file, line.Number, line.Transaction, Signed(line), line.Kind == StatementLine.Pay ? entry.Amount : -entry.Amount, line.At));
            }
            else
            {
                matched++;
            }
        }

        // A movement just before midnight may stand in the statement of a neighbouring day: what any statement knows is there.
        var stated = await Stated(writing, file.Channel, [.. ours.Values.Where(entry => entry.Day == file.Day).Select(entry => entry.Transaction)], cancel);
        var mine = ours.Values.Where(entry => entry.Day == file.Day).ToList();
        foreach (var entry in mine.Where(entry => !stated.Contains(entry.Transaction)))
        {
            differences.Add(Difference(
                ProblemKind.MissingThere, file, entry.About, entry.Transaction, Money.Zero, entry.In ? entry.Amount : -entry.Amount, writing.At));
        }

        var refusals = Refusals.None;
        foreach (var problem in differences)
        {
            refusals = refusals.And(await Problems.Open(
                writing, problem, $"statement|{file.Channel}|{file.Day:yyyyMMdd}|{problem.Kind}|{problem.Transaction}", cancel));
        }

        var after = new Reconciliation
        {
            Code = CodeOf(file.Channel, file.Day),
            Channel = file.Channel,
            Day = file.Day,
            OurCount = mine.Count,
            OurSum = Money.Sum(mine.Select(entry => entry.In ? entry.Amount : -entry.Amount)).Yuan,
            TheirCount = file.Lines.Count,
            TheirSum = StatementFile.Net(file.Lines).Yuan,
            Matched = matched,
            Differences = differences.Count,
            FileDigest = file.Digest,
            At = writing.At,
        };
        Change change = before is null
            ? new Change.Insert(Resources.Reconciliation, "", Typed<Reconciliation>.Values(after))
            : new Change.Update(Resources.Reconciliation, after.Code, null, Typed<Reconciliation>.Differences(before, after));
        return refusals.And((await writing.Apply(change, cancel)).Refusals);
    }

    /// <summary>Our movements of the day, and those of any day that the statement names.</summary>
    private static async Task<Dictionary<string, Movement>> Ours(WriteSession writing, StatementFile file, string[] named, CancellationToken cancel)
    {
        var account = Chart.Channel(file.Channel);
        return (await writing.Session.List(
            $"""
            with ids as (
                select entry as id from ledger.posting where debit = {account} and day = {file.Day}
                union select entry from ledger.posting where credit = {account} and day = {file.Day}
                union select id from ledger.entry where request = any({named}))
            select e.request, e.about, e.day, sum(p.amount)::bigint, bool_or(p.debit = {account})
            from ids join ledger.entry e on e.id = ids.id join ledger.posting p on p.entry = e.id
            where (p.debit = {account} or p.credit = {account})
                and e.kind in ({EntryKind.Payment}, {EntryKind.Unapplied}, {EntryKind.PaidOut})
            group by e.request, e.about, e.day
            """,
            row => (Request: row.GetString(0), Movement: new Movement(
                row.GetString(1), row.GetString(0)[(row.GetString(0).IndexOf(':', row.GetString(0).IndexOf(':', StringComparison.Ordinal) + 1) + 1)..],
                row.GetFieldValue<DateOnly>(2), new(row.GetInt64(3)), row.GetBoolean(4))),
            cancel)).ToDictionary(row => row.Request, row => row.Movement, StringComparer.Ordinal);
    }

    private static async Task<HashSet<string>> Stated(WriteSession writing, string channel, string[] transactions, CancellationToken cancel) =>
        (await writing.Session.List(
            $"select transaction from ledger.statement_line where channel = {channel} and transaction = any({transactions})",
            row => row.GetString(0),
            cancel)).ToHashSet(StringComparer.Ordinal);

    private static string Request(string channel, StatementLine line) =>
        line.Kind == StatementLine.Pay ? Payments.MoneyIn(channel, line.Transaction) : Refunds.MoneyOut(channel, line.Transaction);

    private static Money Signed(StatementLine line) => line.Kind == StatementLine.Pay ? line.Amount : -line.Amount;

    private static Problem Difference(
        string kind, StatementFile file, string number, string transaction, Money theirs, Money? ours, DateTimeOffset at) => new()
        {
            Kind = kind,
            State = ProblemState.Open,
            Channel = file.Channel,
            Day = file.Day,
            At = at,
            Amount = theirs.Yuan,
            Expected = ours?.Yuan,
            Order = number,
            Transaction = transaction,
        };

    private sealed record Movement(string About, string Transaction, DateOnly Day, Money Amount, bool In);
}
