using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>
/// What the accounts hold, from the sums of days and what is fresh. Balances here are debits less credits; an account
/// that grows by credit shows the negative of it.
/// </summary>
public sealed class Balances(Db db)
{
    /// <summary>Sums of an account and day from both tables: read in one statement they are never torn.</summary>
    private static readonly Sql Days = Sql.Trusted(
        "(select account, day, debit, credit from ledger.turnover union all select account, day, debit, credit from ledger.fresh)");

    /// <summary>The balances of some accounts now; an account that nothing was posted to has zero.</summary>
    internal static async Task<Dictionary<string, Money>> Of(Session session, string[] accounts, CancellationToken cancel)
    {
        var balances = accounts.ToDictionary(code => code, _ => Money.Zero, StringComparer.Ordinal);
        foreach (var (code, fen) in await session.List(
            $"""
            select account, sum(debit - credit)::bigint from {Days} d where account = any({accounts}) group by account
            """,
            row => (row.GetString(0), row.GetInt64(1)),
            cancel))
        {
            balances[code] = new(fen);
        }

        return balances;
    }

    public async Task<Money> Of(string account, CancellationToken cancel = default) =>
        new(await db.Scalar<long>($"select coalesce(sum(debit - credit), 0)::bigint from {Days} d where account = {account}", cancel));

    /// <summary>
    /// As the books stood at a moment. Days before it are whole; of later accounting days (an entry may fall on one
    /// when its own was closed) only what was written by then.
    /// </summary>
    public async Task<Money> Of(string account, DateTimeOffset moment, CancellationToken cancel = default)
    {
        var day = moment.Local().Day();
        return new(await db.Scalar<long>(
            $"""
            select coalesce((select sum(debit - credit) from {Days} d where account = {account} and day < {day}), 0)::bigint
                + coalesce((select sum(p.amount) from ledger.posting p join ledger.entry e on e.id = p.entry
                    where p.debit = {account} and p.day >= {day} and e.at <= {moment}), 0)::bigint
                - coalesce((select sum(p.amount) from ledger.posting p join ledger.entry e on e.id = p.entry
                    where p.credit = {account} and p.day >= {day} and e.at <= {moment}), 0)::bigint
            """,
            cancel));
    }

    /// <summary>科目余额表: opening, turnover and closing of every account over a period of accounting days, both included.</summary>
    public async Task<TrialBalance> Trial(DateOnly from, DateOnly to, CancellationToken cancel = default)
    {
        var lines = await db.List(
            $"""
            select a.code, a.name, a.kind, a.office,
                coalesce(s.opening, 0)::bigint, coalesce(s.debit, 0)::bigint, coalesce(s.credit, 0)::bigint
            from ledger.account a left join (
                select account,
                    sum(debit - credit) filter (where day < {from}) as opening,
                    sum(debit) filter (where day >= {from}) as debit,
                    sum(credit) filter (where day >= {from}) as credit
                from {Days} d where day <= {to} group by account) s on s.account = a.code
            where s.account is not null
            order by a.kind, a.code
            """,
            row => new TrialLine(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3),
                new(row.GetInt64(4)), new(row.GetInt64(5)), new(row.GetInt64(6))),
            cancel);
        return new(from, to, lines);
    }

    /// <summary>
    /// Moves what is fresh into the sums. Any number of nodes may call it; each fresh row is taken by one of them, and
    /// a killed one leaves them where they were. Returns how many rows were taken.
    /// </summary>
    public Task<int> Gather(CancellationToken cancel = default) => db.InTransaction(
        async session =>
        {
            if (!await session.Scalar<bool>($"select pg_try_advisory_xact_lock({GatherLock})", cancel))
            {
                return 0;
            }

            return (int)await session.Scalar<long>(
                $"""
                with gone as (delete from ledger.fresh returning account, day, debit, credit),
                summed as (
                    insert into ledger.turnover as t (account, day, debit, credit)
                    select account, day, sum(debit), sum(credit) from gone group by account, day
                    on conflict (account, day) do update set debit = t.debit + excluded.debit, credit = t.credit + excluded.credit)
                select count(*) from gone
                """,
                cancel);
        },
        cancel);

    private const long GatherLock = 0x474154484552; // "GATHER"
}

/// <summary>A line of the trial balance; amounts are debits less credits.</summary>
public sealed record TrialLine(string Code, string Name, string Kind, string Office, Money Opening, Money Debit, Money Credit)
{
    public Money Closing => Opening + Debit - Credit;
}

/// <summary>The trial balance of a period. Balanced by construction; a page that shows otherwise shows damage.</summary>
public sealed record TrialBalance(DateOnly From, DateOnly To, IReadOnlyList<TrialLine> Lines)
{
    public Money Debits => Money.Sum(Lines.Select(line => line.Debit));

    public Money Credits => Money.Sum(Lines.Select(line => line.Credit));

    public bool Balanced => Debits == Credits
        && Money.Sum(Lines.Select(line => line.Opening)) == Money.Zero && Money.Sum(Lines.Select(line => line.Closing)) == Money.Zero;
}
