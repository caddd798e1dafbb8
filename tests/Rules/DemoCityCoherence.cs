using Shali.Centres.DataCentre.D1Population;
using Shali.Centres.DataCentre.D2LegalEntities.Rules;
using Shali.Centres.Demo;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Regions;
using Shali.Platform.Registry;

namespace Shali.Tests.Rules;

/// <summary>The generated city tells one story: what its records say of a person never contradicts, save where seeded.</summary>
public sealed class DemoCityCoherence
{
    private static readonly DemoPlan Plan = new(20_000, 7, new DateOnly(2026, 11, 23));
    private static readonly Lazy<Whole> Made = new(() => new Whole(Plan));

    [Fact]
    public void The_same_plan_gives_the_same_rows()
    {
        Assert.Equal(Print(Plan with { People = 3_000 }), Print(Plan with { People = 3_000 }));
        Assert.NotEqual(Print(Plan with { People = 3_000 }), Print(Plan with { People = 3_000, Seed = 8 }));
    }

    [Fact]
    public void As_many_living_persons_are_known_as_were_asked_for()
    {
        var living = Made.Value.Persons.Count(person => person.Death is null && person.State != "moved-out" && person.AddressElsewhere != "河南省");

        Assert.InRange(living, Plan.People * 0.99, Plan.People * 1.02);
    }

    [Fact]
    public void Numbers_are_right_and_say_birth_and_sex()
    {
        foreach (var person in Made.Value.Persons.Where(person => person.Number is not null && !person.Seeded))
        {
            Assert.True(CitizenNumber.IsValid(person.Number, Plan.Today), person.Number);
            Assert.Equal(person.Birth, CitizenNumber.BirthDate(person.Number));
            Assert.Equal(person.Male ? "1" : "2", CitizenNumber.Sex(person.Number));
            Assert.True(Regions.Known(person.Number![..6]), person.Number);
        }
    }

    [Fact]
    public void Numbers_are_given_once()
    {
        var numbers = Made.Value.Persons.Where(person => person.Number is not null && !person.Seeded).Select(person => person.Number).ToList();

        Assert.Equal(numbers.Count, numbers.Distinct().Count());
    }

    [Fact]
    public void Nobody_dies_before_birth_and_nothing_follows_death_but_what_was_seeded()
    {
        var city = Made.Value;
        var seeded = city.Truth.Where(truth => truth.Kind == "event-after-death").Select(truth => truth.Key).ToHashSet();
        foreach (var person in city.Persons.Where(person => person.Death is not null))
        {
            Assert.True(person.Death >= person.Birth);
            Assert.Equal("dead", person.State);
        }

        foreach (var entry in city.Events.Where(entry => !seeded.Contains(entry.Key)))
        {
            Assert.True(city.Find(entry.Person).Death is not { } death || entry.Date <= death, $"{entry.Kind} {entry.Date}");
            Assert.True(entry.ReportedOn >= entry.Date || entry.Kind == "birth");
            Assert.True(entry.ReportedOn <= Plan.Today);
        }
    }

    [Fact]
    public void Spells_of_a_person_follow_one_another_and_one_at_most_is_open()
    {
        var city = Made.Value;
        Check(city.Memberships.Select(spell => (spell.Person, spell.From, spell.To)));
        Check(city.Residences.Select(spell => (spell.Person, spell.From, spell.To)));

        void Check(IEnumerable<(string Person, DateOnly From, DateOnly? To)> spells)
        {
            foreach (var person in spells.GroupBy(spell => spell.Person))
            {
                var known = city.Find(person.Key);
                DateOnly? free = DateOnly.MinValue;
                foreach (var spell in person.OrderBy(spell => spell.From))
                {
                    Assert.True(free <= spell.From, $"overlap {person.Key}");
                    Assert.True(spell.To is null || spell.To >= spell.From, $"{spell}");
                    Assert.True(known.Seeded || spell.From >= known.Birth, $"{spell} {known.Birth}");
                    Assert.True(spell.From <= Plan.Today);
                    free = spell.To;
                }
            }
        }
    }

