using System.Collections.Concurrent;
using NetTopologySuite.Geometries;
using Npgsql;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Geo;

/// <summary>
/// Where the records of a resource lie. From the planner's statistics, exact only while a table is small and was never
/// analysed; kept for some minutes.
/// </summary>
internal sealed class Extents(Db db, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (Envelope? Box, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    /// <summary>Null when nothing lies anywhere.</summary>
    public async Task<Envelope?> Of(ResourceDefinition resource, FieldDefinition place, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(resource.Id, out var known) && now - known.At < (known.Box is null ? TimeSpan.FromSeconds(10) : Fresh))
        {
            return known.Box;
        }

        var box = await Estimated(resource, place, cancel) ?? await Exact(resource, place, cancel);
        _known[resource.Id] = (box, now);
        return box;
    }

    private async Task<Envelope?> Estimated(ResourceDefinition resource, FieldDefinition place, CancellationToken cancel)
    {
        var analysed = await db.Scalar<float>(
            $"select reltuples from pg_class where oid = to_regclass({Sql.Name(resource.Schema, resource.Table).Text})", cancel);
        return analysed <= 0 ? null : await Box(
            $"select st_estimatedextent({resource.Schema}, {resource.Table}, {place.Name})::geometry as box", cancel);
    }

    private Task<Envelope?> Exact(ResourceDefinition resource, FieldDefinition place, CancellationToken cancel) => Box(
        $"select st_extent({Sql.Name(place.Name)})::geometry as box from {Sql.Name(resource.Schema, resource.Table)}", cancel);

    private async Task<Envelope?> Box(Sql box, CancellationToken cancel) => await db.One(
        $"select st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box) from ({box}) as b",
        static row => row.IsDBNull(0) ? null : Read(row),
        cancel);

    private static Envelope Read(NpgsqlDataReader row) =>
        new(row.GetDouble(0), row.GetDouble(2), row.GetDouble(1), row.GetDouble(3));
}
