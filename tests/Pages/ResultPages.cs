using System.Net;
using System.Text.RegularExpressions;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>一单式收费 and 结果 as people walk them: from the application over bill and payment to the sealed licence, over HTTP.</summary>
public sealed partial class ResultPages(City city) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shali-licence-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_application_is_accepted_paid_on_one_bill_granted_and_the_licence_verifies()
    {
        var item = await Charged();
        using var applicant = await Browser();
        using var clerk = await Browser(("market-regulation", Roles.Clerk));
        using var head = await Browser(("market-regulation", Roles.Head));
        using var stranger = await Browser();
        var number = await Apply(applicant, item);

        // The clerk is not asked for a number: the platform has it.
        await clerk.Get($"/desk/cases/{number}/steps/accept");
        Assert.DoesNotContain("name=\"document\"", clerk.Page, StringComparison.Ordinal);
        await Step(clerk, number, "accept");
        await Settled(number);
        await applicant.Get("/me/cases/" + number);
        Assert.Contains("行政许可申请受理通知书", applicant.Page, StringComparison.Ordinal);
        Assert.Contains("¥175.25", applicant.Page, StringComparison.Ordinal);
        var bill = BillAddress().Match(applicant.Page).Value;
        var paper = await applicant.Get($"/me/cases/{number}/papers/2");
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (paper.StatusCode, paper.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/me/cases/{number}/papers/2")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(bill)).StatusCode);
        await clerk.Get($"/desk/cases/{number}");
        Assert.Contains("请于", clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/desk/cases/{number}/papers/2")).StatusCode);

        await Step(clerk, number, "examine", ("opinion", "符合"));
        await Step(head, number, "grant", ("opinion", "同意"));
        await clerk.Get($"/desk/cases/{number}/steps/deliver");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post($"/desk/cases/{number}/steps/deliver", Version(clerk))).StatusCode);
        Assert.Contains("尚未缴纳，缴款后才能送达结果", clerk.Page, StringComparison.Ordinal);

        await applicant.Get(bill);
        var order = (await applicant.Post(bill, ("number", bill.Split('/')[^1]), ("channel", "test"), ("_once", number))).Headers.Location!.OriginalString.Split('/')[^1];
        await applicant.Get($"/test-channel/payments/{order}");
        await applicant.Post($"/test-channel/payments/{order}", ("choice", "twice"));
        await applicant.Get($"/bills/orders/{order}");
        Assert.Contains("缴款成功", applicant.Page, StringComparison.Ordinal);
        await Settled(number);
        await Step(clerk, number, "deliver");
        await Settled(number);
        await applicant.Get("/me/cases/" + number);
        Assert.Contains("送达回证", applicant.Page, StringComparison.Ordinal);

        // The licence: in his own space, in the open, checked by the programs that everybody has.
        await applicant.Get("/me/licences");
        var licence = LicenceAddress().Match(applicant.Page).Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await applicant.Get("/me/licences/" + licence)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("/me/licences/" + licence)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/me/licences/{licence}/file")).StatusCode);
        var file = await (await applicant.Get($"/me/licences/{licence}/file")).Content.ReadAsByteArrayAsync(Cancel);
        await Verified(file);
        await stranger.Get("/verify");
        Assert.Equal(HttpStatusCode.OK, (await stranger.Upload("/verify/file", "file", "证.pdf", file)).StatusCode);
        Assert.Contains("测试许可证", stranger.Page, StringComparison.Ordinal);

        using var anyone = new IdentityBrowser(city.Address);
        Assert.Equal(HttpStatusCode.OK, (await anyone.Get("/licences/" + licence)).StatusCode);
        Assert.Contains("测**", anyone.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("测试人员", anyone.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(number, anyone.Page, StringComparison.Ordinal);
        foreach (var address in new[] { "/licences", "/licences?q=%25%27_", "/licences?q=" + Uri.EscapeDataString("测试许可证") })
        {
            Assert.Equal(HttpStatusCode.OK, (await anyone.Get(address)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await anyone.Get("/licences/no-such-licence")).StatusCode);

        // Only the head of its office ends it.
        await Ended(clerk, head, anyone, licence);
    }

    [Fact]
    public async Task An_expired_bill_is_issued_again_by_its_payer_only()
    {
        var item = await Charged();
        using var applicant = await Browser();
        using var stranger = await Browser();
        using var clerk = await Browser(("market-regulation", Roles.Clerk));
        var number = await Apply(applicant, item);
        Assert.Equal(HttpStatusCode.NotFound, (await applicant.Get($"/me/cases/{number}/bill")).StatusCode);
        await Step(clerk, number, "accept");
        await Settled(number);
        Assert.Equal(HttpStatusCode.OK, (await applicant.Get($"/me/cases/{number}/bill")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await applicant.Post($"/me/cases/{number}/bill")).StatusCode);
        await applicant.Get("/me/cases/" + number);
        var first = BillAddress().Match(applicant.Page).Value.Split('/')[^1];
        Assert.True((await city.Service<Bills>().Cancel(LedgerOffice.Cashier, first, "开错", Cancel)).Ok);
        await applicant.Get("/me/cases/" + number);
        Assert.Contains("重新开具缴款书", applicant.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/me/cases/{number}/bill")).StatusCode);
        await stranger.Get("/licences");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post($"/me/cases/{number}/bill")).StatusCode);
        using var health = await Browser(("health", Roles.Clerk));
        Assert.Equal(HttpStatusCode.NotFound, (await health.Get($"/desk/cases/{number}/bill")).StatusCode);
        await clerk.Get("/desk/cases/" + number);
        Assert.Contains($"/desk/cases/{number}/bill", clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get($"/desk/cases/{number}/bill")).StatusCode);
        await applicant.Get($"/me/cases/{number}/bill");
        var again = (await applicant.Post($"/me/cases/{number}/bill")).Headers.Location!.OriginalString;
        Assert.NotEqual(first, again.Split('/')[^1]);
        Assert.Equal(HttpStatusCode.OK, (await applicant.Get(again)).StatusCode);
    }

    private async Task Ended(IdentityBrowser clerk, IdentityBrowser head, IdentityBrowser anyone, string licence)
    {
        await clerk.Get("/desk/licences");
        Assert.Contains(licence, clerk.Page, StringComparison.Ordinal);
        await clerk.Get("/desk/licences/" + licence);
        Assert.DoesNotContain("name=\"kind\"", clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Post($"/desk/licences/{licence}/end", ("kind", "revoked"), ("reason", "x"), ("basis", "y"), ("case", "z"))).StatusCode);
        using var other = await Browser(("health", Roles.Head));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/desk/licences/" + licence)).StatusCode);
        await other.Get("/desk/licences");
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post($"/desk/licences/{licence}/end", ("kind", "revoked"), ("reason", "x"), ("basis", "y"), ("case", "z"))).StatusCode);
        await head.Get("/desk/licences/" + licence);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await head.Post($"/desk/licences/{licence}/end", ("kind", ""), ("reason", "留着的理由"))).StatusCode);
        Assert.Contains("留着的理由", head.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await head.Post(
            $"/desk/licences/{licence}/end", ("kind", "revoked"), ("reason", "严重违法"), ("basis", "《食品安全法》第一百二十四条"), ("case", "案2026-1"))).StatusCode);
        await anyone.Get("/licences/" + licence);
        Assert.Contains("已吊销", anyone.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("严重违法", anyone.Page, StringComparison.Ordinal);
    }

    /// <summary>An item of one question with fees of two offices.</summary>
    private async Task<ServiceItem> Charged()
    {
        await LedgerCity.Offices(city);
        var mark = Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();
        var fees = await city.Store.Write(
            new Act(Caller.Platform("test"), "ledger.fee.publish"),
            [LedgerOffice.Fee($"RP-{mark}-1", "market-regulation", 120m), LedgerOffice.Fee($"RP-{mark}-2", "health", 55.25m)], Cancel);
        Assert.True(fees.Ok, fees.Refusals.ToString());
        return (await new ItemTown(city).Published(ItemTown.Item() with
        {
            ChecksSubstance = false,
            Materials = [],
            Questions = [ItemTown.Item().Questions[1]],
            Fees = [new($"RP-{mark}-1"), new($"RP-{mark}-2")],
        })).Item;
    }

    internal static async Task<string> Apply(IdentityBrowser applicant, ServiceItem item)
    {
        await applicant.Get("/cases/new");
        var draft = (await applicant.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        await applicant.Get(draft + "/applicant");
        await applicant.Post(draft + "/applicant", ("_phone", "13812345678"));
        await applicant.Get(draft + "/questions/kind");
        await applicant.Post(draft + "/questions/kind", ("kind", "retail"));
        await applicant.Get(draft + "/check");
        return NumberPattern().Match((await applicant.Post(draft + "/check")).Headers.Location!.ToString()).Value;
    }

    internal static async Task Step(IdentityBrowser browser, string number, string step, params (string, string)[] fields)
    {
        await browser.Get($"/desk/cases/{number}/steps/{step}");
        var answer = await browser.Post($"/desk/cases/{number}/steps/{step}", [Version(browser), .. fields]);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{step}: {answer.StatusCode} {browser.Page}");
    }

    /// <summary>What the steps have left is done, by the city's own workers or by us.</summary>
    private async Task Settled(string number)
    {
        await city.Service<FollowUps>().Wake([number], Cancel);
        while (await city.Db.Scalar<bool>($"select exists (select 1 from casework.follow_up where case_no = {number} and note is distinct from {"等待缴款"})", Cancel))
        {
            await city.Service<FollowUpRun>().Run(Cancel);
            await Task.Yield();
        }
    }

    private async Task Verified(byte[] licence)
    {
        var file = Path.Combine(_folder, "licence.pdf");
        var ca = Path.Combine(_folder, "ca.pem");
        await File.WriteAllBytesAsync(file, licence, Cancel);
        await File.WriteAllTextAsync(ca, await city.Http.GetStringAsync(new Uri("/ca/ca.pem", UriKind.Relative), Cancel), Cancel);
        Assert.Equal(0, (await Tool.Run("certutil", "-N", "-d", _folder, "--empty-password")).Code);
        Assert.Equal(0, (await Tool.Run("certutil", "-A", "-d", _folder, "-n", "shali", "-t", "C,C,C", "-i", ca)).Code);
        var (_, said) = await Tool.Run("pdfsig", "-nssdir", _folder, file);
        Assert.Contains("Signature is Valid.", said, StringComparison.Ordinal);
        Assert.Contains("Certificate is Trusted.", said, StringComparison.Ordinal);
        Assert.Contains("测试市市场监督管理局", said, StringComparison.Ordinal);
    }

    private async Task<IdentityBrowser> Browser(params (string Office, string Role)[] posts)
    {
        var login = await IdentityPeople.Person(city, posts);
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    private static (string, string) Version(IdentityBrowser browser) => ("_version", VersionPattern().Match(browser.Page).Groups[1].Value);

    [GeneratedRegex("name=\"_version\" value=\"([0-9]+)\"")]
    private static partial Regex VersionPattern();

    [GeneratedRegex("[0-9]{16}")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("/me/bills/[0-9]{16}")]
    private static partial Regex BillAddress();

    [GeneratedRegex("/me/licences/([a-z0-9.-]+)\"")]
    private static partial Regex LicenceAddress();
}
