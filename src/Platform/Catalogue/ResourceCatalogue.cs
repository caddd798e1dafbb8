using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>
/// The catalogue of all resources, searched in memory. It is derived from the registry and made anew when the
/// registry's generation rises: an entry cannot outlive or lag behind its resource.
/// </summary>
public sealed class ResourceCatalogue(ResourceRegistry registry, OfficeName officeName, TimeProvider time)
{
    // Offices are renamed without a new generation: their names are read again after a while.
    private static readonly TimeSpan NamesKept = TimeSpan.FromMinutes(2);

    private readonly Lock _building = new();
    private volatile Snapshot? _snapshot;

    public IReadOnlyList<CatalogueEntry> All => Current().Entries;

    /// <summary>By address or id.</summary>
    public CatalogueEntry? Find(string address) =>
        registry.Find(address) is { } definition ? new(definition, officeName(definition.Owner)) : null;

    public CatalogueResult Search(CatalogueQuery query)
    {
        var words = query.Words.ToLowerInvariant().Split(
            (char[])[' ', '\u3000', ',', '\uff0c', '、'], StringSplitOptions.RemoveEmptyEntries);
        var found = Current().Indexed
            .Select(indexed => (indexed.Entry, Rank: words.Length == 0 ? 1 : indexed.Rank(words)))
            .Where(hit => hit.Rank > 0)
            .ToList();
        var narrowed = found.Where(hit => Fits(hit.Entry.Definition, query)).ToList();
        var page = narrowed
            .OrderByDescending(hit => hit.Rank)
            .Skip((query.Page - 1) * CatalogueQuery.PageSize)
            .Take(CatalogueQuery.PageSize)
            .Select(hit => hit.Entry)
            .ToList();
        return new(page, narrowed.Count, Facets([.. found.Select(hit => hit.Entry)], query));
    }

    private static bool Fits(ResourceDefinition definition, CatalogueQuery query) =>
        (query.Base is null || definition.Base == query.Base)
        && (query.Office is null || definition.Owner == query.Office)
        && (query.Theme is null || definition.Theme == query.Theme)
        && (query.Sharing is null || definition.Sharing.Class == query.Sharing);

    /// <summary>Each count is what choosing that value would give, with the other choices kept.</summary>
    private static List<Facet> Facets(List<CatalogueEntry> found, CatalogueQuery query) =>
    [
        Count("base", Text.ByBase, found, query with { Base = null }, query.Base, entry => entry.Definition.Base, entry => Text.Base(entry.Definition.Base)),
        Count("office", Text.ByOffice, found, query with { Office = null }, query.Office, entry => entry.Definition.Owner, entry => entry.Provider),
        Count("theme", Text.ByTheme, found, query with { Theme = null }, query.Theme, entry => entry.Definition.Theme, entry => entry.Definition.Theme),
        Count("sharing", Text.BySharing, found, query with { Sharing = null }, query.Sharing is { } sharing ? CatalogueRequest.Write(sharing) : null,
            entry => CatalogueRequest.Write(entry.Definition.Sharing.Class), entry => Text.Class(entry.Definition.Sharing.Class)),
    ];

    private static Facet Count(
        string parameter, string label, List<CatalogueEntry> found, CatalogueQuery others, string? chosen,
        Func<CatalogueEntry, string> value, Func<CatalogueEntry, string> name)
    {
        var counts = new Dictionary<string, (string Label, int Count)>(StringComparer.Ordinal);
        foreach (var entry in found)
        {
            if (value(entry) is { Length: > 0 } key && Fits(entry.Definition, others))
            {
                counts[key] = counts.TryGetValue(key, out var known) ? (known.Label, known.Count + 1) : (name(entry), 1);
            }
        }

        return new(parameter, label,
        [
            .. counts.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new FacetValue(pair.Key, pair.Value.Label, pair.Value.Count, pair.Key == chosen)),
        ]);
    }

    private Snapshot Current()
    {
        var snapshot = _snapshot;
        if (snapshot is not null && snapshot.Generation == registry.Generation && time.GetUtcNow() - snapshot.At < NamesKept)
        {
            return snapshot;
        }

        lock (_building)
        {
            snapshot = _snapshot;
            if (snapshot is null || snapshot.Generation != registry.Generation || time.GetUtcNow() - snapshot.At >= NamesKept)
            {
                snapshot = Build(snapshot);
                _snapshot = snapshot;
            }

            return snapshot;
        }
    }

    /// <summary>Entries whose definition and provider are the same objects keep their prepared texts.</summary>
    private Snapshot Build(Snapshot? before)
    {
        var generation = registry.Generation;
        var known = before?.Indexed.ToDictionary(indexed => indexed.Entry.Definition.Id, StringComparer.Ordinal) ?? [];
        var indexed = registry.All.Select(definition => new CatalogueEntry(definition, officeName(definition.Owner)))
            .Select(entry => known.TryGetValue(entry.Definition.Id, out var old)
                && ReferenceEquals(old.Entry.Definition, entry.Definition) && old.Entry.Provider == entry.Provider
                    ? old : new IndexedEntry(entry))
            .ToArray();
        return new(generation, time.GetUtcNow(), indexed, [.. indexed.Select(item => item.Entry)]);
    }

    private sealed record Snapshot(
        long Generation, DateTimeOffset At, IndexedEntry[] Indexed, IReadOnlyList<CatalogueEntry> Entries);
}
