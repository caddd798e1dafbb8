using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Messages;

/// <summary>
/// Where messages are put: in the transaction of the act that they tell of, so that none goes out for what did not
/// happen and none is forgotten for what did.
/// </summary>
public sealed class Outbox(TimeProvider time)
{
    /// <summary>One row for each way; the inbox has it at once.</summary>
    public void Add(WriteSession session, NewMessage message)
    {
        var ways = new List<(string Channel, string Address)>();
        if (message.To.Owner is { } owner)
        {
            ways.Add((Channel.Inbox, owner));
        }

        foreach (var channel in message.Channels)
        {
            var address = channel switch { Channel.Sms => message.To.Phone, Channel.Email => message.To.Email, _ => null };
            if (!string.IsNullOrEmpty(address))
            {
                ways.Add((channel, address));
            }
        }

        if (ways.Count == 0)
        {
            return;
        }

        session.Later(Sql.Of(
            $"""
            insert into casework.outbox (id, at, event, case_no, owner, receiver, channel, address, subject, body, link, state, next_try, sent_at)
            select m.id, {session.At}, {message.Event}, {Sql.Value(message.Case, NpgsqlDbType.Text)}, {Sql.Value(message.To.Owner, NpgsqlDbType.Text)},
                {message.To.Name}, m.channel, m.address, {message.Subject}, {message.Text}, {message.Link},
                case m.channel when 'inbox' then 'sent' else 'waiting' end,
                case m.channel when 'inbox' then null else {session.At} end,
                case m.channel when 'inbox' then {session.At} end
            from unnest({ways.Select(_ => Ulid.Next(time)).ToArray()}, {ways.Select(way => way.Channel).ToArray()}, {ways.Select(way => way.Address).ToArray()})
                as m(id, channel, address)
            """));
    }
}

/// <summary>Tells the worker of this node that there is something to send.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _news = new(0, 1);

    /// <summary>Never waits.</summary>
    public void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been told already.
        }
    }

    public void Dispose() => _news.Dispose();

    internal Task Wait(TimeSpan atMost, CancellationToken cancel) => _news.WaitAsync(atMost, cancel);
}
