using System.Net;
using System.Text.RegularExpressions;
using Shali.Centres.DataCentre.D2LegalEntities;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Firms from the public's search to the registrar's desk, on the real host.</summary>
public sealed class LegalEntityRegister(City city)
{
    private static int _number = 30_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Today => city.Service<TimeProvider>().Today().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_public_finds_a_firm_by_name_codes_and_old_number_and_sees_no_personal_data()
    {
        var name = "查得到食品" + Guid.NewGuid().ToString("N")[..8];
        var code = await Firm(name, ("representative_person", "person-secret-1"), ("phone", "13812345678"));
        await Write(new Change.Insert(Resources.OldNumber, "", Values(("entity", code), ("kind", "registration"), ("number", "4111" + code))));
        await Write(new Change.Insert(Resources.Shareholder, "", Values(
            ("entity", code), ("holder_name", "王股东"), ("holder_person", "person-secret-2"), ("percent", 60m), ("from", new DateOnly(2020, 1, 1)))));
        await Write(
            new Change.Insert(Resources.Penalty, "", Penalty(code, "仍在公示", city.Service<TimeProvider>().Today())),
            new Change.Insert(Resources.Penalty, "", Penalty(code, "公示已止", new DateOnly(2020, 1, 1))));
        using var visitor = new IdentityBrowser(city.Address);
        foreach (var words in new[] { name, name[2..], "查得到 " + name[^6..], code, code[..8] + "-" + code[8], Credit(code).ToLowerInvariant(), "4111" + code })
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/firms?q=" + Uri.EscapeDataString(words))).StatusCode);
            Assert.Contains($"href=\"/firms/{code}\"", visitor.Page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/search?q=" + Uri.EscapeDataString(name))).StatusCode);
        Assert.Contains($"/firms/{code}", visitor.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/firms/" + code)).StatusCode);
        foreach (var shown in new[] { name, "李代表", "存续", "王股东", "仍在公示", Credit(code) })
        {
            Assert.Contains(shown, WebUtility.HtmlDecode(visitor.Page), StringComparison.Ordinal);
        }

        foreach (var hidden in new[] { "person-secret", "13812345678", "138****", "公示已止" })
        {
            Assert.DoesNotContain(hidden, WebUtility.HtmlDecode(visitor.Page), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/firms/000000000")).StatusCode);
    }

    [Fact]
    public async Task A_search_with_many_hits_is_paged_to_its_end_and_wild_signs_are_words()
    {
        var word = "分页" + Guid.NewGuid().ToString("N")[..8];
        var codes = new List<string>();
        for (var i = 0; i < 23; i++)
        {
            codes.Add(await Firm($"漯河{word}商行{i % 7}"));
        }

        using var visitor = new IdentityBrowser(city.Address);
        var seen = new List<string>();
        for (string? address = "/firms?q=" + Uri.EscapeDataString(word); address is not null;)
        {
            await visitor.Get(address);
            seen.AddRange(Regex.Matches(visitor.Page, "href=\"/firms/([0-9A-Z]{9})\"").Select(match => match.Groups[1].Value));
            address = Regex.Match(visitor.Page, "href=\"([^\"]+)\" rel=\"next\"") is { Success: true } next
                ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
        }

        Assert.Equal(codes.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        await visitor.Get("/firms?q=" + Uri.EscapeDataString(word[..^1] + "_"));
        Assert.DoesNotContain("href=\"/firms/", visitor.Page.Replace("href=\"/firms/?", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clerk_establishes_changes_and_winds_up_a_firm()
    {
        using var clerk = await Clerk("market-regulation");
        var code = NewCode();
        (string, string)[] entity =
        [
            ("on", Today), ("document", "漯市监登〔2026〕1号"), ("organisation_code", code), ("name", "新设" + code), ("kind", "enterprise"),
            ("representative_name", "赵新"), ("capital", "100"),
        ];
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/legal-entities/filings/new")).StatusCode);
        var refused = await clerk.Post("/legal-entities/filings/new?step=establish", [.. entity[2..], ("credit_code", Credit(NewCode()))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        foreach (var field in new[] { "on", "document", "credit_code" })
        {
            Assert.Contains($"href=\"#{field}\"", clerk.Page, StringComparison.Ordinal);
        }

        var done = await clerk.Post("/legal-entities/filings/new?step=establish", [.. entity, ("credit_code", Credit(code))]);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get(done.Headers.Location!.OriginalString)).StatusCode);
        Assert.Contains($"/legal-entities/filings/{code}/suspend", clerk.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/legal-entities/filings/{code}/restore", clerk.Page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Get($"/legal-entities/filings/{code}/restore")).StatusCode);
        await clerk.Get($"/legal-entities/filings/{code}/increase-capital");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Enter(clerk, code, "increase-capital", ("capital", "90"))).StatusCode);
        Assert.Contains("第八条", clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Enter(clerk, code, "increase-capital", ("capital", "250"))).StatusCode);
        foreach (var step in new[] { "revoke", "liquidate", "deregister" })
        {
            await clerk.Get($"/legal-entities/filings/{code}/{step}");
            Assert.Equal(HttpStatusCode.SeeOther, (await Enter(clerk, code, step)).StatusCode);
        }

        var ended = Typed<Entity>.Of((await city.Reader.Get(Resources.Entity, code, cancel: Cancel))!);
        Assert.Equal((EntityState.Deregistered, 250m, Today), (ended.State, ended.Capital, ended.EndedOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        await clerk.Get("/firms/" + code);
        Assert.Contains("注销", WebUtility.HtmlDecode(clerk.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_form_that_a_state_offers_opens()
    {
        using var clerk = await Clerk("market-regulation");
        var code = await Firm("各种表单");
        await clerk.Get($"/legal-entities/filings/{code}");
        var forms = Regex.Matches(clerk.Page, $"href=\"(/legal-entities/filings/{code}/[a-z-]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.True(forms.Count >= 14, clerk.Page);
        foreach (var form in forms)
        {
            Assert.Equal(HttpStatusCode.OK, (await clerk.Get(form)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/legal-entities/filings?q=" + Uri.EscapeDataString("各种表单"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/legal-entities/filings/new?step=move-in")).StatusCode);
    }

    [Fact]
    public async Task Who_may_not_enter_filings_is_told_so()
    {
        var code = await Firm("不许改");
        using var resident = await Clerk();
        using var health = await Clerk("health");
        foreach (var browser in new[] { resident, health })
        {
            foreach (var address in new[] { "/legal-entities/filings", "/legal-entities/filings/new", $"/legal-entities/filings/{code}", $"/legal-entities/filings/{code}/change" })
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get(address)).StatusCode);
            }
        }
    }

    [Fact]
    public async Task No_other_door_changes_the_state_or_parts_the_codes()
    {
        var code = await Firm("有人看守");
        var office = new Caller { Id = "m", Name = "钱科员", Kind = CallerKind.Staff, Office = "market-regulation" };
        async Task<string?> Edit(Change change) => (await city.Store.Write(new Act(office, "record.edit"), [change], Cancel)).Refusals.FirstOrDefault()?.Code;
        Assert.Equal("D2-R12", await Edit(new Change.Update(Resources.Entity, code, null, Values(("state", EntityState.Revoked)))));
        Assert.Equal("D2-R10", await Edit(new Change.Update(Resources.Entity, code, null, Values(("credit_code", Credit(NewCode()))))));
        Assert.Equal("D2-R13", await Edit(new Change.Delete(Resources.Entity, code, null)));
        Assert.Null(await Edit(new Change.Update(Resources.Entity, code, null, Values(("address", "新街1号")))));
    }

    [Fact]
    public async Task A_representative_acts_for_his_living_firms()
    {
        var person = "person-" + Guid.NewGuid().ToString("N");
        var firm = await Firm("在业的", ("representative_person", person));
        await Firm("注销的", ("representative_person", person), ("state", EntityState.Deregistered));
        var represented = await city.Service<FirmDirectory>().FirmsRepresentedBy(person, Cancel);
        Assert.Equal([firm], represented.Select(each => each.Key));
    }

    private async Task<HttpResponseMessage> Enter(IdentityBrowser clerk, string code, string step, params (string, string)[] more) =>
        await clerk.Post($"/legal-entities/filings/{code}/{step}", [("on", Today), ("document", "漯市监〔2026〕2号"), .. more]);

    private async Task<IdentityBrowser> Clerk(string? office = null)
    {
        var login = office is null ? await IdentityPeople.Person(city) : await IdentityPeople.Person(city, (office, Roles.Clerk));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    private async Task<string> Firm(string name, params (string Name, object? Value)[] more)
    {
        var code = NewCode();
        var values = Values(
            ("organisation_code", code), ("credit_code", Credit(code)), ("name", name), ("kind", "enterprise"), ("state", EntityState.Active),
            ("established_on", new DateOnly(2018, 5, 1)), ("representative_name", "李代表"));
        foreach (var (field, value) in more)
        {
            values[field] = value;
        }

        await Write(new Change.Insert(Resources.Entity, code, values));
        return code;
    }

    private async Task Write(params Change[] changes)
    {
        var written = await city.Store.Write(new Act(Caller.Platform("test"), "load"), changes, Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
    }

    private static Dictionary<string, object?> Penalty(string code, string fact, DateOnly until) => Values(
        ("entity", code), ("number", "罚1"), ("fact", fact), ("ground", "某法"), ("content", "罚款"), ("office", "某局"),
        ("decided_on", until.AddDays(-300)), ("shown_until", until));

    private static Dictionary<string, object?> Values(params (string Name, object? Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);

    private static string NewCode()
    {
        var body = Interlocked.Increment(ref _number).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return body + OrganisationCode.CheckOf(body);
    }

    private static string Credit(string code) => CreditCode.Compose("91", "411100", code);
}
