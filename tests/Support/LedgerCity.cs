using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;

namespace Shali.Tests.Support;

/// <summary>Bills in the city that all tests share; each with fee items of its own.</summary>
public static class LedgerCity
{
    private static int _number;

    /// <summary>120.00 of market regulation and two times 55.25 of health.</summary>
    public static async Task<Bill> Bill(City city, string person = "person-1")
    {
        await Offices(city);
        var n = Interlocked.Increment(ref _number);
        var fees = await city.Store.Write(
            new Act(Caller.Platform("test"), "ledger.fee.publish"),
            [LedgerOffice.Fee($"PAGE-{n}-1", "market-regulation", 120m), LedgerOffice.Fee($"PAGE-{n}-2", "health", 55.25m)]);
        Assert.True(fees.Ok, fees.Refusals.ToString());
        var issued = await city.Service<Bills>().Issue(
            LedgerOffice.Cashier,
            new($"办-{n}", new("王小明", person), "market-regulation", [new($"PAGE-{n}-1"), new($"PAGE-{n}-2", 2)], city.Service<TimeProvider>().Today().AddDays(9)),
            $"page-{n}");
        Assert.True(issued.Ok, issued.Refusals.ToString());
        return issued.Value;
    }

    public static async Task Offices(City city)
    {
        await IdentityPeople.Offices(city);
        if (city.Service<Offices>().Find("finance") is null)
        {
            await city.Service<Offices>().Save(
                new Act(Caller.Platform("test"), "identity.office.save"),
                [new("finance", "测试市财政局", "市财政", "department", "city", "4111", new(2000, 1, 1), null)]);
            await city.Service<Offices>().Reload(default);
        }
    }
}
