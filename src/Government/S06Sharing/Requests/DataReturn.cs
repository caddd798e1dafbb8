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
            ? resource.Fields.FirstOrDefault(field => field.Type is RegionType) : null;

    /// <summary>All of the region's records, with all their fields.</summary>
    public static GrantTerms Fill(GrantTerms terms, ResourceDefinition resource, FieldDefinition field, Office consumer) => terms with
    {
        Fields = [.. resource.Fields.Select(one => one.Name)],
        Condition = $"{field.Name} LIKE '{consumer.Region}%'",
        Basis = Law.ToString(),
        Scene = Text.ReturnScene(consumer.Name),
    };
}
