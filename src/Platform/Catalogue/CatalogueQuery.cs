using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>What somebody looks for in the catalogue.</summary>
/// <param name="Words">Chinese, first letters of pinyin or whole pinyin; several words must all match.</param>
/// <param name="Page">From 1.</param>
public sealed record CatalogueQuery(
    string Words = "", string? Base = null, string? Office = null, string? Theme = null, SharingClass? Sharing = null, int Page = 1)
{
    public const int PageSize = 20;

    public bool Narrowed => Base is not null || Office is not null || Theme is not null || Sharing is not null;
}

/// <summary>A page of entries, best first, with the counts by which the result can be narrowed.</summary>
public sealed record CatalogueResult(IReadOnlyList<CatalogueEntry> Entries, int Total, IReadOnlyList<Facet> Facets)
{
    public int Pages => Math.Max(1, (Total + CatalogueQuery.PageSize - 1) / CatalogueQuery.PageSize);
}

/// <summary>One way to narrow: a parameter of the address and its values with their counts.</summary>
public sealed record Facet(string Parameter, string Label, IReadOnlyList<FacetValue> Values);

public sealed record FacetValue(string Value, string Label, int Count, bool Chosen);
