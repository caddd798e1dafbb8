using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Shali.Government.Governance.Disclosure;
using Shali.Platform.Identity;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>From the author's desk to the public, by two further persons or not at all.</summary>
public sealed partial class DisclosurePublishing(City city)
{
    private static readonly string Citizen = CitizenNumber.Compose("411199", new DateOnly(1990, 1, 1), 123);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static (string, string)[] Words(string title, string body = "第一条 本办法自印发之日起施行。", string attribute = "proactive") =>
    [
        ("title", title), ("document_number", ""), ("summary", "规定了办事的条件和程序。"), ("class", "01"), ("genre", "notice"), ("made_on", "2026-01-05"),
        ("attribute", attribute), ("basis", attribute == "proactive" ? "" : "《政府信息公开条例》第十六条：内部工作流程"), ("keywords", ""), ("body", body), ("_once", Guid.NewGuid().ToString()),
    ];

    [Fact]
    public async Task A_document_is_published_by_two_further_persons_and_read_by_everybody()
    {
        var title = "测试办法" + Guid.NewGuid().ToString("N")[..8];
        using var author = await Staff(Roles.Clerk);
        using var head = await Staff(Roles.Head);
        using var officer = await Staff(Roles.InformationOfficer);
        var draft = await Write(author, Words(title));

        Assert.Equal(HttpStatusCode.OK, (await author.Get(draft)).StatusCode);
        Assert.Contains("没有发现个人号码", author.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(author, draft, "submit")).StatusCode);
        Assert.Contains("G3", city.Service<IReadOnlyList<Platform.Systems.CitySystem>>().Select(system => system.Clause));

        // Neither the author nor the wrong role goes on with it, and not without a conclusion on secrecy.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Step(author, draft, "pass", ("secrecy", "clear"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Step(officer, draft, "publish")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Step(head, draft, "pass")).StatusCode);
        Assert.Contains("保守国家秘密法实施条例", head.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(head, draft, "pass", ("secrecy", "clear"), ("opinion", "同意"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Http.GetAsync(new Uri("/disclosure/documents/1", UriKind.Relative), Cancel)).StatusCode);
        Assert.Contains("没有符合条件的信息", await Public("/disclosure/documents?q=" + title), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(officer, draft, "publish", ("opinion", "同意公开"))).StatusCode);

        var index = await Index(officer, draft);
        Assert.Contains(title, await Public("/disclosure"), StringComparison.Ordinal);
        var page = await Public(Routes.Document(index));
        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.Contains("2026年2月2日", await Read(author, draft), StringComparison.Ordinal);
        Assert.Contains(title, await Public("/disclosure/feed.json"), StringComparison.Ordinal);
        Assert.Contains(title, await Public("/api/collections/disclosure.document/items/" + index), StringComparison.Ordinal);
        Assert.Contains(title, await Public("/search?q=" + title), StringComparison.Ordinal);
        Assert.Contains("单位审查通过", await Read(author, draft), StringComparison.Ordinal);

