using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Keeps what is derived from the register in step with bulk loads: makes the index of the duplicate check, and
/// counts anew when rows were loaded past the events.
/// </summary>
internal sealed partial class CountWorker(Db db, Tally tally, TimeProvider time, ILogger<CountWorker> logger) : BackgroundService
{
    /// <summary>A load that goes on is not counted after each of its chunks.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        var indexed = false;
        do
        {
            try
            {
                indexed = indexed || await Index(stoppingToken);
                if (await LoadHasEnded(stoppingToken))
                {
                    await tally.Recount(stoppingToken);
                }
            }
            catch (NpgsqlException gone)
            {
                DatabaseAway(logger, gone.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The second look-up of the duplicate check; a definition can say only indexes of one field.</summary>
    private async Task<bool> Index(CancellationToken cancel)
    {
        await db.Unhurried.Run(
            $"create index if not exists person_identity on population.person (birth_date, name, sex)", cancel);
        if (await db.Scalar<bool>(
            $"select exists (select 1 from population.person) and not exists (select 1 from population.name_reading)", cancel))
        {
            await NameReadings.CatchUp(db.Unhurried, cancel);
        }

        return true;
    }

    private Task<bool> LoadHasEnded(CancellationToken cancel) => db.Scalar<bool>(
        $"select coalesce(max(at) < now() - {Quiet}, false) from population.tally_behind", cancel);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The population could not be counted anew: {Reason}")]
    private static partial void DatabaseAway(ILogger logger, string reason);
}
