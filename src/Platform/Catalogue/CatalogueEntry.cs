using System.Globalization;
using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>
/// One resource as the catalogue describes it: the six mandatory and six optional elements of GB/T 21063.3, and what
/// 政务数据共享条例 art. 13 demands of an entry. Made from the living definition, so it cannot be stale.
/// </summary>
public sealed record CatalogueEntry(ResourceDefinition Definition, string Provider)
{
    public string Address => Definition.Address;

    public string Name => Definition.Name;

    /// <summary>What the resource holds; without a note the names of its first fields say it.</summary>
    public string Abstract => Definition.Note.Length > 0
        ? Definition.Note
        : string.Join('、', Definition.Fields.Take(8).Select(item => item.Label));

    /// <summary>Class 1 base, 2 theme, 3 department, then two digits for the item in the class.</summary>
    public string Classification => Definition.Base switch
    {
        "population" => "101",
        "legal-entities" => "102",
        "geography" => "103",
        "economy" => "104",
        "theme" => "201",
        _ => "301",
    };

    /// <summary>Resource code: classification and the address, which the owner gave and which never changes.</summary>
    public string Identifier => $"{Classification}/{Definition.Address}";

    /// <summary>Identifier of this description: the resource code and the version of its definition.</summary>
    public string MetadataIdentifier =>
        $"{Identifier}/v{Definition.Version.ToString(CultureInfo.InvariantCulture)}";

    public IReadOnlyList<string> Keywords =>
        [.. new[] { Text.Base(Definition.Base), Definition.Theme, Definition.Clause }.Where(word => word.Length > 0)];

    /// <summary>The resource holds what is known of persons: no sample, every read is recorded.</summary>
    public bool Personal => Definition.Subject is not null;
}
