using Shali.Platform.Registry;

namespace Shali.Portal.Site;

/// <summary>What the home page says of the running platform, worked out at most every five minutes.</summary>
internal sealed class LivingFigures(ResourceRegistry registry, RecordReader reader, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private volatile Figures? _known;

    public async Task<Figures> Now(CancellationToken cancel)
    {
        var known = _known;
        if (known is not null && known.Generation == registry.Generation && time.GetUtcNow() - known.At < Kept)
        {
            return known;
        }

        var resources = registry.All;
        long records = 0;
        foreach (var resource in resources)
        {
            records += await reader.Estimate(resource, cancel);
        }

        known = new(
            registry.Generation,
            time.GetUtcNow(),
            resources.Count,
            resources.Select(resource => resource.Owner).Distinct(StringComparer.Ordinal).Count(),
            resources.Count(resource => resource.Sharing.Class != SharingClass.NotShared),
            records);
        _known = known;
        return known;
    }
}

/// <summary>Figures of the running platform.</summary>
/// <param name="Records">The planner's estimate over all resources.</param>
public sealed record Figures(long Generation, DateTimeOffset At, int Resources, int Providers, int Shared, long Records);
