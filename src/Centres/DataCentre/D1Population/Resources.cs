using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// What the population base records. Whoever loads it does so in this order, because links lead backwards: persons,
/// households, then memberships, residences and the rest. Spells are half open: <c>to</c> is the first day after.
/// </summary>
public static class Resources
{
    public const string Schema = "population";

    public static ResourceDefinition Person => Definition.Of<Person>();

    public static ResourceDefinition Household => Definition.Of<Household>();

    public static ResourceDefinition Membership => Definition.Of<Membership>();

    public static ResourceDefinition Residence => Definition.Of<Residence>();

    public static ResourceDefinition Event => Definition.Of<LifeEvent>();

    public static ResourceDefinition Marriage => Definition.Of<Marriage>();

    public static ResourceDefinition Number => Definition.Of<Number>();

    public static ResourceDefinition Transfer => Definition.Of<Transfer>();

    public static ResourceDefinition Permit => Definition.Of<ResidencePermit>();

    public static ResourceDefinition Duplicate => Definition.Of<Duplicate>();

    public static ResourceDefinition Suggestion => Definition.Of<Suggestion>();

    public static IReadOnlyList<ResourceDefinition> All { get; } =
        [Person, Household, Membership, Residence, Event, Marriage, Number, Transfer, Permit, Duplicate, Suggestion];
}
