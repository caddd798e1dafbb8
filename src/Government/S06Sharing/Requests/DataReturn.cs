using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S06Sharing.Requests;

/// <summary>
/// 数据回流: what an upper office's systems have gathered about a lower region goes back to it, in time and completely
/// (政务数据共享条例 art. 24). The lower office asks for it as for any data; what law says already is written for it.
/// </summary>
internal static class DataReturn
{
    public static readonly Basis Law = new("政务数据共享条例", "第二十四条");

    /// <summary>The field that says of which region a record is, where the office answers for a part of the provider's region; null: it is no return.</summary>
    public static FieldDefinition? FieldFor(ResourceDefinition resource, Office? provider, Office? consumer) =>
        provider is not null && consumer is not null && provider.Region.Length > 0 && consumer.Region.Length > provider.Region.Length
        && consumer.Region.StartsWith(provider.Region, StringComparison.Ordinal)
            ? Of(resource) : null;

    /// <summary>All of the region's records; with all their fields, unless they are about people: those are chosen one by one (个人信息保护法 art. 6).</summary>
    public static GrantTerms Fill(GrantTerms terms, ResourceDefinition resource, FieldDefinition field, Office consumer) => terms with
    {
        Fields = resource.Subject is null ? [.. resource.Fields.Select(one => one.Name)] : terms.Fields,
        Condition = $"{field.Name} LIKE '{consumer.Region}%'",
        Basis = Law.ToString(),
        Scene = Text.ReturnScene(consumer.Name),
    };

    /// <summary>By which records belong to an area; else the only region that there is. A place of birth says nothing of where somebody lives.</summary>
    private static FieldDefinition? Of(ResourceDefinition resource)
    {
        var regions = resource.Fields.Where(field => field.Type is RegionType).ToList();
        return regions.Find(field => field.Name == resource.ScopeField) ?? (regions.Count == 1 ? regions[0] : null);
    }
}
