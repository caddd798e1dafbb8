using System.Text.Json;
using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// What a system does after a step, outside of its transaction: issues a paper, a bill, writes a record of another
/// schema. Registered with <c>services.AddSingleton&lt;FollowUp, ...&gt;()</c>; a <see cref="CaseEffect"/> leaves it by
/// <see cref="FollowUps.Leave"/>.
/// </summary>
public abstract class FollowUp
{
    /// <summary>Permanent: <c>approvals.document</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// Does it. A process that was killed is followed by another that does the same again: what is done here must come
    /// about once, by keys made of the case and the event. When it throws it is tried again later.
    /// </summary>
    public abstract Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel);
}

/// <summary>Something that a step left to be done.</summary>
/// <param name="Event">Ordinal of the event that left it.</param>
/// <param name="Body">What the effect wrote down, as JSON.</param>
public sealed record DueFollowUp(string Case, int Event, string Kind, string Body, DateTimeOffset At)
{
    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, DefinitionJson.Options) ?? throw new JsonException($"The body of {Kind} is empty.");
}

/// <summary>What came of it.</summary>
public sealed record FollowUpDone
{
    /// <summary>Null: it is done and gone. Else it waits, and why, until it is woken or the pause is over.</summary>
    public string? Waits { get; init; }

    public TimeSpan Pause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Told in the same transaction in which it is marked as done, so each goes out once.</summary>
    public IReadOnlyList<NewMessage> Messages { get; init; } = [];

    public static readonly FollowUpDone Yes = new();
}

/// <summary>What steps have left to be done.</summary>
public sealed class FollowUps(Db db, TimeProvider time)
{
    /// <summary>In the transaction of a step: what is to be done after it.</summary>
    public static void Leave<T>(WriteSession session, string kind, string number, int ordinal, T body)
    {
        // In the order of the acts: what an earlier step left is done first. One act can go on with many cases.
        string id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{session.Id:D12}-{number}-{ordinal:D4}-{kind}");
        session.Later(Sql.Of(
            $"""
            insert into casework.follow_up (id, kind, case_no, event, body, at, next_try)
            values ({id}, {kind}, {number}, {ordinal}, {JsonSerializer.Serialize(body, DefinitionJson.Options)}, {session.At}, {session.At})
            """));
    }

    /// <summary>What still is to be done of this kind about a case.</summary>
    public Task<bool> Waits(string number, string kind, CancellationToken cancel = default) =>
        db.Scalar<bool>($"select exists (select 1 from casework.follow_up where case_no = {number} and kind = {kind})", cancel);

    /// <summary>Something happened that those of these cases may have waited for.</summary>
    public Task Wake(IEnumerable<string> numbers, CancellationToken cancel = default) => db.Run(
        $"update casework.follow_up set next_try = {time.GetUtcNow()} where case_no = any({numbers.ToArray()}) and note is not null", cancel);
}

/// <summary>Does what steps have left, on every node: each takes what no other holds.</summary>
public sealed class FollowUpRun(Db db, RecordStore store, Outbox outbox, IEnumerable<FollowUp> kinds, TimeProvider time)
{
    private const int Some = 20;

    /// <summary>A node that holds one longer than this is taken for dead.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan[] Pauses = [.. new[] { 5, 30, 120, 600, 3600 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private readonly Dictionary<string, FollowUp> _kinds = kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal);

    /// <summary>Does what is due; how many were done.</summary>
    /// <param name="only">These kinds; null: all.</param>
    public async Task<int> Run(CancellationToken cancel = default, params string[]? only)
    {
        var now = time.GetUtcNow();
        var kinds = only is { Length: > 0 } ? Sql.Of($" and kind = any({only})") : Sql.Empty;
        var taken = await db.List(
            $"""
            update casework.follow_up set tries = tries + 1, next_try = {now + Held}
            where id in (select id from casework.follow_up where next_try <= {now}{kinds} order by next_try, id limit {Some} for update skip locked)
            returning id, case_no, event, kind, body, at, tries
            """,
            row => (
                Id: row.GetString(0),
                Due: new DueFollowUp(row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5)),
                Tries: row.GetInt32(6)),
            cancel);
        var done = 0;
        Exception? failure = null;
        foreach (var (id, due, tries) in taken.OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            try
            {
                done += await Do(id, due, cancel) ? 1 : 0;
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                // The others are done all the same; it keeps its own note for whoever looks.
                failure = failed;
                await Again(id, failed.Message, Pauses[Math.Min(tries, Pauses.Length) - 1], cancel);
            }
        }

        return failure is null ? done : throw new InvalidOperationException("A follow-up of a step failed and will be tried again.", failure);
    }

    private async Task<bool> Do(string id, DueFollowUp due, CancellationToken cancel)
    {
        if (!_kinds.TryGetValue(due.Kind, out var kind))
        {
            await Again(id, "no such kind on this node", TimeSpan.FromMinutes(10), cancel);
            return false;
        }

        var outcome = await kind.Do(due, cancel);
        if (outcome.Waits is { } reason)
        {
            await Again(id, reason, outcome.Pause, cancel);
            return false;
        }

        await store.Write(
            new Act(Identity.Caller.Platform("case"), "case.follow-up", Case: due.Case),
            CaseResources.Schema,
            async session =>
            {
                // Whoever marks it as done tells of it: two nodes that did the same tell once.
                if (await session.Session.Scalar<string>($"delete from casework.follow_up where id = {id} returning id", cancel) is not null)
                {
                    foreach (var message in outcome.Messages)
                    {
                        outbox.Add(session, message);
                    }

                    await session.Send(cancel);
                }

                return Refusals.None;
            },
            cancel);
        return true;
    }

    private Task Again(string id, string note, TimeSpan pause, CancellationToken cancel) => db.Run(
        $"update casework.follow_up set next_try = {time.GetUtcNow() + pause}, note = {note[..Math.Min(note.Length, 500)]} where id = {id}", cancel);
}

/// <summary>Looks twice a second whether something is to be done.</summary>
internal sealed class FollowUpWork(FollowUpRun followUps, OutboxSignal outbox, TimeProvider time, ILogger<FollowUpWork> logger)
    : PeriodicWork(TimeSpan.FromMilliseconds(500), time, logger)
{
    protected override async Task Pass(CancellationToken cancel)
    {
        while (await followUps.Run(cancel) > 0)
        {
            outbox.Wake();
        }
    }
}
