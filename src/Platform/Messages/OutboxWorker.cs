using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;

namespace Shali.Platform.Messages;

/// <summary>
/// Sends what waits in the outbox, on every node: each takes messages that no other holds. A message is sent at least
/// once; every try is kept; after the last one it is marked as failed and stays to be seen.
/// </summary>
internal sealed class OutboxWorker(Deliveries deliveries, OutboxSignal signal, TimeProvider time, ILogger<OutboxWorker> logger)
    : PeriodicWork(Look, time, logger, atOnce: true)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    protected override async Task Pass(CancellationToken cancel)
    {
        while (await deliveries.SendSome(cancel) > 0)
        {
            // As long as there is something.
        }
    }

    protected override Task Rest(CancellationToken cancel) => signal.Wait(Look, cancel);
}

/// <summary>One pass over the outbox.</summary>
public sealed class Deliveries
{
    public const int TriesMax = 8;

    private const int Some = 20;

    private static readonly TimeSpan[] Pauses =
        [.. new[] { 1, 5, 15, 60, 240, 720, 1440 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    /// <summary>A node that holds a message longer than this is taken for dead.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(2);

    private readonly Db _db;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, MessageChannel> _channels;

    public Deliveries(Db db, IEnumerable<MessageChannel> channels, TimeProvider time)
    {
        (_db, _time) = (db, time);
        _channels = new(StringComparer.Ordinal);
        foreach (var channel in channels)
        {
            _channels[channel.Name] = channel;
        }
    }

    /// <summary>Takes some messages, sends each, notes what became of it; how many there were.</summary>
    public async Task<int> SendSome(CancellationToken cancel = default)
    {
        var now = _time.GetUtcNow();
        var taken = await _db.List(
            $"""
            update casework.outbox set tries = tries + 1, next_try = {now + Held}
            where id in (select id from casework.outbox where state = 'waiting' and next_try <= {now} order by next_try limit {Some} for update skip locked)
            returning id, channel, address, receiver, subject, body, tries
            """,
            row => (
                Message: new OutgoingMessage(row.GetString(0), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
                Channel: row.GetString(1),
                Try: row.GetInt32(6)),
            cancel);
        foreach (var (message, channel, number) in taken)
        {
            var answer = _channels.TryGetValue(channel, out var way)
                ? await way.Send(message, cancel)
                : new DeliveryAnswer(false, Text.NoSuchChannel(Channel.Label(channel)));
            await Note(message.Id, number, answer, cancel);
        }

        return taken.Count;
    }

    /// <summary>Tries once more what had been given up.</summary>
    public Task Again(string id, CancellationToken cancel = default) => _db.Run(
        $"update casework.outbox set state = 'waiting', tries = 0, next_try = {_time.GetUtcNow()} where id = {id} and state = 'failed'", cancel);

    private Task Note(string id, int number, DeliveryAnswer answer, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        var over = !answer.Ok && (!answer.Again || number >= TriesMax);
        DateTimeOffset? next = answer.Ok || over ? null : now + Pauses[Math.Min(number, Pauses.Length) - 1];
        return _db.InTransaction(
            session => session.Together(
                [
                    Sql.Of(
                        $"""
                        update casework.outbox set state = {(answer.Ok ? "sent" : over ? "failed" : "waiting")},
                            next_try = {Sql.Value(next, NpgsqlTypes.NpgsqlDbType.TimestampTz)},
                            sent_at = {Sql.Value(answer.Ok ? now : null, NpgsqlTypes.NpgsqlDbType.TimestampTz)}
                        where id = {id}
                        """),
                    Sql.Of(
                        $"""
                        insert into casework.delivery (message, try, at, ok, answer)
                        select {id}, coalesce(max(try), 0) + 1, {now}, {answer.Ok}, {answer.Answer} from casework.delivery where message = {id}
                        """),
                ],
                cancel),
            cancel);
    }
}
