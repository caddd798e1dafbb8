using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Enters the lapses of each new day of the city, and at a start those of the days that were missed.</summary>
internal sealed class LapseWorker(Lapses lapses, TimeProvider time, ILogger<LapseWorker> logger)
    : PeriodicWork(TimeSpan.FromMinutes(1), time, logger, atOnce: true)
{
    private DateOnly? _done;

    protected override async Task Pass(CancellationToken cancel)
    {
        var today = Time.Today();
        if (_done != today)
        {
            await lapses.Enter(cancel);
            _done = today;
        }
    }
}
