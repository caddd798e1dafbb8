using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Regions;

/// <summary>行政区划: the dated table of divisions that all systems share.</summary>
public sealed class RegionSystem : CitySystem
{
    public override string Clause => "P2";

    public override string Name => "行政区划";

    public override string Owner => "civil-affairs";

    public override IReadOnlyList<ResourceDefinition> Resources => [RegionModel.Region];

    public override IReadOnlyList<CodeList> CodeLists => [RegionModel.Kinds, RegionModel.UrbanRural];

    /// <summary>
    /// Brings the city's own divisions from the database into memory. Called once the registry is open, and again
    /// after a load of divisions.
    /// </summary>
    public static async Task Open(RecordReader reader, CancellationToken cancel = default)
    {
        var kept = new List<Region>();
        await foreach (var record in reader.Stream(RegionModel.Region, new RecordQuery(), cancel))
        {
            kept.Add(new(
                record.Key,
                record.Text("name")!,
                (DateOnly?)record["valid_from"],
                (DateOnly?)record["valid_to"],
                record.Text("successors")?.Split(' ') ?? []));
        }

        Regions.Include(kept);
    }
}
