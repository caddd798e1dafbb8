using System.Net;
using System.Text.RegularExpressions;
using Shali.Centres.DataCentre.D1Population;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>A clerk of the police bureau at his desk: finds people, registers what happened, reviews, counts.</summary>
public sealed partial class PopulationPages(City city)
{
    private static int _village = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clerk_moves_a_household_from_finding_the_person_to_the_statistics()
    {
        using var clerk = await Clerk("police");
        var (number, key, village) = await Resident("赵移居");
        var other = Village();

        await clerk.Get("/population");
        var found = await clerk.Post("/population", ("number", number));
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        Assert.Contains($"/population/persons/{key}", clerk.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(number, clerk.Page.Replace($"value=\"{number}\"", "", StringComparison.Ordinal), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/population/persons/{key}")).StatusCode);
        Assert.DoesNotContain(number, clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/population/events/new/household-move?person={key}")).StatusCode);
        var today = city.Service<TimeProvider>().Today().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (string, string)[] answers = [("person", key), ("date", today), ("village", other), ("address", "新街8号")];

        // What is wrong is told on the same page; nothing is written.
        var refused = await clerk.Post("/population/events/new/household-move", ("_step", "check"), ("person", key), ("date", "2999-01-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("href=\"#village\"", clerk.Page, StringComparison.Ordinal);

        var check = await clerk.Post("/population/events/new/household-move", [("_step", "check"), .. answers]);
        Assert.Equal(HttpStatusCode.OK, check.StatusCode);
        var once = Once().Match(clerk.Page).Groups[1].Value;
        var done = await clerk.Post("/population/events/new/household-move", [("_step", "register"), ("_once", once), .. answers]);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get(done.Headers.Location!.OriginalString)).StatusCode);

        var again = await clerk.Post("/population/events/new/household-move", [("_step", "register"), ("_once", once), .. answers]);
        Assert.Equal(done.Headers.Location, again.Headers.Location);

        var moved = Typed<Person>.Of((await city.Reader.Get(Resources.Person, key, cancel: Cancel))!);
        Assert.Equal(other, moved.RegisteredVillage);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/population/statistics?area={other}&day={today}")).StatusCode);
        Assert.Contains("三项人口逐人核对一致", clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/population/statistics/persons?area={other}&day={today}&kind=registered")).StatusCode);
        Assert.Contains(key, clerk.Page, StringComparison.Ordinal);
        Assert.NotEqual(village, other);
    }

    [Fact]
    public async Task Numbers_are_shown_in_clear_only_for_a_purpose()
    {
        using var clerk = await Clerk("police");
        var (number, key, _) = await Resident("钱遮盖");
        await clerk.Get($"/population/persons/{key}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post($"/population/persons/{key}/reveal")).StatusCode);
        Assert.DoesNotContain(number, clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Post($"/population/persons/{key}/reveal", ("purpose", "核验身份"))).StatusCode);
        Assert.Contains(number, clerk.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_is_compared_merged_and_taken_apart_again()
    {
        using var clerk = await Clerk("police");
        var name = "孙重复" + Interlocked.Increment(ref _village);
        var (_, one, village) = await Resident(name, number: false);
        var (_, other, _) = await Resident(name, number: false);
        var query = new RecordQuery { Where = new Filter.Or([new Filter.Compare("a", Comparison.Equal, one), new Filter.Compare("b", Comparison.Equal, one)]) };
        var pair = Typed<Duplicate>.Of(Assert.Single((await city.Reader.List(Resources.Duplicate, query, Cancel)).Records));

        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/population/duplicates")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/population/duplicates/{pair.Key}")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post($"/population/duplicates/{pair.Key}", ("decision", "merge-a"))).StatusCode);
        var before = await Count(village);
        var decision = pair.A == one ? "merge-b" : "merge-a";
        Assert.Equal(HttpStatusCode.SeeOther, (await clerk.Post($"/population/duplicates/{pair.Key}", ("decision", decision), ("grounds", "同一人两次登记"))).StatusCode);
        Assert.Equal(PersonState.Merged, (await Person(one)).State);
        Assert.Equal(before - 1, await Count(village));

        await clerk.Get($"/population/duplicates/{pair.Key}");
        Assert.Equal(HttpStatusCode.SeeOther, (await clerk.Post($"/population/duplicates/{pair.Key}", ("decision", "unmerge"), ("grounds", "核查有误"))).StatusCode);
        var again = await Person(one);
        Assert.Equal((PersonState.Normal, village), (again.State, again.RegisteredVillage));
        Assert.Equal(before, await Count(village));
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task A_clerk_finds_by_pinyin_and_initials_and_the_year_of_birth()
    {
        using var clerk = await Clerk("police");
        var (_, key, _) = await Resident("瞿鑫焱");
        await clerk.Get("/population");
        foreach (var words in new[] { "瞿鑫焱", "quxinyan", "qxy 1981", "Qu Xin Yan", "瞿xin", "quxin", "瞿鑫 19810101" })
        {
            Assert.Equal(HttpStatusCode.OK, (await clerk.Post("/population", ("name", words))).StatusCode);
            Assert.Contains($"/population/persons/{key}", clerk.Page, StringComparison.Ordinal);
        }

        foreach (var (words, status) in new[] { ("qxy 1982", HttpStatusCode.OK), ("q", HttpStatusCode.UnprocessableEntity), ("qxy 17", HttpStatusCode.UnprocessableEntity) })
        {
            Assert.Equal(status, (await clerk.Post("/population", ("name", words))).StatusCode);
            Assert.DoesNotContain($"/population/persons/{key}", clerk.Page, StringComparison.Ordinal);
        }

        var reads = await city.Db.Scalar<long>(
            $"select count(*) from audit.record where kind = 'record.list' and resource = {Resources.Person.Id} and {key} = any(subjects)", Cancel);
        Assert.Equal(7, reads);
    }

    [Fact]
    public async Task Whoever_was_chosen_stays_chosen_until_another_number_is_written()
    {
        using var clerk = await Clerk("police");
        var (first, one, _) = await Resident("钱先选");
        var (second, two, _) = await Resident("孙后选");
        await clerk.Get($"/population/events/new/missing?person={one}");
        Assert.Contains($"name=\"_chosen.person\" value=\"{one}\"", clerk.Page, StringComparison.Ordinal);
        var today = city.Service<TimeProvider>().Today().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (string, string)[] answers = [("_step", "check"), ("date", today), ("certificate", "报1"), ("_chosen.person", one)];
        Assert.Equal(HttpStatusCode.OK, (await clerk.Post("/population/events/new/missing", [.. answers, ("person", "")])).StatusCode);
        Assert.Contains($"name=\"person\" value=\"{one}\"", clerk.Page, StringComparison.Ordinal);
        await clerk.Get($"/population/events/new/missing?person={one}");
        Assert.Equal(HttpStatusCode.OK, (await clerk.Post("/population/events/new/missing", [.. answers, ("person", second)])).StatusCode);
        Assert.Contains($"name=\"person\" value=\"{two}\"", clerk.Page, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Papers_that_ran_out_are_entered_once_and_stand_in_the_list_of_the_clerk()
    {
        using var clerk = await Clerk("police");
        var (_, key, _) = await Resident("蒋在途");
        var today = city.Service<TimeProvider>().Today();
        var day = today.AddDays(-60).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var certificate = "逾期" + Guid.NewGuid().ToString("N")[..8];
        var counted = await city.Service<CountReader>().Between(today, Cancel);
        var out1 = await city.Service<EventRegistration>().Register(Caller.Platform("test"), new EventForm(EventKind.MoveOut, new Dictionary<string, string>
        {
            ["person"] = key,
            ["date"] = day,
            ["destination"] = "郑州市",
            ["reason"] = "工作调动",
            ["certificate"] = certificate,
        }), cancel: Cancel);
        Assert.True(out1.Ok, out1.Refusals.ToString());
        await Task.WhenAll(city.Service<Lapses>().Enter(Cancel), city.Service<Lapses>().Enter(Cancel));

        Assert.Equal(PersonState.Unsettled, (await Person(key)).State);
        var entries = await city.Reader.List(Resources.Event, new RecordQuery { Where = new Filter.Compare("person", Comparison.Equal, key) }, Cancel);
        var lapse = Assert.Single(entries.Records, entry => entry.Text("kind") == EventKind.TransferLapse);
        Assert.Equal(today.AddDays(-29), lapse["date"]);
        var (transit, overdue) = await city.Service<CountReader>().Between(today.AddDays(-31), Cancel);
        Assert.True(transit > 0 && overdue >= 0);
        Assert.True((await city.Service<CountReader>().Between(today, Cancel)).Overdue > counted.Overdue);

        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/population/due")).StatusCode);
        Assert.Contains(certificate, WebUtility.HtmlDecode(clerk.Page), StringComparison.Ordinal);
        foreach (var list in DueList.All)
        {
            Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/population/due?list={list.Name}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/population/persons/{key}")).StatusCode);
        Assert.Contains("迁移逾期未落户", WebUtility.HtmlDecode(clerk.Page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Get($"/population/events/new/{EventKind.TransferLapse}?person={key}")).StatusCode);
        using var health = await Clerk("health");
        Assert.Equal(HttpStatusCode.Forbidden, (await health.Get("/population/due")).StatusCode);

        // A clerk of an area follows up those who left it, and nobody else's.
        foreach (var (area, seen) in new[] { ("411198", 1), ("411102", 0) })
        {
            var police = new Caller
            {
                Id = "p-" + area,
                Name = "区县民警",
                Kind = CallerKind.Staff,
                Office = area + ".police",
                Scope = DataScope.Area,
                Area = area,
                Permissions = new HashSet<string> { "population.transfer.read" },
            };
            var papers = await city.Service<GovernedReader>().List(
                new ReadRequest(police, Resources.Transfer), new RecordQuery { Where = new Filter.Compare("certificate", Comparison.Equal, certificate) }, Cancel);
            Assert.Equal(seen, papers.Value.Records.Count);
        }
    }

    [Fact]
    public async Task Who_may_not_register_is_told_so()
    {
        using var health = await Clerk("health");
        Assert.Equal(HttpStatusCode.Forbidden, (await health.Get("/population/events/new/birth")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await health.Get("/population/duplicates")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await health.Get("/population/events/new/dance")).StatusCode);
    }

    [Fact]
    public async Task Everybody_may_see_the_public_figures_and_nobody_small_ones()
    {
        using var visitor = new IdentityBrowser(city.Address);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/statistics/population")).StatusCode);
        Assert.Equal([null, null, 40, 0], Suppression.Of([7, 12, 40, 0]));
        Assert.Equal([null, null, 40], Suppression.Of([7, 3, 40]));
        Assert.Equal([10, 12], Suppression.Of([10, 12]));
    }

    [Fact]
    public async Task Every_form_of_every_event_opens()
    {
        using var clerk = await Clerk("police");
        var (_, key, _) = await Resident("周表单");
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/population/events/new?person={key}")).StatusCode);
        foreach (var type in EventTypes.All.Where(type => type.Permission == PopulationSystem.RegisterEvents))
        {
            Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/population/events/new/{type.Kind}?person={key}")).StatusCode);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post($"/population/events/new/{type.Kind}", ("_step", "check"))).StatusCode);
        }
    }

    [Fact]
    public async Task Pages_name_offices_and_never_their_codes()
    {
        using var clerk = await Clerk("police");
        var (_, key, _) = await Resident("李来源");
        var labour = new Caller { Id = "l", Name = "周科员", Kind = CallerKind.Staff, Office = "health", OfficeName = "市卫健委", Permissions = new HashSet<string> { "population.person.read" } };
        var edited = await city.Store.Write(
            new Act(labour, "record.edit"),
            [new Change.Update(Resources.Person, key, null, new Dictionary<string, object?> { ["birth_place"] = "411102" })], Cancel);
        Assert.True(edited.Ok, edited.Refusals.ToString());
        await clerk.Get($"/population/persons/{key}");
        Assert.Contains("来源：测试市卫生健康委员会", WebUtility.HtmlDecode(clerk.Page), StringComparison.Ordinal);
        Assert.DoesNotContain("来源：health", WebUtility.HtmlDecode(clerk.Page), StringComparison.Ordinal);
    }

    private async Task<IdentityBrowser> Clerk(string office)
    {
        var login = await IdentityPeople.Person(city, (office, Roles.Clerk));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    private async Task<(string Number, string Key, string Village)> Resident(string name, bool number = true)
    {
        var village = Village();
        var composed = CitizenNumber.Compose("411102", new(1981, 1, 1), (Interlocked.Increment(ref _village) * 2 % 999) | 1);
        var form = new EventForm(EventKind.MoveIn, new Dictionary<string, string>
        {
            ["name"] = name,
            ["sex"] = "1",
            ["birth_date"] = "1981-01-01",
            ["citizen_number"] = number ? composed : "",
            ["date"] = "2026-02-01",
            ["certificate"] = "迁1",
            ["village"] = village,
            ["address"] = "某街1号",
        });
        var arrived = await city.Service<EventRegistration>().Register(Caller.Platform("test"), form, cancel: Cancel);
        Assert.True(arrived.Ok, arrived.Refusals.ToString());
        return (composed, arrived.Value.Person, village);
    }

    private static string Village() => $"411198{Interlocked.Increment(ref _village):000}001";

    private async Task<Person> Person(string key) => Typed<Person>.Of((await city.Reader.Get(Resources.Person, key, cancel: Cancel))!);

    private async Task<long> Count(string village) =>
        (await city.Service<CountReader>().Of(village, city.Service<TimeProvider>().Today(), Cancel))[0].Registered;

    [GeneratedRegex("name=\"_once\" value=\"([^\"]+)\"")]
    private static partial Regex Once();
}
