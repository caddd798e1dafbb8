using Shali.Centres.DataCentre.D1Population;
using Shali.Centres.DataCentre.D2LegalEntities;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Window;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Kernel.Identifiers;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>The list before the application, what is known, promises, and faults told at once: no database.</summary>
public sealed class WindowRules
{
    [Theory]
    [InlineData("", "kind", "form business-licence layout rules")]
    [InlineData("kind=retail", null, "form business-licence layout rules")]
    [InlineData("kind=catering", "raw", "form business-licence layout rules health")]
    [InlineData("kind=catering raw=yes", null, "form business-licence layout rules health cold")]
    [InlineData("kind=catering raw=no", null, "form business-licence layout rules health")]
    [InlineData("kind=retail raw=yes", null, "form business-licence layout rules")]
    [InlineData("kind=饭店", "kind", "form business-licence layout rules")]
    public void The_list_is_that_of_the_answers(string answers, string? next, string needed)
    {
        var check = Check(ItemSeed.All.Single(item => item.Code == "food-business"), answers);
        Assert.Equal(next, check.Next?.Name);
        Assert.Equal(
            needed.Split(' ').Order(StringComparer.Ordinal),
            check.Brought.Concat(check.Had).Concat(check.Made).Select(material => material.Code).Order(StringComparer.Ordinal));
        Assert.Equal(["business-licence"], check.Had.Select(material => material.Code));
    }

    [Fact]
    public void For_every_item_and_every_way_through_its_questions_the_list_is_what_the_application_then_asks_for()
    {
        var walked = 0;
        foreach (var item in ItemSeed.All)
        {
            var type = ItemCaseType.Of(item);
            var open = new Queue<PreCheck>([new(item, new Dictionary<string, string>())]);
            while (open.TryDequeue(out var check))
            {
                if (check.Next is { } next)
                {
                    Assert.True(PreCheck.Choices(next).Count > 1, $"{item.Code} {next.Name}");
                    foreach (var choice in PreCheck.Choices(next))
                    {
                        open.Enqueue(check with { Answers = check.Answers.Append(new(next.Name, choice.Value)).ToDictionary(StringComparer.Ordinal) });
                    }

                    continue;
                }

                walked++;
                var draft = new Draft("d", type, "o", "self", check.Carried.ToDictionary(StringComparer.Ordinal), []);
                Assert.Equal(
                    draft.Needed.Where(material => material.Code != ItemCaseType.CommitmentMaterial).Select(material => material.Code).Order(StringComparer.Ordinal),
                    check.Brought.Concat(check.Had).Concat(check.Made).Select(material => material.Code).Order(StringComparer.Ordinal));
                Assert.Equal(type.Fees.Where(fee => fee.When?.Holds(draft.Answers) ?? true).Select(fee => fee.Item), check.Fees);
            }
        }

        Assert.True(walked > ItemSeed.All.Count, $"{walked} ways");
    }

    [Fact]
    public void What_is_known_fills_in_gives_way_to_what_he_writes_and_is_renewed()
    {
        var type = ItemCaseType.Of(WindowTown.Item());
        var known = new Dictionary<string, KnownAnswer> { ["person.name"] = new("王芳", "公安"), ["person.identity"] = new("x", "公安"), [KnownAnswers.Form] = new("f", "填写") { How = MaterialSource.Filled } };
        var draft = new Draft("d", type, "o", "self", new Dictionary<string, string> { ["kind"] = "retail" }, []).Knowing(known, DateTimeOffset.UnixEpoch);
        Assert.Equal("王芳", draft.Answers["who"]);
        Assert.Equal("公安", draft.FactOf(type.Form.Find("who")!)?.Source);
        Assert.Equal(["identity"], draft.Saved.Select(material => material.Code));
        Assert.Equal(["form", "identity"], draft.Had.Select(material => material.Code));

        var renewed = draft.Knowing(new Dictionary<string, KnownAnswer> { ["person.name"] = new("王方", "公安") }, DateTimeOffset.UnixEpoch);
        Assert.Equal("王方", renewed.Answers["who"]);
        Assert.Empty(renewed.Saved);
        var own = draft with { Answers = new Dictionary<string, string> { ["who"] = "王芳（曾用名）" } };
        Assert.Null(own.FactOf(type.Form.Find("who")!));
        Assert.Equal("王芳（曾用名）", own.Knowing(known, DateTimeOffset.UnixEpoch).Answers["who"]);
        var brought = draft with { Materials = [new("identity", "居民身份证", MaterialSource.Uploaded)] };
        Assert.Empty(brought.Saved);
        Assert.DoesNotContain("who", draft.Knowing(new Dictionary<string, KnownAnswer>(), DateTimeOffset.UnixEpoch).Answers.Keys);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_promise_names_a_day_that_is_near(int days, bool holds) =>
        Assert.Equal(holds, Promises.Holds(new DateOnly(2026, 11, 25).AddDays(days), new DateOnly(2026, 11, 25)));

    [Theory]
    [InlineData("", "material:lease:看不清:《食品安全法》第三十三条")]
    [InlineData("CASE-R22", "material:none:看不清:依据")]
    [InlineData("CASE-R22", "answer:none:不对:依据")]
    [InlineData("CASE-R23", "material:lease: :依据")]
    [InlineData("CASE-R23", "answer:shop:店名重复:")]
    [InlineData("CASE-R22 CASE-R23 CASE-R23", "material:none:x:y|answer:shop: :y|other::x:")]
    [InlineData("CASE-R06", "")]
    public void A_notice_names_what_is_wrong_and_the_article_and_all_of_it_is_judged_at_once(string codes, string faults)
    {
        var type = ItemCaseType.Of(WindowTown.Item());
        var told = faults.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(':')).Select(each => new CaseFault(Enum.Parse<FaultOf>(each[0], true), each[1], each[2], each[3])).ToList();
        var request = CaseFaults.Tell(type, new StepRequest(ItemSteps.AskCorrection), told);
        var judged = CaseRules.Judge(Received(type), request, CaseTown.Clerk("a") with { Permissions = new HashSet<string>(["approvals.handle"], StringComparer.Ordinal) });
        Assert.Equal(codes, string.Join(' ', judged.Refusals.Select(refusal => refusal.Code)));
        if (judged.Ok)
        {
            Assert.Equal(told, CaseFaults.Of(judged.Value.Event));
            Assert.Equal("1. 场所使用证明：看不清（《食品安全法》第三十三条）", judged.Value.Event.Opinion);
        }
    }

