using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>What the base of legal entities records, in the order in which a load fills it.</summary>
public static class Resources
{
    public const string Schema = "legal_entities";

    public static ResourceDefinition Entity => Definition.Of<Entity>();

    public static ResourceDefinition Filing => Definition.Of<Filing>();

    public static ResourceDefinition OldNumber => Definition.Of<OldNumber>();

    public static ResourceDefinition Shareholder => Definition.Of<Shareholder>();

    public static ResourceDefinition Licence => Definition.Of<Licence>();

    public static ResourceDefinition Penalty => Definition.Of<Penalty>();

    public static ResourceDefinition Listing => Definition.Of<Listing>();

    public static ResourceDefinition AnnualReport => Definition.Of<AnnualReport>();

    public static IReadOnlyList<ResourceDefinition> All { get; } =
        [Entity, Filing, OldNumber, Shareholder, Licence, Penalty, Listing, AnnualReport];
}
