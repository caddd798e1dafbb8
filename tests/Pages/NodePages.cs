using System.Net;
using System.Text.RegularExpressions;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>The pages of front nodes and receipts over HTTP: who looks after a node, and anybody who has a receipt.</summary>
public sealed partial class NodePages(City city)
{
    private const string Nodes = "/exchange/nodes";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_information_officer_lets_a_node_of_his_office_in_and_ends_it()
    {
        using var officer = await Browser(("health", Roles.InformationOfficer));
        await officer.Get(Nodes);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.Post(Nodes, ("name", " "))).StatusCode);

        // Whatever office he writes into the form: it is his own.
        var made = await officer.Post(Nodes, ("name", "三楼机房 <b>"), ("office", "police"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Contains("no-store", made.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var node = NodeCode().Match(officer.Page).Value;
        Assert.StartsWith("health-", node, StringComparison.Ordinal);
        Assert.Contains(node, (await Text(officer, Nodes)), StringComparison.Ordinal);
        Assert.Contains("三楼机房 &lt;b&gt;", officer.Page, StringComparison.Ordinal);
        var address = $"{Nodes}/{node}";
        Assert.Contains("从未联系", await Text(officer, address), StringComparison.Ordinal);

        using var other = await Browser(("police", Roles.InformationOfficer));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(address)).StatusCode);
        await other.Get(Nodes);
        Assert.DoesNotContain(node, other.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post(address + "/revoke", ("reason", "别人的"))).StatusCode);
        await other.Get(Nodes);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post(address + "/code")).StatusCode);
        using var clerk = await Browser(("health", Roles.Clerk));
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Get(Nodes)).StatusCode);

        using var administrator = await Browser(("data", Roles.SystemAdministrator));
        Assert.Contains(node, await Text(administrator, Nodes), StringComparison.Ordinal);
        await officer.Get(address);
        Assert.Equal(HttpStatusCode.OK, (await officer.Post(address + "/code")).StatusCode);
        await officer.Get(address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.Post(address + "/revoke", ("reason", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await officer.Post(address + "/revoke", ("reason", "机器报废"))).StatusCode);
        Assert.Contains("机器报废", await Text(officer, address), StringComparison.Ordinal);
        Assert.DoesNotContain("/revoke", officer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flows_receipts_and_comparisons_are_shown_and_anybody_checks_a_receipt()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 12);
        var node = town.Open(town.Settings(town.Give(source.Place)));
        await NodeTown.Round(node);
        await node.Gives[0].Compare(Cancel);
        Assert.True(await node.Reporting.Tell(Cancel), node.Reporting.Fault);
        using var officer = await Browser((town.Office, Roles.InformationOfficer));
        var page = await Text(officer, $"{Nodes}/{town.Code}");
        Assert.Contains("企业登记", page, StringComparison.Ordinal);
        Assert.Contains("双方一致", page, StringComparison.Ordinal);
        var receipt = ReceiptAddress().Match(page).Groups[1].Value;

        using var anybody = new IdentityBrowser(city.Address);
        var shown = await Text(anybody, receipt);
        Assert.Contains("回执真实", shown, StringComparison.Ordinal);
        Assert.Contains("square-code", shown, StringComparison.Ordinal);
        Assert.Contains("新增 12", shown, StringComparison.Ordinal);
        Assert.NotNull(EvidenceJson.Read<ReceiptFile>(await city.Http.GetByteArrayAsync(receipt + "/file", Cancel)));
        Assert.Equal(HttpStatusCode.SeeOther, (await anybody.Get("/exchange/receipts?number=" + receipt[(receipt.LastIndexOf('/') + 1)..])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Get(receipt + "x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Get(receipt + "x/file")).StatusCode);
        Assert.Contains("请核对编号", await Text(anybody, "/exchange/receipts?number=a%2Fb"), StringComparison.Ordinal);
        Assert.DoesNotContain("请核对编号", await Text(anybody, "/exchange/receipts"), StringComparison.Ordinal);

        // The node's own page, on its machine alone.
        var port = PortalProcess.FreePort();
        await using var status = await FrontNode.StatusPage.Start(node, port);
        using var http = new HttpClient();
        var own = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), Cancel);
        Assert.Contains("firms", own, StringComparison.Ordinal);
        Assert.Contains("运行正常", own, StringComparison.Ordinal);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}/")) { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.NotFound, (await http.SendAsync(elsewhere, Cancel)).StatusCode);
    }

    private static async Task<string> Text(IdentityBrowser browser, string address)
    {
        Assert.Equal(HttpStatusCode.OK, (await browser.Get(address)).StatusCode);
        return browser.Page;
    }

    private async Task<IdentityBrowser> Browser(params (string Office, string Role)[] posts)
    {
        var person = await IdentityPeople.Person(city, posts);
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(person.Login, person.Password);
        return browser;
    }

    [GeneratedRegex("health-[0-9]+")]
    private static partial Regex NodeCode();

    [GeneratedRegex("href=\"(/exchange/receipts/[^\"]+)\"")]
    private static partial Regex ReceiptAddress();
}
