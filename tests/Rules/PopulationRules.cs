using Shali.Centres.DataCentre.D1Population;

namespace Shali.Tests.Rules;

/// <summary>Each rule of the register once as it holds and once as it is broken.</summary>
public sealed class PopulationRules
{
    private readonly PopulationTown _town = new();
    private readonly string _home;
    private readonly string _man;
    private readonly string _woman;

    public PopulationRules()
    {
        _home = _town.Household();
        _man = _town.Person(Sex.Male, "1990-03-07", _home);
        _woman = _town.Person(Sex.Female, "1992-05-20", _home, Relation.OtherKin);
    }

    [Theory]
    [InlineData("2026-11-01", "", false)]
    [InlineData("2026-09-01", "", true)]
    [InlineData("2026-11-24", "D1-R03", false)]
    [InlineData("2001-01-01", "D1-R21", false)]
    public void Birth_is_told_within_a_month_and_late_is_marked_not_refused(string born, string codes, bool late)
    {
        Assert.Equal(codes, _town.Declare(EventKind.Birth, Birth(born)));
        if (codes.Length == 0)
        {
            Assert.Equal(late, _town.Last!.Late);
            var child = _town.Facts.Person(_town.Last.Person)!;
            Assert.Equal((PopulationTown.Street, PersonState.Normal), (child.RegisteredVillage, child.State));
        }
    }

    [Theory]
    [InlineData("2025-01-15", "2025-01-15", "")]
    [InlineData("2025-01-15", "2025-01-16", "")]
    [InlineData("2025-01-15", "2025-04-15", "D1-R23")]
    [InlineData("2025-01-15", "2025-07-15", "")]
    public void Children_of_one_mother_are_twins_or_far_apart(string first, string second, string codes)
    {
        Assert.Equal("", _town.Declare(EventKind.Birth, Birth(first)));
        Assert.Equal(codes, _town.Declare(EventKind.Birth, Birth(second)));
    }

    [Fact]
    public void Mother_is_a_woman_and_father_a_man()
    {
        var answers = Birth("2026-11-01").Where(answer => answer.Item1 != "mother").Append(("mother", _man)).Append(("father", _woman));
        Assert.Equal("D1-R20 D1-R24", _town.Declare(EventKind.Birth, [.. answers]));
    }

    [Theory]
    [InlineData("411102202611010011", "2026-11-01", "")]
    [InlineData("411102202611010012", "2026-11-01", "D1-R25")]
    [InlineData("411102199003071231", "2026-11-01", "D1-R25")]
    public void New_number_says_birth_date_and_sex(string number, string born, string codes)
    {
        var right = Shali.Platform.Kernel.Identifiers.CitizenNumber.Compose("411102", new(2026, 11, 1), 1);
        var given = number == "411102202611010011" ? right : number == "411102202611010012" ? right[..17] + (right[17] == '0' ? '1' : '0') : number;
        Assert.Equal(codes, _town.Declare(EventKind.Birth, [.. Birth(born), ("citizen_number", given)]));
    }

    [Fact]
    public void Nothing_but_a_correction_follows_a_death()
    {
        Assert.Equal("", Death(_man, "2026-10-01", _woman));
        Assert.Equal("D1-R01", Death(_man, "2026-10-02", _woman).Split(' ')[0]);
        Assert.Contains("D1-R01", _town.Declare(EventKind.MoveOut, ("person", _man), ("date", "2026-10-03"), ("destination", "郑州"),
            ("reason", "工作"), ("certificate", "迁1")), StringComparison.Ordinal);
        Assert.Equal("", Correct(_man, "nationality", "03"));
    }

    [Fact]
    public void Death_ends_registration_and_marriage_and_hands_the_household_over()
    {
        Marry("2020-06-01");
        Assert.Equal("D1-R12", Death(_man, "2026-10-01", null));
        Assert.Equal("", Death(_man, "2026-10-01", _woman));
        Assert.Equal(MaritalStatus.Widowed, _town.Facts.Person(_woman)!.MaritalStatus);
        Assert.Equal(_woman, _town.Facts.Households.Find(_home)!.Head);
        Assert.Null(_town.Facts.MembershipOf(_man));
        Assert.Null(_town.Facts.MarriageOf(_woman));
    }

