using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Shali.Platform.Kernel;

/// <summary>
/// Work beside the requests, pass after pass for as long as the host runs. On every node of the city one of each runs;
/// nodes agree through the database. A pass that fails is told to the log and taken up again soon: whatever it was, it
/// does not end the city, as a fault in a plain <see cref="BackgroundService"/> would.
/// </summary>
/// <param name="every">From one pass to the next.</param>
/// <param name="atOnce">The first pass when the host starts, not a rhythm later.</param>
public abstract partial class PeriodicWork(TimeSpan every, TimeProvider time, ILogger logger, bool atOnce = false) : BackgroundService
{
    /// <summary>A pass that failed is not left until tomorrow because its rhythm is a day.</summary>
    private static readonly TimeSpan AgainAtLatest = TimeSpan.FromMinutes(1);

    /// <summary>
    /// First passes of all works come one after another, not all at once: each would open a connection of its own in the moment in which
    /// the host has most to do. One that takes long holds up the others for a moment only.
    /// </summary>
    private static readonly SemaphoreSlim First = new(2);

    private static readonly TimeSpan FirstAtLatest = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer _timer = new(every, time);
    private Task? _tick;

    /// <summary>What the log calls it.</summary>
    protected virtual string Name => GetType().Name;

    protected TimeProvider Time => time;

    protected abstract Task Pass(CancellationToken cancel);

    /// <summary>Until the next pass; work that hears of news returns earlier.</summary>
    protected virtual async Task Rest(CancellationToken cancel) => await _timer.WaitForNextTickAsync(cancel);

    /// <summary>Until the next pass, or until there is <paramref name="news"/>.</summary>
    protected async Task RestUnless(Task news, CancellationToken cancel)
    {
        // Nobody may wait for a timer twice at once: the tick that news came before is waited for by the next rest.
        if (_tick is null or { IsCompleted: true })
        {
            _tick = _timer.WaitForNextTickAsync(cancel).AsTask();
        }

        await await Task.WhenAny(news, _tick);
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!atOnce)
            {
                await _timer.WaitForNextTickAsync(stoppingToken);
            }

            for (var first = atOnce; !stoppingToken.IsCancellationRequested; first = false)
            {
                if (await (first ? SucceedsInTurn(stoppingToken) : Succeeds(stoppingToken)))
                {
                    await Rest(stoppingToken);
                }
                else
                {
                    await Task.Delay(every < AgainAtLatest ? every : AgainAtLatest, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> SucceedsInTurn(CancellationToken stopping)
    {
        var turn = await First.WaitAsync(FirstAtLatest, stopping);
        try
        {
            return await Succeeds(stopping);
        }
        finally
        {
            if (turn)
            {
                First.Release();
            }
        }
    }

    private async Task<bool> Succeeds(CancellationToken stopping)
    {
        try
        {
            await Pass(stopping);
            return true;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            throw new OperationCanceledException(stopping);
        }
        catch (Exception failed) when (failed is NpgsqlException or TimeoutException)
        {
            DatabaseAway(logger, Name, failed.Message);
        }
        catch (Exception failed)
        {
            Failed(logger, Name, failed);
        }

        return false;
    }

    public override void Dispose()
    {
        // First the end is said: a timer that is gone ticks at once, again and again.
        base.Dispose();
        _timer.Dispose();
        GC.SuppressFinalize(this);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} could not be done and will be tried again: {Reason}")]
    private static partial void DatabaseAway(ILogger logger, string work, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed and will be tried again")]
    private static partial void Failed(ILogger logger, string work, Exception failed);
}

/// <summary>Passes that are one call of something that is there.</summary>
public static class PeriodicCalls
{
    /// <param name="name">What the log calls it.</param>
    public static IServiceCollection Periodically<T>(
        this IServiceCollection services, string name, TimeSpan every, Func<T, CancellationToken, Task> pass, bool atOnce = false)
        where T : notnull =>
        services.AddSingleton<IHostedService>(provider =>
        {
            var work = provider.GetRequiredService<T>();
            return new Call(
                name, every, cancel => pass(work, cancel), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PeriodicWork>>(), atOnce);
        });

    private sealed class Call(string name, TimeSpan every, Func<CancellationToken, Task> pass, TimeProvider time, ILogger logger, bool atOnce)
        : PeriodicWork(every, time, logger, atOnce)
    {
        protected override string Name => name;

        protected override Task Pass(CancellationToken cancel) => pass(cancel);
    }
}
