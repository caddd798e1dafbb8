using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode;

/// <summary>The two halves of a flow that work at the same time; each says how it stands.</summary>
public enum FlowPart
{
    /// <summary>Looks at the source, or takes.</summary>
    Looking,

    /// <summary>Sends what waits.</summary>
    Sending,
}

/// <summary>How a flow stands right now, for the status page, the log and the centre.</summary>
public sealed class FlowStatus(string flow, string direction, string way, string resource, NodeStore store, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly (string State, string Note)[] _parts = [(FlowState.Trying, Text.NotYet), (FlowState.Running, "")];

    public string Flow { get; } = flow;

    public string Direction { get; } = direction;

    public string Resource { get; } = resource;

    /// <summary>As the half of it that stands worse.</summary>
    public (string State, string Note) Now
    {
        get
        {
            lock (_gate)
            {
                return _parts.FirstOrDefault(part => part.State == FlowState.Stopped, _parts[(int)FlowPart.Sending].State == FlowState.Running ? _parts[0] : _parts[1]);
            }
        }
    }

    /// <summary>When it was up to date last.</summary>
    public DateTimeOffset? CurrentAt { get; private set; }

    /// <summary>Says how it stands; what is new goes to the log.</summary>
    /// <param name="behind">It works, and there is more to be done: it is not up to date yet.</param>
    public async Task Set(string state, string note, FlowPart part = FlowPart.Looking, bool behind = false)
    {
        lock (_gate)
        {
            if (state == FlowState.Running && part == FlowPart.Looking && !behind)
            {
                CurrentAt = time.GetUtcNow();
            }

            if (_parts[(int)part] == (state, note))
            {
                return;
            }

            _parts[(int)part] = (state, note);
        }

        await store.Say(Flow, note.Length > 0 ? note : Text.Runs, time.GetUtcNow());
    }

    public async Task<FlowReport> Report()
    {
        var (state, note) = Now;
        return await store.Together(each =>
        {
            var (batches, bytes, oldest) = each.WaitingOf(Flow);
            var row = each.Flow(Flow);
            var since = oldest ?? CurrentAt;
            return new FlowReport(
                Flow, Direction, Resource, state, note, since is { } moment ? Math.Max(0, (time.GetUtcNow() - moment).TotalSeconds) : null, batches, bytes,
                row.Rows, each.Rejects(Flow), row.LastAt, way);
        });
    }
}