    [Fact]
    public void Death_taken_back_restores_what_it_ended()
    {
        Marry("2020-06-01");
        var before = _town.Count(new(2026, 11, 1));
        Death(_man, "2026-10-01", _woman);
        var death = _town.Last!.Key;
        Assert.NotEqual(before, _town.Count(new(2026, 11, 1)));
        Assert.Equal("", _town.Declare(EventKind.Correction, ("person", _man), ("date", "2026-11-20"), ("field", "death_date"),
            ("corrects", death), ("documents", "公安机关调查材料")));
        Assert.Equal(before, _town.Count(new(2026, 11, 1)));
        Assert.Equal(PersonState.Normal, _town.Facts.Person(_man)!.State);
        Assert.NotNull(_town.Facts.MarriageOf(_man));
        Assert.Equal(EventState.Corrected, _town.Facts.Events.Find(death)!.State);
    }

    [Theory]
    [InlineData("1990-03-07", "1992-05-20", "2014-06-01", "")]
    [InlineData("1990-03-07", "1992-05-20", "2012-06-01", "")]
    [InlineData("1990-03-07", "1992-05-20", "2012-03-06", "D1-R32")]
    [InlineData("1990-03-07", "1992-05-20", "2012-05-19", "D1-R32")]
    [InlineData("1990-03-07", "1992-05-20", "2012-05-20", "")]
    public void Marriage_from_twenty_two_and_twenty(string man, string woman, string day, string codes)
    {
        var (one, other) = (_town.Person(Sex.Male, man), _town.Person(Sex.Female, woman));
        Assert.Equal(codes, Marry(one, other, day));
    }

    [Fact]
    public void Nobody_has_two_open_marriages()
    {
        var third = _town.Person(Sex.Female, "1993-01-01");
        Assert.Equal("", Marry("2020-06-01"));
        Assert.Equal("D1-R33", Marry(_man, third, "2021-01-01"));
        Assert.Equal("D1-R36", Divorce(_man, third, "2021-01-01"));
        Assert.Equal("", Divorce(_man, _woman, "2021-01-01"));
        Assert.Equal("", Marry(_man, third, "2021-02-01"));
        Assert.Equal(MaritalStatus.Remarried, _town.Facts.Person(_man)!.MaritalStatus);
        Assert.Equal(MaritalStatus.FirstMarriage, _town.Facts.Person(third)!.MaritalStatus);
    }

    [Theory]
    [InlineData("2021-01-01", null, "")]
    [InlineData("2021-01-31", "2021-01-01", "")]
    [InlineData("2021-01-30", "2021-01-01", "D1-R38")]
    [InlineData("2021-03-03", "2021-01-01", "D1-R38")]
    [InlineData("2019-01-01", null, "D1-R37")]
    public void Divorce_by_agreement_waits_thirty_days(string day, string? applied, string codes)
    {
        Marry("2020-06-01");
        Assert.Equal(codes, _town.Declare(EventKind.Divorce, ("person", _man), ("spouse", _woman), ("date", day), ("applied_on", applied), ("certificate", "离1")));
    }

    [Fact]
    public void Close_kin_may_not_marry()
    {
        var (son, daughter) = (Child(Sex.Male, "2000-01-01"), Child(Sex.Female, "2002-01-01"));
        var other = _town.Person(Sex.Female, "2001-01-01");
        Assert.Equal("D1-R34", Marry(son, daughter, "2025-01-01"));
        Assert.Equal("", Marry(son, other, "2025-01-01"));

        string Child(string sex, string born)
        {
            var mother = _town.Facts.Persons.All.FirstOrDefault(p => p.Name == "母") ?? _town.Facts.Person(_town.Person(Sex.Female, "1975-01-01", name: "母"))!;
            Assert.Equal("", _town.Declare(EventKind.Birth, ("name", "子" + born), ("sex", sex), ("date", born), ("mother", mother.Key),
                ("household", _home), ("relation", Relation.OtherKin), ("certificate", "C")));
            return _town.Last!.Person;
        }
    }

    [Theory]
    [InlineData("1980-01-01", Sex.Male, "")]
    [InlineData("1997-01-01", Sex.Male, "D1-R41")]
    [InlineData("1990-01-01", Sex.Female, "D1-R42")]
    [InlineData("1970-01-01", Sex.Female, "")]
    public void Adopters_are_thirty_and_forty_years_older_than_a_child_of_the_other_sex(string born, string sex, string codes)
    {
        var child = _town.Person(Sex.Male, "2020-01-01", _home, Relation.OtherKin);
        var house = _town.Household(PopulationTown.OtherStreet, address: "人民路9号");
        var adopter = _town.Person(sex, born, house);
        Assert.Equal(codes, _town.Declare(EventKind.Adoption, ("person", child), ("adopter", adopter), ("date", "2026-10-01"), ("household", house),
            ("relation", "27"), ("certificate", "收1")));
        Assert.Equal(codes.Length == 0 ? house : _home, _town.Facts.MembershipOf(child)!.Household);
    }

