using Shali.Government.S11Approvals.Billing;
using Shali.Government.S11Approvals.Issuing;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Ledger;
using Shali.Platform.Messages;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>结果: papers of steps, licences, and 一单式收费: one bill, paid, given back; on a database of their own.</summary>
public sealed class ApprovalResults(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_step_has_its_paper_under_seal_once_and_numbers_have_no_gaps()
    {
        await using var town = await ResultTown.Start(city);
        var (number, _) = await town.Open();
        var early = await town.Try(ResultTown.Clerk("one"), number, new(ItemSteps.BeginSpecial("expert-review")) { Reason = "评审", Length = 5 });
        Assert.False(early.Ok);
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.AskCorrection) { Opinion = "补全店名" });
        var (other, _) = await town.Open();
        await town.Take(ResultTown.Clerk("one"), other, new(ItemSteps.AskCorrection) { Opinion = "补全面积" });

        // Refused: the number goes back.
        var refused = await town.Try(ResultTown.Clerk("one"), (await town.Open()).Number, new(ItemSteps.RefuseAcceptance) { Reason = "不属于本机关" });
        Assert.Equal(["CASE-R08"], refused.Refusals.Select(one => one.Code));
        await town.Take(ResultTown.Clerk("one"), (await town.Open()).Number, new(ItemSteps.RefuseAcceptance) { Reason = "不属于本机关", Basis = "《行政许可法》第三十二条" });
        Assert.Equal(
            ["测市场监管许补〔2026〕1号", "测市场监管许补〔2026〕2号", "测市场监管许不受〔2026〕1号"],
            await town.Db.List($"select document from casework.event where document is not null order by at, _key", row => row.GetString(0), Cancel));

        await Task.WhenAll(town.Get<FollowUpRun>().Run(Cancel), town.Get<FollowUpRun>().Run(Cancel));
        await town.Follow();
        var paper = Assert.Single(await town.List<Document>("case", number));
        Assert.Equal(("行政许可申请材料一次性补正告知书", "测市场监管许补〔2026〕1号", IssuedPapers.KeyOf(number, 2)), (paper.Title, paper.Number, paper.Key));
        Assert.Contains("补全店名", paper.Content, StringComparison.Ordinal);
        Assert.Equal(0, await town.Db.Scalar<long>($"select count(*) from casework.follow_up", Cancel));
        Assert.Equal(CaseAddresses.OwnPaper(number, 2), await town.Db.Scalar<string>($"select link from casework.outbox where case_no = {number} and event = 'correction' and channel = 'inbox'", Cancel));
    }

    [Fact]
    public async Task From_acceptance_to_the_sealed_licence_that_is_not_asked_for_again()
    {
        await using var town = await ResultTown.Start(city);
        var (number, who) = await town.Open();
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Decide(number);
        await town.Follow();
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver));
        await town.Follow();
        Assert.Equal(
            ["准予行政许可决定书", "测试许可证", "行政许可申请受理通知书", "送达回证"],
            (await town.List<Document>("case", number)).Select(one => one.Title).Order(StringComparer.Ordinal));
        var licence = Assert.Single(await town.List<Licence>("case", number));
        Assert.Equal(
            (LicenceState.Valid, "测市场监管证〔2026〕1号", "market-regulation-2026-000001", new DateOnly(2026, 11, 25), (DateOnly?)new DateOnly(2031, 11, 24)),
            (licence.State, licence.Number, licence.Key, licence.ValidFrom, licence.ValidUntil));
        Assert.Empty(LicenceIdentifier.Kind.Check(licence.Identifier!, new(2026, 11, 25)));
        Assert.Contains(".20260000001.001.", licence.Identifier, StringComparison.Ordinal);
        Assert.Equal("经营类别：零售", licence.PersonalScope);
        Assert.Null(licence.Scope);
        Assert.Contains($"《{licence.Name}》（{licence.Number}）", (await town.List<Document>("case", number)).Single(one => one.Title == "送达回证").Content, StringComparison.Ordinal);
        Assert.Contains((await town.File(number)).Events, one => one.Step == BuiltInSteps.Note && one.Opinion!.Contains(licence.Number, StringComparison.Ordinal));

        // It answers what it is asked for, for him and nobody else.
        var answers = town.Get<LicenceAnswers>();
        var type = town.Get<CaseTypes>().Find(town.Item.CaseType)!;
        type = type with { Materials = [.. type.Materials, new("before", "原证") { Known = "licence." + town.Item.Code }] };
        Assert.Equal((licence.Number, MaterialSource.Licence), ((await answers.Of(who, type, KnownAnswers.Asked(type), Cancel))["licence." + town.Item.Code].Value, (await answers.Of(who, type, KnownAnswers.Asked(type), Cancel))["licence." + town.Item.Code].How));
        Assert.Empty(await answers.Of(who with { Person = "somebody" }, type, KnownAnswers.Asked(type), Cancel));
        Assert.Equal(["licence.food-business", "result.food-business"], LicenceAnswers.CodesOf("food-business").Order());

        // The public sees what was permitted to whom, but not who he is.
        var shown = await town.Get<LicenceReading>().Get(Caller.Anonymous, licence.Key, Cancel);
        var open = ShownLicence.Of(shown!);
        Assert.Equal(("郑**", 0), (open.Holder, open.Scope.Count));
        var words = string.Join('|', shown!.Values);
        Assert.DoesNotContain("零售", words, StringComparison.Ordinal);
        Assert.DoesNotContain(number, words, StringComparison.Ordinal);
        Assert.DoesNotContain(who.Person!, words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_licence_is_renewed_reminded_expired_and_ended_by_its_head_only()
    {
        await using var town = await ResultTown.Start(city);
        var renewal = ItemTown.Item() with { ChecksSubstance = false, Result = new("测试许可证", ResultKind.Licence) { ValidYears = 5, Renews = town.Item.Code } };
        await town.Publish(renewal);
        var (number, who) = await town.Open();
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Decide(number);
        await town.Follow();
        var first = Assert.Single(await town.List<Licence>("case", number));
        var outbox = town.Get<Outbox>();
        var desk = town.Get<LicenceDesk>();
        Assert.Equal(0, await desk.Remind(outbox, Cancel));
        town.Time.Move(first.ValidUntil!.Value.ToDateTime(TimeOnly.MinValue) - new DateTime(2026, 11, 25) - TimeSpan.FromDays(59));
        Assert.Equal((1, 0), (await desk.Remind(outbox, Cancel), await desk.Remind(outbox, Cancel)));
        Assert.Equal(1, await town.Db.Scalar<long>($"select count(*) from casework.outbox where event = 'approvals.licence.reminder'", Cancel));

        // Asked for in time: after the last day it holds on, and goes on from there when silence has granted it.
        var (again, _) = await town.Open(type: renewal.CaseType, by: who);
        await town.Take(ResultTown.Clerk("one"), again, new(ItemSteps.Accept));
        town.Time.Move(TimeSpan.FromDays(29));
        Assert.Equal(1, await desk.Remind(outbox, Cancel));
        town.Time.Move(TimeSpan.FromDays(40));
        Assert.Equal(0, await desk.Expire(Cancel));
        await town.Get<SupervisionPass>().Run(Cancel);
        Assert.Equal(ItemResults.Granted, (await town.File(again)).Case.Result);
        await town.Follow();
        var second = Assert.Single(await town.List<Licence>("holder_person", who.Person!));
        Assert.Equal((first.Key, first.Number, 2, LicenceChange.Renewed, LicenceState.Valid), (second.Key, second.Number, second.Version, second.Change, second.State));
        Assert.EndsWith(".002." + second.Identifier![^1], second.Identifier, StringComparison.Ordinal);
        Assert.Equal(DocumentState.Replaced, (await town.Get<DocumentDesk>().Find(first.Document!, Cancel))!.State);

        // Its end: only the head of its office, with everything that is missing said at once.
        var end = new LicenceEnd(LicenceState.Revoked, "严重违法", "《食品安全法》第一百二十四条", "案2031-1");
        Assert.Equal(["S11-R53"], (await desk.End(ResultTown.Clerk("one"), second.Key, end, Cancel)).Select(one => one.Code));
        Assert.Equal(["S11-R53"], (await desk.End(ResultTown.Clerk("h", Roles.Head, "health"), second.Key, end, Cancel)).Select(one => one.Code));
        Assert.Equal(["S11-R56", "S11-R56", "S11-R56", "S11-R56"], (await desk.End(ResultTown.Head, second.Key, new("", " ", "", ""), Cancel)).Select(one => one.Code));
        Assert.False((await desk.End(ResultTown.Head, second.Key, end, Cancel)).Any);
        Assert.Equal(["S11-R55"], (await desk.End(ResultTown.Head, second.Key, end, Cancel)).Select(one => one.Code));
        Assert.Equal(DocumentState.Revoked, (await town.Get<DocumentDesk>().Find(second.Document!, Cancel))!.State);
        Assert.Empty(await town.Get<LicenceAnswers>().Of(who.Person, null, Cancel));
    }

    [Fact]
    public async Task A_commitment_that_was_not_kept_voids_decision_and_licence()
    {
        await using var town = await ResultTown.Start(city, item => item with
        {
            Flow = FlowKind.Commitment,
            Commitment = new("承诺符合条件", 60, new("优化营商环境条例", "第十九条")),
            Specials = [],
            Extension = null,
            Materials = [],
        });
        var who = new Caller { Id = "account-commitment", Name = "郑承诺", Kind = CallerKind.Resident, Person = "commitment-person", Role = Roles.Resident };
        var opened = await town.Get<CaseDesk>().Open(
            who,
            new(town.Item.CaseType, new Dictionary<string, string> { ["shop"] = "郑家面馆", ["kind"] = "retail" })
            {
                Person = who.Person,
                PersonName = who.Name,
                Materials = [new(ItemCaseType.CommitmentMaterial, "承诺书", MaterialSource.Paper)],
            },
            null, Cancel);
        Assert.True(opened.Ok, opened.Refusals.ToString());
        var number = opened.Value.Number;
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Grant) { Opinion = "承诺齐全" });
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver));
        await town.Follow();
        Assert.Equal(LicenceState.Valid, Assert.Single(await town.List<Licence>("case", number)).State);
        await town.Take(ResultTown.Head, number, new(ItemSteps.Revoke) { Reason = "现场与承诺不符", Basis = "《行政许可法》第六十九条" });
        await town.Follow();
        Assert.Equal(LicenceState.Annulled, Assert.Single(await town.List<Licence>("case", number)).State);
        var states = (await town.List<Document>("case", number)).ToDictionary(one => one.Title, one => one.State);
        Assert.Equal(
            (DocumentState.Revoked, DocumentState.Revoked, DocumentState.Valid),
            (states["准予行政许可决定书"], states["测试许可证"], states["撤销行政许可决定书"]));
    }

    [Fact]
    public async Task A_licence_that_nobody_renews_expires()
    {
        await using var town = await ResultTown.Start(city, item => item with { Result = item.Result! with { ValidYears = 1 } });
        var (number, who) = await town.Open();
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Decide(number);
        await town.Follow();
        town.Time.Move(TimeSpan.FromDays(365));
        Assert.Equal((1, 0), (await town.Get<LicenceDesk>().Expire(Cancel), await town.Get<LicenceDesk>().Expire(Cancel)));
        Assert.Equal(LicenceState.Expired, Assert.Single(await town.List<Licence>("holder_person", who.Person!)).State);
    }

    [Fact]
    public async Task One_bill_over_all_offices_is_paid_before_the_result_is_given()
    {
        await using var town = await Charged();
        var (number, who) = await town.Open(Answers("3"));
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Decide(number);
        Assert.Contains("正在开具", Assert.Single((await town.Try(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver))).Refusals).Sentence, StringComparison.Ordinal);
        await Task.WhenAll(town.Get<FollowUpRun>().Run(Cancel), town.Get<FollowUpRun>().Run(Cancel));
        await town.Hear();
        var bill = Assert.Single(await town.Bills(number));
        Assert.Equal((285.75m, BillState.Issued), (bill.Amount, bill.State));
        Assert.Equal((who.Name, who.Person), (bill.PayerName, bill.PayerPerson));
        var told = await town.Db.List($"select body from casework.outbox where case_no = {number} and event = 'approvals.bill.issued' and channel = 'inbox'", row => row.GetString(0), Cancel);
        Assert.Contains(bill.CheckCode, Assert.Single(told), StringComparison.Ordinal);
        Assert.Empty(await town.List<Licence>("case", number));
        Assert.Equal("S11-R57", Assert.Single((await town.Try(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver))).Refusals).Code);

        await town.Pay(bill, "twice");
        await town.Hear();
        await town.Hear();
        Assert.Equal(LicenceState.Valid, Assert.Single(await town.List<Licence>("case", number)).State);
        Assert.Equal(1, (await town.File(number)).Events.Count(one => one.Opinion == $"缴款书 {bill.Number} 已缴款 ¥285.75。"));
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver));
        Assert.Equal(2, (await town.List<Receipt>("bill", bill.Number)).Count);
        Assert.Equal(new Money(-16_575), await town.Get<Balances>().Of("revenue.health"));
        Assert.Empty(await town.Get<BookCheck>().Run(cancel: Cancel));
    }

    [Fact]
    public async Task Money_for_another_bill_does_not_pay_this_one_and_a_late_answer_does()
    {
        await using var town = await Charged();
        var (number, _) = await town.Open(Answers("1"));
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Decide(number);
        await town.Follow();
        var bill = Assert.Single(await town.Bills(number));
        await town.Pay(bill, "other");
        await town.Hear();
        Assert.Equal("S11-R57", Assert.Single((await town.Try(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver))).Refusals).Code);
        var order = await town.Pay(bill, "late");
        await town.Hear();
        Assert.False((await town.Try(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver))).Ok);
        town.Time.Move(TimeSpan.FromHours(1));
        await town.Get<TestPayer>().Release(order, Cancel);
        await town.Deliver();
        await town.Hear();
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver));
    }

    [Fact]
    public async Task What_is_not_published_is_not_charged_and_what_is_free_makes_no_bill()
    {
        await using var town = await Charged();
        var (number, _) = await town.Open(Answers("2"));
        var ended = new Change.Update(Resources.FeeItem, "F-2", null, new Dictionary<string, object?> { ["state"] = FeeState.Ended });
        Assert.True((await town.Get<RecordStore>().Write(new Act(Caller.Platform("test"), "ledger.fee.end"), [ended], Cancel)).Ok);
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Follow();
        Assert.Equal(120m, Assert.Single(await town.Bills(number)).Amount);
        ended = new Change.Update(Resources.FeeItem, "F-1", null, new Dictionary<string, object?> { ["state"] = FeeState.Ended });
        Assert.True((await town.Get<RecordStore>().Write(new Act(Caller.Platform("test"), "ledger.fee.end"), [ended], Cancel)).Ok);

        var (free, _) = await town.Open(Answers("2"));
        await town.Take(ResultTown.Clerk("one"), free, new(ItemSteps.Accept));
        await town.Decide(free);
        await town.Follow();
        Assert.Empty(await town.Bills(free));
        await town.Take(ResultTown.Clerk("one"), free, new(ItemSteps.Deliver));
    }

    [Fact]
    public async Task Paid_and_refused_goes_back_unpaid_and_withdrawn_is_cancelled_each_once()
    {
        await using var town = await Charged();
        var (refused, _) = await town.Open(Answers("1"));
        var (withdrawn, who) = await town.Open(Answers("1"));
        foreach (var number in new[] { refused, withdrawn })
        {
            await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        }

        await town.Follow();
        await town.Pay((await town.Bills(refused))[0]);
        await town.Decide(refused, ItemSteps.Refuse);
        await town.Take(who, withdrawn, new(BuiltInSteps.Withdraw) { Reason = "不办了" });
        await town.Follow();
        await town.Hear();
        var back = (await town.Bills(refused))[0];
        Assert.Equal((BillState.RefundedInPart, 120m), (back.State, back.Refunded));
        var (_, cancelled) = (await town.Bills(withdrawn)).Count == 1 ? (0, (await town.Bills(withdrawn))[0]) : throw new InvalidOperationException("One bill.");
        Assert.Equal(BillState.Cancelled, cancelled.State);
        Assert.Equal(new Money(-12_000), await town.Get<Balances>().Of(Chart.Refunds));
        Assert.Contains((await town.File(withdrawn)).Events, one => one.Step == BuiltInSteps.Note && one.Opinion!.Contains("已作废", StringComparison.Ordinal));
        Assert.Empty(await town.Get<BookCheck>().Run(cancel: Cancel));
    }

    [Fact]
    public async Task An_expired_bill_is_issued_anew_on_request_once()
    {
        await using var town = await Charged();
        var (number, _) = await town.Open(Answers("1"));
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Follow();
        var root = (await town.File(number)).Case;
        Assert.Equal("S11-R58", (await town.Get<CaseBills>().Again(root, Cancel)).Refusals[0].Code);
        town.Time.Move(TimeSpan.FromDays(31));
        Assert.Equal(1, await town.Get<Bills>().Expire(town.Db, Cancel));
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => town.Get<CaseBills>().Again(root, Cancel)));
        Assert.Single(again.Where(one => one.Ok).Select(one => one.Value.Number).Distinct());
        Assert.Equal([BillState.Expired, BillState.Issued], (await town.Bills(number)).Select(bill => bill.State));
        await town.Decide(number);
        await town.Pay((await town.Bills(number))[1]);
        await town.Hear();
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Deliver));
    }

    [Fact]
    public async Task A_package_has_one_bill_a_part_that_is_refused_gives_back_its_own_and_a_later_part_has_the_earlier_licence()
    {
        await using var town = await ResultTown.Start(city, item => item with { Code = "food-business", Fees = [new("F-1")] });
        var second = ItemTown.Item("health") with
        {
            ChecksSubstance = false,
            Fees = [new("F-2")],
            Materials = [new("before", "前一许可证") { Known = "result.food-business" }, new("lease", "场所使用证明")],
        };
        await town.Publish(second);
        var type = new CaseType
        {
            Code = "approvals/together-results",
            Name = "测试一件事",
            Clause = "S11",
            Owner = "market-regulation",
            Applicants = Applicants.Everyone,
            WindowPermission = Shali.Government.S11Approvals.ApprovalSystem.Window,
            Stages =
            [
                new("received", "收件", StageKind.Before) { Seat = new(Shali.Government.S11Approvals.ApprovalSystem.Handle) },
                new("parts", "分项办理", StageKind.Waiting), new("done", "办结", StageKind.Ended),
            ],
            Steps =
            [
                new("accept", "受理", ["received"], "parts", Actor.Handler) { Marks = Milestone.Accepted, Opens = ["first", "second"] },
                new("parts-done", "分项办结", ["parts"], "done", Actor.Platform) { On = Occasion.ChildrenEnded, Result = "granted" },
            ],
            Form = town.Get<CaseTypes>().Find(town.Item.CaseType)!.Form,
            Results = [new("granted", "办结", true)],
            Children = [new("first", town.Item.CaseType, []), new("second", second.CaseType, ["first"])],
        };
        Assert.True((await town.Get<CaseTypes>().Publish(type, Caller.Platform("test"), Cancel)).Ok);
        var who = new Caller { Id = "account-package", Name = "郑一件", Kind = CallerKind.Resident, Person = "package-person", Role = Roles.Resident };
        var opened = await town.Get<CaseDesk>().Open(
            who, new(type.Code, new Dictionary<string, string> { ["shop"] = "郑家面馆", ["kind"] = "retail" }) { Person = who.Person, PersonName = who.Name }, null, Cancel);
        var root = opened.Value.Number;
        await town.Take(ResultTown.Clerk("one"), root, new("accept"));
        await town.Follow();
        var bill = Assert.Single(await town.Bills(root));
        Assert.Equal((175.25m, 2), (bill.Amount, (await town.List<BillLine>("bill", bill.Number)).Select(line => line.Part).Intersect(["first", "second"]).Count()));

        var first = (await town.File(root)).Children.Single().Number;
        await town.Take(ResultTown.Clerk("one"), first, new(ItemSteps.Accept));
        await town.Decide(first);
        await town.Follow();
        Assert.Empty(await town.Bills(first));
        Assert.Equal("S11-R57", Assert.Single((await town.Try(ResultTown.Clerk("one"), first, new(ItemSteps.Deliver))).Refusals).Code);
        await town.Pay(bill);
        await town.Hear();
        await town.Take(ResultTown.Clerk("one"), first, new(ItemSteps.Deliver));
        var licence = Assert.Single(await town.List<Licence>("case", first));

        var later = (await town.File(root)).Children.Single(child => child.ParentRole == "second").Number;
        var paper = Assert.Single(await town.List<CaseMaterial>("case", later), one => one.Code == "before");
        Assert.Equal((MaterialSource.Licence, MaterialState.Good), (paper.How, paper.State));
        Assert.Contains(licence.Number, paper.Source, StringComparison.Ordinal);
        var doctor = ResultTown.Clerk("doctor", office: "health");
        await town.Take(doctor, later, new(ItemSteps.RefuseAcceptance) { Reason = "不属于本机关", Basis = "《行政许可法》第三十二条" });
        await town.Follow();
        bill = Assert.Single(await town.Bills(root));
        Assert.Equal((BillState.RefundedInPart, 55.25m), (bill.State, bill.Refunded));
        Assert.Empty(await town.Get<BookCheck>().Run(cancel: Cancel));
    }

    private Task<ResultTown> Charged() => ResultTown.Start(city, item => item with
    {
        Questions = [.. item.Questions, new("copies", "份数", FieldTypes.Integer)],
        Fees = [new("F-1"), new("F-2") { Quantity = "copies", Refund = FeeRefund.UnlessDecided }, new("F-3") { When = Condition.Is("kind", "food") }],
    });

    private static Dictionary<string, string> Answers(string copies) => new(StringComparer.Ordinal) { ["shop"] = "郑家面馆", ["kind"] = "retail", ["copies"] = copies };
}
