using System.Net;
using System.Text.RegularExpressions;
using Shali.Centres.DataCentre.D1Population;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>A parent applies on line for his child: for whom is the first question, the register answers whose child it is.</summary>
public sealed partial class ForAChild(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WindowTown Town => new(city);

    [Fact]
    public async Task For_whom_is_asked_first_the_childs_data_is_filled_in_and_the_parent_has_the_case()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(Item(Wards.Also));
        var home = await Home("李妈", "李小明", "李大成");
        using var mother = await Town.SignedIn(home.Mother);
        await mother.Get("/services/" + item.Code);
        var draft = (await mother.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        Assert.Equal(draft + "/for", await Follow(mother, draft));
        Assert.Contains("李小明", mother.Page, StringComparison.Ordinal);
        Assert.Contains("2018年3月7日出生", mother.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("李大成", mother.Page, StringComparison.Ordinal);

        // Nobody, a child who is of age, and somebody else's child in the address of the form.
        var stranger = await Home("王妈", "王小红", "王大");
        foreach (var (whom, said) in new[] { ("", "请选择为谁办理"), (home.Grown.Key, "或者他已经成年"), (stranger.Child.Key, "没有您与此人的父母子女关系"), ("newborn", "没有您与此人的父母子女关系") })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mother.Post(draft + "/for", ("_for", whom))).StatusCode);
            Assert.Contains(said, mother.Page, StringComparison.Ordinal);
            Assert.DoesNotContain("王小红", mother.Page, StringComparison.Ordinal);
            await mother.Get(draft + "/for");
        }

        Assert.EndsWith("/applicant", (await mother.Post(draft + "/for", ("_for", home.Child.Key))).Headers.Location!.ToString(), StringComparison.Ordinal);
        await mother.Get(draft + "/applicant");
        Assert.EndsWith("/known", (await mother.Post(draft + "/applicant", ("_phone", "13812345678"))).Headers.Location!.ToString(), StringComparison.Ordinal);
        await mother.Get(draft + "/check");
        Assert.Contains("李妈（父母）", mother.Page, StringComparison.Ordinal);
        var receipt = (await mother.Post(draft + "/check")).Headers.Location!.ToString();
        var number = NumberPattern().Match(receipt).Value;
        await mother.Get("/services/" + item.Code);
        Assert.Equal(receipt, (await mother.Post(draft + "/check")).Headers.Location!.ToString());

        var file = (await new CaseTown(city).File(clerk, number))!;
        Assert.Equal((home.Child.Key, "李小明", "李妈", AgentRelation.Parent), (file.Case.Person, file.Case.PersonName, file.Case.Agent, file.Case.AgentRelation));
        Assert.Equal((home.Mother.Key, new DateOnly(2036, 3, 7)), (file.Case.AgentPerson, file.Case.AgentUntil!.Value));
        Assert.Equal(("李小明", home.Child.Number, "李妈"), (file.Answers["who"], file.Answers["child_number"], file.Answers["guardian"]));
        Assert.Equal(["identity data", "parent data"], file.Materials.Select(one => $"{one.Material.Code} {one.Material.How}").Order(StringComparer.Ordinal));

        // She has the same rights and is told; neither the father, who did not apply, nor a stranger has the case.
        foreach (var address in new[] { receipt, "/me/cases/" + number, $"/me/cases/{number}/steps/{BuiltInSteps.Withdraw}" })
        {
            Assert.Equal(HttpStatusCode.OK, (await mother.Get(address)).StatusCode);
        }

        await mother.Get("/me/cases");
        Assert.Contains("为李小明办理", mother.Page, StringComparison.Ordinal);
        await mother.Get("/me/messages");
        Assert.Contains(CaseNumbers.Show(number), mother.Page, StringComparison.Ordinal);
        using var father = await Town.SignedIn(home.Father);
        using var other = await Town.SignedIn(stranger.Mother);
        foreach (var browser in new[] { father, other })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/me/cases/" + number)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(draft + "/for")).StatusCode);
        }

        // The child sees his case and that his data was read, and what for.
        using var own = await Town.SignedIn(home.Child);
        Assert.Equal(HttpStatusCode.OK, (await own.Get("/me/cases/" + number)).StatusCode);
        await own.Get("/me/access");
        Assert.Contains($"核对父母子女关系：{item.Name}", own.Page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await mother.Get($"/me/cases/{number}/steps/{BuiltInSteps.Withdraw}")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await mother.Post($"/me/cases/{number}/steps/{BuiltInSteps.Withdraw}", [.. Hidden(mother), ("reason", "改天再办")])).StatusCode);
        Assert.Equal(ItemStages.Withdrawn, (await new CaseTown(city).File(clerk, number))!.Case.Stage);
    }

    [Fact]
    public async Task The_father_who_was_married_to_her_before_the_birth_may_too_and_for_himself_it_is_his_own()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(Item(Wards.Also));
        var home = await Home("赵妈", "赵小", "赵大");
        using var father = await Town.SignedIn(home.Father);
        await father.Get("/services/" + item.Code);
        var draft = (await father.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        await Follow(father, draft);
        Assert.Contains("赵小", father.Page, StringComparison.Ordinal);
        await father.Post(draft + "/for", ("_for", "self"));
        await father.Get(draft + "/applicant");
        await father.Post(draft + "/applicant", ("_phone", "13812345678"));
        await Fill(father, draft, "child_number", "411196199003070017");
        await father.Get(draft + "/check");

        // He changes his mind: what was filled in for himself gives way to the child's.
        Assert.Contains($"{draft}/for?back=1", father.Page, StringComparison.Ordinal);
        await father.Get(draft + "/for");
        await father.Post(draft + "/for", ("_for", home.Child.Key));
        await father.Get(draft + "/check");
        var number = NumberPattern().Match((await father.Post(draft + "/check")).Headers.Location!.ToString()).Value;
        var file = (await new CaseTown(city).File(clerk, number))!;
        Assert.Equal((home.Child.Key, home.Father.Key, "赵小", home.Father.Name), (file.Case.Person, file.Case.AgentPerson, file.Answers["who"], file.Answers["guardian"]));
    }

    [Fact]
    public async Task What_ended_in_between_is_refused_when_it_is_handed_in_and_nothing_is_lost()
    {
        var (item, _, _) = await new ItemTown(city).Published(Item(Wards.Only));
        var home = await Home("钱妈", "钱小", "钱大");
        using var mother = await Town.SignedIn(home.Mother);
        await mother.Get("/services/" + item.Code);
        var draft = (await mother.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        await Follow(mother, draft);
        Assert.Contains("孩子不在本市人口库中", mother.Page, StringComparison.Ordinal);
        await mother.Post(draft + "/for", ("_for", home.Child.Key));
        await mother.Get(draft + "/applicant");
        await mother.Post(draft + "/applicant", ("_phone", "13812345678"));
        await mother.Get(draft + "/check");
        await Write(Entry(EventKind.Adoption, home.Child.Key, (await Town.Person("孙收养")).Key, new(2026, 1, 5)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mother.Post(draft + "/check")).StatusCode);
        Assert.Contains("没有您与此人的父母子女关系", mother.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await mother.Get(draft + "/check")).StatusCode);
    }

    [Fact]
    public async Task Who_is_no_longer_the_parent_takes_no_further_step_and_who_is_one_finds_the_childs_licence()
    {
        var (item, clerk, head) = await new ItemTown(city).Published(Item(Wards.Only));
        var home = await Home("卫妈", "卫小", "卫大");
        using var mother = await Town.SignedIn(home.Mother);
        await mother.Get("/services/" + item.Code);
        var draft = (await mother.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        await Follow(mother, draft);
        await mother.Post(draft + "/for", ("_for", home.Child.Key));
        await mother.Get(draft + "/applicant");
        await mother.Post(draft + "/applicant", ("_phone", "13812345678"));
        await mother.Get(draft + "/check");
        var number = NumberPattern().Match((await mother.Post(draft + "/check")).Headers.Location!.ToString()).Value;
        foreach (var (who, step) in new[]
        {
            (clerk, new StepRequest(ItemSteps.Accept)), (clerk, new StepRequest(ItemSteps.Examine) { Opinion = "符合", Second = head.Id }), (head, new StepRequest(ItemSteps.Grant) { Opinion = "同意" }),
        })
        {
            await new CaseTown(city).Take(who, number, step);
        }

        while (await city.Service<FollowUpRun>().Run(Cancel) > 0)
        {
        }

        using var father = await Town.SignedIn(home.Father);
        using var stranger = await Town.SignedIn(await Town.Person("褚路人"));
        await mother.Get("/me/licences");
        var licence = LicencePattern().Match(mother.Page).Value;
        Assert.Contains("持证人：卫小", WebUtility.HtmlDecode(mother.Page), StringComparison.Ordinal);
        await father.Get("/me/licences");
        Assert.Contains(licence, father.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await father.Get(licence)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(licence)).StatusCode);

        // The child is adopted: what was hers to do, she does no longer, and its papers are not hers to see.
        await mother.Get("/services/" + item.Code);
        var second = (await mother.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        await Follow(mother, second);
        await mother.Post(second + "/for", ("_for", home.Child.Key));
        await mother.Get(second + "/applicant");
        await mother.Post(second + "/applicant", ("_phone", "13812345678"));
        await mother.Get(second + "/check");
        var open = NumberPattern().Match((await mother.Post(second + "/check")).Headers.Location!.ToString()).Value;
        await Write(Entry(EventKind.Adoption, home.Child.Key, (await Town.Person("孙收养")).Key, new(2026, 1, 5)));
        var withdraw = $"/me/cases/{open}/steps/{BuiltInSteps.Withdraw}";
        await mother.Get(withdraw);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mother.Post(withdraw, [.. Hidden(mother), ("reason", "改天再办")])).StatusCode);
        Assert.Contains("没有您与此人的父母子女关系", mother.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await mother.Get(licence)).StatusCode);
    }

    [Fact]
    public async Task A_child_that_is_not_registered_yet_has_a_name_and_the_parent_its_case()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(Item(Wards.Newborns) with { Materials = [new("parent", "父母身份证") { Known = "parent.identity" }] });
        var person = await Town.Person("周妈");
        using var mother = await Town.SignedIn(person);
        await mother.Get("/services/" + item.Code);
        var draft = (await mother.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        Assert.EndsWith("/for", await Follow(mother, draft), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mother.Post(draft + "/for", ("_for", "newborn"), ("_for_name", " "))).StatusCode);
        Assert.Contains("请填写新生儿的姓名", mother.Page, StringComparison.Ordinal);
        await mother.Post(draft + "/for", ("_for", "newborn"), ("_for_name", "周新"));
        await mother.Get(draft + "/applicant");
        await mother.Post(draft + "/applicant", ("_phone", "13812345678"));
        await Fill(mother, draft, "who", "周新");
        await Fill(mother, draft, "child_number", "");
        await mother.Get(draft + "/check");
        var number = NumberPattern().Match((await mother.Post(draft + "/check")).Headers.Location!.ToString()).Value;
        var file = (await new CaseTown(city).File(clerk, number))!;
        Assert.Equal((null, "周新", person.Key), (file.Case.Person, file.Case.PersonName, file.Case.AgentPerson));
        Assert.Equal(("周新", "周妈"), (file.Answers["child"], file.Answers["guardian"]));
        Assert.Equal(HttpStatusCode.OK, (await mother.Get("/me/cases/" + number)).StatusCode);
        using var other = await Town.SignedIn(await Town.Person("吴旁人"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/me/cases/" + number)).StatusCode);
    }

    [Fact]
    public async Task Who_has_no_child_in_the_register_is_not_asked_and_nobody_gets_in_by_another_door()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(Item(Wards.Also));
        var alone = await Town.Person("郑单");
        using var browser = await Town.SignedIn(alone);
        await browser.Get("/services/" + item.Code);
        var draft = (await browser.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        Assert.EndsWith("/applicant", await Follow(browser, draft), StringComparison.Ordinal);

        // Past the pages: a parent of nobody, a day brought by hand, a type that is not about children.
        var home = await Home("冯妈", "冯小", "冯大");
        Caller Resident(Known person) => new() { Id = person.Key[^20..], Name = person.Name, Kind = CallerKind.Resident, Person = person.Key };
        var desk = city.Service<CaseDesk>();
        var request = new OpenRequest(item.CaseType, new Dictionary<string, string> { ["who"] = "x", ["guardian"] = "y", ["child_number"] = home.Child.Number })
        {
            Person = home.Child.Key,
            PersonName = home.Child.Name,
            Materials = [new("identity", "身份证", MaterialSource.Paper), new("parent", "父母身份证", MaterialSource.Paper)],
        };
        async Task<string> Refused(Caller who, OpenRequest asked) => string.Join(' ', (await desk.Open(who, asked, null, Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.Equal("CASE-O02", await Refused(Resident(alone), request with { AgentUntil = new(2099, 1, 1) }));
        Assert.Equal("CASE-O10", await Refused(Resident(alone), request with { AgentPerson = alone.Key, AgentUntil = new(2099, 1, 1) }));
        Assert.Equal("CASE-O10", await Refused(Resident(alone), request with { AgentPerson = home.Mother.Key }));
        Assert.Equal("CASE-O10", await Refused(Resident(alone), request with { AgentPerson = alone.Key, Person = null }));
        Assert.Equal("", await Refused(Resident(home.Mother), request with { AgentPerson = home.Mother.Key }));
        var (plain, _, _) = await new ItemTown(city).Published(Item(Wards.None));
        Assert.Equal("CASE-O10", await Refused(Resident(home.Mother), request with { Type = plain.CaseType, AgentPerson = home.Mother.Key }));
    }

    private static ServiceItem Item(Wards wards) => ItemTown.Item() with
    {
        Wards = wards,
        Applicants = Applicants.Persons,
        Questions =
        [
            new("who", "姓名", FieldTypes.Text) { Known = "person.name" },
            new("child", "孩子姓名", FieldTypes.Text) { Known = "child.name", Required = false },
            new("child_number", "公民身份号码", FieldTypes.Text) { Known = "child.number", Required = wards != Wards.Newborns },
            new("guardian", "父母姓名", FieldTypes.Text) { Known = "parent.name" },
        ],
        Materials = [new("identity", "居民身份证") { Known = "person.identity" }, new("parent", "父母身份证") { Known = "parent.identity" }],
    };

    /// <summary>A household: the mother its head, the father married to her since before the children, one child small and one grown.</summary>
    private async Task<(Known Mother, Known Father, Known Child, Known Grown)> Home(string mother, string child, string grown)
    {
        var family = (Mother: await Town.Person(mother), Father: await Town.Person(mother[..1] + "爸", "1988-03-08"), Child: await Town.Person(child, "2018-03-07"), Grown: await Town.Person(grown, "2007-01-05"));
        var home = "home-" + family.Mother.Key;
        await Write(
            new Change.Insert(Resources.Household, home, new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["kind"] = "family",
                ["head"] = family.Mother.Key,
                ["address"] = "测试市交通路8号",
                ["village"] = Rules.PopulationTown.Street,
                ["established"] = new DateOnly(2005, 1, 1),
            }),
            Member(home, family.Mother, "02"), Member(home, family.Father, "10"), Member(home, family.Child, "20"), Member(home, family.Grown, "20"),
            new Change.Insert(Resources.Marriage, "marriage-" + family.Mother.Key, Typed<Marriage>.Values(new() { A = family.Mother.Key, B = family.Father.Key, From = new(2005, 1, 1), Certificate = "J1" })),
            Entry(EventKind.Birth, family.Child.Key, family.Mother.Key, new(2018, 3, 7)));
        return family;
    }

    private static Change.Insert Member(string home, Known person, string relation) => new(
        Resources.Membership, "spell-" + person.Key,
        Typed<Membership>.Values(new() { Person = person.Key, Household = home, Village = Rules.PopulationTown.Street, Relation = relation, From = new(2018, 3, 7), OpenedBy = EventKind.Initial }));

    private static Change.Insert Entry(string kind, string person, string other, DateOnly day) => new(
        Resources.Event, $"{kind}-{person}",
        Typed<LifeEvent>.Values(new() { Kind = kind, Person = person, Other = other, Date = day, ReportedOn = day, Late = false, Details = "{}", RegisteredBy = "test", State = EventState.Registered }));

    private async Task Write(params Change[] changes)
    {
        var written = await city.Store.Write(new Act(Caller.Platform("test"), "population.test"), changes);
        Assert.True(written.Ok, written.Refusals.ToString());
    }

    private static async Task Fill(IdentityBrowser browser, string draft, string question, string answer)
    {
        await browser.Get($"{draft}/questions/{question}");
        await browser.Post($"{draft}/questions/{question}", (question, answer));
    }

    private static async Task<string> Follow(IdentityBrowser browser, string draft)
    {
        var next = (await browser.Get(draft)).Headers.Location!.ToString();
        await browser.Get(next);
        return next;
    }

    private static (string, string)[] Hidden(IdentityBrowser browser) =>
        [.. new[] { "_once", "_version" }.Select(name => (name, WebUtility.HtmlDecode(Regex.Match(browser.Page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value)))];

    [GeneratedRegex("[0-9]{16}")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("/me/licences/[a-z0-9.-]+")]
    private static partial Regex LicencePattern();
}