    [Fact]
    public void Between_moving_out_and_moving_in_a_person_is_registered_nowhere()
    {
        Assert.Equal("", MoveOut(_woman, "2026-10-01"));
        Assert.Equal(PersonState.InTransit, _town.Facts.Person(_woman)!.State);
        Assert.Equal(1, _town.Count(new(2026, 10, 5)).Registered);
        Assert.Equal("D1-R07", MoveOut(_woman, "2026-10-02"));
        Assert.Equal("D1-R54", MoveIn(_woman, "2026-10-06", "别的证"));
        Assert.Equal("D1-R55", MoveIn(_woman, "2026-09-01", "迁字1"));
        Assert.Equal("", MoveIn(_woman, "2026-10-06", "迁字1"));
        Assert.Equal(2, _town.Count(new(2026, 10, 6)).Registered);
        Assert.Equal(TransferState.Surrendered, _town.Facts.Transfers.All.Single().State);
        Assert.Equal("D1-R08", MoveIn(_woman, "2026-10-07", "迁字1"));
    }

    [Fact]
    public void Household_moves_as_a_whole_and_keeps_its_relations()
    {
        Assert.Equal("", Move(_man, "2026-11-20"));
        var (man, woman) = (_town.Facts.Person(_man)!, _town.Facts.Person(_woman)!);
        Assert.Equal((PopulationTown.OtherStreet, Relation.Head), (man.RegisteredVillage, man.RelationToHead));
        Assert.Equal((man.Household, Relation.OtherKin), (woman.Household, woman.RelationToHead));
        Assert.Equal(new DateOnly(2026, 11, 20), _town.Facts.Households.Find(_home)!.Dissolved);
        Assert.Equal((2, 2, 2), _town.Count(new(2026, 11, 20)));
        Assert.Equal((2, 2, 2), _town.Count(new(2026, 11, 19)));
    }

    [Fact]
    public void Head_who_moves_alone_leaves_a_new_head()
    {
        Assert.Equal("D1-R52", Move(_man, "2026-11-20", ("members", _man)));
        Assert.Equal("", Move(_man, "2026-11-20", ("members", _man), ("new_head", _woman)));
        Assert.Equal(_woman, _town.Facts.Households.Find(_home)!.Head);
        Assert.Equal(Relation.Head, _town.Facts.MembershipOf(_woman)!.Relation);
    }

    [Fact]
    public void Move_to_the_same_address_is_none() =>
        Assert.Equal("D1-R51", _town.Declare(EventKind.HouseholdMove, ("person", _man), ("date", "2026-11-20"), ("village", PopulationTown.Street), ("address", "老街1号")));

    [Theory]
    [InlineData("2010-01-01", "self", "D1-R62")]
    [InlineData("2010-01-01", "parent", "")]
    [InlineData("1990-01-01", "parent", "D1-R61")]
    [InlineData("1990-01-01", "self", "")]
    public void Names_are_changed_by_adults_themselves_and_for_minors_by_parents(string born, string by, string codes)
    {
        var person = _town.Person(Sex.Male, born, name: "王一");
        Assert.Equal(codes, _town.Declare(EventKind.NameChange, ("person", person), ("name", "王二"), ("date", "2026-10-01"), ("declared_by", by), ("reason", "本人意愿")));
        Assert.Equal(codes.Length == 0 ? "王一" : null, _town.Facts.Person(person)!.FormerName);
    }

    [Fact]
    public void Old_number_stays_in_the_history_with_its_days()
    {
        var first = Shali.Platform.Kernel.Identifiers.CitizenNumber.Compose("411102", new(1990, 3, 7), 123);
        var second = Shali.Platform.Kernel.Identifiers.CitizenNumber.Compose("411102", new(1990, 3, 7), 125);
        _town.Facts.Change(_man, known => known with { CitizenNumber = first });
        Assert.Equal("D1-R80", Renumber(second, null));
        Assert.Equal("D1-R88", Renumber(first, "材料"));
        Assert.Equal("D1-R89", Renumber(Shali.Platform.Kernel.Identifiers.CitizenNumber.Compose("411102", new(1990, 3, 8), 125), "材料"));
        Assert.Equal("", Renumber(second, "材料"));
        var history = _town.Facts.Numbers.All.OrderBy(number => number.From).ToList();
        Assert.Equal([first, second], history.Select(number => number.Value));
        Assert.Equal(history[0].To, history[1].From);
        Assert.Null(history[1].To);

        string Renumber(string number, string? documents) => _town.Declare(EventKind.NumberCorrection, ("person", _man), ("citizen_number", number),
            ("date", "2026-10-01"), ("reason", "登记差错"), ("documents", documents));
    }