    [Fact]
    public void What_a_person_repeats_is_what_the_open_spells_say()
    {
        var city = Made.Value;
        var registered = city.Memberships.Where(spell => spell.To is null).ToDictionary(spell => spell.Person);
        var living = city.Residences.Where(spell => spell.To is null).ToDictionary(spell => spell.Person);
        foreach (var person in city.Persons)
        {
            Assert.Equal(registered.GetValueOrDefault(person.Key)?.Household, person.Household?.Key);
            Assert.Equal(living.GetValueOrDefault(person.Key)?.Village, person.Lives?.Code);
        }
    }

    [Fact]
    public void Households_are_led_by_a_living_member_or_have_ended()
    {
        var city = Made.Value;
        foreach (var household in city.Households.Where(household => household.Kind == "family"))
        {
            Assert.True(household.Head is null == household.Dissolved is not null, household.Key);
            Assert.True(household.Head is null || city.Find(household.Head).Household == household);
        }
    }

    [Fact]
    public void Children_are_born_to_mothers_of_plausible_age_and_siblings_are_twins_or_months_apart()
    {
        var city = Made.Value;
        foreach (var family in city.Events.Where(entry => entry is { Kind: "birth", Other: not null }).GroupBy(entry => entry.Other!))
        {
            var mother = city.Find(family.Key);
            Assert.False(mother.Male);
            var days = family.Select(entry => entry.Date).Order().ToList();
            Assert.All(days, day => Assert.InRange((day.DayNumber - mother.Birth.DayNumber) / 365.25, 15, 50));
            for (var i = 1; i < days.Count; i++)
            {
                var apart = days[i].DayNumber - days[i - 1].DayNumber;
                Assert.True(apart == 0 || apart >= 250, $"{apart}");
            }
        }
    }

    [Fact]
    public void Nobody_has_two_open_marriages_but_those_who_were_seeded()
    {
        var city = Made.Value;
        var seeded = city.Truth.Where(truth => truth.Kind == "two-open-marriages").Select(truth => truth.Key).ToHashSet();
        var spouses = city.Marriages.Where(marriage => marriage.To is null && !seeded.Contains(marriage.Key))
            .SelectMany(marriage => new[] { marriage.A, marriage.B }).ToList();

        Assert.Equal(spouses.Count, spouses.Distinct().Count());
        foreach (var marriage in city.Marriages.Where(marriage => !seeded.Contains(marriage.Key)))
        {
            var (husband, wife) = (city.Find(marriage.A), city.Find(marriage.B));
            Assert.True(husband.Male && !wife.Male);
            Assert.True(marriage.From >= husband.Birth.AddYears(17) && marriage.From >= wife.Birth.AddYears(17));
            Assert.Contains(husband.Marital, (string[])["20", "21", "22", "30", "40"]);
            Assert.True(marriage.To is null || marriage.To >= marriage.From);
        }
    }

    [Fact]
    public void Faults_are_seeded_at_their_rates_and_written_down()
    {
        var city = Made.Value;
        foreach (var (kind, rate) in DemoCity.FaultRates)
        {
            var expected = rate * city.Persons.Count;
            Assert.InRange(city.Truth.Count(truth => truth.Kind == kind), Math.Floor(expected * 0.8) - 1, Math.Ceiling(expected) + 1);
        }

        Assert.All(city.Truth.Where(truth => truth.Resource == "population/person"), truth => Assert.NotNull(city.Find(truth.Key)));
    }

