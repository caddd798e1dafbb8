using Shali.Centres.DataCentre.D1Population;
using Shali.Platform.Identity;

namespace Shali.Tests.Rules;

/// <summary>A town in memory: the whole register of a few people, with the real rules and the real effects.</summary>
internal sealed class PopulationTown
{
    public const string Street = "411102001001";
    public const string OtherStreet = "411102002001";
    public const string Village = "411121100201";
    private static readonly Caller Clerk = new() { Id = "c", Name = "测试民警", Kind = CallerKind.Staff, Office = "police" };

    private int _keys;

    public PopulationTown(DateOnly? today = null)
    {
        Facts = new(today ?? new DateOnly(2026, 11, 23), () => $"k{++_keys:00000}");
    }

    public Facts Facts { get; }

    /// <summary>A person born on the day, in a household of his own or another's.</summary>
    public string Person(string sex, string born, string? household = null, string relation = Relation.Head, string? name = null)
    {
        var birth = DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture);
        var key = Facts.NewKey();
        Facts.Persons.Load(new Person
        {
            Key = key,
            Name = name ?? "张" + key,
            Sex = sex,
            BirthDate = birth,
            RegistrationKind = RegistrationKind.None,
            State = PersonState.Normal,
            MaritalStatus = MaritalStatus.Unmarried,
        });
        if (household is not null)
        {
            var home = Facts.Households.Find(household)!;
            Facts.Join(key, home, relation, birth > home.Established ? birth : home.Established, EventKind.Initial);
            Facts.Live(key, home.Village, home.Address, birth > home.Established ? birth : home.Established, ResidenceGround.Registered);
            Settle();
        }

        return key;
    }

    public string Household(string village = Street, string established = "1990-01-01", string address = "老街1号")
    {
        var key = Facts.NewKey();
        Facts.Households.Load(new Household
        {
            Key = key,
            Kind = HouseholdKind.Family,
            Village = village,
            Address = address,
            Established = DateOnly.Parse(established, System.Globalization.CultureInfo.InvariantCulture),
        });
        return key;
    }

    /// <summary>The codes of what stands against the event; when nothing does, it is registered.</summary>
    public string Declare(string kind, params (string Name, string? Answer)[] answers) => Declare(Form(kind, answers));

    public string Declare(EventForm form)
    {
        var type = EventTypes.Find(form.Kind)!;
        var refusals = type.Judge(Facts, form);
        if (!refusals.Any)
        {
            Last = EventRegistration.Enter(Facts, type, form, Clerk);
            Settle();
        }

        return string.Join(' ', refusals.Select(refusal => refusal.Code));
    }

    public LifeEvent? Last { get; private set; }

    public static EventForm Form(string kind, params (string Name, string? Answer)[] answers) =>
        new(kind, answers.Select(answer => new KeyValuePair<string, string>(answer.Name, answer.Answer ?? "")));

    public void Settle()
    {
        Facts.Persons.Settle();
        Facts.Households.Settle();
        Facts.Memberships.Settle();
        Facts.Residences.Settle();
        Facts.Marriages.Settle();
        Facts.Transfers.Settle();
        Facts.Numbers.Settle();
        Facts.Permits.Settle();
        Facts.Events.Settle();
    }

    /// <summary>Registered, usual and actual residents of the day, counted person by person from their spells.</summary>
    public (int Registered, int Usual, int Present) Count(DateOnly day)
    {
        var (registered, usual, present) = (0, 0, 0);
        foreach (var person in Facts.Persons.All)
        {
            var standing = StandingsOf(person.Key).Where(s => s.From <= day && (s.To is null || day < s.To)).ToList();
            registered += standing.Count(s => s.Registered != 0);
            usual += standing.Count(s => s.Usual != 0);
            present += standing.Count(s => s.Present != 0);
        }

        return (registered, usual, present);
    }

    public IReadOnlyList<Standing> StandingsOf(string person) => Standing.Of(
        [.. Facts.Memberships.All.Where(s => s.Person == person).Select(s => new Standing.Spell(Area.Number(s.Village), s.From, s.To))],
        [.. Facts.Residences.All.Where(s => s.Person == person).Select(s => new Standing.Spell(Area.Number(s.Village), s.From, s.To))]);
}
