namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// The part of the register that one event touches. Rules read it, the event changes it, and whoever loaded it
/// writes the changes. Nothing here knows of a database, so a test can hold a whole small city in one.
/// </summary>
/// <param name="today">The day on which the event is registered.</param>
/// <param name="newKey">Makes keys for new records.</param>
public sealed partial class Facts(DateOnly today, Func<string> newKey)
{
    public DateOnly Today { get; } = today;

    public Table<Person> Persons { get; } = new();

    public Table<Household> Households { get; } = new();

    public Table<Membership> Memberships { get; } = new();

    public Table<Residence> Residences { get; } = new();

    public Table<Marriage> Marriages { get; } = new();

    public Table<Transfer> Transfers { get; } = new();

    public Table<Number> Numbers { get; } = new();

    public Table<ResidencePermit> Permits { get; } = new();

    public Table<LifeEvent> Events { get; } = new();

    public string NewKey() => newKey();

    public Person? Person(string? key) => Persons.Find(key);

    /// <summary>The household in which the person is registered now.</summary>
    public Membership? MembershipOf(string? person) =>
        Memberships.All.FirstOrDefault(spell => spell.Person == person && spell.To is null);

    public Residence? ResidenceOf(string? person) =>
        Residences.All.FirstOrDefault(spell => spell.Person == person && spell.To is null);

    public Marriage? MarriageOf(string? person) =>
        Marriages.All.FirstOrDefault(marriage => (marriage.A == person || marriage.B == person) && marriage.To is null);

    public Transfer? TransferOf(string? person) =>
        Transfers.All.FirstOrDefault(transfer => transfer.Person == person && transfer.State != TransferState.Surrendered);

    public ResidencePermit? PermitOf(string? person) =>
        Permits.All.FirstOrDefault(permit => permit.Person == person && permit.State != PermitState.Ended);

    /// <summary>Who is registered in the household now.</summary>
    public IReadOnlyList<Membership> MembersOf(string? household) =>
        [.. Memberships.All.Where(spell => spell.Household == household && spell.To is null).OrderBy(spell => spell.Relation, StringComparer.Ordinal)];

    /// <summary>The persons whom the register knows as this person's parents, from entries of birth and adoption.</summary>
    public IReadOnlySet<string> ParentsOf(string person)
    {
        var parents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Events.All.Where(entry => entry.Person == person && entry.Kind is EventKind.Birth or EventKind.Adoption))
        {
            var details = EventForm.Read(entry);
            foreach (var name in ParentFields)
            {
                if (details.Text(name) is { } parent)
                {
                    parents.Add(parent);
                }
            }
        }

        return parents;
    }

    /// <summary>Children of a mother whom the register knows by their entries of birth.</summary>
    public IEnumerable<Person> ChildrenOf(string mother) => Events.All
        .Where(entry => entry.Kind == EventKind.Birth && entry.Other == mother)
        .Select(entry => Persons.Find(entry.Person))
        .OfType<Person>();

    private static readonly string[] ParentFields = ["mother", "father", "adopter"];
}
