using Microsoft.Data.Sqlite;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode;

/// <summary>Tells the centre how every flow stands. What keeps it from that stands in the node's log and on its page.</summary>
public sealed class Reporting(IReadOnlyList<FlowStatus> flows, int seconds, NodeStore store, Centre centre, TimeProvider time)
{
    /// <summary>Why the centre could not be told last; null: it was.</summary>
    public string? Fault { get; private set; }

    /// <summary>When it was told last; null: not yet.</summary>
    public DateTimeOffset? ToldAt { get; private set; }

    /// <summary>Tells it once. Whether it has heard; else <see cref="Fault"/> says why not.</summary>
    public async Task<bool> Tell(CancellationToken cancel)
    {
        string? fault;
        try
        {
            var reports = new List<FlowReport>();
            foreach (var flow in flows)
            {
                reports.Add(await flow.Report());
            }

            var answer = await centre.Post<ReportTaken>("/exchange/report", EvidenceJson.Write(new NodeReport(Node.Version, reports)), cancel);
            fault = answer.Refusal is { } refusal ? Text.Refused(refusal.Code, refusal.Sentence) : null;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception away) when (away is CentreAwayException or System.Net.Sockets.SocketException)
        {
            fault = away.Message;
        }
        catch (SqliteException full) when (NodeStore.IsFull(full))
        {
            fault = Text.DiskFull;
        }
        catch (Exception broken)
        {
            // A fault of the program: the flows go on, and it is said.
            fault = Text.Broken(broken);
        }

        ToldAt = fault is null ? time.GetUtcNow() : ToldAt;
        if (fault != Fault)
        {
            Fault = fault;
            await store.Say(Text.Node, fault is null ? Text.ToldAgain : Text.NotTold(fault), time.GetUtcNow());
        }

        return fault is null;
    }

    /// <summary>Again and again: what changes within a second or two, that all is well now and then.</summary>
    internal async Task Run(CancellationToken stop)
    {
        var rest = Node.Soonest;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var said = Now();
                if (await Tell(stop))
                {
                    rest = Node.Soonest;
                    var next = time.GetUtcNow().AddSeconds(Math.Max(1, seconds));
                    do
                    {
                        await Task.Delay(Node.Soonest, time, stop);
                    }
                    while (time.GetUtcNow() < next && said.SequenceEqual(Now()));
                }
                else
                {
                    await Task.Delay(rest, time, stop);
                    rest = rest * 2 < Node.Latest ? rest * 2 : Node.Latest;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private List<(string State, string Note)> Now() => [.. flows.Select(flow => flow.Now)];
}
