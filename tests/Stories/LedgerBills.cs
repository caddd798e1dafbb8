using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>One bill over two offices, from the charge to the closed day, and everything that goes wrong on the way.</summary>
public sealed class LedgerBills(City city)
{
    private static readonly Money Whole = new(23_050);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_bill_is_paid_once_and_split_to_the_offices()
    {
        await using var office = await LedgerOffice.Open(city);
        var bill = await office.Bill();
        Assert.Equal((BillState.Issued, 230.50m), (bill.State, bill.Amount));
        await office.Pay(bill);
        var paid = await office.Now(bill.Number);
        Assert.Equal(BillState.Paid, paid.State);
        Assert.Equal(
            (new Money(-12_000), new Money(-11_050), Whole, Money.Zero, Money.Zero),
            (await office.Balance("revenue.market-regulation"), await office.Balance("revenue.health"), await office.Balance("channel.test"),
             await office.Balance("due.health"), await office.Balance("assessed.health")));
        var view = (await office.Get<BillReading>().ByCode(Caller.Anonymous, bill.Number, bill.CheckCode.ToLowerInvariant(), Cancel))!;
        Assert.Equal([12_000L, 11_050L], view.Receipts.Select(receipt => Money.OfYuan(receipt.Amount).Fen));
        Assert.NotNull(await office.Get<Receipts>().Check(view.Receipts[0].Number, view.Receipts[0].CheckCode, Cancel));
        Assert.Null(await office.Get<Receipts>().Check(view.Receipts[0].Number, view.Receipts[1].CheckCode, Cancel));
        Assert.Null(await office.Get<BillReading>().ByCode(Caller.Anonymous, bill.Number, "AAAAAAAA", Cancel));
        await office.Sound();
    }