        // Withdrawal needs a reason and keeps the record; the public has neither it nor what it was.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Step(officer, draft, "withdraw")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(officer, draft, "withdraw", ("opinion", "内容有误"))).StatusCode);
        using var gone = await city.Http.GetAsync(new Uri(Routes.Document(index), UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.DoesNotContain(title, await gone.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var data = await city.Http.GetAsync(new Uri($"/api/collections/disclosure.document/items/{index}?asOf={Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O"))}", UriKind.Relative), Cancel);
        Assert.DoesNotContain(title, await data.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(title, (await city.Reader.Get(DisclosureResources.Document, index, null, Cancel))!.Text("title"));
    }

    [Fact]
    public async Task A_personal_number_in_a_file_keeps_the_document_off_line_and_is_shown_masked()
    {
        using var author = await Staff(Roles.Clerk);
        var draft = await Write(author, Words("公示名单" + Guid.NewGuid().ToString("N")[..8]));
        await author.Get(draft);
        Assert.Equal(HttpStatusCode.SeeOther, (await author.Upload(draft + "/files", "file", "名单.csv", Encoding.UTF8.GetBytes($"姓名,号码\n张某,{Citizen}\n"))).StatusCode);
        await author.Get(draft);
        Assert.Contains("名单.csv，正文，第 2 行", author.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(Citizen, author.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Step(author, draft, "submit")).StatusCode);
        Assert.Contains("删除后才能提交", author.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_needs_the_word_of_each_who_lets_it_pass()
    {
        using var author = await Staff(Roles.Clerk);
        using var head = await Staff(Roles.Head);
        using var officer = await Staff(Roles.InformationOfficer);
        var draft = await Write(author, Words("现场图" + Guid.NewGuid().ToString("N")[..8]));
        await author.Get(draft);
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
        Assert.Equal(HttpStatusCode.SeeOther, (await author.Upload(draft + "/files", "file", "现场.png", picture)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(author, draft, "submit")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Step(head, draft, "pass", ("secrecy", "clear"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(head, draft, "pass", ("secrecy", "clear"), ("word", "看过图片，只有设备"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Step(officer, draft, "publish")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(officer, draft, "publish", ("word", "图片已看"))).StatusCode);
        var index = await Index(officer, draft);
        var page = await Public(Routes.Document(index));
        var file = FileAddress().Match(page).Groups[1].Value;
        using var given = await city.Http.GetAsync(new Uri(file, UriKind.Relative), Cancel);
        Assert.Equal(picture, await given.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(officer, draft, "withdraw", ("opinion", "撤下"))).StatusCode);
        using var gone = await city.Http.GetAsync(new Uri(file, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task No_door_publishes_what_no_second_person_reviewed()
    {
        using var author = await Staff(Roles.Clerk);
        var draft = (await Write(author, Words("未审查" + Guid.NewGuid().ToString("N")[..8])))["/desk/disclosure/".Length..];
        var record = Typed<Draft>.Of((await city.Reader.Get(DisclosureResources.Draft, draft, null, Cancel))!);
        var document = new Document
        {
            Index = "2026-01-99999",
            Title = record.Title,
            Summary = record.Summary,
            Class = "01",
            Genre = "notice",
            Office = record.Office,
            OfficeName = "x",
            MadeOn = record.MadeOn,
            PublishedOn = record.MadeOn,
            DueOn = record.MadeOn,
            Attribute = "proactive",
            Validity = "valid",
            Body = record.Body,
            Draft = draft,
        };
        var written = await city.Store.Write(
            new Act(Caller.Platform("test"), "disclosure.publish"), [new Change.Insert(DisclosureResources.Document, document.Index, Typed<Document>.Values(document))], Cancel);
        Assert.Equal("G3-R05", Assert.Single(written.Refusals).Code);
        var strange = await city.Store.Write(
            new Act(Caller.Platform("test"), "disclosure.publish"),
            [new Change.Insert(DisclosureResources.DocumentFile, "", Typed<DocumentFile>.Values(new() { Document = "2026-01-99999", Name = "x", File = new string('0', 64) }))], Cancel);
        Assert.Contains("G3-R05", strange.Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task Another_office_neither_sees_nor_moves_a_draft_and_the_api_shows_none()
    {
        var title = "别单位" + Guid.NewGuid().ToString("N")[..8];
        using var author = await Staff(Roles.Clerk);
        var draft = await Write(author, Words(title));
        using var other = await Staff(Roles.Head, "police");
        using var resident = new IdentityBrowser(city.Address);
        var person = await IdentityPeople.Person(city);
        await resident.SignIn(person.Login, person.Password);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(draft)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await resident.Get(draft)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await resident.Get("/desk/disclosure")).StatusCode);
        await other.Get("/desk/disclosure");
        Assert.NotEqual(HttpStatusCode.SeeOther, (await other.Post(draft, ("step", "submit"), ("_version", "1"))).StatusCode);
        using var data = await city.Http.GetAsync(new Uri("/api/collections/disclosure.draft/items", UriKind.Relative), Cancel);
        Assert.NotEqual(HttpStatusCode.OK, data.StatusCode);
    }

    [Fact]
    public async Task What_is_withheld_is_kept_with_its_basis_and_a_day_to_assess_it_again()
    {
        using var author = await Staff(Roles.Clerk);
        using var head = await Staff(Roles.Head);
        using var officer = await Staff(Roles.InformationOfficer);
        var title = "内部流程" + Guid.NewGuid().ToString("N")[..8];
        var draft = await Write(author, Words(title, attribute: "withheld"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(author, draft, "submit")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(head, draft, "pass", ("secrecy", "clear"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Step(officer, draft, "publish")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Step(officer, draft, "keep")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Step(officer, draft, "keep", ("assess_on", "2099-01-01"))).StatusCode);
        Assert.Contains("没有符合条件的信息", await Public("/disclosure/documents?q=" + title), StringComparison.Ordinal);
    }

    private async Task<IdentityBrowser> Staff(string role, string office = "market-regulation")
    {
        var login = await IdentityPeople.Person(city, (office, role));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    private static async Task<string> Write(IdentityBrowser author, (string, string)[] words)
    {
        await author.Get("/desk/disclosure/new");
        var answer = await author.Post("/desk/disclosure/new", words);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, author.Page);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<HttpResponseMessage> Step(IdentityBrowser who, string draft, string step, params (string, string)[] fields)
    {
        await who.Get(draft);
        var version = Version().Match(who.Page).Groups[1].Value;
        if (version.Length == 0)
        {
            // No step is offered: ask for it all the same.
            version = "1";
        }

        return await who.Post(draft, [("step", step), ("_version", version), .. fields]);
    }

    private static async Task<string> Read(IdentityBrowser who, string address)
    {
        await who.Get(address);
        return WebUtility.HtmlDecode(who.Page);
    }

    private async Task<string> Public(string address)
    {
        using var answer = await city.Http.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<string> Index(IdentityBrowser who, string draft)
    {
        await who.Get(draft);
        return DocumentAddress().Match(who.Page).Groups[1].Value;
    }

    [GeneratedRegex("name=\"_version\" value=\"([0-9]+)\"")]
    private static partial Regex Version();

    [GeneratedRegex("href=\"/disclosure/documents/([0-9-]+)\"")]
    private static partial Regex DocumentAddress();

    [GeneratedRegex("href=\"(/disclosure/documents/[0-9-]+/files/[^\"]+)\"")]
    private static partial Regex FileAddress();
}
