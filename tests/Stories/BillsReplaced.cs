using Shali.Government.S11Approvals.Billing;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Messages;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>换开缴款书: whoever must pay another bill than the one that he has is told once why, how much, until when and where.</summary>
public sealed class BillsReplaced(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_old_one_expired_and_the_standard_changed_the_payer_is_told_once_on_every_way()
    {
        await using var town = await ResultTown.Start(city, item => item with { Fees = [new("F-1")] });
        var (number, who) = await Accepted(town);
        await town.Hear();
        Assert.Empty(await Told(town, number));
        town.Time.Move(TimeSpan.FromDays(31));
        Assert.Equal(1, await town.Get<Bills>().Expire(town.Db, Cancel));
        var dearer = new Change.Update(Resources.FeeItem, "F-1", null, new Dictionary<string, object?> { ["price"] = 150m });
        Assert.True((await town.Get<RecordStore>().Write(new Act(Caller.Platform("test"), "ledger.fee.change"), [dearer], Cancel)).Ok);
        var root = (await town.File(number)).Case;
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => town.Get<CaseBills>().Again(root, Cancel)));
        await town.Hear();
        await town.Hear();

        var bills = await town.Bills(number);
        var (before, after) = (bills[0], bills[1]);
        Assert.Equal((before.Number, 150m), (after.Replaces, after.Amount));
        var told = await Told(town, number);
        Assert.Equal(["inbox", "sms"], told.Select(one => one.Channel).Order());
        Assert.All(told, one => Assert.Equal((Receiver.OfPerson(who.Person!), "/me/bills/" + after.Number), (one.Owner, one.Link)));
        var until = town.Time.Today().AddDays(CaseBills.Days).InWords();
        foreach (var word in new[]
        {
            $"原缴款书 {before.Number} 逾期没有缴纳", after.Number, after.CheckCode, "金额由 ¥120.00 变为 ¥150.00", $"请于{until}以前缴清", "/bills 凭缴款书号和校验码缴纳",
        })
        {
            Assert.Contains(word, told[0].Body, StringComparison.Ordinal);
        }

        // It is delivered, and the try is on record.
        while (await town.Get<Deliveries>().SendSome(Cancel) > 0)
        {
        }

        Assert.Equal(1, await town.Db.Scalar<long>(
            $"select count(*) from casework.delivery d join casework.outbox o on o.id = d.message where o.case_no = {number} and o.event = {BillMessages.ReplacedEvent} and d.ok", Cancel));
        Assert.Contains((await town.File(number)).Events, one => one.Opinion is { } words && words.Contains("换开缴款书 " + after.Number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_office_says_why_it_cancelled_and_who_has_paid_meanwhile_is_not_asked_again()
    {
        await using var town = await ResultTown.Start(city, item => item with { Fees = [new("F-1")] });
        var (number, _) = await Accepted(town);
        var first = Assert.Single(await town.Bills(number));
        Assert.True((await town.Get<Bills>().Cancel(LedgerOffice.Cashier, first.Number, "缴款人名称有误", Cancel)).Ok);
        var root = (await town.File(number)).Case;
        var again = await town.Get<CaseBills>().Again(root, Cancel);
        await town.Hear();
        Assert.Contains($"原缴款书 {first.Number} 已作废（缴款人名称有误）", (await Told(town, number))[0].Body, StringComparison.Ordinal);

        // The third is paid before anybody heard of it.
        Assert.True((await town.Get<Bills>().Cancel(LedgerOffice.Cashier, again.Value.Number, "再次开错", Cancel)).Ok);
        var third = (await town.Get<CaseBills>().Again(root, Cancel)).Value;
        await town.Pay(third);
        await town.Hear();
        Assert.DoesNotContain(await Told(town, number), one => one.Link.EndsWith(third.Number, StringComparison.Ordinal));
        Assert.Contains((await town.File(number)).Events, one => one.Opinion == $"缴款书 {third.Number} 已缴款 ¥120.00。");
    }

    private static async Task<(string Number, Caller Who)> Accepted(ResultTown town)
    {
        var (number, who) = await town.Open();
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Follow();
        return (number, who);
    }

    private static Task<List<(string Channel, string? Owner, string Body, string Link)>> Told(ResultTown town, string number) => town.Db.List(
        $"select channel, owner, body, link from casework.outbox where case_no = {number} and event = {BillMessages.ReplacedEvent} order by id",
        row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.GetString(3)),
        Cancel);
}