    [Fact]
    public async Task Nothing_is_charged_that_is_not_published_and_all_is_said_at_once()
    {
        await using var office = await LedgerOffice.Open(city);
        var request = office.Request() with
        {
            Payer = new(" "),
            Office = "nobody",
            Lines = [new("FEE-9"), new("NONE"), new("FEE-1", 0), new("FEE-1", 1.0001m)],
            ExpiresOn = office.Time.Today().AddDays(-1),
        };
        var refused = await office.Get<Bills>().Issue(LedgerOffice.Cashier, request, "x", Cancel);
        Assert.Equal(
            "LDG-B03 LDG-B04 LDG-B05 LDG-B06 LDG-B06 LDG-B09 LDG-B09", string.Join(' ', refused.Refusals.Select(refusal => refusal.Code)));
        Assert.Equal("行政许可法", refused.Refusals[3].Basis!.Act);
        Assert.Equal("LDG-B02", (await office.Get<Bills>().Issue(LedgerOffice.Cashier, office.Request() with { Lines = [] }, "y", Cancel)).Refusals[0].Code);
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bill_and_a_new_standard_leaves_old_bills_alone()
    {
        await using var office = await LedgerOffice.Open(city);
        var bill = await office.Bill("case-1|charge");
        Assert.Equal(bill, await office.Bill("case-1|charge"));
        var raised = await office.Get<RecordStore>().Write(
            new Act(Caller.Platform("test"), "ledger.fee.publish"),
            [new Change.Update(Resources.FeeItem, "FEE-1", null, new Dictionary<string, object?> { ["price"] = 150m }) { ValidFrom = office.Time.Today().AddDays(2) }],
            Cancel);
        Assert.True(raised.Ok, raised.Refusals.ToString());
        Assert.Equal(230.50m, (await office.Bill()).Amount);
        office.Time.Move(TimeSpan.FromDays(3));
        Assert.Equal(260.50m, (await office.Bill()).Amount);
        Assert.Equal(230.50m, (await office.Now(bill.Number)).Amount);
    }

    [Fact]
    public async Task Two_payers_at_once_pay_one_bill_once()
    {
        await using var office = await LedgerOffice.Open(city);
        for (var round = 0; round < 5; round++)
        {
            var bill = await office.Bill();
            var orders = new[] { await office.Pay(bill, "pay", deliver: false), await office.Pay(bill, "pay", deliver: false) };
            var answers = new List<ChannelAnswer>();
            foreach (var order in orders)
            {
                answers.Add((await office.Get<TestChannel>().Ask(order, Cancel))!);
            }

            // Each answer twice, all four at the same moment.
            var outcomes = await Task.WhenAll(answers.Concat(answers).Select(answer => Task.Run(() => office.Get<Payments>().Answer("test", answer, Cancel))));
            Assert.All(outcomes, outcome => Assert.True(outcome.Ok, outcome.Refusals.ToString()));
            Assert.Equal(BillState.Paid, (await office.Now(bill.Number)).State);
            var problem = Assert.Single(await office.Problems(), problem => problem.Bill == bill.Number);
            Assert.Equal(ProblemKind.PaidTwice, problem.Kind);
        }

        Assert.Equal(new Money(-5 * Whole.Fen), await office.Balance(Chart.Unapplied));
        Assert.Equal(new Money(10 * Whole.Fen), await office.Balance("channel.test"));
        await office.Sound();
    }

    [Theory]
    [InlineData("fail", BillState.Issued, PaymentState.Failed, null, 0)]
    [InlineData("twice", BillState.Paid, PaymentState.Succeeded, null, 0)]
    [InlineData("double", BillState.Paid, PaymentState.Succeeded, ProblemKind.PaidTwice, 23_050)]
    [InlineData("short", BillState.Issued, PaymentState.Unapplied, ProblemKind.WrongAmount, 23_049)]
    [InlineData("other", BillState.Issued, PaymentState.Unapplied, ProblemKind.OtherBill, 23_050)]
    public async Task Every_kind_of_answer_is_a_shown_state(string choice, string billState, string paymentState, string? problem, long unapplied)
    {
        await using var office = await LedgerOffice.Open(city);
        var bill = await office.Bill();
        var order = await office.Pay(bill, choice);
        Assert.Equal(billState, (await office.Now(bill.Number)).State);
        Assert.Equal(paymentState, (await Payment(office, order)).State);
        Assert.Equal(problem, (await office.Problems()).SingleOrDefault()?.Kind);
        Assert.Equal(new Money(-unapplied), await office.Balance(Chart.Unapplied));
        if (unapplied > 0)
        {
            await Settle(office, (await office.Problems())[0], Resolution.Refund);
            Assert.Equal(Money.Zero, await office.Balance(Chart.Unapplied));
            Assert.Equal(Money.Zero, await office.Balance(Chart.Refunds));
        }

        await office.Sound();
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for()
    {
        await using var office = await LedgerOffice.Open(city);
        var bill = await office.Bill();
        var order = await office.Pay(bill, "silent");
        Assert.Equal(BillState.Paying, (await office.Now(bill.Number)).State);
        Assert.Equal(0, await office.Get<Payments>().AskAgain(office.Db, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), Cancel));
        office.Time.Move(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await office.Get<Payments>().AskAgain(office.Db, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), Cancel));
        Assert.Equal(BillState.Paid, (await office.Now(bill.Number)).State);
        Assert.Equal(PaymentState.Succeeded, (await Payment(office, order)).State);
        await office.Sound();
    }

