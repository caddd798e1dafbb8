using System.Runtime.ExceptionServices;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// Somebody who must know what becomes of bills: the case engine lets a case go on when its bill is paid. A system
/// registers its own with <c>services.AddSingleton&lt;BillListener, ...&gt;()</c>.
/// <para>
/// It hears each change of each bill at least once and in order. What it was told is marked after it has returned, so after a
/// crash it hears the last again: it must act under <see cref="BillEvent.Id"/> as its idempotency key. When it throws it is
/// told again later, and nothing after that until it has taken it.
/// </para>
/// </summary>
public abstract class BillListener
{
    /// <summary>Permanent: its place in the feed is kept under it.</summary>
    public abstract string Name { get; }

    public abstract Task Hear(BillEvent happened, CancellationToken cancel);
}

/// <summary>A bill in a new state.</summary>
/// <param name="Id">The same for the same change, however often it is told.</param>
public sealed record BillEvent(string Id, string Bill, string Case, string State, int Version, DateTimeOffset At);

/// <summary>
/// Tells the listeners. The changes come from the journal in the order in which the log placed their acts: the state of
/// the bill and the news of it are one transaction, without a table of messages.
/// </summary>
public sealed class BillNews(Db db, RecordReader reader, IEnumerable<BillListener> listeners)
{
    private const int PageSize = 200;

    /// <summary>Tells each listener what it has not heard; how many it told. One node at a time tells a listener.</summary>
    public async Task<int> Tell(CancellationToken cancel = default)
    {
        var told = 0;
        foreach (var listener in listeners)
        {
            told += await Tell(listener, cancel);
        }

        return told;
    }

    private async Task<int> Tell(BillListener listener, CancellationToken cancel)
    {
        await db.Run(
            $"insert into ledger.listener (name, position, ordinal) values ({listener.Name}, -1, 0) on conflict do nothing", cancel);
        var (told, failure) = await db.InTransaction(
            async session =>
            {
                var place = await session.List(
                    $"select position, ordinal from ledger.listener where name = {listener.Name} for update skip locked",
                    row => (Position: row.GetInt64(0), Ordinal: row.GetInt32(1)),
                    cancel);
                if (place.Count == 0)
                {
                    return (0, (ExceptionDispatchInfo?)null);
                }

                var changes = await session.List(
                    $"""
                    select a.position, j.ordinal, j.key, j.version, a.at from ledger.act a join ledger.journal j on j.act = a.id
                    where (a.position, j.ordinal) > ({place[0].Position}, {place[0].Ordinal}) and a.position >= {place[0].Position}
                        and j.resource = {Resources.Bill.Id}
                    order by a.position, j.ordinal limit {PageSize}
                    """,
                    row => (Position: row.GetInt64(0), Ordinal: row.GetInt32(1), Key: row.GetString(2), Version: row.GetInt32(3), At: row.GetFieldValue<DateTimeOffset>(4)),
                    cancel);
                return await Tell(session, listener, changes, cancel);
            },
            cancel);
        failure?.Throw();
        return told;
    }

    /// <summary>What was heard before a failure is marked as heard.</summary>
    private async Task<(int Told, ExceptionDispatchInfo? Failure)> Tell(
        Session session, BillListener listener, IReadOnlyList<(long Position, int Ordinal, string Key, int Version, DateTimeOffset At)> changes, CancellationToken cancel)
    {
        var told = 0;
        ExceptionDispatchInfo? failure = null;
        try
        {
            foreach (var change in changes)
            {
                var bill = Typed<Bill>.Of((await reader.Version(Resources.Bill, change.Key, change.Version, cancel))!);
                await listener.Hear(new($"{change.Key}|{change.Version}", change.Key, bill.Case, bill.State, change.Version, change.At), cancel);
                told++;
            }
        }
        catch (Exception failed)
        {
            failure = ExceptionDispatchInfo.Capture(failed);
        }

        if (told > 0)
        {
            var last = changes[told - 1];
            await session.Run(
                $"update ledger.listener set position = {last.Position}, ordinal = {last.Ordinal} where name = {listener.Name}", CancellationToken.None);
        }

        return (told, failure);
    }
}
