namespace Shali.Centres.DataCentre.D1Population;

/// <content>How an event changes the register: spells are opened and closed, and what a person's record repeats of
/// them is kept in step. Events use these verbs only, so that every close has its open.</content>
public sealed partial class Facts
{
    /// <summary>Registers the person in the household from the day on. He must not be registered anywhere else.</summary>
    public void Join(string person, Household household, string relation, DateOnly from, string by)
    {
        if (MembershipOf(person) is { } open)
        {
            throw new InvalidOperationException($"{person} is still registered in {open.Household}.");
        }

        Memberships.Set(new Membership
        {
            Key = NewKey(),
            Person = person,
            Household = household.Key,
            Village = household.Village,
            Relation = relation,
            From = from,
            OpenedBy = by,
        });
        Persons.Set(Persons.Find(person)! with
        {
            State = PersonState.Normal,
            RegistrationKind = household.Kind == HouseholdKind.Collective ? RegistrationKind.Collective : RegistrationKind.Family,
            Household = household.Key,
            RelationToHead = relation,
            RegisteredVillage = household.Village,
            RegisteredAddress = household.Address,
            Village = household.Village,
        });
        if (relation == Relation.Head)
        {
            Households.Set(household with { Head = person });
        }
    }

    /// <summary>
    /// Ends the person's registration. The last one to leave dissolves a family household; a head who leaves others
    /// behind hands over to <paramref name="newHead"/>.
    /// </summary>
    public void Leave(string person, DateOnly day, string by, string? newHead = null)
    {
        if (MembershipOf(person) is not { } spell)
        {
            return;
        }

        Memberships.Set(spell with { To = day, ClosedBy = by });
        var known = Persons.Find(person)!;
        Persons.Set(known with
        {
            RegistrationKind = RegistrationKind.None,
            Household = null,
            RelationToHead = null,
            RegisteredVillage = null,
            RegisteredAddress = null,
            Village = known.ResidenceVillage ?? known.Village,
        });
        var household = Households.Find(spell.Household)!;
        var rest = MembersOf(household.Key);
        if (rest.Count == 0 && household.Kind == HouseholdKind.Family)
        {
            Households.Set(household with { Head = null, Dissolved = day });
        }
        else if (household.Head == person)
        {
            Lead(household, newHead);
        }
    }

    /// <summary>Makes another member the head; what the others are to the head follows.</summary>
    public void Lead(Household household, string? head)
    {
        var members = MembersOf(household.Key);
        var to = members.FirstOrDefault(member => member.Person == head);
        Households.Set(household with { Head = to?.Person });
        foreach (var member in members)
        {
            var relation = to is null ? member.Relation
                : member.Person == head ? Relation.Head
                : Relations.After(to.Relation, member.Relation, Persons.Find(member.Person)!.Sex);
            Relate(member, relation);
        }
    }

    /// <summary>Begins living somewhere in the city. Ends where he lived before, on the same day.</summary>
    public void Live(string person, string village, string? address, DateOnly from, string ground)
    {
        Depart(person, from);
        Residences.Set(new Residence
        {
            Key = NewKey(),
            Person = person,
            Village = village,
            Address = address,
            From = from,
            Ground = ground,
            ReportedOn = Today,
        });
        var known = Persons.Find(person)!;
        Persons.Set(known with
        {
            ResidenceVillage = village,
            ResidenceAddress = address,
            ResidenceSince = from,
            Village = known.RegisteredVillage ?? village,
            State = known.State == PersonState.MovedOut ? PersonState.Normal : known.State,
        });
    }

    /// <summary>Lives nowhere in the city from the day on, as far as the register knows.</summary>
    public void Depart(string person, DateOnly day)
    {
        if (ResidenceOf(person) is { } spell)
        {
            Residences.Set(spell with { To = day });
        }

        Persons.Set(Persons.Find(person)! with { ResidenceVillage = null, ResidenceAddress = null, ResidenceSince = null });
    }

    /// <summary>
    /// Spells of the person were opened again: his household and his record say so too. A household that had ended
    /// with him lives again; where another one leads it now, he is a member like others.
    /// </summary>
    public void Reinstate(string person, Membership? spell, Residence? home)
    {
        var household = Households.Find(spell?.Household);
        var wasHead = spell is { Relation: Relation.Head };
        if (household is { Dissolved: not null } || (wasHead && household is { Head: null }))
        {
            Households.Set(household with { Dissolved = null, Head = wasHead ? person : null });
        }
        else if (wasHead && household?.Head != person)
        {
            Memberships.Set(Memberships.Find(spell!.Key)! with { Relation = Relation.OtherKin });
        }

        Change(person, known => known with
        {
            State = spell is null && home is null ? PersonState.MovedOut : PersonState.Normal,
            RegistrationKind = household is null ? RegistrationKind.None
                : household.Kind == HouseholdKind.Collective ? RegistrationKind.Collective : RegistrationKind.Family,
            Household = household?.Key,
            RelationToHead = MembershipOf(person)?.Relation,
            RegisteredVillage = household?.Village,
            RegisteredAddress = household?.Address,
            ResidenceVillage = home?.Village,
            ResidenceAddress = home?.Address,
            ResidenceSince = home?.From,
            Village = household?.Village ?? home?.Village ?? known.Village,
        });
    }

    /// <summary>Ends the open marriage; the one who remains is what <paramref name="status"/> says.</summary>
    public void EndMarriage(Marriage marriage, DateOnly day, string end, string status, params string[] whom)
    {
        Marriages.Set(marriage with { To = day, End = end });
        foreach (var person in whom)
        {
            Change(person, known => known with { MaritalStatus = status });
        }
    }

    public void Change(string person, Func<Person, Person> change) => Persons.Set(change(Persons.Find(person)!));

    /// <summary>A new number in force from the day on; the one before stays in the history.</summary>
    public void Renumber(string person, string number, DateOnly from, string reason)
    {
        var known = Persons.Find(person)!;
        var open = Numbers.All.FirstOrDefault(spell => spell.Person == person && spell.To is null);
        var old = known.CitizenNumber ?? known.RecordedNumber;
        if (open is not null)
        {
            Numbers.Set(open with { To = from });
        }
        else if (old is not null)
        {
            Numbers.Set(new Number
            {
                Key = NewKey(),
                Person = person,
                Value = old,
                From = Earlier(known.BirthDate, from),
                To = from,
                Reason = NumberReason.First,
                State = known.NumberState ?? NumberState.Sound,
            });
        }

        Numbers.Set(new Number { Key = NewKey(), Person = person, Value = number, From = from, Reason = reason, State = NumberState.Sound });
        Persons.Set(known with { CitizenNumber = number, RecordedNumber = null, NumberState = null });
    }

    private void Relate(Membership member, string relation)
    {
        Memberships.Set(member with { Relation = relation });
        Change(member.Person, known => known with { RelationToHead = relation });
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
