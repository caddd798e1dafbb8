using System.Diagnostics;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// Two nodes that do many things at once, as nodes do, are killed again and again; what they were doing is judged by those who
/// know the work.
/// </summary>
public sealed class NodesKilled(City city)
{
    [Fact]
    public async Task Kills_lose_nothing_and_double_nothing_whatever_the_nodes_were_doing()
    {
        ITrial[] trials = [new LedgerTrial(city), new ResultTrial(city), new PushTrial(city)];
        try
        {
            await Task.WhenAll(trials.Select(trial => trial.Prepare()));
            for (var round = 0; round < Storm.KillsOr(2); round++)
            {
                await using var nodes = new KilledNodes(trials);
                await Task.WhenAll(trials.Select(trial => trial.Enough(round, nodes)));
            }

            foreach (var trial in trials)
            {
                await trial.Judge();
            }
        }
        finally
        {
            foreach (var trial in trials)
            {
                await trial.DisposeAsync();
            }
        }
    }
}

/// <summary>One kind of work that nodes do when they are killed.</summary>
internal interface ITrial : IAsyncDisposable
{
    /// <summary>What the work needs, before any node is there.</summary>
    Task Prepare();

    /// <summary>What tells the node of this place, the first or the second, to do it.</summary>
    IEnumerable<(string Name, string Value)> Variables(int node);

    /// <summary>A whole line that a node has said: what was acknowledged to it.</summary>
    void Heard(string line);

    /// <summary>Enough has been done for the nodes of this round to be killed.</summary>
    Task Enough(int round, KilledNodes nodes);

    /// <summary>What was acknowledged is there, once.</summary>
    Task Judge();
}

/// <summary>Two processes that do what the trials ask, and are killed at the end.</summary>
internal sealed class KilledNodes : IAsyncDisposable
{
    private readonly Process[] _nodes;
    private volatile string? _broken;

    public KilledNodes(IReadOnlyList<ITrial> trials) => _nodes = [.. Enumerable.Range(0, 2).Select(node => Begin(node, trials))];

    /// <summary>Waits; a node that ends by itself, or does not get on, fails the test.</summary>
    public async Task Until(Func<bool> enough)
    {
        for (var clock = Stopwatch.StartNew(); !enough();)
        {
            Assert.All(_nodes, node => Assert.False(node.HasExited, $"A node ended by itself: {_broken}"));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), "The nodes do not get on.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            node.Kill();
            await node.WaitForExitAsync(CancellationToken.None);
            node.Dispose();
        }
    }

    private Process Begin(int place, IReadOnlyList<ITrial> trials)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, AuditChild.Argument) { RedirectStandardOutput = true };
        foreach (var (name, value) in trials.SelectMany(trial => trial.Variables(place)))
        {
            start.Environment[name] = value;
        }

        var node = Process.Start(start)!;
        node.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } broken && broken.StartsWith("broken", StringComparison.Ordinal))
            {
                _broken = broken;
            }

            // The last line may be cut off by the kill: it counts only when it is whole.
            if (line.Data is { } said && said.EndsWith('.'))
            {
                foreach (var trial in trials)
                {
                    trial.Heard(said);
                }
            }
        };
        node.BeginOutputReadLine();
        return node;
    }
}
