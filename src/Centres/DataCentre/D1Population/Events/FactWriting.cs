using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Writes what an event changed, in the order in which links lead backwards.</summary>
internal static class FactWriting
{
    public static async Task<Refusals> Write(WriteSession session, Facts facts, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        // A new household names its head and a new person his household: persons are first, links look back to them.
        foreach (var change in Changes(facts))
        {
            refusals = refusals.And((await session.Apply(change, cancel)).Refusals);
        }

        return refusals;
    }

    public static IEnumerable<Change> Changes(Facts facts) =>
    [
        .. Of(Resources.Person, facts.Persons),
        .. Of(Resources.Household, facts.Households),
        .. Of(Resources.Membership, facts.Memberships),
        .. Of(Resources.Residence, facts.Residences),
        .. Of(Resources.Marriage, facts.Marriages),
        .. Of(Resources.Transfer, facts.Transfers),
        .. Of(Resources.Number, facts.Numbers),
        .. Of(Resources.Permit, facts.Permits),
        .. Of(Resources.Event, facts.Events),
    ];

    private static IEnumerable<Change> Of<T>(ResourceDefinition resource, Table<T> table)
        where T : class, IKeyed =>
        table.Changes.Select(Change (pair) => pair.Before is null
            ? new Change.Insert(resource, pair.Now.Key, Typed<T>.Values(pair.Now))
            : new Change.Update(resource, pair.Now.Key, null, Typed<T>.Differences(pair.Before, pair.Now)));
}
