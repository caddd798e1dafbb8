using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Shali.Centres.DataCentre.D1Population;
using Shali.Centres.DataCentre.D2LegalEntities;
using Shali.Government.S11Approvals.Efficiency;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Tests.Support;
using EntityResources = Shali.Centres.DataCentre.D2LegalEntities.Resources;

namespace Shali.Tests.Browser;

/// <summary>
/// People who walk over all pages, and something for them to find: a resident with duplicates, reads and an objection, a
/// firm with its representative, a record with two versions, a load that waits to be confirmed.
/// </summary>
internal sealed partial class WalkedCity(City city)
{
    private static readonly string[] StaffOffices = ["police", "market-regulation"];

    private const string Village = "411197001001";

    private string _resident = "";
    private string _firm = "";
    private string _granted = "";
    private WalkedWork _work = null!;
    private string _package = "";
    private DisclosedThings _disclosed = null!;
    private string _edition = "";
    private string _ended = "";
    private SharedThings _shared = null!;
    private (string Node, string Receipt) _exchanged;
    private string _service = "";
    private string _item = "";
    private string _announced = "";
    private (string Organisation, string Contradiction, string Shared) _enterprise;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Staff first: what they read is what the resident then sees.</summary>
    public async Task<IReadOnlyList<(string Who, HttpClient Http, IReadOnlyList<Cookie> Cookies, IReadOnlyList<string> Starts)>> People()
    {
        await Fill();
        var today = city.Service<TimeProvider>().Today().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var people = new List<(string, HttpClient, IReadOnlyList<Cookie>, IReadOnlyList<string>)>();
        foreach (var (office, role) in StaffOffices.Select(office => (office, Roles.Clerk)).Concat(
        [
            ("police", Roles.Head), ("police", Roles.InformationOfficer), ("data", Roles.Head), ("finance", Roles.Head),
            ("city", Roles.Leader), ("city", Roles.SystemAdministrator),
            ("city", Roles.SecurityAdministrator), ("city", Roles.AuditAdministrator),
        ]))
        {
            var login = await IdentityPeople.Person(city, (office, role));
            people.Add(await Signed(
                $"{office} {role}",
                login,
                null,
                $"/population/persons/{_resident}",
                $"/records/legal-entities.entity/{_firm}/compare?a=1&b=2",
                $"/legal-entities/filings/{_firm}",
                $"/population/statistics/persons?area={Village}&kind=registered&day={today}",
                $"/ledger/bills/{_work.Bill}",
                $"/ledger/reconciliation/{_work.Reconciliation}",
                $"/desk/cases/{_work.Case}",
                $"/desk/cases/{_work.Case}/receipt",
                $"/desk/cases/{_package}",
                $"/desk/cases/{_announced}",
                $"/desk/cases/{_granted}/bill",
                $"/desk/cases/{_granted}/relief",
                $"/desk/disclosure/{_disclosed.Draft}",
                $"/desk/disclosure/{_disclosed.Draft}/edit",
                $"/desk/consultations/{_disclosed.Document}",
                $"/sharing/new/{_shared.Resource.Address}",
                $"/sharing/requests/{_shared.Correcting}/correct",
                $"/sharing/grants/{_shared.Granted}",
                $"/sharing/grants/{_shared.Granted}/push",
                $"/sharing/requests/{_shared.Refused}/dispute",
                $"/sharing/report/legal-entities.entity/{_firm}",
                $"/sharing/quality/{_shared.Checked.Address}",
                $"/sharing/quality/{_shared.Checked.Address}/required%3Aname",
                $"/exchange/nodes/{_exchanged.Node}",
                $"/exchange/services/{_service}",
                $"/exchange/trace?q={_exchanged.Receipt}",
                $"/sharing/new/services.{_service}",
                $"/enterprises/firms/{_enterprise.Organisation}/authorities",
                $"/enterprises/firms/{_enterprise.Organisation}/owners",
                $"/enterprises/contradictions/{Uri.EscapeDataString(_enterprise.Contradiction)}",
                $"/enterprises/contradictions/{Uri.EscapeDataString(_enterprise.Shared)}",
                $"/desk/cases/{_shared.Granted}",
                $"/approvals/items/{_edition}/differences"));
        }

        var officer = people.FindIndex(person => person.Item1 == $"police {Roles.InformationOfficer}");
        people[officer] = people[officer] with { Item4 = [await Load(people[officer].Item2), .. people[officer].Item4] };
        people.Add(await Signed(
            "resident", await Account(_resident), null, "/sign-in", "/setup", $"/services/{_item}", $"/me/cases/{_work.Case}", $"/me/cases/{_work.Case}/receipt", $"/me/cases/{_package}", $"/me/cases/{_ended}/rate", $"/me/bills/{_work.Bill}", $"/bills/orders/{_work.Order}",
            $"/test-channel/payments/{_work.Order}", $"/me/cases/{_granted}/bill"));
        var representative = await Person("周代表");
        await Firm("代表食品有限公司", ("representative_person", representative));
        var two = await Account(representative);
        people.Add(await Signed("representative", two, "firm:", "/me"));
        people.Add(await Signed("half signed on", two, "", "/sign-in/identity"));
        people.Add(("visitor", city.NewClient(), [], ["/search?q=ml", "/search?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA", "/no/such/page", "/rate/hall", $"/catalogue/services.{_service}", $"/exchange/receipts/{_exchanged.Receipt}", $"/firms/{_firm}", _work.Check, city.Service<RatingDesk>().Address(_ended)]));
        return people;
    }

