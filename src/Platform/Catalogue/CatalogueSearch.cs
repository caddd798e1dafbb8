using System.Text.Encodings.Web;
using Shali.Platform.Identity;
using Shali.Platform.Systems;

namespace Shali.Platform.Catalogue;

/// <summary>The catalogue in the one search line of the portal.</summary>
internal sealed class CatalogueSearch(ResourceCatalogue catalogue) : SearchSource
{
    public override string Label => Text.Catalogue;

    public override int Order => 20;

    public override Task<SearchFound> Find(string words, Caller who, int limit, CancellationToken cancel)
    {
        var result = catalogue.Search(new CatalogueQuery(words));
        return Task.FromResult(new SearchFound(
            [
                .. result.Entries.Take(limit).Select(entry => new SearchHit(
                    entry.Name, $"/catalogue/{entry.Address}",
                    $"{entry.Provider} · {Text.Class(entry.Definition.Sharing.Class)} · {Text.FieldCount(entry.Definition.Fields.Count)}")),
            ],
            result.Total > limit ? $"/catalogue?q={UrlEncoder.Default.Encode(words)}" : null));
    }
}
