using Shali.FrontNode;
using Shali.Platform.Exchange.Nodes;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What keeps a front node from its work it says: on its page, in its log, at the centre. When that is over it goes on by itself.</summary>
public sealed class FrontNodeSays(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_of_the_program_is_said_and_the_flow_goes_on()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 3);
        var node = town.Open(town.Settings(town.Give(source.Place)));
        var faults = 0;
        node.Gives[0].Step = _ =>
        {
            if (faults++ == 0)
            {
                throw new InvalidCastException("nobody thought of this");
            }
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = node.Run(stop.Token);
        while ((await town.Records()).Count < 3)
        {
            await Task.Delay(20, Cancel);
        }

        var log = await node.Store.Together(store => store.LogLinesOf(100), Cancel);
        Assert.Contains(log, line => line.Sentence.Contains("nobody thought of this", StringComparison.Ordinal));
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_node_that_starts_on_a_full_disk_says_so_and_begins_when_there_is_room()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 3);
        var port = PortalProcess.FreePort();
        var settings = town.Settings(town.Give(source.Place)) with { StatusPort = port };

        // Its file cannot be made, whoever runs the test.
        var file = Directory.CreateDirectory(Path.Combine(settings.Data, "node.db"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = Running.Run(settings, TimeProvider.System, TextWriter.Null, stop.Token);
        while (await town.Db.Scalar<string>($"select report #>> '{{flows,0,note}}' from exchange.health where node = {town.Code}", Cancel) != Text.DiskFull)
        {
            await Task.WhenAny(running, Task.Delay(20, Cancel));
            Assert.False(running.IsCompleted);
        }

        using var http = new HttpClient(new SocketsHttpHandler());
        Assert.Contains(Text.DiskFull, await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), Cancel), StringComparison.Ordinal);
        Assert.Empty(await town.Records());
        file.Delete();
        while ((await town.Records()).Count < 3)
        {
            await Task.Delay(20, Cancel);
        }

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_second_node_on_the_same_folder_does_not_begin()
    {
        await using var town = await NodeTown.Start(city);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = Running.Run(town.Settings(), TimeProvider.System, TextWriter.Null, stop.Token);
        var second = await Assert.ThrowsAsync<NodeRefusedException>(() => Running.Run(town.Settings(), TimeProvider.System, TextWriter.Null, stop.Token));
        Assert.Equal(Text.RunsAlready(town.Settings().Data), second.Message);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task What_keeps_the_centre_from_being_told_stands_in_the_log_once_and_that_it_is_told_again()
    {
        await using var town = await NodeTown.Start(city);
        var time = new SetTime(DateTimeOffset.UtcNow.AddHours(1));
        using var node = Node.Open(town.Settings(), time);
        Assert.False(await node.Reporting.Tell(Cancel));
        Assert.False(await node.Reporting.Tell(Cancel));
        Assert.Contains("NODE-M03", node.Reporting.Fault, StringComparison.Ordinal);
        var page = await Page(node);
        Assert.Contains("没有向中心上报运行情况", page, StringComparison.Ordinal);
        time.Now = DateTimeOffset.UtcNow;
        Assert.True(await node.Reporting.Tell(Cancel), node.Reporting.Fault);
        var log = await node.Store.Together(store => store.LogLinesOf(10), Cancel);
        Assert.Equal(2, log.Count);
        Assert.Equal(Text.ToldAgain, log[0].Sentence);
        Assert.Contains("NODE-M03", log[1].Sentence, StringComparison.Ordinal);

        using var away = Node.Open(town.Settings() with { Centre = new("http://127.0.0.1:1/") });
        Assert.False(await away.Reporting.Tell(Cancel));
        Assert.Contains("无法连接中心", away.Reporting.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_the_log_that_a_full_disk_does_not_take_are_shown_and_written_later()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 3_000);
        var node = town.Open(town.Settings(town.Give(source.Place) with { BatchRows = 500 }));
        node.Store.PagesMost(50);
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => node.Gives[0].Look(Cancel));
        for (var i = 0; i < 100; i++)
        {
            // Until not a line has room.
            await node.Gives[0].Status.Set(FlowState.Trying, new string('满', 900) + i);
        }

        Assert.EndsWith("99", (await node.Store.Together(store => store.LogLinesOf(1), Cancel))[0].Sentence, StringComparison.Ordinal);
        Assert.True(await node.Reporting.Tell(Cancel), node.Reporting.Fault);
        node.Store.PagesMost(1_000_000);
        await node.Gives[0].Status.Set(FlowState.Running, "");
        using var again = new NodeStore(town.Settings().Data);
        Assert.Equal(101, (await again.Together(store => store.LogLinesOf(200), Cancel)).Count);
    }

    private static async Task<string> Page(Node node)
    {
        var port = PortalProcess.FreePort();
        await using var page = await StatusPage.Start(node, port);
        using var http = new HttpClient(new SocketsHttpHandler());
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), Cancel);
    }
}
