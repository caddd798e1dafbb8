using System.Globalization;
using CsCheck;
using Shali.Centres.DataCentre.D1Population;

namespace Shali.Tests.Rules;

/// <summary>Whatever is declared, in whatever order: what the rules let through leaves a sound register.</summary>
public sealed class PopulationInvariants
{
    private static readonly DateOnly First = new(2020, 1, 1);

    /// <summary>One attempt: a kind of event, three choices of persons and households, days since the last one.</summary>
    private static readonly Gen<(int Kind, int A, int B, int C, int Days)> Attempt =
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 90]);

    [Fact]
    public void Random_declarations_leave_a_sound_register() =>
        Attempt.Array[1, 60].Sample(attempts => Sound(Live(attempts)), iter: 600);

    [Fact]
    public void Counts_of_every_day_are_the_same_from_persons_and_from_the_tally() =>
        Attempt.Array[1, 40].Sample(
            attempts =>
            {
                var (town, tally) = LiveCounted(attempts);
                for (var day = First; day < new DateOnly(2027, 6, 1); day = day.AddDays(17))
                {
                    var (registered, usual, present) = town.Count(day);
                    var sums = tally.Where(row => row.Key.Day <= day).ToList();
                    Assert.Equal(registered, sums.Where(row => row.Key.Registered != 0).Sum(row => row.Value));
                    Assert.Equal(usual, sums.Where(row => row.Key.Usual != 0).Sum(row => row.Value));
                    Assert.Equal(present, sums.Where(row => row.Key.Present != 0).Sum(row => row.Value));
                }
            },
            iter: 150);

    [Fact]
    public void Entries_replayed_from_the_start_give_the_same_register() =>
        Attempt.Array[1, 40].Sample(
            attempts =>
            {
                var town = Live(attempts);
                var again = Settlement();
                foreach (var entry in town.Facts.Events.All)
                {
                    var form = EventForm.Read(entry).With("old_value", null).With("reported_on", null);
                    Assert.Equal("", again.Declare(form));
                }

                Assert.Equal(town.Facts.Persons.All, again.Facts.Persons.All);
                Assert.Equal(town.Facts.Memberships.All, again.Facts.Memberships.All);
                Assert.Equal(town.Facts.Residences.All, again.Facts.Residences.All);
                Assert.Equal(town.Facts.Households.All, again.Facts.Households.All);
                Assert.Equal(town.Facts.Marriages.All, again.Facts.Marriages.All);
                Assert.Equal(town.Facts.Numbers.All, again.Facts.Numbers.All);
            },
            iter: 150);

    [Fact]
    public void Standings_cover_exactly_the_days_of_the_spells() =>
        Gen.Select(Spells, Spells).Sample(
            (registered, present) =>
            {
                var standings = Standing.Of(registered, present);
                for (var day = First; day < First.AddYears(4); day = day.AddDays(11))
                {
                    var r = registered.FirstOrDefault(s => s.From <= day && (s.To is null || day < s.To)).Village;
                    var p = present.FirstOrDefault(s => s.From <= day && (s.To is null || day < s.To)).Village;
                    var on = standings.Where(s => s.From <= day && (s.To is null || day < s.To)).ToList();
                    Assert.True(on.Count <= 1);
                    Assert.Equal((r, p), on.Count == 0 ? (0, 0) : (on[0].Registered, on[0].Present));
                    // A usual resident is one where he is registered or where he lives, and nowhere else.
                    Assert.True(on.Count == 0 || on[0].Usual == 0 || on[0].Usual == r || on[0].Usual == p);
                }
            },
            iter: 500);

    [Theory]
    [InlineData("411102001001", "411102001002", "2024-02-01", "411102001002")]
    [InlineData("411102001001", "411103001001", "2024-06-30", "411102001001")]
    [InlineData("411102001001", "411103001001", "2024-07-01", "411103001001")]
    [InlineData(null, "411103001001", "2024-06-30", null)]
    [InlineData(null, "411103001001", "2024-07-01", "411103001001")]
    [InlineData("411102001001", null, "2024-06-30", "411102001001")]
    [InlineData("411102001001", null, "2024-07-01", null)]
    public void Half_year_rule(string? registered, string? lives, string day, string? usual)
    {
        var from = new DateOnly(2024, 1, 1);
        Standing.Spell[] home = registered is null ? [] : [new(Area.Number(registered), from, null)];
        Standing.Spell[] dwelling = lives is null ? [] : [new(Area.Number(lives), from, null)];
        var on = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        var standing = Standing.Of(home, dwelling).LastOrDefault(s => s.From <= on && (s.To is null || on < s.To));
        Assert.Equal(Area.Number(usual), standing.Usual);
    }

    private static Gen<Standing.Spell[]> Spells { get; } =
        Gen.Select(Gen.Int[1, 200], Gen.Int[0, 3], Gen.Int[1, 120]).Array[0, 6].Select(steps =>
        {
            var (day, spells) = (First, new List<Standing.Spell>());
            foreach (var (length, place, gap) in steps)
            {
                spells.Add(new(place == 0 ? 411102001001 : place == 1 ? 411102001002 : place == 2 ? 411102002001 : 411121100201, day, day.AddDays(length)));
                day = day.AddDays(length + (gap > 60 ? gap : 0));
            }

            return spells.ToArray();
        });

    private static void Sound(PopulationTown town)
    {
        var facts = town.Facts;
        Assert.All(facts.Persons.All, person => Assert.True(person.DeathDate is null || person.DeathDate >= person.BirthDate));
        Assert.All(facts.Memberships.All, spell => Assert.True(spell.To is null || spell.To >= spell.From));
        Assert.All(facts.Residences.All, spell => Assert.True(spell.To is null || spell.To >= spell.From));
        Assert.All(facts.Memberships.All, spell => Assert.Equal(spell.To is null, spell.ClosedBy is null));
        foreach (var person in facts.Persons.All)
        {
            var open = facts.Memberships.All.Where(spell => spell.Person == person.Key && spell.To is null).ToList();
            var home = facts.Residences.All.Where(spell => spell.Person == person.Key && spell.To is null).ToList();
            Assert.True(open.Count <= 1, "one open membership");
            Assert.True(home.Count <= 1, "one open residence");
            Assert.True(facts.Marriages.All.Count(m => (m.A == person.Key || m.B == person.Key) && m.To is null) <= 1, "one open marriage");
            Assert.Equal(open.SingleOrDefault()?.Household, person.Household);
            Assert.Equal(open.SingleOrDefault()?.Village, person.RegisteredVillage);
            Assert.Equal(open.SingleOrDefault()?.Relation, person.RelationToHead);
            Assert.Equal(home.SingleOrDefault()?.Village, person.ResidenceVillage);
            Assert.False(person.State == PersonState.Dead && open.Count + home.Count > 0, "the dead are registered nowhere");
            Assert.False(person.State is PersonState.InTransit or PersonState.Unsettled && open.Count > 0, "in transit is nowhere");
            NoOverlap(facts.Memberships.All.Where(s => s.Person == person.Key).Select(s => (s.From, s.To)));
            NoOverlap(facts.Residences.All.Where(s => s.Person == person.Key).Select(s => (s.From, s.To)));
            NoOverlap(facts.Numbers.All.Where(s => s.Person == person.Key).Select(s => (s.From, s.To)));
        }

        foreach (var household in facts.Households.All.Where(h => h.Kind == HouseholdKind.Family))
        {
            var members = facts.MembersOf(household.Key);
            Assert.Equal(household.Dissolved is null && facts.Memberships.All.Any(s => s.Household == household.Key), members.Count > 0);
            Assert.True(members.Count(m => m.Relation == Relation.Head) <= 1, "one head");
            Assert.Equal(household.Head, members.FirstOrDefault(m => m.Relation == Relation.Head)?.Person);
        }
    }

    private static void NoOverlap(IEnumerable<(DateOnly From, DateOnly? To)> spells)
    {
        var ordered = spells.Where(s => s.From != s.To).OrderBy(s => s.From).ToList();
        for (var i = 1; i < ordered.Count; i++)
        {
            Assert.True(ordered[i - 1].To is { } end && end <= ordered[i].From, "spells follow each other");
        }
    }

    private static PopulationTown Settlement()
    {
        var town = new PopulationTown(new DateOnly(2026, 11, 23));
        for (var i = 0; i < 3; i++)
        {
            var home = town.Household(i == 2 ? PopulationTown.Village : PopulationTown.Street, "2000-01-01", $"老街{i}号");
            town.Person(Sex.Male, "1985-02-03", home);
            town.Person(Sex.Female, "1987-04-05", home, Relation.OtherKin);
            town.Person(Sex.Male, "2012-06-07", home, Relation.Son);
        }

        return town;
    }

    private static PopulationTown Live((int, int, int, int, int)[] attempts) => LiveCounted(attempts).Town;

    private static (PopulationTown Town, Dictionary<TallyRow, int> Tally) LiveCounted((int Kind, int A, int B, int C, int Days)[] attempts)
    {
        var town = Settlement();
        var tally = new Dictionary<TallyRow, int>(Standings.Of(town.Facts));
        var day = First;
        foreach (var attempt in attempts)
        {
            day = day.AddDays(attempt.Days);
            if (day > town.Facts.Today)
            {
                break;
            }

            var before = Standings.Of(town.Facts);
            town.Declare(Form(town, attempt, day));
            foreach (var (row, difference) in Standings.Difference(before, Standings.Of(town.Facts)))
            {
                tally[row] = tally.GetValueOrDefault(row) + difference;
            }
        }

        return (town, tally);
    }

    /// <summary>A declaration that may or may not make sense.</summary>
    private static EventForm Form(PopulationTown town, (int Kind, int A, int B, int C, int Days) attempt, DateOnly day)
    {
        var persons = town.Facts.Persons.All.Select(person => person.Key).ToList();
        var households = town.Facts.Households.All.Select(household => household.Key).ToList();
        var (a, b, household) = (persons[attempt.A % persons.Count], persons[attempt.B % persons.Count], households[attempt.C % households.Count]);
        EventType[] kinds = [.. EventTypes.All, .. EventTypes.OfADay];
        var kind = kinds[attempt.Kind % kinds.Length].Kind;
        var person = town.Facts.Person(a)!;
        var members = attempt.B % 2 == 0 ? "" : a + "," + b;
        var village = new[] { PopulationTown.Street, PopulationTown.OtherStreet, PopulationTown.Village }[attempt.C % 3];
        var joins = attempt.B % 3 == 0;
        (string, string?)[] answers = kind switch
        {
            EventKind.Birth => [("name", "新" + attempt.A), ("sex", attempt.B % 2 == 0 ? "1" : "2"), ("mother", b), ("household", household), ("relation", "20"), ("certificate", "b")],
            EventKind.Death => [("certificate", "d"), ("new_head", b)],
            EventKind.Marriage or EventKind.Divorce => [("spouse", b), ("certificate", "m")],
            EventKind.Adoption => [("adopter", b), ("household", household), ("relation", "27"), ("certificate", "a")],
            EventKind.Acknowledgment => [("claimant", b), ("household", household), ("relation", "20"), ("certificate", "a")],
            EventKind.MoveOut => [("destination", "外地"), ("reason", "工作"), ("certificate", "t" + attempt.A), ("new_head", b)],
            EventKind.MoveIn => [("certificate", town.Facts.TransferOf(a)?.Certificate ?? "x"), ("household", joins ? household : null), ("relation", joins ? "97" : null), ("village", joins ? null : village), ("address", joins ? null : "新址")],
            EventKind.HouseholdMove => [("members", members), ("village", village), ("address", "新址" + attempt.C), ("household", attempt.B % 5 == 0 ? household : null), ("new_head", b)],
            EventKind.NameChange => [("name", "改" + attempt.B), ("declared_by", attempt.C % 2 == 0 ? "self" : "parent"), ("reason", "r")],
            EventKind.NumberCorrection => [("citizen_number", Shali.Platform.Kernel.Identifiers.CitizenNumber.Compose("411102", person.BirthDate, (attempt.C * 2 % 900) + (person.Sex == Sex.Male ? 1 : 0))), ("reason", "r"), ("documents", "e")],
            EventKind.HouseholdSplit => [("members", members)],
            EventKind.HouseholdMerge => [("household", household)],
            EventKind.HeadChange => [("new_head", b)],
            EventKind.TemporaryRegistration => [("village", village), ("address", "租房" + attempt.C), ("ground", "work")],
            EventKind.ResidencePermit => [("certificate", "p"), ("ground", "work")],
            EventKind.PermitEndorsement => [("ground", "work")],
            EventKind.Enlistment => [("certificate", "e"), ("new_head", b)],
            EventKind.Missing => [("certificate", "e")],
            EventKind.Correction => attempt.C % 2 == 0
                ? [("field", "death_date"), ("value", attempt.B % 2 == 0 ? "" : day.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("documents", "e")]
                : [("field", "birth_date"), ("value", person.BirthDate.AddDays((attempt.B % 61) - 30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("documents", "e")],
            _ => [],
        };
        return PopulationTown.Form(kind, [("person", kind == EventKind.Birth ? null : a), ("date", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), .. answers]);
    }
}
