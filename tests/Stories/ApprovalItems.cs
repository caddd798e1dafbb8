using System.Net;
using System.Text.Json;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Items on a real database: from the draft to the case that is decided.</summary>
public sealed class ApprovalItems(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ItemDesk Desk => city.Service<ItemDesk>();

    private ItemReader Items => city.Service<ItemReader>();

    [Fact]
    public async Task An_item_is_drafted_published_by_another_applied_for_accepted_examined_and_granted()
    {
        var (item, clerk, head) = await new ItemTown(city).Published();
        var second = await new ItemTown(city).Staff(Roles.Clerk);
        var type = city.Service<CaseTypes>().Find(item.CaseType)!;
        Assert.Equal((1, item.Name), (type.Version, type.Name));

        var town = new CaseTown(city);
        var person = CaseTown.Resident("郑申请");
        var request = new OpenRequest(item.CaseType, new Dictionary<string, string> { ["shop"] = "郑家面馆", ["kind"] = "餐饮" })
        {
            Person = person.Person,
            PersonName = person.Name,
            Phone = "13800000000",
            Materials = [new("lease", "场所使用证明", MaterialSource.Paper), new("plan", "布局图", MaterialSource.Paper), new("photo", "门面照片", MaterialSource.Promised)],
        };
        var missing = await city.Service<CaseDesk>().Open(
            person, request with { Answers = new Dictionary<string, string> { ["kind"] = "学校" }, Materials = [] }, null, Cancel);
        Assert.Equal(["CASE-F02 shop", "CASE-F03 kind", "CASE-M01 lease", "CASE-M01 photo"], missing.Refusals.Select(one => $"{one.Code} {one.Field}").Order(StringComparer.Ordinal));

        var opened = ItemTown.Value(await city.Service<CaseDesk>().Open(person, request, null, Cancel));
        await town.Take(clerk, opened.Number, new(ItemSteps.Accept));
        var file = (await town.File(clerk, opened.Number))!;
        Assert.Equal(["decide", "decide-promised"], file.Clocks.Where(clock => clock.Facts.Ended is null).Select(clock => clock.Facts.Rule.Code).Order());
        await town.Take(clerk, opened.Number, new(ItemSteps.BeginSpecial("expert-review")) { Reason = "需要专家评审", Document = "评审告知1号", Length = 7 });
        Assert.All((await town.File(clerk, opened.Number))!.Clocks.Where(clock => clock.Facts.Ended is null), clock => Assert.Equal(ClockStatus.Paused, clock.Verdict.Status));
        await town.Take(clerk, opened.Number, new(ItemSteps.EndSpecial) { Opinion = "评审通过" });
        var alone = await city.Service<CaseDesk>().Take(clerk, opened.Number, new(ItemSteps.Examine) { Opinion = "符合" }, null, Cancel);
        Assert.Equal("CASE-R11", Assert.Single(alone.Refusals).Code);
        await town.Take(clerk, opened.Number, new(ItemSteps.Examine) { Opinion = "符合", Second = second.Id });
        var clerkDecides = await city.Service<CaseDesk>().Take(clerk, opened.Number, new(ItemSteps.Grant) { Opinion = "同意" }, null, Cancel);
        Assert.False(clerkDecides.Ok);
        await town.Take(head, opened.Number, new(ItemSteps.Grant) { Opinion = "同意" });
        await town.Take(clerk, opened.Number, new(ItemSteps.Deliver) { Document = "JY2026000001" });
        var after = (await town.File(person, opened.Number))!;
        Assert.Equal(("granted", "granted", CaseState.Ended), (after.Case.Stage, after.Case.Result, after.Case.State));
        Assert.NotNull(after.Case.AcceptedAt);
        Assert.NotNull(after.Case.DecidedAt);
        Assert.All(after.Clocks, clock => Assert.NotNull(clock.Facts.Ended));
    }

    [Fact]
    public async Task Whoever_wrote_it_does_not_publish_it_and_other_offices_touch_nothing()
    {
        var town = new ItemTown(city);
        var (clerk, head, other) = (await town.Staff(Roles.Clerk), await town.Staff(Roles.Head), await town.Staff(Roles.Head, "health"));
        var item = ItemTown.Item();
        Assert.Equal("S11-R26", Assert.Single((await Desk.Begin(other, item, Cancel)).Refusals).Code);
        var key = ItemTown.Value(await Desk.Begin(clerk, item, Cancel));
        Assert.Equal("S11-R31", Assert.Single((await Desk.Begin(head, item, Cancel)).Refusals).Code);
        Assert.Equal("S11-R28", Assert.Single((await Desk.Publish(head, key, 1, Cancel)).Refusals).Code);

        // The head has written on it too: he is an author and may not publish.
        ItemTown.Value(await Desk.Save(head, key, 1, item with { Summary = "负责人改过。" }, Cancel));
        Assert.Equal("S11-R32", Assert.Single((await Desk.Save(clerk, key, 1, item, Cancel)).Refusals).Code);
        Assert.Equal("S11-R31", Assert.Single((await Desk.Save(clerk, key, 2, item with { Code = "another" }, Cancel)).Refusals).Code);
        ItemTown.Value(await Desk.Submit(clerk, key, 2, Cancel));
        Assert.Equal("S11-R27", Assert.Single((await Desk.Publish(head, key, 3, Cancel)).Refusals).Code);
        Assert.Equal("S11-R27", Assert.Single((await Desk.Publish(clerk, key, 3, Cancel)).Refusals).Code);
        Assert.Contains("S11-R26", (await Desk.Publish(other, key, 3, Cancel)).Refusals.Select(one => one.Code));
        Assert.Equal("S11-R30", Assert.Single((await Desk.Return(head, key, 3, " ", Cancel)).Refusals).Code);
        ItemTown.Value(await Desk.Return(head, key, 3, "写明设定依据的款项", Cancel));
        Assert.Equal("写明设定依据的款项", (await Items.Edition(key, Cancel))!.Edition.Reason);
        ItemTown.Value(await Desk.Submit(clerk, key, 4, Cancel));
        var colleague = await town.Staff(Roles.InformationOfficer);
        ItemTown.Value(await Desk.Publish(colleague, key, 5, Cancel));
        Assert.Equal("负责人改过。", (await Items.InForce(item.Code, Cancel))!.Item.Summary);
    }

    [Fact]
    public async Task A_new_edition_supersedes_the_old_one_and_running_cases_keep_theirs()
    {
        var (item, clerk, head) = await new ItemTown(city).Published();
        var person = CaseTown.Resident("孙在办");
        var request = new OpenRequest(item.CaseType, new Dictionary<string, string> { ["shop"] = "孙家店", ["kind"] = "retail" })
        {
            Person = person.Person,
            PersonName = person.Name,
            Materials = [new("lease", "场所使用证明", MaterialSource.Paper), new("photo", "门面照片", MaterialSource.Paper)],
        };
        var running = ItemTown.Value(await city.Service<CaseDesk>().Open(person, request, null, Cancel));

        var key = ItemTown.Value(await Desk.Revise(clerk, item.Code, Cancel));
        Assert.Equal("S11-R29", Assert.Single((await Desk.Revise(head, item.Code, Cancel)).Refusals).Code);
        ItemTown.Value(await Desk.Save(clerk, key, 1, item with { Promised = new(6, ClockUnit.WorkingDays), Materials = [.. item.Materials.Take(2)] }, Cancel));
        ItemTown.Value(await Desk.Submit(clerk, key, 2, Cancel));
        ItemTown.Value(await Desk.Publish(head, key, 3, Cancel));

        Assert.Equal(["published", "superseded"], (await Items.Editions(item.Code, Cancel)).Select(edition => edition.Edition.State));
        Assert.Equal((2, "6 个工作日"), ((await Items.InForce(item.Code, Cancel))!.Record.Edition, (await Items.InForce(item.Code, Cancel))!.Record.Promised));
        var types = city.Service<CaseTypes>();
        Assert.Equal((2, 2), (types.Find(item.CaseType)!.Version, types.Find(item.CaseType)!.Materials.Count));
        Assert.Equal(3, (await new CaseTown(city).File(clerk, running.Number))!.Type.Materials.Count);

        var answer = await city.Http.GetStringAsync(new Uri($"/api/collections/approvals.item-material/items?item={item.Code}&f=json", UriKind.Relative), Cancel);
        Assert.Equal(2, JsonDocument.Parse(answer).RootElement.GetProperty("features").GetArrayLength());
    }

    [Fact]
    public async Task A_withdrawn_item_is_gone_for_applicants_and_running_cases_go_on()
    {
        var (item, clerk, head) = await new ItemTown(city).Published();
        var person = CaseTown.Resident("钱在办");
        var request = new OpenRequest(item.CaseType, new Dictionary<string, string> { ["shop"] = "钱家店", ["kind"] = "retail" })
        {
            Person = person.Person,
            PersonName = person.Name,
            Materials = [new("lease", "场所使用证明", MaterialSource.Paper), new("photo", "门面照片", MaterialSource.Paper)],
        };
        var running = ItemTown.Value(await city.Service<CaseDesk>().Open(person, request, null, Cancel));
        Assert.Equal("S11-R27", Assert.Single((await Desk.Withdraw(clerk, item.Code, "依法取消", Cancel)).Refusals).Code);
        ItemTown.Value(await Desk.Withdraw(head, item.Code, "依法取消", Cancel));
        Assert.Null(await Items.InForce(item.Code, Cancel));
        Assert.Equal("CASE-O02", Assert.Single((await city.Service<CaseDesk>().Open(person, request, null, Cancel)).Refusals).Code);
        await new CaseTown(city).Take(clerk, running.Number, new(ItemSteps.Accept));
        Assert.Equal("S11-R28", Assert.Single((await Desk.Withdraw(head, item.Code, "再取消一次", Cancel)).Refusals).Code);
        using var answer = await city.Http.GetAsync(new Uri($"/api/collections/approvals.item/items/{item.Code}", UriKind.Relative), Cancel);
        Assert.Contains("withdrawn", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_seed_publishes_the_items_of_the_offices_that_are_there_once()
    {
        await IdentityPeople.Offices(city);

        // Some of the offices that accept a building together are there, others are not.
        await new EnterpriseTown(city).Offices();
        var seed = city.Service<ItemSeed>();
        await Task.WhenAll(seed.Run(Cancel), seed.Run(Cancel));
        Assert.Equal(0, await seed.Run(Cancel));
        var codes = (await Items.All(Cancel)).Select(item => item.Code).ToHashSet();
        Assert.All(ItemSeed.All.Where(item => item.Office is "police" or "health"), item => Assert.Contains(item.Code, codes));
        Assert.DoesNotContain("marriage", codes);
        Assert.DoesNotContain("joint-acceptance", codes);
        Assert.NotNull(city.Service<CaseTypes>().Find(ServiceItem.CaseTypeOf("birth-household")));
    }
}