    [Fact]
    public void Household_splits_without_its_head_and_merges_in_one_village()
    {
        Assert.Equal("D1-R64", Split(_man));
        Assert.Equal("", Split(_woman));
        var split = _town.Facts.MembershipOf(_woman)!.Household;
        Assert.NotEqual(_home, split);
        Assert.Equal("D1-R65", Merge(_woman, split));
        Assert.Equal("", Merge(_woman, _home));
        Assert.NotNull(_town.Facts.Households.Find(split)!.Dissolved);
        var far = _town.Household(PopulationTown.Village);
        Assert.Equal("D1-R66", Merge(_woman, far));

        string Split(string person) => _town.Declare(EventKind.HouseholdSplit, ("person", person), ("date", "2026-10-01"));
        string Merge(string person, string into) => _town.Declare(EventKind.HouseholdMerge, ("person", person), ("household", into), ("date", "2026-10-02"));
    }

    [Fact]
    public void Head_changes_to_a_grown_member()
    {
        var child = _town.Person(Sex.Male, "2015-01-01", _home, Relation.Son);
        var stranger = _town.Person(Sex.Male, "1980-01-01");
        Assert.Equal("D1-R67", Lead(stranger));
        Assert.Equal("D1-R68", Lead(_man));
        Assert.Equal("D1-R69", Lead(child, _woman));
        Assert.Equal("", Lead(_woman));
        Assert.Equal(1, _town.Facts.MembersOf(_home).Count(member => member.Relation == Relation.Head));

        string Lead(string head, string? by = null) => _town.Declare(EventKind.HeadChange, ("person", by ?? _man), ("new_head", head), ("date", "2026-10-01"));
    }

    [Theory]
    [InlineData("2026-05-22", "")]
    [InlineData("2026-05-24", "D1-R74")]
    public void Residence_permit_after_half_a_year(string since, string codes)
    {
        Assert.Equal("", _town.Declare(EventKind.TemporaryRegistration, ("name", "李工"), ("sex", "1"), ("birth_date", "1985-01-01"), ("date", since),
            ("village", PopulationTown.Street), ("address", "工业园"), ("ground", "work"), ("registered_address", "周口市")));
        var worker = _town.Last!.Person;
        Assert.True(_town.Last.Late);
        Assert.Equal(codes, Permit(worker));
        Assert.Equal("D1-R73", Permit(_man));
        if (codes.Length == 0)
        {
            Assert.Equal("D1-R75", Permit(worker));
        }

        string Permit(string person) =>
            _town.Declare(EventKind.ResidencePermit, ("person", person), ("date", "2026-11-23"), ("certificate", "居1"), ("ground", "work"));
    }

    [Theory]
    [InlineData("411102001001", "")]
    [InlineData("411102001999", "D1-Q13")]
    [InlineData("411102001", "D1-Q07")]
    [InlineData("411102001000", "D1-Q07")]
    public void A_village_is_one_of_the_code_table(string village, string codes)
    {
        Shali.Platform.Regions.Regions.Include(Shali.Centres.Demo.Places.City);
        Assert.Equal(codes, Move(_man, "2026-11-20", ("village", village), ("address", "人民路77号")));
    }