    [Fact]
    public async Task A_payer_who_walks_away_leaves_the_bill_open()
    {
        await using var office = await LedgerOffice.Open(city);
        var bill = await office.Bill();
        var begun = await office.Get<Payments>().Begin(Caller.Anonymous, bill.Number, "test", "once", Cancel);
        Assert.Equal(begun.Value, (await office.Get<Payments>().Begin(Caller.Anonymous, bill.Number, "test", "once", Cancel)).Value);
        office.Time.Move(TimeSpan.FromHours(2));
        await office.Get<Payments>().AskAgain(office.Db, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), Cancel);
        Assert.Equal(BillState.Issued, (await office.Now(bill.Number)).State);
        Assert.Equal(PaymentState.Ended, (await Payment(office, begun.Value.Order)).State);
    }

    [Fact]
    public async Task An_expired_bill_owes_nothing_and_what_comes_late_is_applied_or_returned()
    {
        await using var office = await LedgerOffice.Open(city);
        var (kept, returned) = (await office.Bill(), await office.Bill());
        foreach (var bill in (Bill[])[kept, returned])
        {
            var order = await office.Pay(bill, "late");
            office.Time.Move(TimeSpan.FromHours(1));
            await office.Get<Payments>().AskNow("nobody", order, end: true, Cancel);
        }

        // The attempts end without an answer, the bills expire, and then the channel speaks.
        await office.Db.Run($"update ledger.payment set state = {PaymentState.Ended}", Cancel);
        await office.Db.Run($"update ledger.bill set state = {BillState.Issued}", Cancel);
        office.Time.Move(TimeSpan.FromDays(11));
        Assert.Equal(2, await office.Get<Bills>().Expire(office.Db, Cancel));
        Assert.Equal(Money.Zero, await office.Balance("due.health"));
        Assert.Equal("LDG-P02", (await office.Get<Payments>().Begin(Caller.Anonymous, kept.Number, "test", "z", Cancel)).Refusals[0].Code);
        await office.Db.Run($"update test_channel.notice set due = now() - interval '100 years'", Cancel);
        await office.Deliver();
        var problems = await office.Problems();
        Assert.Equal([ProblemKind.PaidLate, ProblemKind.PaidLate], problems.Select(problem => problem.Kind));
        await Settle(office, problems.Single(problem => problem.Bill == kept.Number), Resolution.Apply);
        await Settle(office, problems.Single(problem => problem.Bill == returned.Number), Resolution.Refund);
        Assert.Equal(BillState.Paid, (await office.Now(kept.Number)).State);
        Assert.Equal(BillState.Expired, (await office.Now(returned.Number)).State);
        Assert.Equal((Money.Zero, Whole), (await office.Balance(Chart.Unapplied), await office.Balance("channel.test")));
        Assert.Equal(new Money(-11_050), await office.Balance("revenue.health"));
        await office.Sound();
    }

    [Fact]
    public async Task An_order_that_nobody_made_is_kept_and_shown()
    {
        await using var office = await LedgerOffice.Open(city);
        var stray = new ChannelAnswer("nobody", "2026100000000000", "T-stray", true, new(700), office.Time.GetUtcNow());
        Assert.True((await office.Get<Payments>().Answer("test", stray, Cancel)).Ok);
        Assert.True((await office.Get<Payments>().Answer("test", stray, Cancel)).Ok);
        Assert.Equal(ProblemKind.UnknownOrder, Assert.Single(await office.Problems()).Kind);
        Assert.Equal(new Money(-700), await office.Balance(Chart.Unapplied));
        Assert.Equal("LDG-P03", (await office.Get<Payments>().Answer("test", stray with { Transaction = "" }, Cancel)).Refusals[0].Code);
    }

    [Fact]
    public async Task Refunds_never_give_more_than_was_paid()
    {
        await using var office = await LedgerOffice.Open(city);
        var bill = await office.Bill();
        var refunds = office.Get<Refunds>();
        Assert.Equal("LDG-R01", (await Ask(null, null, "a")).Refusals[0].Code);
        await office.Pay(bill);
        var line = $"{bill.Number}-2";
        Assert.Equal("LDG-R03", (await Ask(line, new Money(11_051), "b")).Refusals[0].Code);
        Assert.Equal("LDG-E03", (await Ask(line, Money.Zero, "c")).Refusals[0].Code);
        Assert.Equal("LDG-R02", (await Ask("none", null, "d")).Refusals[0].Code);
        Assert.Equal("LDG-B08", (await refunds.Ask(LedgerOffice.Cashier, bill.Number, line, null, " ", "e", Cancel)).Refusals[0].Code);

        var part = await Ask(line, new Money(50), "f");
        Assert.Equal(part.Value.Number, (await Ask(line, new Money(50), "f")).Value.Number);
        Assert.Equal(BillState.RefundedInPart, (await office.Now(bill.Number)).State);

        // Ten clerks at once ask for the rest of the line: one of them gets it.
        var rest = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => Ask(line, new Money(11_000), $"g{i}"))));
        Assert.Equal(1, rest.Count(outcome => outcome.Ok));
        var whole = await Ask(null, null, "h");
        Assert.Equal(120m, whole.Value.Amount);
        Assert.Equal(BillState.Refunded, (await office.Now(bill.Number)).State);
        await refunds.SendAll(office.Db, Cancel);
        await refunds.SendAll(office.Db, Cancel);
        Assert.Equal((Money.Zero, Money.Zero, Money.Zero), (await office.Balance("channel.test"), await office.Balance(Chart.Refunds), await office.Balance("revenue.health")));
        await office.Sound();

        Task<Outcome<Refund>> Ask(string? which, Money? amount, string once) =>
            refunds.Ask(LedgerOffice.Cashier, bill.Number, which, amount, "多收", once, Cancel);
    }

    [Fact]
    public async Task A_refund_that_the_channel_refuses_is_paid_another_way()
    {
        await using var office = await LedgerOffice.Open(city);
        var bill = await office.Bill();
        await office.Pay(bill);
        var refund = (await office.Get<Refunds>().Ask(LedgerOffice.Cashier, bill.Number, null, null, TestChannel.RefusedReason, "a", Cancel)).Value;
        await office.Get<Refunds>().Send(refund.Number, Cancel);
        Assert.Equal(new Money(-Whole.Fen), await office.Balance(Chart.Refunds));
        var problem = Assert.Single(await office.Problems());
        Assert.Equal(ProblemKind.RefundFailed, problem.Kind);
        await Settle(office, problem, Resolution.Retry);
        problem = Assert.Single(await office.Problems(), each => each.State == ProblemState.Open);
        await Settle(office, problem, Resolution.Transfer);
        Assert.Equal((Money.Zero, new Money(-Whole.Fen)), (await office.Balance(Chart.Refunds), await office.Balance(Chart.Bank)));
        Assert.Equal("LDG-Q02", (await office.Get<Problems>().Settle(LedgerOffice.Cashier, problem.Key, Resolution.Transfer, "再来一次", Cancel)).Refusals[0].Code);
        await office.Sound();
    }

    [Fact]
    public async Task A_cancelled_bill_is_reversed_and_others_cannot_cancel_it()
    {
        await using var office = await LedgerOffice.Open(city);
        var bill = await office.Bill();
        var stranger = new Caller { Id = "t", Name = "t", Kind = CallerKind.Staff, Office = "health" };
        Assert.Equal("LDG-B01", (await office.Get<Bills>().Cancel(stranger, bill.Number, "x", Cancel)).Refusals[0].Code);
        Assert.Equal("LDG-B08", (await office.Get<Bills>().Cancel(LedgerOffice.Cashier, bill.Number, "", Cancel)).Refusals[0].Code);
        Assert.True((await office.Get<Bills>().Cancel(stranger with { Office = "market-regulation" }, bill.Number, "开错", Cancel)).Ok);
        Assert.Equal("LDG-B07", (await office.Get<Bills>().Cancel(LedgerOffice.Cashier, bill.Number, "再作废", Cancel)).Refusals[0].Code);
        Assert.Equal((Money.Zero, Money.Zero), (await office.Balance("due.health"), await office.Balance("assessed.health")));
        await office.Sound();
    }

    [Fact]
    public async Task A_day_is_reconciled_its_differences_settled_and_closed()
    {
        await using var office = await LedgerOffice.Open(city);
        var day = office.Time.Today();
        await office.Pay(await office.Bill());
        await office.Pay(await office.Bill(), "double");
        var silent = await office.Bill();
        await office.Pay(silent, "silent");
        await office.Get<Payments>().Answer("test", new("ghost", "x", "T-ghost", true, new(500), office.Time.GetUtcNow()), Cancel);
        var closings = office.Get<Closings>();
        Assert.Equal("LDG-S07", (await closings.Close(LedgerOffice.Cashier, day, Cancel)).Refusals[0].Code);
        office.Time.Move(TimeSpan.FromDays(1));
        Assert.Equal("LDG-D02", (await closings.Close(LedgerOffice.Cashier, day, Cancel)).Refusals[0].Code);

        var first = (await office.Get<Reconciliations>().Run(LedgerOffice.Cashier, "test", day, Cancel))!.Value;
        Assert.Equal((4L, 4L, 3L, 2L), (first.OurCount, first.TheirCount, first.Matched, first.Differences));
        var again = (await office.Get<Reconciliations>().Run(LedgerOffice.Cashier, "test", day, Cancel))!;
        Assert.True(again.Ok, again.Ok ? "" : again.Refusals.ToString());
        var other = StatementFile.Write("test", day, []);
        Assert.Equal("LDG-S06", (await office.Get<Reconciliations>().Run(LedgerOffice.Cashier, "test", day, other, Cancel)).Refusals[0].Code);
        Assert.Equal("LDG-D04", (await closings.Close(LedgerOffice.Cashier, day, Cancel)).Refusals[0].Code);

        foreach (var problem in (await office.Problems()).Where(problem => problem.Kind is ProblemKind.MissingHere or ProblemKind.MissingThere))
        {
            await Settle(office, problem, Resolution.Book);
        }

        Assert.Equal(BillState.Paid, (await office.Now(silent.Number)).State);
        Assert.True((await closings.Close(LedgerOffice.Cashier, day, Cancel)).Ok);
        Assert.Equal(Money.Zero, await office.Balance("channel.test"));
        Assert.Equal(new Money(4 * Whole.Fen), await office.Balance(Chart.Bank));
        Assert.Equal("LDG-D01", (await closings.Close(LedgerOffice.Cashier, day, Cancel)).Refusals[0].Code);

        // A clock that goes back does not reopen the day.
        office.Time.Move(TimeSpan.FromDays(-1));
        await office.Bill();
        Assert.Equal(day.AddDays(1), await office.Db.Scalar<DateOnly>($"select max(day) from ledger.entry", Cancel));
        await office.Sound();
    }

    [Fact]
    public async Task Listeners_hear_everything_in_order_and_again_after_a_failure()
    {
        await using var office = await LedgerOffice.Open(city);
        var bill = await office.Bill();
        await office.Pay(bill);
        await office.Get<Refunds>().Ask(LedgerOffice.Cashier, bill.Number, null, null, "退", "a", Cancel);
        await office.Get<Shali.Platform.Audit.AuditLog>().Placed("ledger", Cancel);
        var ear = new Ear { FailAt = 2 };
        var news = new BillNews(office.Db, office.Get<RecordReader>(), [ear]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => news.Tell(Cancel));
        ear.FailAt = -1;
        await news.Tell(Cancel);
        await news.Tell(Cancel);
        Assert.Equal([BillState.Issued, BillState.Paying, BillState.Paid, BillState.Refunded], ear.Heard.Select(each => each.State));
        Assert.All(ear.Heard, each => Assert.Equal(("办2026-1", bill.Number), (each.Case, each.Bill)));
    }

    private static async Task<Payment> Payment(LedgerOffice office, string order) =>
        Typed<Payment>.Of((await office.Get<RecordReader>().Get(Resources.Payment, order, cancel: Cancel))!);

    private static async Task Settle(LedgerOffice office, Problem problem, string way)
    {
        var settled = await office.Get<Problems>().Settle(LedgerOffice.Cashier, problem.Key, way, "核实无误", Cancel);
        Assert.True(settled.Ok, settled.Refusals.ToString());
    }

    private sealed class Ear : BillListener
    {
        public override string Name => "ear";

        public int FailAt { get; set; }

        public List<BillEvent> Heard { get; } = [];

        public override Task Hear(BillEvent happened, CancellationToken cancel)
        {
            if (Heard.Count == FailAt)
            {
                throw new InvalidOperationException("Not now.");
            }

            Heard.Add(happened);
            return Task.CompletedTask;
        }
    }
}
