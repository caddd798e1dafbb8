using Shali.Centres.DataCentre.D1Population;
using Shali.Platform.Registry.Load;

namespace Shali.Centres.Demo;

/// <summary>The generated population as rows of the population base: key and values in the order of the fields.</summary>
public sealed class PopulationRows
{
    private const string Registrar = "建库导入";

    private static readonly object Yes = true;
    private static readonly object No = false;

    private readonly RowMap _person = new(
        Resources.Person, "citizen_number", "name", "former_name", "sex", "nationality", "birth_date", "death_date", "birth_place",
        "registration_kind", "registered_address", "registered_village", "household", "relation_to_head", "residence_village",
        "residence_address", "residence_since", "village", "marital_status", "education", "occupation", "employer", "insured", "phone",
        "state", "number_state");

    private readonly RowMap _household = new(Resources.Household, "kind", "head", "address", "village", "established", "dissolved");

    private readonly RowMap _membership = new(
        Resources.Membership, "person", "household", "village", "relation", "from", "to", "opened_by", "closed_by");

    private readonly RowMap _residence = new(
        Resources.Residence, "person", "village", "address", "from", "to", "ground", "reported_on");

    private readonly RowMap _event = new(
        Resources.Event, "kind", "person", "other", "household", "date", "reported_on", "late", "village", "details", "documents",
        "registered_by", "office", "state");

    private readonly RowMap _marriage = new(Resources.Marriage, "a", "b", "from", "to", "end", "certificate");

    private readonly RowMap _number = new(Resources.Number, "person", "number", "from", "to", "reason", "state");

    private readonly RowMap _transfer = new(
        Resources.Transfer, "certificate", "person", "from_household", "from_village", "destination", "reason", "issued", "expires",
        "surrendered", "state");

    private readonly RowMap _permit = new(
        Resources.Permit, "permit_number", "person", "village", "ground", "issued", "endorsed_on", "endorsed_until", "years_from", "state");

    /// <summary>All rows of a chunk, in the order in which links lead backwards.</summary>
    public IReadOnlyList<RecordBatch> Of(DemoChunk chunk) =>
    [
        new(_person.Resource, [.. chunk.Persons.Select(person => (person.Key, Row(person)))]),
        new(_household.Resource, [.. chunk.Households.Select(household => (household.Key, _household.Row(
            household.Kind, household.Head, household.Address, household.Place.Code, household.Established, household.Dissolved)))]),
        new(_membership.Resource, [.. chunk.Memberships.Select(spell => (spell.Key, _membership.Row(
            spell.Person, spell.Household, spell.Village, spell.Relation, spell.From, spell.To, spell.OpenedBy, spell.ClosedBy)))]),
        new(_residence.Resource, [.. chunk.Residences.Select(spell => (spell.Key, _residence.Row(
            spell.Person, spell.Village, spell.Address, spell.From, spell.To, spell.Ground, spell.ReportedOn)))]),
        new(_event.Resource, [.. chunk.Events.Select(entry => (entry.Key, _event.Row(
            entry.Kind, entry.Person, entry.Other, entry.Household, entry.Date, entry.ReportedOn, entry.Late ? Yes : No, entry.Village,
            entry.Details, entry.Documents, Registrar, "police", "registered")))]),
        new(_marriage.Resource, [.. chunk.Marriages.Select(marriage => (marriage.Key, _marriage.Row(
            marriage.A, marriage.B, marriage.From, marriage.To, marriage.End, marriage.Certificate)))]),
        new(_number.Resource, [.. chunk.Numbers.Select(number => (number.Key, _number.Row(
            number.Person, number.Value, number.From, number.To, number.Reason, number.State)))]),
        new(_transfer.Resource, [.. chunk.Transfers.Select(transfer => (transfer.Key, _transfer.Row(
            transfer.Certificate, transfer.Person, transfer.Household, transfer.Village, transfer.Destination, transfer.Reason,
            transfer.Issued, transfer.Expires, transfer.Surrendered, transfer.State)))]),
        new(_permit.Resource, [.. chunk.Permits.Select(permit => (permit.Key, _permit.Row(
            permit.Number, permit.Person, permit.Village, permit.Ground, permit.Issued, permit.EndorsedOn, permit.EndorsedUntil, permit.Issued, permit.State)))]),
    ];

    private object?[] Row(DemoPerson person)
    {
        var household = person.Household;
        return _person.Row(
            person.Number, person.Name, person.FormerName, person.Male ? Sex.Male : Sex.Female, person.Nationality, person.Birth, person.Death,
            person.BirthPlace,
            household is null ? RegistrationKind.None
                : household.Kind == HouseholdKind.Collective ? RegistrationKind.Collective : RegistrationKind.Family,
            household?.Address ?? person.AddressElsewhere, household?.Place.Code, household?.Key, person.Relation, person.Lives?.Code,
            person.LivesAt, person.LivesSince, household?.Place.Code ?? person.Lives?.Code ?? person.Left?.Code, person.Marital, person.Education,
            person.Occupation, person.Employer, person.Insured is { } insured ? insured ? Yes : No : null, person.Phone, person.State,
            person.NumberState);
    }
}
