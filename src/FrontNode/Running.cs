using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace Shali.FrontNode;

/// <summary><c>shali-node run FILE</c>: the node at work, with its page, until it is told to end.</summary>
internal static class Running
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <exception cref="NodeRefusedException">It was never let in, or another process works with its folder.</exception>
    public static async Task Run(Configuration configuration, TimeProvider time, TextWriter output, CancellationToken stop)
    {
        using var node = Opened(configuration, time) ?? await Waited(configuration, time, output, stop);
        if (node is not null)
        {
            await using var page = await Page(node, configuration);
            await output.WriteLineAsync(Text.Started(node.Centre.Identity.Node, configuration.StatusPort));
            await node.Run(stop);
        }
    }

    /// <summary>Null: the disk takes nothing.</summary>
    private static Node? Opened(Configuration configuration, TimeProvider time)
    {
        try
        {
            return Node.Open(configuration, time);
        }
        catch (SqliteException full) when (NodeStore.IsFull(full))
        {
            return null;
        }
    }

    /// <summary>Says that the disk takes nothing until it does. Null: it was told to end before.</summary>
    private static async Task<Node?> Waited(Configuration configuration, TimeProvider time, TextWriter output, CancellationToken stop)
    {
        using var waiting = await Node.WithoutDisk(configuration, time);
        await using var page = await Page(waiting, configuration);
        await output.WriteLineAsync(Text.DiskFull);
        using var room = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reporting = waiting.Reporting.Run(room.Token);
        Node? node = null;
        while (!stop.IsCancellationRequested && (node = Opened(configuration, time)) is null)
        {
            await Task.Delay(Again, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await room.CancelAsync();
        await reporting;
        return node;
    }

    private static async Task<WebApplication?> Page(Node node, Configuration configuration) =>
        configuration.StatusPort is { } port ? await StatusPage.Start(node, port) : null;
}
