using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Keeps what is derived from the register in step with bulk loads: makes the index of the duplicate check, and
/// counts anew when rows were loaded past the events.
/// </summary>
internal sealed class CountWorker(Db db, Tally tally, TimeProvider time, ILogger<CountWorker> logger)
    : PeriodicWork(TimeSpan.FromSeconds(1), time, logger, atOnce: true)
{
    /// <summary>A load that goes on is not counted after each of its chunks.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private bool _indexed;

    protected override async Task Pass(CancellationToken cancel)
    {
        _indexed = _indexed || await Index(cancel);
        if (await LoadHasEnded(cancel))
        {
            await tally.Recount(cancel);
        }
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
}
