using Microsoft.Extensions.Logging;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>Compares what changed as soon as it is there, all firms at night, and keeps the cases in step, on every node.</summary>
internal sealed class ComparisonWatch(Db db, AuditLog log, FirmComparison comparison, ContradictionCases cases, TimeProvider time, ILogger<ComparisonWatch> logger)
    : PeriodicWork(TimeSpan.FromMinutes(1), time, logger, atOnce: true)
{
    /// <summary>The hour of the night at which all firms are compared.</summary>
    private const int Hour = 3;

    /// <summary>Firms by the organisation code inside their credit code.</summary>
    private static readonly ExtraIndex ByOrganisation = new("enterprises", "registration_organisation", "enterprises.registration (substr(credit_code, 9, 9))");

    private Task _news = Task.CompletedTask;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ExtraIndex.Make(db, [ByOrganisation], cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task Pass(CancellationToken cancel)
    {
        // Asked for before the pass: what comes while it looks is seen by the next.
        _news = log.Sequenced(Authority.Schema);
        var night = Time.GetUtcNow().Local();
        if (night.Hour >= Hour && await db.Scalar<bool>($"select exists (select 1 from enterprises.registration)", cancel))
        {
            await comparison.Whole(new DateTimeOffset(night.Date.AddHours(Hour), CityTime.Offset).ToUniversalTime(), cancel);
        }

        await comparison.Changed(cancel);
        await cases.Run(cancel);
    }

    protected override Task Rest(CancellationToken cancel) => RestUnless(_news, cancel);
}
