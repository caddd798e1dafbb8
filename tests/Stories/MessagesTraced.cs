using System.Net;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Exchange.Tracing;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>A batch is followed from the node that sent it to those who have it; a node's page says who waits for it.</summary>
public sealed class MessagesTraced(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    [Fact]
    public async Task A_batch_is_followed_to_each_subscriber_by_receipt_by_batch_and_by_event()
    {
        await using var receiver = await HookReceiver.Start();
        await using var town = await NodeTown.Start(city);
        var (pushed, follows) = (await Town.Office(), await Town.Office());
        var terms = Terms(town.Resource);
        var hook = await Town.Grant(terms(pushed) with { Ways = [GrantWay.Push] });
        var asks = await Town.Grant(terms(follows) with { Ways = [GrantWay.Query] });
        Assert.True((await city.Service<Hooks>().Save(Town.Staff(pushed), hook, receiver.Address, false, Cancel)).Ok);
        var source = town.Sqlite();
        source.Fill(1, 4);
        await NodeTown.Round(town.Open(town.Settings(town.Give(source.Place))));
        await receiver.Until(4);
        while ((await city.Service<Hooks>().Find(hook, Cancel))!.Sent < 4)
        {
            await Task.Yield();
        }

        var number = (await town.Db.Scalar<string>($"select number from exchange.receipt where node = {town.Code}", Cancel))!;
        var officer = NodeTown.Officer(town.Office);
        var trace = (await Find(officer, number))!;
        Assert.Equal("企业登记", trace.ResourceName);
        Assert.Equal(
            ["前置机封装、签名、发送", "中心收到，核对签名、证书、时间和摘要，逐行校验", "写入登记库", "记入变更明细", "取得防篡改日志中的位置"], trace.Steps.Take(5).Select(step => step.Title));
        Assert.Equal(["签发回执", "回执记入防篡改日志"], trace.Steps.TakeLast(2).Select(step => step.Title));
        Assert.Contains("新增 4", trace.Steps[1].Words, StringComparison.Ordinal);
        Assert.Contains("4 行明细", trace.Steps[3].Words, StringComparison.Ordinal);
        var arrived = trace.Steps.Single(step => step.Title == $"推送到测试{pushed}");
        Assert.Equal(("已送达。", false, true), (arrived.Words, arrived.Waiting, arrived.At is not null));
        Assert.Contains("可以取得", trace.Steps.Single(step => step.Title.Contains(follows, StringComparison.Ordinal)).Title, StringComparison.Ordinal);

        // By the batch, and by the id of an event as a receiver knows it: the same way.
        Assert.Equal(trace.Title, (await Find(officer, $" {town.Code}  firms 1 "))?.Title);
        var known = receiver.Events[0].GetProperty("id").GetString()!;
        Assert.Equal(trace.Steps.Select(step => step.Title), (await Find(officer, known))!.Steps.Select(step => step.Title));

        // A change that nobody sent has the way from the registry on; what does not arrive is told.
        await city.Service<Hooks>().Pause(Town.Staff(pushed), hook, true, Cancel);
        Assert.True((await city.Store.Write(new Act(Caller.Platform("test"), "test"), [new Change.Update(town.Resource, "F000001", null, new Dictionary<string, object?> { ["name"] = "改名" })], Cancel)).Ok);
        long? place;
        while ((place = await city.Db.Scalar<long?>($"select max(position) from {Sql.Name(town.Resource.Schema, "act")} where kind = 'test'", Cancel)) is null)
        {
            await Task.Yield();
        }

        var change = (await Find(officer, $"{town.Resource.Address}:{place}.0"))!;
        Assert.Equal("写入登记库", change.Steps[0].Title);
        Assert.True(change.Steps.Single(step => step.Title == $"推送到测试{pushed}").Waiting);

        // The authority follows everything, a stranger nothing, and what is not there is not there.
        Assert.NotNull(await Find(NodeTown.Officer("data"), number));
        Assert.Null(await Find(NodeTown.Officer("health"), number));
        Assert.Null(await Find(NodeTown.Officer("health"), known));
        foreach (var nothing in new[] { "x", "a b c", "a b 1", "population.person:9999999999.0", "no.such:1.0", "", new string('x', 400), "\0" })
        {
            Assert.Null(await Find(officer, nothing));
        }

        // Who waits for the node.
        var waits = await city.Service<NodeDependents>().Of(Town.Staff("data"), town.Code, [town.Resource.Id, town.Resource.Address], Cancel);
        Assert.Equal(new[] { GrantDesk.Address(hook), GrantDesk.Address(asks) }.Order(), waits.Select(one => one.Address).Order());
        Assert.All(await city.Service<NodeDependents>().Of(officer, town.Code, [town.Resource.Id], Cancel), one => Assert.Null(one.Address));
        var persons = await city.Service<NodeDependents>().Of(officer, "police-1", ["population/person"], Cancel);
        Assert.Contains(persons, one => one.Kind == "平台的系统");
    }

    [Fact]
    public async Task The_pages_of_the_way_and_of_the_test_of_a_hook()
    {
        await using var receiver = await HookReceiver.Start();
        var (node, receipt) = await NodeTown.Walk(city);
        using var authority = await Browser(("data", Roles.InformationOfficer));
        await authority.Get($"/exchange/nodes/{node}");
        Assert.Contains($"/exchange/trace?q={receipt}", authority.Page, StringComparison.Ordinal);
        Assert.Contains("停用或者中断时受影响的", authority.Page, StringComparison.Ordinal);
        await authority.Get($"/exchange/trace?q={receipt}");
        foreach (var step in new[] { "前置机封装、签名、发送", "写入登记库", "没有订阅方", $"/exchange/receipts/{receipt}" })
        {
            Assert.Contains(step, authority.Page, StringComparison.Ordinal);
        }

        using var missing = await authority.Get("/exchange/trace?q=nothing");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("没有找到", authority.Page, StringComparison.Ordinal);

        var (resource, consumer) = (await Town.Register(Sharing.Conditional("限履行职责时使用")), await Town.Office());
        var number = await Town.Grant(Town.Terms(resource, consumer) with { Ways = [GrantWay.Push] });
        using var head = await Browser((consumer, Roles.Head));
        await head.Get($"/sharing/grants/{number}/push");
        Assert.DoesNotContain("测试连接", head.Page, StringComparison.Ordinal);
        Assert.True((await city.Service<Hooks>().Save(Town.Staff(consumer), number, receiver.Address, true, Cancel)).Ok);
        await head.Get($"/sharing/grants/{number}/push");
        await head.Post($"/sharing/grants/{number}/push/test");
        Assert.Contains("连接正常", head.Page, StringComparison.Ordinal);
        Assert.Contains("对方应答 200", head.Page, StringComparison.Ordinal);
        Assert.True((await city.Service<Hooks>().Save(Town.Staff(consumer), number, "http://127.0.0.1:9/hook", true, Cancel)).Ok);
        await head.Get($"/sharing/grants/{number}/push");
        await head.Post($"/sharing/grants/{number}/push/test");
        Assert.Contains("连接不正常", head.Page, StringComparison.Ordinal);
        Assert.Empty(receiver.Events);
    }

    private Task<Trace?> Find(Caller who, string asked) => city.Service<MessageTrace>().Find(who, asked, Cancel);

    private Func<string, GrantTerms> Terms(ResourceDefinition resource) => consumer => Town.Terms(resource, consumer) with { Fields = ["number", "name"], Clear = [], Condition = "" };

    private async Task<IdentityBrowser> Browser((string Office, string Role) post)
    {
        var login = await IdentityPeople.Person(city, post);
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }
}
