using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Shali.Platform.Identity;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>A payer with bill and check code, the channel over real HTTP, and the cashier at her desk.</summary>
public sealed partial class LedgerPages(City city)
{
    private static int _number;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_payer_without_account_pays_and_checks_the_receipt()
    {
        var bill = await Bill();
        using var payer = new IdentityBrowser(city.Address);
        await payer.Get("/bills");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await payer.Post("/bills", ("number", bill.Number), ("code", "AAAAAAAA"))).StatusCode);
        Assert.DoesNotContain("230.50", payer.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await payer.Post("/bills", ("number", bill.Number), ("code", bill.CheckCode))).StatusCode);
        Assert.Contains("¥230.50", payer.Page, StringComparison.Ordinal);
        Assert.Contains("王*", payer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("王小明", payer.Page, StringComparison.Ordinal);

        var order = await Begin(payer, bill);
        await payer.Get($"/test-channel/payments/{order}");
        Assert.Equal(HttpStatusCode.SeeOther, (await payer.Post($"/test-channel/payments/{order}", ("choice", "twice"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await payer.Get($"/test-channel/payments/{order}")).StatusCode);
        await payer.Get($"/bills/orders/{order}");
        Assert.Contains("缴款成功", payer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("王", payer.Page, StringComparison.Ordinal);

        await payer.Get("/bills");
        await payer.Post("/bills", ("number", bill.Number), ("code", bill.CheckCode));
        Assert.Contains("已缴款", payer.Page, StringComparison.Ordinal);
        var view = (await city.Service<BillReading>().ByCode(Caller.Anonymous, bill.Number, bill.CheckCode, Cancel))!;
        Assert.Equal(2, view.Receipts.Count);
        await payer.Get("/receipts");
        await payer.Post("/receipts", ("number", view.Receipts[0].Number), ("code", view.Receipts[0].CheckCode));
        Assert.Contains("票据真实有效", payer.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await payer.Post("/receipts", ("number", view.Receipts[0].Number), ("code", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await payer.Post("/bills/pay", ("number", bill.Number), ("code", bill.CheckCode), ("channel", "test"), ("_once", "z"))).StatusCode);
    }

    [Fact]
    public async Task Only_the_channel_is_heard()
    {
        var body = """{"order":"x","bill":"y","transaction":"t","paid":true,"fen":1,"at":"2026-11-25T00:00:00Z"}""";
        var seconds = city.Service<TimeProvider>().GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = await city.Service<TestChannel>().Sign(body, seconds, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(body, seconds, ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(body.Replace(":1,", ":2,", StringComparison.Ordinal), seconds, signature));
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(body, "1", await city.Service<TestChannel>().Sign(body, "1", Cancel)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Send("no json", seconds, await city.Service<TestChannel>().Sign("no json", seconds, Cancel)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Send(new string('x', 20_000), seconds, signature));
        Assert.Equal(HttpStatusCode.NotFound, await Send(body, seconds, signature, "nobody"));

        async Task<HttpStatusCode> Send(string text, string time, string sign, string channel = "test")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/payments/{channel}/notice", UriKind.Relative));
            request.Content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            request.Headers.Add("X-Channel-Time", time);
            request.Headers.Add("X-Channel-Signature", sign);
            using var answer = await city.Http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_cashier_settles_refunds_and_reads_the_books()
    {
        var bill = await Bill();
        using var payer = new IdentityBrowser(city.Address);
        await payer.Get("/bills");
        await payer.Post("/bills", ("number", bill.Number), ("code", bill.CheckCode));
        var order = await Begin(payer, bill);
        await payer.Get($"/test-channel/payments/{order}");
        await payer.Post($"/test-channel/payments/{order}", ("choice", "double"));

        using var cashier = await Staff("finance", Roles.Head);
        Assert.Equal(HttpStatusCode.OK, (await cashier.Get($"/ledger/bills?q={bill.Number}")).StatusCode);
        Assert.Contains(bill.Number, cashier.Page, StringComparison.Ordinal);
        await cashier.Get($"/ledger/bills/{bill.Number}");
        Assert.DoesNotContain(bill.CheckCode, cashier.Page, StringComparison.Ordinal);
        var problem = ProblemAddress().Match(cashier.Page).Value;
        Assert.Equal(HttpStatusCode.OK, (await cashier.Get(problem)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await cashier.Post(problem, ("way", "refund"), ("reason", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await cashier.Post(problem, ("way", "refund"), ("reason", "重复缴款"))).StatusCode);
        await cashier.Get($"/ledger/bills/{bill.Number}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await cashier.Post(
            $"/ledger/bills/{bill.Number}/refund", ("line", $"{bill.Number}-1"), ("amount", "120.01"), ("reason", "多收"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await cashier.Post(
            $"/ledger/bills/{bill.Number}/refund", ("line", $"{bill.Number}-1"), ("amount", "20"), ("reason", "多收"), ("_once", "r1"))).StatusCode);
        await cashier.Get($"/ledger/bills/{bill.Number}");
        Assert.Contains("部分退付", cashier.Page, StringComparison.Ordinal);
        var entry = EntryAddress().Match(cashier.Page).Value;
        foreach (var address in (string[])[entry, "/ledger/problems?state=settled", "/ledger/reconciliation", "/ledger/accounts", "/ledger/accounts/channel.test"])
        {
            Assert.Equal(HttpStatusCode.OK, (await cashier.Get(address)).StatusCode);
        }

        await cashier.Get("/ledger/accounts");
        Assert.Contains("借贷平衡", cashier.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await cashier.Post("/ledger/check")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await cashier.Post("/ledger/closing", ("closing", "2999-01-01"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await cashier.Post("/ledger/reconciliation", ("channel", "test"), ("day", "x"))).StatusCode);
    }

    [Fact]
    public async Task Others_see_their_own_bills_and_nothing_else()
    {
        var bill = await Bill();
        using var issuer = await Staff("market-regulation", Roles.Clerk);
        Assert.Equal(HttpStatusCode.OK, (await issuer.Get($"/ledger/bills/{bill.Number}")).StatusCode);
        Assert.DoesNotContain("王小明", issuer.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await issuer.Get("/ledger/problems")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await issuer.Get("/ledger/accounts")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await issuer.Post($"/ledger/bills/{bill.Number}/refund", ("line", "all"), ("reason", "x"))).StatusCode);
        using var other = await Staff("health", Roles.Clerk);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/ledger/bills/{bill.Number}")).StatusCode);
        using var resident = new IdentityBrowser(city.Address);
        var login = await IdentityPeople.Person(city);
        await resident.SignIn(login.Login, login.Password);
        Assert.Equal(HttpStatusCode.OK, (await resident.Get("/me/bills")).StatusCode);
        Assert.DoesNotContain(bill.Number, resident.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await resident.Get($"/me/bills/{bill.Number}")).StatusCode);

        var own = await Bill("person-" + login.Login);
        await resident.Get("/me/bills");
        Assert.Contains(own.Number, resident.Page, StringComparison.Ordinal);
        await resident.Get($"/me/bills/{own.Number}");
        Assert.Contains("王小明", resident.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await resident.Post($"/me/bills/{own.Number}", ("number", own.Number), ("channel", "test"), ("_once", "o"))).StatusCode);
    }

    [Fact]
    public async Task A_fee_is_published_by_a_second_person()
    {
        await Offices();
        Caller Clerk(string id) => new() { Id = id, Name = id, Kind = CallerKind.Staff, Office = "finance" };
        var code = $"PUB-{Interlocked.Increment(ref _number)}";
        var alone = await city.Store.Write(new Act(Clerk("one"), "record.edit"), [LedgerOffice.Fee(code, "health", 1)], Cancel);
        Assert.Equal("LDG-F01", alone.Refusals[0].Code);
        Assert.True((await city.Store.Write(new Act(Clerk("one"), "record.edit"), [LedgerOffice.Fee(code, "health", 1, FeeState.Draft)], Cancel)).Ok);
        var publish = new Change.Update(Resources.FeeItem, code, null, new Dictionary<string, object?> { ["state"] = FeeState.Published });
        Assert.Equal("LDG-F01", (await city.Store.Write(new Act(Clerk("one"), "record.edit"), [publish], Cancel)).Refusals[0].Code);
        Assert.True((await city.Store.Write(new Act(Clerk("two"), "record.edit"), [publish], Cancel)).Ok);
        var dearer = new Change.Update(Resources.FeeItem, code, null, new Dictionary<string, object?> { ["price"] = 2m });
        Assert.Equal("LDG-F02", (await city.Store.Write(new Act(Clerk("two"), "record.edit"), [dearer], Cancel)).Refusals[0].Code);
        Assert.Equal("LDG-F03", (await city.Store.Write(new Act(Clerk("two"), "record.edit"), [new Change.Delete(Resources.FeeItem, code, null)], Cancel)).Refusals[0].Code);
    }

    private static async Task<string> Begin(IdentityBrowser payer, Bill bill)
    {
        var once = Once().Match(payer.Page).Groups[1].Value;
        var begun = await payer.Post("/bills/pay", ("number", bill.Number), ("code", bill.CheckCode), ("channel", "test"), ("_once", once));
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        return begun.Headers.Location!.OriginalString.Split('/')[^1];
    }

    private Task<Bill> Bill(string person = "person-1") => LedgerCity.Bill(city, person);

    private Task Offices() => LedgerCity.Offices(city);

    private async Task<IdentityBrowser> Staff(string office, string role)
    {
        await Offices();
        var login = await IdentityPeople.Person(city, (office, role));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    [GeneratedRegex("name=\"_once\" value=\"([^\"]+)\"")]
    private static partial Regex Once();

    [GeneratedRegex("/ledger/problems/[0-9a-f]{26}")]
    private static partial Regex ProblemAddress();

    [GeneratedRegex("/ledger/entries/[0-9]+")]
    private static partial Regex EntryAddress();
}
