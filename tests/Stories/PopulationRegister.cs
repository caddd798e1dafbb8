using Shali.Centres.DataCentre.D1Population;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>The register on a real database: entries, what follows from them, counts, duplicates, authority.</summary>
public sealed class PopulationRegister(City city)
{
    private static int _sequence;

    private static readonly Caller Police = new()
    {
        Id = "police-1",
        Name = "王民警",
        Kind = CallerKind.Staff,
        Office = "411102.police",
        OfficeName = "源汇区公安分局",
        Permissions = new HashSet<string>(StringComparer.Ordinal) { PopulationSystem.RegisterEvents, PopulationSystem.ReviewDuplicates },
    };

    private static readonly Caller Civil = new()
    {
        Id = "civil-1",
        Name = "赵科员",
        Kind = CallerKind.Staff,
        Office = "civil-affairs",
        OfficeName = "市民政局",
        Permissions = new HashSet<string>(StringComparer.Ordinal) { PopulationSystem.RegisterMarriages },
    };

    private EventRegistration Registration => city.Service<EventRegistration>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_household_moves_and_history_feed_and_counts_follow()
    {
        var (village, other) = (Village(), Village());
        var head = await Arrive(village, "1980-01-01", "张户主");
        var household = (await Person(head)).Household!;
        var wife = await Arrive(village, "1982-01-01", "李某", household);
        var today = city.Service<TimeProvider>().Today();
        Assert.Equal((2, 2, 2), await Count(village, today));

        var moved = await Registration.Register(Police, Form(EventKind.HouseholdMove, ("person", head), ("date", Iso(today)), ("village", other), ("address", "新街2号")), cancel: Cancel);
        Assert.True(moved.Ok, moved.Refusals.ToString());

        Assert.Equal((0, 0, 0), await Count(village, today));
        Assert.Equal((2, 2, 2), await Count(other, today));
        Assert.Equal((2, 2, 2), await Count(village, today.AddDays(-1)));
        Assert.Equal(other, (await Person(wife)).RegisteredVillage);
        var history = await city.Reader.History(Resources.Person, wife, Cancel);
        Assert.Equal("population.household-move", history[0].Kind);
        Assert.Equal("王民警", history[0].WhoName);
        var members = await city.Reader.List(Resources.Membership, new RecordQuery { Where = new Filter.Compare("person", Comparison.Equal, wife) }, Cancel);
        Assert.Equal(2, members.Records.Count);
        var entry = Typed<LifeEvent>.Of((await city.Reader.Get(Resources.Event, moved.Value.Event, cancel: Cancel))!);
        Assert.Equal((EventKind.HouseholdMove, head, "王民警"), (entry.Kind, entry.Person, entry.RegisteredBy));
    }

    [Fact]
    public async Task The_same_declaration_sent_twice_is_registered_once()
    {
        var village = Village();
        var form = Arrival(village, "1975-05-05", "钱一");
        var once = Guid.NewGuid().ToString("N");
        var first = await Registration.Register(Police, form, once: once, cancel: Cancel);
        var second = await Registration.Register(Police, form, once: once, cancel: Cancel);
        Assert.Equal(first.Value.Event, second.Value.Event);
        Assert.Equal((1, 1, 1), await Count(village, city.Service<TimeProvider>().Today()));
    }

    [Fact]
    public async Task Refused_declarations_change_nothing_and_tell_everything()
    {
        var village = Village();
        var person = await Arrive(village, "1990-01-01", "孙二");
        var refused = await Registration.Register(Police, Form(EventKind.HouseholdMove, ("person", person), ("date", "2999-01-01"), ("village", village), ("address", "某街1号")), cancel: Cancel);
        Assert.Equal(["D1-R03", "D1-R51"], refused.Refusals.Select(refusal => refusal.Code));
        Assert.All(refused.Refusals, refusal => Assert.NotNull(refusal.Basis));
        Assert.Single(await city.Reader.History(Resources.Person, person, Cancel));
        Assert.Equal((1, 1, 1), await Count(village, city.Service<TimeProvider>().Today()));
    }

