using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Exchange;

/// <summary>What a system reads of another system's resource, in clear, and the law that makes it its duty.</summary>
/// <param name="System">Schema of the system that reads.</param>
/// <param name="Resource">Id of the other system's resource.</param>
/// <param name="Scene">For what.</param>
public sealed record SystemRead(string System, string Resource, IReadOnlyList<string> Fields, string Scene, Basis Basis);

/// <summary>
/// The grants by which systems of the city read one another: made at the start from their title pages, with a number of their own.
/// The authority suspends and ends them as any other; what it said stays, whatever the title page says.
/// </summary>
public sealed class DefaultGrants(RecordStore store, RecordReader reader, ResourceRegistry registry, IReadOnlyList<CitySystem> systems)
{
    private const int Rate = GrantRules.RateMax;

    /// <summary>政务数据共享条例 is in force from this day.</summary>
    private static readonly DateOnly Begins = new(2025, 8, 1);

    public async Task Seed(CancellationToken cancel)
    {
        if (registry.Find(GrantResources.Grant.Id) is not { } grants)
        {
            return;
        }

        var wanted = (
            from system in systems
            from read in system.Reads
            let resource = registry.Find(read.Resource)
            where resource is not null
            select Of(system, read, resource)).ToList();
        var records = await Task.WhenAll(wanted.Select(grant => reader.Get(grants, grant.Number, null, cancel)));
        var changes = new List<Change>();
        foreach (var (grant, record) in wanted.Zip(records))
        {
            if (record is null)
            {
                changes.Add(new Change.Insert(grants, grant.Number, Typed<Grant>.Values(grant)));
            }
            else if (Typed<Grant>.Of(record) is var there && Typed<Grant>.Differences(there, Renewed(there, grant)) is { Count: > 0 } differences)
            {
                changes.Add(new Change.Update(grants, grant.Number, record.Version, differences));
            }
        }

        var written = await store.Write(new Act(Caller.Platform("start"), "sharing.default", Text.DefaultPurpose), changes, cancel);

        // Another node that starts at the same moment has written the same.
        if (!written.Ok && written.Refusals.Any(refusal => refusal.Code is not ("REG-W01" or "REG-W03" or "REG-W05")))
        {
            throw new InvalidOperationException(written.Refusals.ToString());
        }
    }

    /// <summary>Sixteen digits that are always the same for the same system and resource; numbers of cases begin with a year.</summary>
    public static string NumberOf(SystemRead read)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{read.System} {read.Resource}"));
        return (BinaryPrimitives.ReadUInt64BigEndian(digest) % 1_000_000_000_000UL).ToString("0000000000000000", CultureInfo.InvariantCulture);
    }

    private static Grant Of(CitySystem system, SystemRead read, ResourceDefinition resource)
    {
        var unknown = read.Fields.FirstOrDefault(name => resource.Field(name) is null);
        return unknown is not null
            ? throw new InvalidOperationException($"{system.Clause} reads {read.Resource}, which has no field {unknown}.")
            : new()
            {
                Number = NumberOf(read),
                Resource = resource.Id,
                Provider = resource.Owner,
                Consumer = system.Owner,
                System = read.System.Replace('-', '_'),
                Fields = string.Join(',', read.Fields),
                Clear = string.Join(',', read.Fields),
                Scene = read.Scene,
                Basis = read.Basis.ToString(),
                Ways = GrantWay.Query,
                Rate = Rate,
                Begins = Begins,
                Ends = Grant.Endless,
                State = GrantState.InForce,
                ChangedBy = Text.TitlePage,
            };
    }

    private static Grant Renewed(Grant there, Grant now) => there with
    {
        Provider = now.Provider,
        Consumer = now.Consumer,
        Fields = now.Fields,
        Clear = now.Clear,
        Scene = now.Scene,
        Basis = now.Basis,
    };
}
