using Shali.Platform.Casework;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Tracing;

/// <summary>Something that waits for data of a node.</summary>
/// <param name="Kind">What it is, in words.</param>
/// <param name="Address">Where it is to be seen; null: nowhere.</param>
public sealed record Dependent(string Resource, string Kind, string Name, string Words, string? Address);

/// <summary>What stands still when a node stops: everybody who uses what it gives, and the services whose applications are filled in from it.</summary>
public sealed class NodeDependents(Db db, ResourceRegistry registry, RecordReader reader, Offices offices, CaseTypes types, IEnumerable<KnownAnswers> known, TimeProvider time)
{
    private const int TypesShown = 20;

    /// <param name="resources">What the node gives, by id or address.</param>
    public async Task<IReadOnlyList<Dependent>> Of(Caller who, string node, IReadOnlyCollection<string> resources, CancellationToken cancel = default)
    {
        var (today, found) = (time.Today(), new List<Dependent>());
        foreach (var definition in resources.Select(registry.Find).OfType<ResourceDefinition>().DistinctBy(one => one.Id).OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            var resource = definition.Id;
            var grants = (await reader.List(GrantResources.Grant, new RecordQuery { Where = new Filter.Compare("resource", Comparison.Equal, resource), Limit = 1000 }, cancel))
                .Records.Select(Typed<Grant>.Of).Where(grant => grant.StateOn(today) == GrantState.InForce);
            found.AddRange(grants.Select(grant => new Dependent(
                resource, grant.System is null ? TraceText.Subscriber : TraceText.SystemUse, offices.NameOf(grant.Consumer),
                TraceText.UseOf(grant), GrantDesk.AddressFor(who, grant))));
            foreach (var (taker, flow) in await db.List(
                $"select distinct node, flow from exchange.receipt where kind = {StatementKind.Take} and resource = any({MessageTrace.Names(definition)}) and node <> {node} order by node, flow",
                row => (row.GetString(0), row.GetString(1)), cancel))
            {
                var peer = await reader.Get(NodeDesk.Resource, taker, null, cancel) is { } record ? Typed<ExchangeNode>.Of(record) : null;
                found.Add(new(
                    resource, TraceText.OtherNode, peer?.Name ?? taker, TraceText.FlowOf(peer is null ? null : offices.NameOf(peer.Office), flow),
                    NodeDesk.ManagesAll(who) ? $"{ExchangeSystem.Nodes}/{taker}" : null));
            }

            var served = types.Current.Where(type => KnownAnswers.Asked(type).Any(code => known.Any(source => source.Reads(resource, code))))
                .OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
            found.AddRange(served.Take(TypesShown).Select(type => new Dependent(resource, TraceText.ServiceItem, type.Name, offices.NameOf(type.Owner), null)));
            if (served.Count > TypesShown)
            {
                found.Add(new(resource, TraceText.ServiceItem, TraceText.More(served.Count - TypesShown), "", null));
            }
        }

        return found;
    }
}
