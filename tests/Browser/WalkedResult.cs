using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Tests.Stories;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>For those who walk over all pages: a case that was granted, with its bill, a relief that somebody asked for, its papers and its licence.</summary>
internal static class WalkedResult
{
    /// <summary>Number of the case.</summary>
    public static async Task<string> Make(City city, string resident)
    {
        var fee = "WALK-" + Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();
        var published = await city.Store.Write(new Act(Caller.Platform("test"), "ledger.fee.publish"), [LedgerOffice.Fee(fee, "market-regulation", 60m), FeeReliefs.Rule(fee, fee, 50)]);
        Assert.True(published.Ok, published.Refusals.ToString());
        var (item, clerk, head) = await new ItemTown(city).Published(ItemTown.Item() with
        {
            ChecksSubstance = false,
            Materials = [],
            Fees = [new(fee) { PaidLater = true }],
        });
        var who = CaseTown.Resident("司徒走遍") with { Person = resident };
        var opened = ItemTown.Value(await city.Service<CaseDesk>().Open(
            who,
            new(item.CaseType, new Dictionary<string, string> { ["shop"] = "走遍小店", ["kind"] = "retail" }) { Person = resident, PersonName = who.Name, Phone = "13800000000" },
            null));
        var town = new CaseTown(city);
        await town.Take(clerk, opened.Number, new(ItemSteps.Accept));
        await town.Take(clerk, opened.Number, new(ItemSteps.Examine) { Opinion = "符合" });
        await town.Take(head, opened.Number, new(ItemSteps.Grant) { Opinion = "同意" });
        while (await city.Db.Scalar<bool>($"select exists (select 1 from casework.follow_up where case_no = {opened.Number})"))
        {
            await city.Service<FollowUpRun>().Run();
            await Task.Yield();
        }

        var (line, bill) = await city.Db.One($"select _key, bill from ledger.bill_line where fee_item = {fee}", row => (row.GetString(0), row.GetString(1)));
        ItemTown.Value(await city.Service<Reliefs>().Ask(clerk, new(bill, line, fee, "小微企业声明"), opened.Number));
        return opened.Number;
    }
}
