namespace Shali.Centres.Demo;

/// <summary>
/// What is wrong in every real register, at known rates and written down: the truth against which every check of the
/// platform can be judged.
/// </summary>
internal sealed class Faults(Register register)
{
    /// <summary>Shares of persons of a chunk.</summary>
    public static readonly IReadOnlyDictionary<string, double> Rates = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["same-person-twice"] = 0.0004,
        ["same-person-typo"] = 0.0004,
        ["same-person-birthday-swapped"] = 0.0002,
        ["duplicate-number"] = 0.0003,
        ["double-number"] = 0.0002,
        ["bad-check-digit"] = 0.0005,
        ["number-contradicts-birth"] = 0.0003,
        ["number-contradicts-sex"] = 0.0002,
        ["event-after-death"] = 0.00005,
        ["two-open-marriages"] = 0.00004,
    };

    private const string Person = "population/person";

    private readonly Dictionary<string, double> _due = Rates.Keys.ToDictionary(kind => kind, _ => 0.0, StringComparer.Ordinal);

    public void Seed(Dice dice)
    {
        var sound = register.Chunk.Persons.Count;
        foreach (var (kind, rate) in Rates)
        {
            _due[kind] += rate * sound;
            while (_due[kind] >= 1)
            {
                _due[kind] -= 1;
                Make(dice, kind, sound);
            }
        }
    }

    private void Make(Dice dice, string kind, int sound)
    {
        switch (kind)
        {
            case "same-person-twice" or "same-person-typo" or "same-person-birthday-swapped":
                Twice(dice, kind, sound);
                break;
            case "event-after-death":
                AfterDeath(dice, sound);
                break;
            case "two-open-marriages":
                TwoMarriages(dice);
                break;
            default:
                Number(dice, kind, sound);
                break;
        }
    }

    private void Number(Dice dice, string kind, int sound)
    {
        var grown = register.Plan.Today.AddDays(-60);
        if (Living(dice, sound, each => each.Birth < grown) is not { Number: { } number } person)
        {
            return;
        }

        var right = person.Number;
        switch (kind)
        {
            case "duplicate-number":
                if (Living(dice, sound, other => other != person && other.Birth != person.Birth) is not { } other)
                {
                    return;
                }

                // The later holder got the number of the earlier by mistake; birth date and sex tell them apart.
                (other.Number, other.Seeded) = (number, true);
                register.Truth(kind, Person, person.Key, other.Key, "两人持同一公民身份号码");
                break;
            case "double-number":
                var second = register.Numbers.Issue(number[..6], person.Birth, person.Male);
                register.Chunk.Numbers.Add(new(register.Key(), person.Key, number, person.Birth, null, "first", "double"));
                register.Chunk.Numbers.Add(new(register.Key(), person.Key, second, Register.Later(person.Birth, register.Plan.Today.AddDays(-1000)), null, "first", "double"));
                person.NumberState = "double";
                register.Truth(kind, Person, person.Key, null, "一人持两个公民身份号码");
                break;
            case "bad-check-digit":
                person.Number = NumberIssuer.Spoiled(dice, number);
                register.Truth(kind, Person, person.Key, null, $"校验位应为 {right[17]}");
                break;
            case "number-contradicts-birth":
                person.Birth = person.Birth.AddDays(person.Birth.Day > 15 ? -10 : 10);
                register.Truth(kind, Person, person.Key, null, "号码中的出生日期与登记不同");
                break;
            default:
                person.Number = register.Numbers.Issue(number[..6], person.Birth, !person.Male);
                register.Truth(kind, Person, person.Key, null, "号码中的性别与登记不同");
                break;
        }

        person.Seeded = true;
    }

    /// <summary>A person who was entered a second time, elsewhere in the city.</summary>
    private void Twice(Dice dice, string kind, int sound)
    {
        var swaps = kind == "same-person-birthday-swapped";
        if (Living(dice, sound, each => !swaps || (each.Birth.Day <= 12 && each.Birth.Day != each.Birth.Month)) is not { } person)
        {
            return;
        }

        person.Seeded = true;
        var place = register.Places.Pick(dice);
        var again = new DemoPerson
        {
            Key = register.Key(),
            Name = kind == "same-person-typo" ? Names.Mistyped(dice, person.Name) : person.Name,
            Male = person.Male,
            Birth = swaps ? new DateOnly(person.Birth.Year, person.Birth.Day, person.Birth.Month) : person.Birth,
            Nationality = person.Nationality,
            Number = person.Number,
            Marital = person.Marital,
            Education = person.Education,
            Phone = dice.Chance(0.5) ? person.Phone : null,
            AddressElsewhere = "河南省",
            Seeded = true,
        };
        register.Chunk.Persons.Add(again);
        register.Live(again, place, Places.Home(dice, place), register.Plan.Today.AddDays(-dice.Between(10, 300)), "work", null);
        register.Truth(kind, Person, person.Key, again.Key, "同一人登记两次");
    }

    private void AfterDeath(Dice dice, int sound)
    {
        if (Find(dice, sound, person => person.Death < register.Plan.Today.AddDays(-40) && !person.Seeded) is not { } person)
        {
            return;
        }

        person.Seeded = true;
        var day = person.Death!.Value.AddDays(dice.Between(5, 30));
        register.Event("name-change", person, null, null, day, day, null, "{}", null);
        register.Truth("event-after-death", "population/event", register.Chunk.Events[^1].Key, person.Key, "死亡之后仍有登记事项");
    }

    private void TwoMarriages(Dice dice)
    {
        var open = register.Chunk.Marriages.Where(marriage => marriage.To is null).Take(400).ToList();
        if (open.Count < 2)
        {
            return;
        }

        var (one, other) = (open[dice.Next(open.Count)], open[dice.Next(open.Count)]);
        if (one == other)
        {
            return;
        }

        register.Chunk.Marriages.Add(new(
            register.Key(), one.A, other.B, Register.Later(one.From, other.From).AddDays(30), null, null, one.Certificate + "B"));
        register.Truth("two-open-marriages", "population/marriage", register.Chunk.Marriages[^1].Key, one.A, "同时有两段未终止的婚姻");
    }

    private DemoPerson? Living(Dice dice, int sound, Func<DemoPerson, bool> fits) => Find(
        dice, sound, person => person.Death is null && person.Number is not null && !person.Seeded && person.State == "normal" && fits(person));

    private DemoPerson? Find(Dice dice, int sound, Func<DemoPerson, bool> fits)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            var person = register.Chunk.Persons[dice.Next(sound)];
            if (fits(person))
            {
                return person;
            }
        }

        return null;
    }
}
