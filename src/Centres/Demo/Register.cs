namespace Shali.Centres.Demo;

/// <summary>
/// The verbs by which the generator fills a chunk, so that person, spells and events always tell the same story. They
/// mirror what the population base does when such an event is registered.
/// </summary>
internal sealed class Register(DemoPlan plan, DemoKeys keys, Places places, Names names, Lives lives, NumberIssuer numbers)
{
    private int _certificates;

    public DemoChunk Chunk { get; set; } = new();

    public DemoPlan Plan => plan;

    public Places Places => places;

    public Names Names => names;

    public Lives Lives => lives;

    public NumberIssuer Numbers => numbers;

    public string Key() => keys.Next();

    /// <summary>A person born into or living in the place; with a number, unless newly born.</summary>
    public DemoPerson Person(Dice dice, string surname, bool male, DateOnly birth, string nationality, DemoPlace place, string? from = null)
    {
        var region = from ?? Places.NumberRegion(dice, place.County, birth.Year);
        var person = new DemoPerson
        {
            Key = keys.Next(),
            Name = names.Full(dice, surname, male, birth.Year, nationality),
            Male = male,
            Birth = birth,
            Nationality = nationality,
            Number = numbers.Issue(region, birth, male),
            BirthPlace = from ?? place.County,
        };
        if (plan.Today.DayNumber - birth.DayNumber < 40 && dice.Chance(0.4))
        {
            person.Number = null;
        }

        lives.Describe(dice, person, place.Urban);
        Chunk.Persons.Add(person);
        return person;
    }

    public DemoHousehold Household(string kind, DemoPlace place, string address, DateOnly established)
    {
        var household = new DemoHousehold { Key = keys.Next(), Kind = kind, Address = address, Place = place, Established = established };
        Chunk.Households.Add(household);
        return household;
    }

    /// <summary>Registers a living or a since deceased person in a household, and lets him live there.</summary>
    public void Join(DemoPerson person, DemoHousehold household, string relation, DateOnly from, string by, bool livesThere = true)
    {
        from = Later(from, person.Birth);
        var to = person.Death;
        Chunk.Memberships.Add(new(
            keys.Next(), person.Key, household.Key, household.Place.Code, relation, from, to, by, to is null ? null : "death"));
        if (to is null)
        {
            (person.Household, person.Relation) = (household, relation);
        }

        if (livesThere)
        {
            Live(person, household.Place, household.Address, from, "registered", null);
        }
    }

    /// <summary>Lives at the address from the day on, until he died.</summary>
    public void Live(DemoPerson person, DemoPlace place, string? address, DateOnly from, string ground, DateOnly? reported)
    {
        Chunk.Residences.Add(new(keys.Next(), person.Key, place.Code, address, from, person.Death, ground, reported));
        if (person.Death is null)
        {
            (person.Lives, person.LivesAt, person.LivesSince) = (place, address, from);
        }
    }

    public void Marry(Dice dice, DemoPerson husband, DemoPerson wife, DateOnly day, DateOnly? to = null, string? end = null)
    {
        end ??= husband.Death is not null || wife.Death is not null ? "death" : null;
        to ??= end == "death" ? Earliest(husband.Death, wife.Death) : null;
        Chunk.Marriages.Add(new(
            keys.Next(), husband.Key, wife.Key, day, to, end,
            $"J{husband.BirthPlace}-{day.Year:0000}-{++_certificates:000000}"));
        var after = end switch { "death" => "30", "divorce" => "40", _ => dice.Chance(0.04) ? "22" : "21" };
        husband.Marital = husband.Death is null || end != "death" ? after : "21";
        wife.Marital = wife.Death is null || end != "death" ? after : "21";
        if (day >= plan.HistoryFrom)
        {
            Event("marriage", husband, wife.Key, null, day, day, null, "{}", "结婚登记审查处理表");
        }

        if (end == "divorce" && to >= plan.HistoryFrom)
        {
            Event("divorce", husband, wife.Key, null, to.Value, to.Value, null, "{}", "离婚登记审查处理表");
        }
    }

    public void Event(
        string kind, DemoPerson person, string? other, DemoHousehold? household, DateOnly day, DateOnly reported, DateOnly? deadline,
        string details, string? documents)
    {
        reported = reported > plan.Today ? plan.Today : reported;
        Chunk.Events.Add(new(
            keys.Next(), kind, person.Key, other, household?.Key, day, reported, deadline is { } last && reported > last,
            household?.Place.Code ?? person.Lives?.Code, details, documents));
    }

    /// <summary>Births and deaths of the told years, as they were reported.</summary>
    public void BirthAndDeath(Dice dice, DemoPerson person, DemoHousehold household, string? mother)
    {
        if (person.Birth >= plan.HistoryFrom)
        {
            Event("birth", person, mother, household, person.Birth, person.Birth.AddDays(dice.Chance(0.93) ? dice.Next(28) : dice.Between(32, 200)),
                person.Birth.AddMonths(1), "{}", "出生医学证明");
        }

        if (person.Death is { } death)
        {
            person.State = "dead";
            Event("death", person, null, household, death, death.AddDays(dice.Chance(0.9) ? dice.Next(25) : dice.Between(32, 150)),
                death.AddMonths(1), "{}", "居民死亡医学证明（推断）书");
        }
    }

    public void Truth(string kind, string resource, string key, string? other, string note) =>
        Chunk.Truth.Add(new(kind, resource, key, other, note));

    public static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly? Earliest(DateOnly? one, DateOnly? other) =>
        one is null ? other : other is null ? one : one < other ? one : other;
}