    private async Task Fill()
    {
        await IdentityPeople.Offices(city);
        var name = "吴走遍" + Guid.NewGuid().ToString("N")[..6];
        var (item, clerk, head) = await new ItemTown(city).Published(ItemTown.Item() with { Appointment = true });
        _item = item.Code;
        _edition = ItemTown.Value(await city.Service<ItemDesk>().Revise(clerk, item.Code, Cancel));
        _resident = await Person(name);
        await Person(name);
        _announced = await Announced();
        _firm = await Firm("走遍食品有限公司");
        await Write(new Change.Update(
            EntityResources.Entity, _firm, 1, new Dictionary<string, object?>(StringComparer.Ordinal) { ["representative_name"] = "王代表" }));

        var definition = new ResourceDefinition
        {
            Id = "d-police/walked",
            Name = "走遍的登记",
            Clause = "C1",
            Owner = "police",
            Fields = [new() { Name = "name", Label = "名称", Type = Platform.Registry.Types.FieldTypes.Text, Required = true }],
            RunTime = true,
        };
        var published = await city.Registry.Publish(definition, Caller.Platform("test"), Cancel);
        Assert.True(published.Ok, published.Refusals.ToString());

        var reader = new Caller { Id = "test:walk", Name = "王芳", Kind = CallerKind.Staff, Office = "police", Role = Roles.Clerk };
        var index = await city.Service<AuditLog>().Append(
            new AuditEntry("record.reveal", reader)
            {
                Resource = Centres.DataCentre.D1Population.Resources.Person.Id,
                Keys = [_resident],
                Fields = ["name!", "citizen_number!", "registered_address", "sex"],
                Subjects = [_resident],
                Purpose = "核验身份",
            },
            Cancel);
        var himself = new Caller { Id = "test:himself", Name = name, Kind = CallerKind.Resident, Person = _resident };
        var line = (await city.Service<AuditSearch>().At(index, Cancel))!;
        Assert.True((await city.Service<Objections>().Make(himself, line, "走遍：没有在该单位办过事", Cancel)).Ok);
        _work = await WalkedWork.Make(city, _resident);
        _granted = await WalkedResult.Make(city, _resident);
        _package = await WalkedPackage.Make(city, _resident, item, clerk, head);
        _ended = await SampleApproval.Ended(city, CaseTown.Resident("司徒评价") with { Person = _resident });
        _disclosed = await new DisclosureTown(city).Walk();
        _shared = await new SharingTown(city).Walk();
        _exchanged = await NodeTown.Walk(city);
        _service = await new ServiceTown(city).Walk();
        _enterprise = await new EnterpriseTown(city).Walk();
    }

