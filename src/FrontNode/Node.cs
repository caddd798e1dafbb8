using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Shali.FrontNode.Giving;
using Shali.FrontNode.Taking;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode;

/// <summary>
/// The node at work: for each flow a loop that looks or takes and one that sends, each standing for itself, so that one broken source stops no
/// other; and the report to the centre.
/// </summary>
public sealed class Node : IDisposable
{
    /// <summary>What fails is tried again after this time, and after twice as long each time, up to <see cref="Latest"/>.</summary>
    internal static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan Latest = TimeSpan.FromMinutes(1);

    private readonly Configuration _configuration;
    private readonly TimeProvider _time;

    private Node(Configuration configuration, NodeIdentity identity, NodeStore store, TimeProvider time)
    {
        (_configuration, _time, Store) = (configuration, time, store);
        Centre = new(configuration, identity, Store, time);
        Gives = [.. configuration.Gives.Select(give => new GiveFlow(give, configuration, Store, Centre, time))];
        Takes = [.. configuration.Takes.Select(take => new TakeFlow(take, Store, Centre, time))];
        Sendings = [.. Gives.Select(give => new Sending(give, Store, Centre, time))];
        Reporting = new([.. Flows], configuration.ReportSeconds, Store, Centre, time);
    }

    /// <summary>Version of the program, as the centre shows it.</summary>
    public static string Version { get; } = typeof(Node).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public NodeStore Store { get; }

    public Centre Centre { get; }

    public IReadOnlyList<GiveFlow> Gives { get; }

    public IReadOnlyList<TakeFlow> Takes { get; }

    public IReadOnlyList<Sending> Sendings { get; }

    /// <summary>What the centre is told of all that.</summary>
    public Reporting Reporting { get; }

    public IEnumerable<FlowStatus> Flows => Gives.Select(give => give.Status).Concat(Takes.Select(take => take.Status));

    /// <exception cref="NodeRefusedException">The node was never let in.</exception>
    /// <exception cref="SqliteException">Its disk takes nothing (<see cref="NodeFile.IsFull"/>).</exception>
    public static Node Open(Configuration configuration, TimeProvider? time = null)
    {
        var identity = Identity(configuration);
        return new(configuration, identity, new(configuration.Data), time ?? TimeProvider.System);
    }

    /// <summary>The node while its disk takes nothing: it can do no more than say so, at its page and at the centre.</summary>
    /// <exception cref="NodeRefusedException">The node was never let in.</exception>
    public static async Task<Node> WithoutDisk(Configuration configuration, TimeProvider time)
    {
        var node = new Node(configuration, Identity(configuration), NodeStore.InMemory(), time);
        foreach (var flow in node.Flows)
        {
            await flow.Set(FlowState.Trying, Text.DiskFull);
        }

        return node;
    }

    /// <summary>Works until it is told to end.</summary>
    /// <exception cref="NodeRefusedException">Another process works with the same folder.</exception>
    public async Task Run(CancellationToken stop)
    {
        await using var alone = Alone();
        await Task.WhenAll(Loops(stop));
    }

    private static NodeIdentity Identity(Configuration configuration) => NodeIdentity.Read(configuration.Data) ?? throw new NodeRefusedException(Text.NotEnrolled);

    private FileStream Alone()
    {
        try
        {
            return new(Path.Combine(_configuration.Data, "node.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new NodeRefusedException(Text.RunsAlready(_configuration.Data));
        }
    }

    private Task[] Loops(CancellationToken stop) =>
    [
        .. Gives.Select(give => Looking(give, stop)),
        .. Gives.Zip(Sendings).Select(pair => SendingOf(pair.First, pair.Second, stop)),
        .. Takes.Select(take => Taking(take, stop)),
        Reporting.Run(stop),
    ];

    public void Dispose()
    {
        foreach (var give in Gives)
        {
            give.Dispose();
        }

        Centre.Dispose();
        Store.Dispose();
    }

    private Task Looking(GiveFlow give, CancellationToken stop) => Loop(give.Status, FlowPart.Looking, stop, async () =>
    {
        await give.Look(stop);
        if (await give.CompareDue(stop))
        {
            await give.Compare(stop);
        }

        await give.Rest(stop);
    });

    private Task SendingOf(GiveFlow give, Sending sending, CancellationToken stop) => Loop(give.Status, FlowPart.Sending, stop, async () =>
    {
        var queued = give.Queued;
        while (await sending.Next(stop))
        {
        }

        await Task.WhenAny(queued, Task.Delay(give.Rhythm, _time, stop));
    });

    private Task Taking(TakeFlow take, CancellationToken stop) => Loop(take.Status, FlowPart.Looking, stop, async () =>
    {
        if (!await take.Next(wait: true, stop) && await take.CompareDue(stop))
        {
            await take.Compare(stop);
        }
    });

    /// <summary>Again and again; what fails is named, and tried again after a while that grows.</summary>
    private async Task Loop(FlowStatus status, FlowPart part, CancellationToken stop, Func<Task> work)
    {
        var rest = Soonest;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work();
                rest = Soonest;
                continue;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (FlowStopped stopped)
            {
                await status.Set(stopped.Final ? FlowState.Stopped : FlowState.Trying, stopped.Message, part);
                rest = stopped.Final ? Latest : rest;
            }
            catch (SqliteException full) when (NodeStore.IsFull(full))
            {
                await status.Set(FlowState.Trying, Text.DiskFull, part);
            }
            catch (Exception away) when (away is CentreAwayException or SourceAwayException or DbException or IOException or TimeoutException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
            {
                await status.Set(FlowState.Trying, away.Message, part);
            }
            catch (Exception broken)
            {
                // A fault of the program: said at the node and at the centre, and tried again; a flow never ends in silence.
                await status.Set(FlowState.Trying, Text.Broken(broken), part);
            }

            await Rest(rest, stop);
            rest = rest * 2 < Latest ? rest * 2 : Latest;
        }
    }

    private async Task Rest(TimeSpan time, CancellationToken stop) =>
        await Task.Delay(time, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
