using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>A package of two items, published by two people, with a case that runs: something to see for who walks over all pages.</summary>
internal static class WalkedPackage
{
    /// <returns>Number of the resident's case.</returns>
    public static async Task<string> Make(City city, string resident, ServiceItem item, Caller clerk, Caller head)
    {
        var (other, _, _) = await new ItemTown(city).Published();
        var package = new ServicePackage
        {
            Code = "walked-" + item.Code,
            Name = "走遍一件事",
            Summary = "测试用的一件事。",
            Office = item.Office,
            Themes = ["catering"],
            Bases = [new("行政许可法", "第二十六条第二款")],
            Promised = new(25, ClockUnit.WorkingDays),
            Items = [new(item.Code), new(other.Code) { After = [item.Code] }],
        };
        var desk = city.Service<PackageDesk>();
        var key = ItemTown.Value(await desk.Submit(clerk, package));
        ItemTown.Value(await desk.Publish(head, key, 1));
        var type = city.Service<CaseTypes>().Find(package.CaseType)!;
        var request = PackageTown.Request(type, CaseTown.Resident("司徒走遍") with { Person = resident }, new Dictionary<string, string> { ["shop"] = "走遍小店", ["kind"] = "food" });
        var number = ItemTown.Value(await city.Service<CaseDesk>().Open(Caller.Platform("test"), request, null)).Number;
        await new CaseTown(city).Take(clerk, number, new(ItemSteps.Accept));
        return number;
    }
}
