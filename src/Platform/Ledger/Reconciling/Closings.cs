using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// 日结: when every channel's account agrees with its statements and every difference is settled, the books are closed
/// up to that day and what the channels hold for it is settled to the treasury's account.
/// </summary>
public sealed class Closings(Db db, RecordStore store, PaymentChannels channels, TimeProvider time)
{
    /// <summary>The last closed day.</summary>
    public Task<DateOnly> Upto(CancellationToken cancel = default) => db.Scalar<DateOnly>($"select upto from ledger.closed", cancel);

    public Task<Outcome<Written>> Close(Caller who, DateOnly day, CancellationToken cancel = default) => store.Write(
        new Act(who, "ledger.day.close"),
        Resources.Schema,
        async writing =>
        {
            // Nobody posts while the day is closed; who is posting is waited for.
            await writing.Session.Run($"select pg_advisory_xact_lock({Books.DayLock})", cancel);
            var after = await writing.Session.Scalar<DateOnly>($"select upto from ledger.closed for update", cancel);
            var refusals = Refusals.Of(
                day <= after ? new Refusal("LDG-D01", "day", Text.DayClosed(after)) : null,
                day >= time.Today() ? new Refusal("LDG-S07", "day", Text.DayNotOver) : null);
            refusals = refusals.And(refusals.Any ? Refusals.None : await Ready(writing, after, day, cancel));
            if (refusals.Any)
            {
                return refusals;
            }

            var sums = await Sums(writing, after, day, cancel);
            if (sums.Debits != sums.Credits)
            {
                return Refusals.Of(new Refusal("LDG-D03", "day", Text.NotBalanced(sums.Debits, sums.Credits)));
            }

            var closing = new Closing
            {
                Code = day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture),
                Day = day,
                After = after,
                Entries = sums.Entries,
                Debits = sums.Debits.Yuan,
                Credits = sums.Credits.Yuan,
                At = writing.At,
            };
            await writing.Session.Run($"update ledger.closed set upto = {day}", cancel);
            return (await writing.Apply(new Change.Insert(Resources.Closing, "", Typed<Closing>.Values(closing)), cancel)).Refusals
                .And(await Settle(writing, after, day, cancel));
        },
        cancel);

    /// <summary>What keeps a day from being closed, all at once.</summary>
    private static async Task<Refusals> Ready(WriteSession writing, DateOnly after, DateOnly day, CancellationToken cancel)
    {
        var open = await writing.Session.List(
            $"""
            select distinct t.account, t.day from (select account, day from ledger.turnover union all select account, day from ledger.fresh) t
            where t.account like 'channel.%' and t.day > {after} and t.day <= {day}
                and not exists (select from ledger.reconciliation r where ('channel.' || r.channel) collate "C" = t.account collate "C" and r.day = t.day)
            order by 2, 1 limit 20
            """,
            row => new Refusal("LDG-D02", "day", Text.NotReconciled(row.GetString(0)["channel.".Length..], row.GetFieldValue<DateOnly>(1))),
            cancel);
        var differences = await writing.Session.Scalar<long>(
            $"""
            select count(*) from ledger.problem
            where state = {ProblemState.Open} and day <= {day}
                and kind in ({ProblemKind.MissingHere}, {ProblemKind.MissingThere}, {ProblemKind.AmountDiffers})
            """,
            cancel);
        return Refusals.Of([.. open, differences > 0 ? new Refusal("LDG-D04", "day", Text.DifferencesOpen(differences)) : null]);
    }

    private static async Task<(long Entries, Money Debits, Money Credits)> Sums(WriteSession writing, DateOnly after, DateOnly day, CancellationToken cancel)
    {
        var entries = await writing.Session.Scalar<long>($"select count(*) from ledger.entry where day > {after} and day <= {day}", cancel);
        return await writing.Session.One(
            $"""
            select coalesce(sum(debit), 0)::bigint, coalesce(sum(credit), 0)::bigint
            from (select day, debit, credit from ledger.turnover union all select day, debit, credit from ledger.fresh) t
            where day > {after} and day <= {day}
            """,
            row => (entries, new Money(row.GetInt64(0)), new Money(row.GetInt64(1))),
            cancel);
    }

    /// <summary>The net of the closed days' statements moves from each channel to the bank.</summary>
    private async Task<Refusals> Settle(WriteSession writing, DateOnly after, DateOnly day, CancellationToken cancel)
    {
        var entries = new List<Entry>();
        foreach (var channel in channels.All.OrderBy(channel => channel.Code, StringComparer.Ordinal))
        {
            var net = new Money(await writing.Session.Scalar<long>(
                $"""
                select coalesce(sum(case kind when {StatementLine.Pay} then amount else -amount end), 0)::bigint
                from ledger.statement_line where channel = {channel.Code} and day > {after} and day <= {day}
                """,
                cancel));
            var account = Chart.Channel(channel.Code);
            if (net != Money.Zero)
            {
                entries.Add(new(
                    $"settle:{channel.Code}:{day:yyyyMMdd}", EntryKind.Settlement, Reconciliations.CodeOf(channel.Code, day), Text.SettlementMemo(channel.Name, day),
                    [net > Money.Zero ? new(Chart.Bank, account, net) : new(account, Chart.Bank, -net)]));
            }
        }

        return entries.Count == 0 ? Refusals.None : await Books.Must(writing, cancel, [.. entries]);
    }
}
