using System.Net;
using System.Text.RegularExpressions;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Stories;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>收费减免 over HTTP: the clerk asks with a scan, the head decides, the applicant sees it; others see nothing.</summary>
public sealed partial class ReliefPages(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clerk_asks_a_head_grants_and_the_applicant_pays_less()
    {
        var item = await Charged();
        using var applicant = await Browser();
        using var clerk = await Browser(("market-regulation", Roles.Clerk));
        using var head = await Browser(("market-regulation", Roles.Head));
        using var other = await Browser(("health", Roles.Clerk));
        var number = await ResultPages.Apply(applicant, item);
        var address = $"/desk/cases/{number}/relief";
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Get(address)).StatusCode);
        await ResultPages.Step(clerk, number, "accept");
        while (await city.Service<FollowUps>().Waits(number, "approvals.bill", Cancel))
        {
            await city.Service<FollowUpRun>().Run(Cancel);
        }

        await clerk.Get("/desk/cases/" + number);
        Assert.Contains(address, clerk.Page, StringComparison.Ordinal);
        await clerk.Get(address);
        var choice = WebUtility.HtmlDecode(ChoiceValue().Match(clerk.Page).Groups[1].Value);
        Assert.NotEqual("", choice);

        // All faults are told, what was written is kept.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post(address, ("document", "优待证 1号"))).StatusCode);
        Assert.Contains("优待证 1号", clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post(address, ("choice", choice))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post(address, ("choice", "x|y"), ("document", "z"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(address)).StatusCode);
        await other.Get("/");
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post(address, ("choice", choice), ("document", "z"))).StatusCode);
        for (var press = 0; press < 2; press++)
        {
            await clerk.Get(address);
            Assert.Equal(HttpStatusCode.SeeOther, (await clerk.Post(address, ("_once", "twice-" + number), ("choice", choice), ("document", "优待证 1号"))).StatusCode);
        }

        await clerk.Get(address);
        Assert.Contains("待审核", clerk.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"answer\"", clerk.Page, StringComparison.Ordinal);

        // What waits for an answer is not offered a second time.
        Assert.DoesNotContain("name=\"choice\"", clerk.Page, StringComparison.Ordinal);
        await head.Get(address);
        var decide = DecideAddress().Match(head.Page).Value;
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Post(decide, ("answer", "grant"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Get(decide + "/file")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await head.Post(decide, ("opinion", "留着的意见"))).StatusCode);
        Assert.Contains("留着的意见", head.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await head.Post(address + "/no-such", ("answer", "grant"))).StatusCode);
        await head.Get(address);
        Assert.Equal(HttpStatusCode.SeeOther, (await head.Post(decide, ("answer", "grant"))).StatusCode);
        await head.Get(address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await head.Post(decide, ("answer", "refuse"), ("opinion", "再来"))).StatusCode);

        await applicant.Get("/me/cases/" + number);
        await applicant.Get(BillAddress().Match(applicant.Page).Value);
        Assert.Contains("¥60.00", applicant.Page, StringComparison.Ordinal);
        Assert.Contains("小微企业，依据：测减〔2026〕1号", applicant.Page, StringComparison.Ordinal);
        await clerk.Get("/desk/cases/" + number);
        Assert.Contains("同意减免", clerk.Page, StringComparison.Ordinal);
        Assert.Contains("提出减免", clerk.Page, StringComparison.Ordinal);
    }

    private async Task<ServiceItem> Charged()
    {
        await LedgerCity.Offices(city);
        var mark = "RL-" + Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();
        foreach (var change in new[] { LedgerOffice.Fee(mark, "market-regulation", 120m), FeeReliefs.Rule(mark, mark, 50) })
        {
            var written = await city.Store.Write(new Act(Caller.Platform("test"), "ledger.fee.publish"), [change], Cancel);
            Assert.True(written.Ok, written.Refusals.ToString());
        }

        return (await new ItemTown(city).Published(ItemTown.Item() with
        {
            ChecksSubstance = false,
            Materials = [],
            Questions = [ItemTown.Item().Questions[1]],
            Fees = [new(mark)],
        })).Item;
    }

    private async Task<IdentityBrowser> Browser(params (string Office, string Role)[] posts)
    {
        var login = await IdentityPeople.Person(city, posts);
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    [GeneratedRegex("name=\"choice\" value=\"([^\"]+)\"")]
    private static partial Regex ChoiceValue();

    [GeneratedRegex("/desk/cases/[0-9]{16}/relief/[0-9A-Za-z]{26}")]
    private static partial Regex DecideAddress();

    [GeneratedRegex("/me/bills/[0-9]{16}")]
    private static partial Regex BillAddress();
}