    [Fact]
    public void Every_value_may_stand_in_its_field()
    {
        var rows = new PopulationRows();
        var lists = CodeLists.All.Concat(Shali.Centres.DataCentre.D2LegalEntities.Codes.All).Concat(NationalCodes.All).GroupBy(list => list.Name).ToDictionary(group => group.Key, group => group.Last());
        Regions.Include(Places.City);
        var entities = new EntityRows();
        foreach (var batch in DemoCity.Population(Plan with { People = 6_000 }).SelectMany(chunk => rows.Of(chunk).Concat(entities.Of(chunk.Trade))))
        {
            foreach (var (key, values) in batch.Rows)
            {
                Assert.Equal(batch.Resource.Key is null ? 26 : 9, key.Length);
                for (var i = 0; i < values.Length; i++)
                {
                    var field = batch.Resource.Fields[i];
                    Assert.True(values[i] is not null || !field.Required, $"{batch.Resource.Id}.{field.Name}");
                    if (values[i] is { } value)
                    {
                        Assert.IsType(field.Type.ClrType, value, exactMatch: false);
                        Assert.True(
                            field.CodeList is { } list
                                ? lists[list].Find((string)value) is not null
                                : field.Type.TryParse(field, field.Type.Write(field, value), out _, out _),
                            $"{batch.Resource.Id}.{field.Name} = {value}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_kind_of_entity_is_there_under_the_code_of_its_registering_department()
    {
        var firms = Made.Value.Firms;
        string[] kinds =
        [
            "enterprise", "sole-trader", "cooperative", "branch", "organ", "institution", "association", "private-non-enterprise", "foundation",
            "law-firm", "collective", "self-governing",
        ];
        Assert.Equal(kinds.Order(), firms.Select(firm => firm.Kind).Distinct().Order());
        Assert.Equal(firms.Count, firms.Select(firm => firm.Organisation).Distinct().Count());
        Assert.All(firms, firm =>
        {
            Assert.DoesNotContain(CreditCode.Kind.Check(firm.Credit, Plan.Today), flaw => flaw.Kind != FlawKind.Warning);
            Assert.Null(EntityCodes.Agree(firm.Organisation, firm.Credit));
            Assert.Null(EntityCodes.Oddity(firm.Kind, firm.Credit));
            Assert.True(firm.RepresentativePerson is null || Made.Value.Find(firm.RepresentativePerson) is not null);
        });
        var seeded = Made.Value.Truth.Where(truth => truth.Resource == "legal-entities/entity").Select(truth => truth.Key).ToHashSet();
        Assert.All(firms.Where(firm => !seeded.Contains(firm.Organisation)), firm => Assert.True(firm.Established <= Plan.Today));
    }

    [Fact]
    public void Every_office_is_an_organ_and_registrars_are_offices()
    {
        var offices = new DemoOffices().All;
        var organs = Made.Value.Firms.Where(firm => firm.Kind == "organ").ToDictionary(firm => firm.Name);
        Assert.Equal(offices.Select(office => office.Name).Order(), organs.Keys.Order());
        foreach (var office in offices)
        {
            var organ = organs[office.Name];
            Assert.StartsWith(office.Region, organ.Village, StringComparison.Ordinal);
            Assert.Equal("11", organ.Credit[..2]);
        }

        var names = offices.Select(office => office.Name).ToHashSet();
        Assert.All(
            Made.Value.Firms.Where(firm => firm.Kind is "association" or "private-non-enterprise" or "foundation" or "self-governing" or "collective"),
            firm => Assert.Contains(firm.Registrar, names));
    }

    private static string Print(DemoPlan plan) => string.Join(
        '\n',
        DemoCity.Population(plan).SelectMany(chunk => new PopulationRows().Of(chunk).Concat(new EntityRows().Of(chunk.Trade))).SelectMany(batch => batch.Rows)
            .Select(row => $"{row.Key} {string.Join('|', row.Values)}"));

    private sealed class Whole
    {
        private readonly Dictionary<string, DemoPerson> _byKey;

        public Whole(DemoPlan plan)
        {
            foreach (var chunk in DemoCity.Population(plan))
            {
                Persons.AddRange(chunk.Persons);
                Households.AddRange(chunk.Households);
                Memberships.AddRange(chunk.Memberships);
                Residences.AddRange(chunk.Residences);
                Events.AddRange(chunk.Events);
                Marriages.AddRange(chunk.Marriages);
                Truth.AddRange(chunk.Truth);
                Truth.AddRange(chunk.Trade.Truth);
                Firms.AddRange(chunk.Trade.Firms);
            }

            _byKey = Persons.ToDictionary(person => person.Key);
        }

        public List<DemoPerson> Persons { get; } = [];

        public List<DemoHousehold> Households { get; } = [];

        public List<DemoMembership> Memberships { get; } = [];

        public List<DemoResidence> Residences { get; } = [];

        public List<DemoEvent> Events { get; } = [];

        public List<DemoMarriage> Marriages { get; } = [];

        public List<DemoFirm> Firms { get; } = [];

        public List<DemoTruth> Truth { get; } = [];

        public DemoPerson Find(string key) => _byKey[key];
    }
}
