using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>Compares what changed as soon as it is there, all firms at night, and keeps the cases in step, on every node.</summary>
internal sealed partial class ComparisonWatch(Db db, AuditLog log, FirmComparison comparison, ContradictionCases cases, TimeProvider time, ILogger<ComparisonWatch> logger) : BackgroundService
{
    /// <summary>The hour of the night at which all firms are compared.</summary>
    private const int Hour = 3;

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await EnterpriseIndexes.Open(db, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var news = log.Sequenced(Authority.Schema);
            try
            {
                await Pass(stoppingToken);
            }
            catch (NpgsqlException gone)
            {
                DatabaseAway(logger, gone.Message);
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                NotCompared(logger, failed);
            }

            await Task.WhenAny(news, Task.Delay(Look, time, stoppingToken));
        }
    }

    private async Task Pass(CancellationToken cancel)
    {
        var night = time.GetUtcNow().Local();
        if (night.Hour >= Hour && await db.Scalar<bool>($"select exists (select 1 from enterprises.registration)", cancel))
        {
            await comparison.Whole(new DateTimeOffset(night.Date.AddHours(Hour), CityTime.Offset).ToUniversalTime(), cancel);
        }

        await comparison.Changed(cancel);
        await cases.Run(cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Firms could not be compared: {Reason}")]
    private static partial void DatabaseAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Firms could not be compared")]
    private static partial void NotCompared(ILogger logger, Exception failure);
}