    [Fact]
    public void Only_a_notice_tells_faults() => Assert.Equal(["CASE-R21"], CaseRules.Judge(
        Received(ItemCaseType.Of(WindowTown.Item())), new StepRequest(ItemSteps.Accept) { Faults = [new(FaultOf.Material, "lease", "x", "y")] },
        CaseTown.Clerk("a") with { Permissions = new HashSet<string>(["approvals.handle"], StringComparer.Ordinal) }).Refusals.Select(refusal => refusal.Code));

    [Theory]
    [InlineData("sound", "family", "person.name person.number person.sex person.birth person.nation person.address person.residence person.identity person.household person.insurance person.mother-name person.mother-number")]
    [InlineData("duplicate", "family", "person.name person.sex person.birth person.nation person.address person.residence person.household person.insurance person.mother-name")]
    [InlineData("contradiction", "none", "person.name person.sex person.birth person.nation person.address person.residence person.insurance person.mother-name")]
    public void A_number_under_review_proves_nobody(string numberState, string registration, string codes)
    {
        var person = new Person
        {
            Name = "王芳",
            Sex = "2",
            Nationality = "01",
            BirthDate = new(1990, 3, 7),
            CitizenNumber = CitizenNumber.Compose("411196", new(1990, 3, 7), 2),
            NumberState = numberState,
            RegistrationKind = registration,
            RegisteredAddress = "某路1号",
            ResidenceAddress = "某路2号",
            Household = "h",
            Insured = true,
            State = "normal",
        };
        Assert.Equal(codes, string.Join(' ', PersonKnown.Of(person, (_, code) => code, new(2026, 11, 25)).Select(each => each.Code)));
    }

    [Theory]
    [InlineData(EntityState.Active, "enterprise", true)]
    [InlineData(EntityState.Revoked, "enterprise", false)]
    [InlineData(EntityState.Suspended, "enterprise", false)]
    [InlineData(EntityState.Active, "association", false)]
    public void A_business_licence_is_had_while_the_firm_may_do_business(string state, string kind, bool licensed)
    {
        var firm = new Entity { OrganisationCode = "123456789", Name = "某公司", Kind = kind, State = state, EstablishedOn = new(2020, 1, 1), SeriousBreach = true };
        var known = FirmKnown.Of(firm).ToDictionary(each => each.Code, each => each.Answer.Value, StringComparer.Ordinal);
        Assert.Equal(licensed, known.ContainsKey("firm.licence"));
        Assert.Equal("在严重违法失信名单", known["firm.credit"]);
    }

    [Theory]
    [InlineData("received", null, "review approval issuing granted")]
    [InlineData("correcting", null, "received review approval issuing granted")]
    [InlineData("special", null, "review approval issuing granted")]
    [InlineData("issuing", "granted", "granted")]
    [InlineData("granted", "granted", "")]
    [InlineData("refused", "refused", "")]
    [InlineData("withdrawn", null, "")]
    public void What_is_still_to_come_is_the_shortest_way_to_what_he_asked_for(string stage, string? result, string ahead)
    {
        var type = ItemCaseType.Of(WindowTown.Item());
        Assert.Equal(ahead, string.Join(' ', CaseWay.Ahead(type, Received(type).Case with { Stage = stage, Result = result }).Select(one => one.Code)));
    }

    [Fact]
    public void For_every_item_there_is_a_way_from_the_application_to_its_end() => Assert.All(ItemSeed.All, item =>
    {
        var type = ItemCaseType.Of(item);
        Assert.Equal(ItemStages.Granted, CaseWay.Ahead(type, Received(type).Case)[^1].Code);
    });

    private static PreCheck Check(ServiceItem item, string answers)
    {
        var sent = answers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('=')).ToDictionary(each => each[0], each => each[1], StringComparer.Ordinal);
        return PreCheck.Of(item, sent.GetValueOrDefault);
    }

    private static CaseFacts Received(CaseType type)
    {
        var of = new Case
        {
            Number = "2026112500000010",
            Type = type.Code,
            TypeVersion = 1,
            Title = "x",
            State = CaseState.Before,
            Stage = ItemStages.Received,
            Office = "market-regulation",
            Source = CaseSource.Online,
            ReceivedAt = ClockVerdicts.At("2026-11-25 09:00"),
            Events = 1,
            Person = "p",
        };
        var facts = new CaseFacts(type, of, [], [], WorkCalendar.Of(PublishedDays.All), ClockVerdicts.At("2026-11-25 10:00"));
        return facts with { Work = CaseWorks.First(facts, []) };
    }
}
