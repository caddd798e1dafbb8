using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shali.Platform.Kernel;
using Shali.Portal;

namespace Shali.Tests.Rules;

/// <summary>Work beside the requests: whatever goes wrong in a pass, the city lives and the next pass comes.</summary>
public sealed class PeriodicWorks
{
    public static TheoryData<Exception> Faults =>
    [
        new InvalidOperationException("refused"), new NpgsqlException("away"), new TimeoutException(), new OperationCanceledException(),
        new ObjectDisposedException("it"), new IOException("full"),
    ];

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_pass_that_fails_ends_nothing_and_is_tried_again(Exception fault)
    {
        var passes = new Passes { Fault = fault };
        using var host = Host(passes, atOnce: true);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await passes.Third.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_pass_under_way_is_told_that_the_host_stops()
    {
        var passes = new Passes { Hangs = true };
        using var host = Host(passes, atOnce: true);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await passes.Begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(passes.Told);
    }

    [Fact]
    public async Task First_passes_that_take_long_hold_up_nobody_for_good()
    {
        Passes[] all = [.. Enumerable.Range(0, 4).Select(_ => new Passes { Hangs = true })];
        IHost[] hosts = [.. all.Select(passes => Host(passes, atOnce: true))];
        foreach (var host in hosts)
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(all.Select(passes => passes.Begun.Task)).WaitAsync(TestContext.Current.CancellationToken);
        foreach (var host in hosts)
        {
            await host.StopAsync(TestContext.Current.CancellationToken);
            host.Dispose();
        }
    }

    [Fact]
    public async Task A_host_that_is_given_up_without_being_stopped_ends_its_work_too()
    {
        var passes = new Passes();
        PeriodicWork work;
        using (var host = Host(passes, atOnce: true))
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await passes.Third.Task.WaitAsync(TestContext.Current.CancellationToken);
            work = host.Services.GetServices<IHostedService>().OfType<PeriodicWork>().Single();
        }

        await work.ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Work_that_heard_of_news_rests_again_until_the_next()
    {
        using var work = new Listening();
        await work.StartAsync(TestContext.Current.CancellationToken);
        for (var news = 0; news < 3; news++)
        {
            var (rest, heard) = await work.Rests.Reader.ReadAsync(TestContext.Current.CancellationToken);
            Assert.False(rest.IsCompleted, $"after news {news}");
            heard.SetResult();
            await rest;
        }

        await work.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void No_work_of_ours_can_end_the_city()
    {
        // A fault in a plain BackgroundService stops the host.
        var ours = AppDomain.CurrentDomain.GetAssemblies().Where(each => each.GetName().Name?.StartsWith("Shali.", StringComparison.Ordinal) == true)
            .Append(typeof(ShaliHost).Assembly).Distinct().SelectMany(each => each.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(BackgroundService)) && type != typeof(PeriodicWork)).ToList();
        Assert.NotEmpty(ours);
        Assert.All(ours, type => Assert.True(type.IsSubclassOf(typeof(PeriodicWork)), type.FullName));
    }

    private static IHost Host(Passes passes, bool atOnce) => new HostBuilder()
        .ConfigureServices(services => services
            .AddSingleton(TimeProvider.System).AddSingleton(passes).AddLogging(log => log.ClearProviders())
            .Periodically<Passes>("a pass", TimeSpan.FromMilliseconds(1), (one, cancel) => one.Pass(cancel), atOnce))
        .Build();

    private sealed class Passes
    {
        private int _count;

        public Exception? Fault { get; init; }

        public bool Hangs { get; init; }

        public bool Told { get; private set; }

        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Third { get; } = new();

        public async Task Pass(CancellationToken cancel)
        {
            Begun.TrySetResult();
            if (Hangs)
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, cancel);
                }
                catch (OperationCanceledException)
                {
                    Told = true;
                    throw;
                }
            }

            if (++_count == 3)
            {
                Third.SetResult();
            }

            if (Fault is { } fault)
            {
                throw fault;
            }
        }
    }

    /// <summary>Its rhythm is longer than any test.</summary>
    private sealed class Listening() : PeriodicWork(TimeSpan.FromDays(1), TimeProvider.System, NullLogger.Instance, atOnce: true)
    {
        public Channel<(Task Resting, TaskCompletionSource News)> Rests { get; } = Channel.CreateUnbounded<(Task, TaskCompletionSource)>();

        protected override Task Pass(CancellationToken cancel) => Task.CompletedTask;

        protected override Task Rest(CancellationToken cancel)
        {
            var news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var rest = RestUnless(news.Task, cancel);
            Rests.Writer.TryWrite((rest, news));
            return rest;
        }
    }
}
