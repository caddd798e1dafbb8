using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>What is recorded of items.</summary>
public static class ItemResources
{
    public const string Schema = "approvals";

    public static ResourceDefinition Item => Definition.Of<PublishedItem>();

    public static ResourceDefinition Material => Definition.Of<PublishedMaterial>();

    public static ResourceDefinition Edition => Definition.Of<ItemEdition>();

    public static IReadOnlyList<ResourceDefinition> All { get; } = [Item, Material, Edition];
}