    /// <summary>A case whose decision is announced, with an objection that waits for its answer.</summary>
    private async Task<string> Announced()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(ItemTown.Item() with { PublicNotice = new(7, Platform.Casework.Clocks.ClockUnit.CalendarDays, new("测试公示办法", "第一条")) });
        var number = await Stories.PublicNoticesHeld.Announced(city, item, clerk, new(_resident, "吴走遍", ""), "拟准予吴走遍开办店铺。\n公示期内有异议的，请向本单位提出。");
        var notice = (await city.Service<Platform.Casework.PublicNoticeReader>().Of(number, Cancel)).Single();
        var neighbour = new Caller { Id = "test:neighbour", Name = "邻居", Kind = CallerKind.Resident, Person = _resident };
        Assert.False((await city.Service<Platform.Casework.ObjectionDesk>().Object(neighbour, notice.Key, "走遍：店铺在别人名下", null, Cancel)).Any);
        return number;
    }

    private async Task<(string, HttpClient, IReadOnlyList<Cookie>, IReadOnlyList<string>)> Signed(
        string who, DemoLogin login, string? identity, params string[] starts)
    {
        using var browser = new IdentityBrowser(city.Address);
        var step = await browser.SignIn(login.Login, login.Password);
        if (identity is { Length: > 0 })
        {
            Assert.Equal("/sign-in/identity", step);
            var choice = Regex.Match(browser.Page, $"name=\"([^\"]+)\" value=\"({identity}[^\"]+)\"");
            Assert.True(choice.Success, browser.Page);
            await browser.Follow(await browser.Post(step, (choice.Groups[1].Value, choice.Groups[2].Value)));
        }

        var http = city.NewClient();
        http.DefaultRequestHeaders.Add("Cookie", browser.Cookies.GetCookieHeader(city.Address));
        return (who, http, [.. browser.Cookies.GetCookies(city.Address).Cast<Cookie>()], starts);
    }

    private async Task<DemoLogin> Account(string person) => (await city.Service<DemoAccounts>().Create(
        [new DemoAccount(IdentityPeople.NewLogin(), "测试居民", person, [])], Caller.Platform("test")))[0];

    private async Task<string> Person(string name)
    {
        var form = new EventForm(EventKind.MoveIn, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = name,
            ["sex"] = "1",
            ["birth_date"] = "1982-02-02",
            ["date"] = "2026-02-01",
            ["certificate"] = "迁1",
            ["village"] = Village,
            ["address"] = "某街1号",
        });
        var arrived = await city.Service<EventRegistration>().Register(Caller.Platform("test"), form, cancel: Cancel);
        Assert.True(arrived.Ok, arrived.Refusals.ToString());
        return arrived.Value.Person;
    }

    private async Task<string> Firm(string name, params (string Name, object? Value)[] more)
    {
        var body = Random.Shared.Next(60_000_000, 70_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var code = body + OrganisationCode.CheckOf(body);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["organisation_code"] = code,
            ["credit_code"] = CreditCode.Compose("91", "411100", code),
            ["name"] = name,
            ["kind"] = "enterprise",
            ["state"] = EntityState.Active,
            ["established_on"] = new DateOnly(2018, 5, 1),
            ["representative_name"] = "李代表",
        };
        foreach (var (field, value) in more)
        {
            values[field] = value;
        }

        await Write(new Change.Insert(EntityResources.Entity, code, values));
        return code;
    }

    private async Task Write(Change change)
    {
        var written = await city.Store.Write(new Act(Caller.Platform("test"), "load"), [change], Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
    }

    /// <summary>A file that waits to be confirmed; the address where it does.</summary>
    private static async Task<string> Load(HttpClient officer)
    {
        const string address = "/records/population.person/load";
        var page = await officer.GetStringAsync(new Uri(address, UriKind.Relative), Cancel);
        using var token = new StringContent(WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value));
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes("姓名,性别,出生日期\n张三,男,1990-01-01\n"));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { token, "__token" }, { file, "file", "人员.csv" } };
        using var answer = await officer.PostAsync(new Uri(address, UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    [GeneratedRegex("name=\"__token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
