using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>Everything that the page of one entry shows.</summary>
/// <param name="Sample">A few records as the caller may see them; null when he may not, or when they are of persons.</param>
public sealed record EntryView(
    CatalogueEntry Entry, long Estimate, Freshness Freshness, QualityScore Quality, IReadOnlyList<DefinitionChange> Changes,
    ShownPage? Sample, bool MayRead, IReadOnlyDictionary<string, CodeList> CodeLists, string Site)
{
    /// <summary>What systems offer with it: label and address.</summary>
    public IReadOnlyList<(string Label, string Address)> Offers { get; init; } = [];
}

/// <summary>Gathers what the page of one entry shows.</summary>
public sealed class EntryViews(
    Db db, ResourceRegistry registry, RecordReader reader, GovernedReader governed, Quality quality, IEnumerable<EntryOffer> offers, TimeProvider time)
{
    private const int SampleRows = 3;

    public async Task<EntryView> Of(CatalogueEntry entry, Caller caller, string site, CancellationToken cancel)
    {
        var definition = entry.Definition;
        var estimate = await reader.Estimate(definition, cancel);
        var freshness = await Freshness.Of(db, definition, estimate, time.GetUtcNow(), cancel);
        var mayRead = governed.AccessOf(caller, definition) is { Read: true };
        return new(
            entry,
            estimate,
            freshness,
            await quality.Of(definition, estimate, freshness, cancel),
            DefinitionChange.Log(await registry.Versions(definition.Id, cancel)),
            mayRead && !entry.Personal ? await Sample(definition, caller, cancel) : null,
            mayRead,
            definition.Fields.Select(field => field.CodeList).OfType<string>().Distinct(StringComparer.Ordinal)
                .Select(registry.Codes).OfType<CodeList>().ToDictionary(list => list.Name, StringComparer.Ordinal),
            site)
        {
            Offers = [.. offers.Select(offer => offer.Of(definition, caller)).Where(offer => offer is not null).Select(offer => offer!.Value)],
        };
    }

    private async Task<ShownPage?> Sample(ResourceDefinition definition, Caller caller, CancellationToken cancel)
    {
        var shown = await governed.List(new(caller, definition), new RecordQuery { Limit = SampleRows }, cancel);
        return shown.Ok ? shown.Value : null;
    }
}
