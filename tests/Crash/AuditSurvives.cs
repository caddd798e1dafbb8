using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Shali.Platform.Audit;
using Shali.Platform.Audit.Verification;
using Shali.Portal.Hosting;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// What was acknowledged outlives the process that wrote it and the database server that kept it, killed at any
/// moment; nothing is doubled, no index is left out, and the log verifies.
/// </summary>
public sealed class AuditSurvives(City city)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_are_killed_while_they_append()
    {
        var database = await city.OwnDatabase();
        var acknowledged = new ConcurrentBag<(long Index, string Note)>();
        for (var round = 0; round < 4; round++)
        {
            var children = new[] { Child(database, acknowledged), Child(database, acknowledged) };
            var enough = acknowledged.Count + 300;
            while (acknowledged.Count < enough)
            {
                Assert.All(children, child => Assert.False(child.HasExited, "The child ended by itself."));
                await Task.Delay(5, Token);
            }

            foreach (var child in children)
            {
                _ = Kill(child.Id, 9);
                await child.WaitForExitAsync(Token);
                child.Dispose();
            }
        }

        await Sound(database, acknowledged);
    }

    [Fact]
    public async Task The_server_is_killed_while_nodes_append()
    {
        var folder = Directory.CreateTempSubdirectory("shali-crash-").FullName;
        File.SetUnixFileMode(folder, City.Enterable);
        await city.OwnServer(Path.Combine(folder, "pg"));
        var postgres = await PrivatePostgres.Start(Path.Combine(folder, "pg"), cancel: Token);
        var database = postgres.ConnectionString;
        var acknowledged = new ConcurrentBag<(long Index, string Note)>();
        using var done = new CancellationTokenSource();
        var node = new AuditNode(database);
        var lanes = Task.WhenAll(Enumerable.Range(0, 16).Select(async lane =>
        {
            for (var i = 0; !done.IsCancellationRequested; i++)
            {
                var note = $"lane {lane}-{i}.";
                acknowledged.Add((await node.Log.Append(AuditNode.Entry(note), Token), note));
            }
        }));
        for (var round = 0; round < 3; round++)
        {
            var enough = acknowledged.Count + 300;
            while (acknowledged.Count < enough)
            {
                await Task.Delay(5, Token);
            }

            _ = Kill(postgres.ProcessId, 9);
            await postgres.DisposeAsync();
            postgres = await Restart(Path.Combine(folder, "pg"));
        }

        var after = acknowledged.Count + 100;
        while (acknowledged.Count < after)
        {
            await Task.Delay(5, Token);
        }

        await done.CancelAsync();
        await lanes;
        await Sound(database, acknowledged);
        await node.DisposeAsync();
        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The killed server's own children need a moment to see that it is gone.</summary>
    private static async Task<PrivatePostgres> Restart(string folder)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await PrivatePostgres.Start(folder, cancel: Token);
            }
            catch (Shali.Platform.Kernel.StartRefusedException) when (attempt < 20)
            {
                await Task.Delay(100, Token);
            }
        }
    }

    private static async Task Sound(string database, IReadOnlyCollection<(long Index, string Note)> acknowledged)
    {
        await using var db = new Shali.Platform.Kernel.Db(Shali.Portal.ShaliHost.DataSource(database));
        var bodies = await AuditNode.Whole(db);
        Assert.Equal(acknowledged.Count, acknowledged.Select(one => one.Index).Distinct().Count());
        Assert.All(acknowledged, one => Assert.Contains(one.Note, bodies[(int)one.Index], StringComparison.Ordinal));

        // What the start of a city writes has no note.
        var notes = bodies.Select((body, index) => AuditLine.Read(index, System.Text.Encoding.UTF8.GetBytes(body)).Note)
            .Where(note => !string.IsNullOrEmpty(note)).ToList();
        Assert.True(notes.Count >= acknowledged.Count);
        Assert.Equal(notes.Count, notes.Distinct().Count());
        var report = await LogVerification.OfDatabase(database, cancel: Token);
        Assert.Empty(report.Findings);
        Assert.True(report.Checkpoints > 0);
    }

    private static Process Child(string database, ConcurrentBag<(long Index, string Note)> acknowledged)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, AuditChild.Argument) { RedirectStandardOutput = true };
        start.Environment[AuditChild.Variable] = database;
        var child = Process.Start(start)!;
        child.OutputDataReceived += (_, line) =>
        {
            // The last line may be cut off by the kill: it counts only when it is whole.
            if (line.Data is { } said && said.EndsWith('.') && said.Split(' ') is [var index, var note])
            {
                acknowledged.Add((long.Parse(index, CultureInfo.InvariantCulture), note));
            }
        };
        child.BeginOutputReadLine();
        return child;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
