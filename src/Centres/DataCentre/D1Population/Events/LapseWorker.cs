using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Enters the lapses of each new day of the city, and at a start those of the days that were missed.</summary>
internal sealed partial class LapseWorker(Lapses lapses, TimeProvider time, ILogger<LapseWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        DateOnly? done = null;
        do
        {
            try
            {
                if (done != time.Today())
                {
                    var today = time.Today();
                    await lapses.Enter(stoppingToken);
                    done = today;
                }
            }
            catch (NpgsqlException gone)
            {
                DatabaseAway(logger, gone.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lapsed papers could not be entered: {Reason}")]
    private static partial void DatabaseAway(ILogger logger, string reason);
}
