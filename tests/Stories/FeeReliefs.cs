using Shali.Government.S11Approvals.Billing;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>收费减免: a published rule, a proof, a clerk who asks and a head who decides; bill, case and books say the same.</summary>
public sealed class FeeReliefs(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_of_a_fee_is_let_off_by_two_people_told_paid_and_in_the_books()
    {
        await using var town = await Charged();
        var (number, bill) = await Billed(town);
        var line = (await town.List<BillLine>("bill", bill.Number)).Single(one => one.FeeItem == "F-1");
        var (reliefs, clerk) = (town.Get<Reliefs>(), ResultTown.Clerk("one"));

        // Only by a rule in force, with a proof, by the office that charges.
        Assert.Equal(["R-HALF", "R-ALL"], (await reliefs.For("F-1", Cancel)).Select(one => one.Code).OrderDescending());
        Assert.Equal(["LDG-L02", "LDG-L04"], (await reliefs.Ask(clerk, new(bill.Number, line.Key, "R-DRAFT", " "), Once(), Cancel)).Refusals.Select(one => one.Code));
        Assert.Equal("LDG-R02", (await reliefs.Ask(ResultTown.Clerk("doctor", office: "health"), Half(bill, line), Once(), Cancel)).Refusals[0].Code);
        var once = Once();
        var asked = (await reliefs.Ask(clerk, Half(bill, line), once, Cancel)).Value;
        Assert.Equal(asked.Key, (await reliefs.Ask(clerk, Half(bill, line), once, Cancel)).Value.Key);
        Assert.Equal((60m, ReliefState.Asked), (asked.Amount, asked.State));
        Assert.Equal("LDG-L03", (await reliefs.Ask(clerk, Half(bill, line), Once(), Cancel)).Refusals[0].Code);
        Assert.Equal(175.25m, (await town.Bills(number))[0].Amount);

        // Not by who asked, not by a clerk, not by another office's head, and without a reason it is not refused.
        Assert.Equal("LDG-L05", (await reliefs.Decide(clerk, asked.Key, true, null, Cancel)).Refusals[0].Code);
        Assert.Equal("LDG-L05", (await reliefs.Decide(ResultTown.Clerk("two"), asked.Key, true, null, Cancel)).Refusals[0].Code);
        Assert.Equal("LDG-L05", (await reliefs.Decide(ResultTown.Clerk("one", Roles.Head), asked.Key, true, null, Cancel)).Refusals[0].Code);
        Assert.Equal("LDG-L06", (await reliefs.Decide(ResultTown.Clerk("chief", Roles.Head, "health"), asked.Key, true, null, Cancel)).Refusals[0].Code);
        Assert.Equal("LDG-B08", (await reliefs.Decide(ResultTown.Head, asked.Key, false, " ", Cancel)).Refusals[0].Code);

        // Many press at once: it happens once.
        var decided = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => reliefs.Decide(ResultTown.Head, asked.Key, true, "同意", Cancel)));
        Assert.Single(decided, one => one.Ok);
        bill = Assert.Single(await town.Bills(number));
        Assert.Equal((115.25m, 60m, BillState.Issued), (bill.Amount, bill.Relieved, bill.State));
        line = (await town.List<BillLine>("bill", bill.Number)).Single(one => one.FeeItem == "F-1");
        Assert.Equal((60m, 60m, 120m), (line.Amount, line.Relieved, line.Gross));
        Assert.Contains("小微企业，依据：测减〔2026〕1号", line.ReliefNote, StringComparison.Ordinal);
        Assert.Equal(new Money(6_000), await Owed(town, "market-regulation"));

        await town.Hear();
        await town.Hear();
        Assert.Equal(1, (await town.File(number)).Events.Count(one => one.Opinion == $"缴款书 {bill.Number} 依法减免 ¥60.00，应缴 ¥115.25。"));
        var told = Assert.Single(await Told(town, number));
        Assert.Contains("小微企业", told, StringComparison.Ordinal);
        Assert.Contains($"还应缴 ¥115.25，校验码 {bill.CheckCode}", told, StringComparison.Ordinal);

        // Supervision holds the fee against its standard, not what is left of it.
        Assert.Equal(0, await town.Db.Scalar<long>($"select count(*) from casework.card where \"case\" = {number}", Cancel));
        await town.Pay(bill);
        await town.Hear();
        Assert.Equal([55.25m, 60m], (await town.List<Receipt>("bill", bill.Number)).Select(one => one.Amount).Order());
        Assert.Equal(new Money(-6_000), await town.Get<Balances>().Of("revenue.market-regulation"));
        Assert.Equal(Money.Zero, await Owed(town, "market-regulation"));
        await Sound(town);
    }

    [Fact]
    public async Task What_is_let_off_whole_is_not_paid_and_keeps_no_result_back()
    {
        await using var town = await Charged();
        var (number, bill) = await Billed(town);
        foreach (var line in await town.List<BillLine>("bill", bill.Number))
        {
            var (clerk, head) = (ResultTown.Clerk("a-" + line.Office, office: line.Office), ResultTown.Clerk("h-" + line.Office, Roles.Head, line.Office));
            var asked = await town.Get<Reliefs>().Ask(clerk, new(bill.Number, line.Key, line.FeeItem == "F-1" ? "R-ALL" : "R-HEALTH", "退役军人优待证 优1号"), Once(), Cancel);
            Assert.True((await town.Get<Reliefs>().Decide(head, asked.Value.Key, true, null, Cancel)).Ok);
        }

        bill = Assert.Single(await town.Bills(number));
        Assert.Equal((0m, 175.25m, BillState.Waived), (bill.Amount, bill.Relieved, bill.State));
        Assert.Equal("LDG-P02", (await town.Get<Payments>().Begin(Caller.Anonymous, bill.Number, TestChannel.ChannelCode, Once(), Cancel)).Refusals[0].Code);
        town.Time.Move(TimeSpan.FromDays(31));
        Assert.Equal(0, await town.Get<Bills>().Expire(town.Db, Cancel));
        await town.Hear();
        Assert.Contains("不用再缴款", (await Told(town, number))[^1], StringComparison.Ordinal);
        await town.Decide(number);
        await town.Follow();
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver));
        Assert.Equal(Money.Zero, await Owed(town, "health"));
        await Sound(town);
    }

    [Fact]
    public async Task A_bill_in_place_of_an_expired_one_keeps_what_was_granted_and_the_books_take_back_the_whole()
    {
        await using var town = await Charged();
        var (number, bill) = await Billed(town);
        await Granted(town, bill);
        town.Time.Move(TimeSpan.FromDays(31));
        Assert.Equal(1, await town.Get<Bills>().Expire(town.Db, Cancel));
        Assert.Equal(Money.Zero, await Owed(town, "market-regulation"));
        Assert.Equal(Money.Zero, await town.Get<Balances>().Of("assessed.market-regulation"));
        var again = (await town.Get<CaseBills>().Again((await town.File(number)).Case, Cancel)).Value;
        Assert.Equal((115.25m, 60m, bill.Number), (again.Amount, again.Relieved, again.Replaces));
        Assert.Equal(new Money(6_000), await Owed(town, "market-regulation"));
        await Sound(town);
    }

    [Fact]
    public async Task What_was_paid_before_goes_back_and_a_refusal_leaves_all_as_it_was()
    {
        await using var town = await Charged();
        var (number, bill) = await Billed(town);
        var line = (await town.List<BillLine>("bill", bill.Number)).Single(one => one.FeeItem == "F-1");
        var first = (await town.Get<Reliefs>().Ask(ResultTown.Clerk("one"), Half(bill, line), Once(), Cancel)).Value;
        Assert.True((await town.Get<Reliefs>().Decide(ResultTown.Head, first.Key, false, "营业执照已注销", Cancel)).Ok);
        Assert.Equal(175.25m, (await town.Bills(number))[0].Amount);

        // While somebody pays, nothing moves.
        var second = (await town.Get<Reliefs>().Ask(ResultTown.Clerk("one"), Half(bill, line), Once(), Cancel)).Value;
        await town.Get<Payments>().Begin(Caller.Anonymous, bill.Number, TestChannel.ChannelCode, Once(), Cancel);
        Assert.Equal("LDG-L07", (await town.Get<Reliefs>().Decide(ResultTown.Head, second.Key, true, null, Cancel)).Refusals[0].Code);
        await town.Pay(bill);
        Assert.True((await town.Get<Reliefs>().Decide(ResultTown.Head, second.Key, true, null, Cancel)).Ok);
        bill = (await town.Bills(number))[0];
        Assert.Equal((BillState.RefundedInPart, 60m, 175.25m), (bill.State, bill.Refunded, bill.Amount));
        Assert.Contains("小微企业", Assert.Single(await town.List<Refund>("bill", bill.Number)).Reason, StringComparison.Ordinal);
        Assert.Equal(new Money(-6_000), await town.Get<Balances>().Of(Chart.Refunds));
        await town.Hear();
        Assert.Contains((await town.File(number)).Events, one => one.Opinion == $"缴款书 {bill.Number} 已退付 ¥60.00。");
        await Sound(town);
    }

    private async Task<ResultTown> Charged()
    {
        var town = await ResultTown.Start(city, item => item with { Fees = [new("F-1"), new("F-2")] });
        var written = await town.Get<RecordStore>().Write(
            new Act(Caller.Platform("test"), "ledger.relief.publish"),
            [Rule("R-HALF", "F-1", 50), Rule("R-ALL", "F-1", 100), Rule("R-HEALTH", "F-2", 100), Rule("R-DRAFT", "F-1", 100, FeeState.Draft)],
            Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
        return town;
    }

    private static async Task<(string Number, Bill Bill)> Billed(ResultTown town)
    {
        var (number, _) = await town.Open();
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Hear();
        await town.Follow();
        return (number, Assert.Single(await town.Bills(number)));
    }

    private static async Task Granted(ResultTown town, Bill bill)
    {
        var line = (await town.List<BillLine>("bill", bill.Number)).Single(one => one.FeeItem == "F-1");
        var asked = await town.Get<Reliefs>().Ask(ResultTown.Clerk("one"), Half(bill, line), Once(), Cancel);
        Assert.True((await town.Get<Reliefs>().Decide(ResultTown.Head, asked.Value.Key, true, null, Cancel)).Ok);
    }

    internal static Change Rule(string code, string fee, int percent, string state = FeeState.Published) => new Change.Insert(
        Resources.Relief, "", Typed<Relief>.Values(new()
        {
            Code = code,
            Name = "小微企业",
            FeeItem = fee,
            Percent = percent,
            BasisAct = "测减〔2026〕1号",
            BasisArticle = "第三条",
            Proof = "营业执照和小微企业声明",
            State = state,
        }))
    { ValidFrom = new(2020, 1, 1) };

    private static ReliefAsked Half(Bill bill, BillLine line) => new(bill.Number, line.Key, "R-HALF", "小微企业声明 声1号");

    private static string Once() => Guid.NewGuid().ToString("N");

    private static Task<Money> Owed(ResultTown town, string office) => town.Get<Balances>().Of("due." + office);

    private static Task<List<string>> Told(ResultTown town, string number) => town.Db.List(
        $"select body from casework.outbox where case_no = {number} and event = {BillMessages.RelievedEvent} and channel = 'inbox' order by id", row => row.GetString(0), Cancel);

    private static async Task Sound(ResultTown town)
    {
        Assert.True((await town.Get<Balances>().Trial(new(2000, 1, 1), new(2100, 1, 1), Cancel)).Balanced);
        Assert.Empty(await town.Get<BookCheck>().Run(cancel: Cancel));
    }
}
