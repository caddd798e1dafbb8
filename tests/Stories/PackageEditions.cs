using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>How a package comes about and changes, while what runs keeps what it began with.</summary>
public sealed class PackageEditions(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_edition_of_an_item_makes_a_new_package_and_what_runs_keeps_its_own()
    {
        await using var town = await PackageTown.Start(city);
        var (owner, lead, head) = (CaseTown.Resident("王掌柜"), await town.Staff("market-regulation"), await town.Staff("market-regulation", Roles.Head));
        var running = await town.Open("restaurant", owner, PackageTown.Restaurant());
        var desk = town.Get<ItemDesk>();
        var food = (await town.Get<ItemReader>().InForce("food-business", Cancel))!.Item;
        var key = ItemTown.Value(await desk.Revise(lead, "food-business", Cancel));
        ItemTown.Value(await desk.Save(lead, key, 1, food with
        {
            Promised = new(6, ClockUnit.WorkingDays),
            StageLimits = [],
            Questions = [.. food.Questions, new("kitchen", "是否明厨亮灶", Platform.Registry.Types.FieldTypes.Text) { Choices = [new("yes", "是"), new("no", "否")] }],
        }, Cancel));
        ItemTown.Value(await desk.Submit(lead, key, 2, Cancel));
        ItemTown.Value(await desk.Publish(head, key, 3, Cancel));

        var type = town.Types.Find(ServicePackage.CaseTypeOf("restaurant"))!;
        Assert.Equal(2, type.Version);
        Assert.NotNull(type.Form.Find("food_business_kitchen"));
        Assert.Equal(2, type.Children.First(child => child.Code == "food-business").Version);

        // The one that runs was never asked about the kitchen: its part begins with the edition that it was asked by.
        await town.Take(lead, running, new(ItemSteps.Accept));
        await town.GrantAtOnce(lead, (await town.Part(lead, running, "company-establish"))!.Number);
        var part = (await town.Part(lead, running, "food-business"))!;
        Assert.Equal(1, part.TypeVersion);

        // An edition that the package cannot use is not published.
        key = ItemTown.Value(await desk.Revise(lead, "food-business", Cancel));
        ItemTown.Value(await desk.Save(lead, key, 1, food with
        {
            StageLimits = [],
            Questions = [.. food.Questions.Select(question => question.Name == "area" ? question with { Type = Platform.Registry.Types.FieldTypes.Text, Min = null, Max = null } : question)],
        }, Cancel));
        ItemTown.Value(await desk.Submit(lead, key, 2, Cancel));
        Assert.Contains("S11-R61", (await desk.Publish(head, key, 3, Cancel)).Refusals.Select(refusal => refusal.Code));
        ItemTown.Value(await desk.Withdraw(head, "food-business", "依法取消", Cancel));
        Assert.Equal(Applicants.None, town.Types.Find(ServicePackage.CaseTypeOf("restaurant"))!.Applicants);
    }

    [Fact]
    public async Task A_package_is_written_by_its_lead_and_published_by_another()
    {
        await using var town = await PackageTown.Start(city);
        var (clerk, head, stranger) = (await town.Staff("market-regulation"), await town.Staff("market-regulation", Roles.Head), await town.Staff("emergency", Roles.Head));
        var desk = town.Get<PackageDesk>();
        var package = (await town.Get<PackageReader>().InForce("restaurant", Cancel))!.Package;
        Assert.Contains("S11-R26", (await desk.Submit(stranger, package, Cancel)).Refusals.Select(one => one.Code));
        Assert.Contains("S11-R63", (await desk.Submit(clerk, package with { Promised = new(5, ClockUnit.WorkingDays) }, Cancel)).Refusals.Select(one => one.Code));
        var key = ItemTown.Value(await desk.Submit(clerk, package with { Promised = new(12, ClockUnit.WorkingDays) }, Cancel));
        Assert.Equal("restaurant.2", key);
        Assert.Equal(["S11-R29"], (await desk.Submit(head, package, Cancel)).Refusals.Select(one => one.Code));
        Assert.Contains("S11-R26", (await desk.Publish(clerk, key, 1, Cancel)).Refusals.Select(one => one.Code));
        Assert.Contains("S11-R27", (await desk.Publish(clerk, key, 1, Cancel)).Refusals.Select(one => one.Code));
        Assert.Contains("S11-R26", (await desk.Publish(stranger, key, 1, Cancel)).Refusals.Select(one => one.Code));
        ItemTown.Value(await desk.Publish(head, key, 1, Cancel));
        Assert.Equal((2, "12 个工作日"), ((await town.Get<PackageReader>().InForce("restaurant", Cancel))!.Record.Edition, (await town.Get<PackageReader>().InForce("restaurant", Cancel))!.Record.Promised));
        Assert.Equal(12, town.Types.Find(package.CaseType)!.Clocks.First(clock => clock.Code == "decide-promised").Length);
        Assert.Equal(["published", "superseded"], (await town.Get<PackageReader>().Editions("restaurant", Cancel)).Select(file => file.Edition.State));
    }
}
