using Shali.Platform.Exchange.Services;
using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>
/// The catalogue of all resources and of offices' services that were approved, searched in memory. It is derived from the registry and the book
/// of services and made anew when their generations rise: an entry cannot outlive or lag behind its resource.
/// </summary>
public sealed class ResourceCatalogue(ResourceRegistry registry, ServiceBook services, OfficeName officeName, TimeProvider time)
{
    // Offices are renamed without a new generation: their names are read again after a while.
    private static readonly TimeSpan NamesKept = TimeSpan.FromMinutes(2);

    private readonly Lock _building = new();
    private volatile Snapshot? _snapshot;

    public IReadOnlyList<CatalogueEntry> All => Current().Entries;

    /// <summary>By address or id.</summary>
    public CatalogueEntry? Find(string address) =>
        (registry.Find(address) ?? (services.Named(address) is { IsListed: true } service ? service.Definition : null)) is { } definition
            ? new(definition, officeName(definition.Owner)) : null;

    public CatalogueResult Search(CatalogueQuery query)
    {
        var words = query.Words.ToLowerInvariant().Split(
            (char[])[' ', '\u3000', ',', '\uff0c', '、'], StringSplitOptions.RemoveEmptyEntries);
        var snapshot = Current();
        var wanted = snapshot.Sides.Select(side => side.Wanted(query)).ToArray();
        var counts = snapshot.Sides.Select(side => new int[side.Values.Count]).ToArray();

        // Rank and place in one number: sorted, the best comes first, and of equals the one that stands first.
        var narrowed = new List<long>();
        for (var i = 0; i < snapshot.Indexed.Length; i++)
        {
            var rank = words.Length == 0 ? 1 : snapshot.Indexed[i].Rank(words);
            if (rank > 0 && Count(snapshot.Sides, i, wanted, counts))
            {
                narrowed.Add(((long)-rank << 32) | (uint)i);
            }
        }

        if (words.Length > 0)
        {
            narrowed.Sort();
        }

        var page = narrowed.Skip((query.Page - 1) * CatalogueQuery.PageSize).Take(CatalogueQuery.PageSize).Select(hit => snapshot.Entries[(int)(hit & uint.MaxValue)]).ToList();
        return new(page, narrowed.Count, [.. snapshot.Sides.Select((side, i) => side.Facet(counts[i], wanted[i]))]);
    }

    /// <summary>
    /// Each count is what choosing that value would give, with the other choices kept: an entry counts at a side when it fits all others.
    /// </summary>
    /// <returns>It fits all.</returns>
    private static bool Count(Side[] sides, int entry, int[] wanted, int[][] counts)
    {
        var (misses, missed) = (0, -1);
        for (var i = 0; i < sides.Length; i++)
        {
            if (wanted[i] != Side.Any && sides[i].Of[entry] != wanted[i])
            {
                (misses, missed) = (misses + 1, i);
            }
        }

        for (var i = 0; i < sides.Length; i++)
        {
            if (misses == 0 || (misses == 1 && missed == i))
            {
                counts[i][sides[i].Of[entry]]++;
            }
        }

        return misses == 0;
    }

    private Snapshot Current()
    {
        var snapshot = _snapshot;
        if (snapshot is not null && snapshot.Generation == Generation && time.GetUtcNow() - snapshot.At < NamesKept)
        {
            return snapshot;
        }

        lock (_building)
        {
            snapshot = _snapshot;
            if (snapshot is null || snapshot.Generation != Generation || time.GetUtcNow() - snapshot.At >= NamesKept)
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
        var generation = Generation;
        var known = before?.Indexed.ToDictionary(indexed => indexed.Entry.Definition.Id, StringComparer.Ordinal) ?? [];
        var indexed = registry.All.Concat(services.All.Where(service => service.IsListed).Select(service => service.Definition).OrderBy(definition => definition.Id, StringComparer.Ordinal))
            .Select(definition => new CatalogueEntry(definition, officeName(definition.Owner)))
            .Select(entry => known.TryGetValue(entry.Definition.Id, out var old)
                && ReferenceEquals(old.Entry.Definition, entry.Definition) && old.Entry.Provider == entry.Provider
                    ? old : new IndexedEntry(entry))
            .ToArray();
        var entries = indexed.Select(item => item.Entry).ToArray();
        return new(
            generation, time.GetUtcNow(), indexed, entries,
            [
                new("base", Text.ByBase, entries, query => query.Base, entry => (entry.Definition.Base, Text.Base(entry.Definition.Base))),
                new("office", Text.ByOffice, entries, query => query.Office, entry => (entry.Definition.Owner, entry.Provider)),
                new("theme", Text.ByTheme, entries, query => query.Theme, entry => (entry.Definition.Theme, entry.Definition.Theme)),
                new("sharing", Text.BySharing, entries, query => query.Sharing is { } sharing ? CatalogueRequest.Write(sharing) : null,
                    entry => (CatalogueRequest.Write(entry.Definition.Sharing.Class), Text.Class(entry.Definition.Sharing.Class))),
            ]);
    }

    private (long, long) Generation => (registry.Generation, services.Generation);

    private sealed record Snapshot((long, long) Generation, DateTimeOffset At, IndexedEntry[] Indexed, IReadOnlyList<CatalogueEntry> Entries, Side[] Sides);

    /// <summary>One way to narrow, with the value of each entry as a number.</summary>
    private sealed class Side
    {
        public const int Any = -1;

        private const int Nothing = -2;

        private readonly string _parameter;
        private readonly string _label;
        private readonly Func<CatalogueQuery, string?> _chosen;
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

        public Side(string parameter, string label, CatalogueEntry[] entries, Func<CatalogueQuery, string?> chosen, Func<CatalogueEntry, (string Value, string Label)> value)
        {
            (_parameter, _label, _chosen) = (parameter, label, chosen);
            Of = new int[entries.Length];
            for (var i = 0; i < entries.Length; i++)
            {
                var (key, name) = value(entries[i]);
                if (!_numbers.TryGetValue(key, out var number))
                {
                    _numbers.Add(key, number = Values.Count);
                    Values.Add((key, name));
                }

                Of[i] = number;
            }
        }

        public List<(string Value, string Label)> Values { get; } = [];

        /// <summary>Number of the value, by entry.</summary>
        public int[] Of { get; }

        /// <summary>Number of what the query chose; <see cref="Any"/>: nothing.</summary>
        public int Wanted(CatalogueQuery query) => _chosen(query) is not { } value ? Any : _numbers.GetValueOrDefault(value, Nothing);

        public Facet Facet(int[] counts, int wanted) => new(
            _parameter, _label,
            [
                .. Enumerable.Range(0, counts.Length).Where(i => counts[i] > 0 && Values[i].Value.Length > 0)
                    .OrderByDescending(i => counts[i]).ThenBy(i => Values[i].Value, StringComparer.Ordinal)
                    .Select(i => new FacetValue(Values[i].Value, Values[i].Label, counts[i], i == wanted)),
            ]);
    }
}