    // Issued on 2024-03-15: full on 2025-03-15, to be endorsed from 2025-02-15 on.
    [Theory]
    [InlineData("2025-02-14", "D1-R77", null, null, null)]
    [InlineData("2025-02-15", "", "2026-03-15", "2024-03-15", false)]
    [InlineData("2025-03-15", "", "2026-03-15", "2024-03-15", false)]
    [InlineData("2025-03-16", "", "2026-03-16", "2025-03-16", true)]
    [InlineData("2025-09-01", "", "2026-09-01", "2025-09-01", true)]
    [InlineData("2026-03-15", "", "2027-03-15", "2026-03-15", true)]
    public void A_permit_is_endorsed_yearly_and_made_up_counts_anew(string day, string codes, string? until, string? years, bool? late)
    {
        var town = new PopulationTown(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        var worker = Worker(town, "2023-06-01");
        Assert.Equal("D1-R76", Endorse(town, worker, day));
        Assert.Equal("", town.Declare(EventKind.ResidencePermit, ("person", worker), ("date", "2024-03-15"), ("certificate", "居1"), ("ground", "work")));
        Assert.Equal(codes, Endorse(town, worker, day));
        var permit = town.Facts.PermitOf(worker)!;
        if (codes.Length == 0)
        {
            Assert.Equal((until, years), (Iso(permit.EndorsedUntil), Iso(permit.YearsFrom!.Value)));
            Assert.Equal(late, town.Last!.Late);
            Assert.Equal(permit.StateOn(town.Facts.Today), permit.State);
        }
    }

    [Fact]
    public void A_permit_that_is_not_endorsed_serves_no_more_until_it_is()
    {
        var town = new PopulationTown(new DateOnly(2026, 3, 20));
        var worker = Worker(town, "2024-06-01");
        Assert.Equal("", town.Declare(EventKind.ResidencePermit, ("person", worker), ("date", "2025-03-19"), ("certificate", "居1"), ("ground", "work")));
        Assert.Equal("D1-R78", Lapse("2026-03-19"));
        Assert.Equal("", Lapse("2026-03-20"));
        Assert.Equal(PermitState.Suspended, town.Facts.PermitOf(worker)!.State);
        Assert.Equal("D1-R78", Lapse("2026-03-20"));
        Assert.Equal("", Endorse(town, worker, "2026-03-20"));
        Assert.Equal(PermitState.Valid, town.Facts.PermitOf(worker)!.State);
        Assert.Equal("", town.Declare(EventKind.Departure, ("person", worker), ("date", "2026-03-20")));
        Assert.Equal("D1-R72 D1-R76", string.Join(' ', Endorse(town, worker, "2026-03-20").Split(' ').Order()));

        string Lapse(string day) => town.Declare(EventKind.PermitLapse, ("person", worker), ("date", day));
    }

    [Theory]
    [InlineData("2026-10-01", TransferState.Open)]
    [InlineData("2026-10-31", TransferState.Open)]
    [InlineData("2026-11-01", TransferState.Expired)]
    [InlineData("2026-11-09", TransferState.Expired)]
    [InlineData("2026-11-10", TransferState.Surrendered)]
    [InlineData("2030-01-01", TransferState.Surrendered)]
    public void A_transfer_certificate_is_on_any_day_what_its_dates_say(string day, string state)
    {
        Assert.Equal("", MoveOut(_woman, "2026-10-01"));
        Assert.Equal("", MoveIn(_woman, "2026-11-10", "迁字1"));
        Assert.Equal(state, _town.Facts.Transfers.All.Single().StateOn(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Who_does_not_settle_in_time_is_nobodys_until_he_is_registered_again()
    {
        Assert.Equal("D1-R59", Lapse("2026-11-01"));
        Assert.Equal("", MoveOut(_woman, "2026-10-01"));
        Assert.Equal("D1-R59", Lapse("2026-10-31"));
        Assert.Equal("", Lapse("2026-11-01"));
        Assert.Equal((PersonState.Unsettled, TransferState.Expired), (_town.Facts.Person(_woman)!.State, _town.Facts.Transfers.All.Single().State));
        Assert.Equal("D1-R59", Lapse("2026-11-02"));
        Assert.Equal(1, _town.Count(new(2026, 11, 5)).Registered);
        Assert.Equal("D1-R54", MoveIn(_woman, "2026-11-10", "别的证"));
        Assert.Equal("", MoveIn(_woman, "2026-11-10", "迁字1"));
        Assert.True(_town.Last!.Late);
        Assert.Equal((PersonState.Normal, TransferState.Surrendered), (_town.Facts.Person(_woman)!.State, _town.Facts.Transfers.All.Single().State));

        string Lapse(string day) => _town.Declare(EventKind.TransferLapse, ("person", _woman), ("date", day));
    }

    [Fact]
    public void Missing_and_found()
    {
        Assert.Equal("D1-R27", _town.Declare(EventKind.Found, ("person", _man), ("date", "2026-10-02")));
        Assert.Equal("", _town.Declare(EventKind.Missing, ("person", _man), ("date", "2026-10-01"), ("certificate", "报1")));
        Assert.Equal("D1-R26", _town.Declare(EventKind.Missing, ("person", _man), ("date", "2026-10-02"), ("certificate", "报2")));
        Assert.Equal("D1-R28", _town.Declare(EventKind.Found, ("person", _man), ("date", "2026-09-30")));
        Assert.Equal("", _town.Declare(EventKind.Found, ("person", _man), ("date", "2026-10-02")));
    }

    [Fact]
    public void Correction_keeps_the_wrong_value_visible()
    {
        Assert.Equal("D1-R82", Correct(_man, "birth_date", "1990-03-07"));
        Assert.Equal("D1-R83", Correct(_man, "birth_date", "7.3.1990"));
        Assert.Equal("D1-R87", Correct(_man, "death_date", "2026-01-01"));
        Assert.Equal("", Correct(_man, "birth_date", "1989-03-07"));
        Assert.Equal("1990-03-07", EventForm.Read(_town.Last!).Text("old_value"));
        Assert.Equal(new DateOnly(1989, 3, 7), _town.Facts.Person(_man)!.BirthDate);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once() =>
        Assert.Equal(
            "D1-Q02 D1-Q04 D1-Q05 D1-Q02 D1-Q02 D1-Q02 D1-Q01 D1-R03",
            _town.Declare(EventKind.Birth, ("sex", "7"), ("date", "2030-01-01"), ("mother", "nobody"), ("height", "50")));

    [Fact]
    public void Every_rule_has_one_code_a_sentence_and_its_law()
    {
        var rules = EventTypes.All.Concat(EventTypes.OfADay).SelectMany(type => type.Rules).Distinct().ToList();
        Assert.All(rules, rule => Assert.Matches("^D1-R[0-9]{2}$", rule.Code));
        Assert.Equal(rules.Count, rules.Select(rule => rule.Code).Distinct().Count());
        Assert.All(rules, rule => Assert.NotEmpty(rule.Sentence));
        Assert.All(rules, rule => Assert.NotEmpty(rule.Basis.Article));
        Assert.Equal(rules.Count, new PopulationSystem().Rules.Count);
    }

    private static string Worker(PopulationTown town, string since)
    {
        Assert.Equal("", town.Declare(EventKind.TemporaryRegistration, ("name", "李工"), ("sex", "1"), ("birth_date", "1985-01-01"), ("date", since),
            ("village", PopulationTown.Street), ("address", "工业园"), ("ground", "work"), ("registered_address", "周口市")));
        return town.Last!.Person;
    }

    private static string Endorse(PopulationTown town, string person, string day) =>
        town.Declare(EventKind.PermitEndorsement, ("person", person), ("date", day), ("ground", "work"));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private (string, string?)[] Birth(string born) =>
    [
        ("name", "张新"), ("sex", "1"), ("date", born), ("mother", _woman), ("household", _home), ("relation", "20"), ("certificate", "B1"),
    ];

    private string Death(string person, string day, string? newHead) =>
        _town.Declare(EventKind.Death, ("person", person), ("date", day), ("certificate", "死1"), ("new_head", newHead));

    private string Marry(string day) => Marry(_man, _woman, day);

    private string Marry(string one, string other, string day) =>
        _town.Declare(EventKind.Marriage, ("person", one), ("spouse", other), ("date", day), ("certificate", "结1"));

    private string Divorce(string one, string other, string day) =>
        _town.Declare(EventKind.Divorce, ("person", one), ("spouse", other), ("date", day), ("certificate", "离1"));

    private string MoveOut(string person, string day) => _town.Declare(EventKind.MoveOut, ("person", person), ("date", day), ("destination", "郑州市"),
        ("reason", "工作调动"), ("certificate", "迁字1"));

    private string MoveIn(string person, string day, string certificate) => _town.Declare(EventKind.MoveIn, ("person", person), ("date", day),
        ("certificate", certificate), ("village", PopulationTown.OtherStreet), ("address", "人民路5号"));

    private string Move(string person, string day, params (string, string?)[] more) => _town.Declare(EventKind.HouseholdMove,
        [("person", person), ("date", day), ("village", PopulationTown.OtherStreet), ("address", "人民路5号"), .. more]);

    private string Correct(string person, string field, string value) => _town.Declare(EventKind.Correction, ("person", person), ("date", "2026-11-20"),
        ("field", field), ("value", value), ("documents", "出生医学证明"));
}