    [Fact]
    public async Task Marriages_are_for_civil_affairs_and_households_for_the_police()
    {
        var (one, other) = (await Arrive(Village(), "1990-01-01", "周三"), await Arrive(Village(), "1991-01-01", "吴四", sex: "2"));
        var form = Form(EventKind.Marriage, ("person", one), ("spouse", other), ("date", "2020-01-01"), ("certificate", "结1"));
        Assert.Equal("D1-A01", Assert.Single((await Registration.Register(Police, form, cancel: Cancel)).Refusals).Code);
        Assert.True((await Registration.Register(Civil, form, cancel: Cancel)).Ok);
        Assert.Equal(MaritalStatus.FirstMarriage, (await Person(other)).MaritalStatus);
        Assert.Equal("civil-affairs", (await city.Reader.Get(Resources.Person, other, cancel: Cancel))!.Sources["marital_status"]);
    }

    [Theory]
    [InlineData("411102.police", "phone", null)]
    [InlineData("411102.police", "occupation", "D1-A04")]
    [InlineData("labour", "occupation", null)]
    [InlineData("labour", "phone", "D1-A04")]
    [InlineData("police", "name", "D1-A03")]
    [InlineData("civil-affairs", "marital_status", "D1-A03")]
    public async Task An_office_changes_the_fields_of_its_own_authority(string office, string field, string? code)
    {
        var person = await Arrive(Village(), "1990-01-01", "郑五");
        var written = await city.Store.Write(
            new Act(Police with { Office = office }, "record.edit"),
            [new Change.Update(Resources.Person, person, null, new Dictionary<string, object?> { [field] = field == "phone" ? "13800000000" : field == "marital_status" ? "20" : "某某" })],
            Cancel);
        Assert.Equal(code, written.Refusals.FirstOrDefault()?.Code);
        if (code == "D1-A04")
        {
            Assert.Contains("部门负责维护", written.Refusals[0].Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_number_held_by_two_is_a_pair_to_review_and_both_are_registered()
    {
        var number = Number("1988-08-08", 1);
        var one = await Arrive(Village(), "1988-08-08", "冯六", number: number);
        var other = await Arrive(Village(), "1988-08-08", "陈七", number: number);
        Assert.Equal(NumberState.Duplicate, (await Person(one)).NumberState);
        Assert.Equal(NumberState.Duplicate, (await Person(other)).NumberState);
        var pair = Assert.Single(await Pairs(one));
        Assert.Equal((DuplicateReason.SameNumber, DuplicateState.Open), (pair.Reason, pair.State));
    }

    [Fact]
    public async Task Same_name_birth_date_and_sex_is_a_pair_and_twins_are_not()
    {
        var name = "卫" + Interlocked.Increment(ref _sequence);
        var village = Village();
        var one = await Arrive(village, "1977-07-07", name);
        await Arrive(Village(), "1977-07-07", name);
        Assert.Equal(DuplicateReason.SameIdentity, Assert.Single(await Pairs(one)).Reason);

        var twin = await Arrive(village, "1999-09-09", "蒋大", number: Number("1999-09-09", 11));
        await Arrive(village, "1999-09-09", "蒋大", household: (await Person(twin)).Household, number: Number("1999-09-09", 13));
        Assert.Empty(await Pairs(twin));
    }

    [Fact]
    public async Task A_record_made_through_any_door_is_checked()
    {
        var number = Number("1966-06-06", 1);
        var one = await Arrive(Village(), "1966-06-06", "沈八", number: number);
        var made = await city.Store.Write(
            new Act(Police, "record.edit"),
            [new Change.Insert(Resources.Person, "", new Dictionary<string, object?>
            {
                ["name"] = "沈八", ["sex"] = "1", ["birth_date"] = "1966-06-06", ["registration_kind"] = "none", ["state"] = "normal", ["citizen_number"] = number,
            })],
            Cancel);
        Assert.True(made.Ok, made.Refusals.ToString());
        Assert.Equal(made.Value.Records[^1].Key, Assert.Single(await Pairs(one)) is var pair && pair.A == one ? pair.B : pair.A);
        Assert.Equal(NumberState.Duplicate, (await Person(made.Value.Records[^1].Key)).NumberState);
    }

    [Fact]
    public async Task A_wrong_check_digit_is_a_state_and_not_a_crash()
    {
        var right = Number("1955-05-05", 1);
        var wrong = right[..17] + (right[17] == '0' ? '1' : '0');
        var made = await city.Store.Write(
            new Act(Police, "record.edit"),
            [new Change.Insert(Resources.Person, "", new Dictionary<string, object?>
            {
                ["name"] = "韩九", ["sex"] = "1", ["birth_date"] = "1955-05-05", ["registration_kind"] = "none", ["state"] = "normal", ["citizen_number"] = wrong,
            })],
            Cancel);
        Assert.True(made.Ok, made.Refusals.ToString());
        Assert.Equal(NumberState.InvalidCheck, (await Person(made.Value.Records[0].Key)).NumberState);
    }

    [Fact]
    public async Task Counting_anew_from_the_persons_gives_what_the_events_summed_up()
    {
        var connection = await city.OwnDatabase();
        await using var host = await city.AnotherHost(connection);
        var services = host.Services;
        var registration = (EventRegistration)services.GetService(typeof(EventRegistration))!;
        var (reader, tally) = ((CountReader)services.GetService(typeof(CountReader))!, (Tally)services.GetService(typeof(Tally))!);
        for (var i = 0; i < 12; i++)
        {
            var arrived = await registration.Register(Police, Arrival("41110200100" + (1 + (i % 3)), "1990-01-0" + (1 + (i % 9)), "褚" + i), cancel: Cancel);
            Assert.True(arrived.Ok, arrived.Refusals.ToString());
            if (i % 2 == 0)
            {
                var left = await registration.Register(Police, Form(EventKind.Departure, ("person", arrived.Value.Person), ("date", "2026-06-0" + (1 + (i % 9)))), cancel: Cancel);
                Assert.True(left.Ok, left.Refusals.ToString());
            }
        }

        var days = new[] { new DateOnly(2026, 1, 1), new(2026, 5, 1), new(2026, 6, 4), new(2026, 9, 1), new(2027, 6, 1) };
        var before = new List<IReadOnlyList<Counts>>();
        foreach (var day in days)
        {
            before.Add(await reader.Of("4111", day, Cancel));
            Assert.All(before[^1], counts => Assert.True(counts.Reconcile));
        }

        Assert.Equal(12, await tally.Recount(Cancel));
        for (var i = 0; i < days.Length; i++)
        {
            Assert.Equal(before[i], await reader.Of("4111", days[i], Cancel));
        }
    }

    private static int _villages = 100;

    /// <summary>A village that no other test uses.</summary>
    private static string Village() => $"411199{Interlocked.Increment(ref _villages):000}001";

    private static string Number(string birth, int sequence) =>
        CitizenNumber.Compose("411102", DateOnly.Parse(birth, System.Globalization.CultureInfo.InvariantCulture), sequence);

    private static EventForm Form(string kind, params (string Name, string? Answer)[] answers) =>
        new(kind, answers.Select(answer => new KeyValuePair<string, string>(answer.Name, answer.Answer ?? "")));

    private static EventForm Arrival(string village, string birth, string name, string? household = null, string? number = null, string sex = "1") =>
        Form(EventKind.MoveIn, ("name", name), ("sex", sex), ("birth_date", birth), ("citizen_number", number), ("date", "2026-02-01"), ("certificate", "迁入1"),
            ("household", household), ("relation", household is null ? null : "97"), ("village", household is null ? village : null), ("address", household is null ? "某街1号" : null));

    private async Task<string> Arrive(string village, string birth, string name, string? household = null, string? number = null, string sex = "1")
    {
        var arrived = await Registration.Register(Police, Arrival(village, birth, name, household, number, sex), cancel: Cancel);
        Assert.True(arrived.Ok, arrived.Refusals.ToString());
        return arrived.Value.Person;
    }

    private async Task<Person> Person(string key) => Typed<Person>.Of((await city.Reader.Get(Resources.Person, key, cancel: Cancel))!);

    private async Task<List<Duplicate>> Pairs(string person)
    {
        var query = new RecordQuery { Where = new Filter.Or([new Filter.Compare("a", Comparison.Equal, person), new Filter.Compare("b", Comparison.Equal, person)]) };
        return [.. (await city.Reader.List(Resources.Duplicate, query, Cancel)).Records.Select(Typed<Duplicate>.Of)];
    }

    private async Task<(long, long, long)> Count(string village, DateOnly day)
    {
        var counts = (await city.Service<CountReader>().Of(village, day, Cancel))[0];
        return (counts.Registered, counts.Usual, counts.Present);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
