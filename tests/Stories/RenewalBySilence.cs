using Shali.Government.S11Approvals.Issuing;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// 行政许可法 art. 50: an office that says nothing until the licence ends has granted its renewal, at that moment and no
/// later, whoever slept and whatever stood still.
/// </summary>
public sealed class RenewalBySilence(City city)
{
    private static readonly DateOnly Last = new(2031, 11, 24);

    private static readonly DateTimeOffset Ended = new(2031, 11, 25, 0, 0, 0, CityTime.Offset);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_says_nothing_until_the_licence_ends_has_granted_it_at_that_moment()
    {
        await using var town = await ResultTown.Start(city);
        var (renewal, before, who) = await Licensed(town, 40);
        var number = await Apply(town, renewal, who);
        var clock = Assert.Single((await town.File(number)).Clocks, clock => clock.Facts.Rule.Code == ItemClocks.Renewal);
        Assert.Equal((Last, Ended), (clock.Verdict.DueDay, clock.Verdict.Due));
        Assert.Contains(clock.Verdict.Explanation, line => line.Text == "期限届满仍未处理的，逾期未作决定的，视为准予延续。");

        // A special procedure stops the time for the decision, not the end of the licence.
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.BeginSpecial("expert-review")) { Reason = "需要专家评审", Length = 60 });

        // The host was down for five days.
        Move(town, Ended.AddDays(5));
        await town.Get<SupervisionPass>().Run(Cancel);
        var file = await town.File(number);
        Assert.Equal((ItemStages.Issuing, ItemResults.Granted, Ended), (file.Case.Stage, file.Case.Result, file.Case.DecidedAt!.Value));
        Assert.Equal((ItemSteps.DeemRenewed, "platform:supervision"), (file.Events[^1].Step, file.Events[^1].Who));
        Assert.All(file.Clocks.Where(one => one.Facts.Rule.Code is ItemClocks.Renewal or ItemClocks.Legal or ItemClocks.Promise), one => Assert.Equal(Ended, one.Facts.Ended));
        Assert.Equal(1, await Told(town, number, ItemNotices.Renewed));

        // One red card for it, dated to the legal moment; the decision was not late: silence came first.
        var card = Assert.Single(await town.List<Card>("case", number), card => card.Kind is CardKind.Red);
        Assert.Equal(("SV-R17", "S11-R82", Ended), (card.Rule, card.Trigger, card.Moment));

        await town.Follow();
        var after = Assert.Single(await town.List<Licence>("holder_person", who.Person!));
        Assert.Equal((before.Number, LicenceChange.Renewed, LicenceState.Valid, 2), (after.Number, after.Change, after.State, after.Version));
        Assert.Equal(Last.AddYears(5), after.ValidUntil);
        Assert.Contains(await town.List<Document>("case", number), one => one is { Title: "准予行政许可决定书", State: DocumentState.Valid });
        Assert.Equal(0, await town.Get<LicenceDesk>().Expire(Cancel));
    }

    [Fact]
    public async Task Whoever_is_quicker_than_the_platform_is_shown_what_silence_decided()
    {
        await using var town = await ResultTown.Start(city);
        var (renewal, _, who) = await Licensed(town, 31);
        var number = await Apply(town, renewal, who);
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Examine) { Opinion = "不符合" });
        Move(town, Ended);
        var refused = await town.Try(ResultTown.Head, number, new(ItemSteps.Refuse) { Reason = "面积不足", Basis = "《食品安全法》第三十三条" });
        Assert.Equal("CASE-C01", Assert.Single(refused.Refusals).Code);
        Assert.Equal(ItemResults.Granted, (await town.File(number)).Case.Result);
    }

    [Theory]
    [InlineData(ItemSteps.Grant, ItemResults.Granted)]
    [InlineData(ItemSteps.Refuse, ItemResults.Refused)]
    public async Task What_is_decided_on_the_last_day_is_in_time(string step, string result)
    {
        await using var town = await ResultTown.Start(city);
        var (renewal, _, who) = await Licensed(town, 30);
        var number = await Apply(town, renewal, who);
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Examine) { Opinion = "已审" });
        Move(town, Ended.AddSeconds(-1));
        await town.Get<SupervisionPass>().Run(Cancel);
        await town.Take(ResultTown.Head, number, new(step) { Opinion = "同意", Reason = "面积不足", Basis = "《食品安全法》第三十三条" });
        Move(town, Ended.AddDays(1));
        await town.Get<SupervisionPass>().Run(Cancel);
        Assert.Equal(result, (await town.File(number)).Case.Result);
        Assert.DoesNotContain(await town.List<Card>("case", number), card => card.Rule == "SV-R17");
        Assert.Equal(0, await Told(town, number, ItemNotices.Renewed));
    }

    [Fact]
    public async Task Who_applies_later_than_thirty_days_before_has_no_such_right()
    {
        await using var town = await ResultTown.Start(city);
        var (renewal, _, who) = await Licensed(town, 29);
        var number = await Apply(town, renewal, who);
        Assert.DoesNotContain((await town.File(number)).Clocks, clock => clock.Facts.Rule.Code == ItemClocks.Renewal);
        Move(town, Ended.AddDays(1));
        await town.Get<SupervisionPass>().Run(Cancel);
        Assert.Equal(ItemStages.Review, (await town.File(number)).Case.Stage);
        Assert.Equal(1, await town.Get<LicenceDesk>().Expire(Cancel));
    }

    [Fact]
    public async Task Of_two_licences_it_is_the_one_that_he_names_and_what_was_ended_is_not_revived()
    {
        await using var town = await ResultTown.Start(city);
        var (renewal, first, who) = await Licensed(town, 40);
        var second = await Grant(town, who);
        Assert.NotEqual(first.ValidUntil, second.ValidUntil);
        var number = await Apply(town, renewal, who, first.Number);
        Assert.Equal(Last, Assert.Single((await town.File(number)).Clocks, clock => clock.Facts.Rule.Code == ItemClocks.Renewal).Verdict.DueDay);
        var end = await town.Get<LicenceDesk>().End(ResultTown.Head, first.Key, new(LicenceState.Revoked, "严重违法", "《食品安全法》第一百二十四条", "案2031-1"), Cancel);
        Assert.False(end.Any);
        Move(town, Ended);
        await town.Get<SupervisionPass>().Run(Cancel);
        await town.Follow();
        var left = await town.List<Licence>("holder_person", who.Person!);
        Assert.Equal(
            [(first.Number, LicenceState.Revoked, 1), (second.Number, LicenceState.Valid, 2)],
            left.OrderBy(one => one.IssuedAt == first.IssuedAt ? 0 : 1).Select(one => (one.Number, one.State, one.Version)));
    }

    private static readonly string[] Fields = ["shop", "kind", "licence_number"];

    /// <summary>A licence that ends on the last day, the item that renews it, and the day on which so many days are left.</summary>
    private static async Task<(ServiceItem Renewal, Licence Licence, Caller Who)> Licensed(ResultTown town, int daysLeft)
    {
        var renewal = ItemTown.Item() with
        {
            ChecksSubstance = false,
            Questions = [.. ItemTown.Item().Questions, new(Fields[2], "许可证编号", FieldTypes.Text) { Required = false }],
            Result = new("测试许可证", ResultKind.Licence) { ValidYears = 5, Renews = town.Item.Code },
        };
        await town.Publish(renewal);
        var (number, who) = await town.Open();
        var licence = await Given(town, number);
        Assert.Equal(Last, licence.ValidUntil);
        Move(town, new DateTimeOffset(Last.AddDays(-daysLeft).ToDateTime(new(9, 0)), CityTime.Offset));
        return (renewal, licence, who);
    }

    private static async Task<Licence> Grant(ResultTown town, Caller who) => await Given(town, (await town.Open(by: who)).Number);

    private static async Task<Licence> Given(ResultTown town, string number)
    {
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        await town.Decide(number);
        await town.Follow();
        return Assert.Single(await town.List<Licence>("case", number));
    }

    private static async Task<string> Apply(ResultTown town, ServiceItem renewal, Caller who, string? licence = null)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["shop"] = "郑家面馆", ["kind"] = "retail" };
        if (licence is not null)
        {
            answers[Fields[2]] = licence;
        }

        var (number, _) = await town.Open(answers, renewal.CaseType, who);
        await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
        return number;
    }

    private static void Move(ResultTown town, DateTimeOffset to) => town.Time.Move(to - town.Time.GetUtcNow());

    private static Task<long> Told(ResultTown town, string number, string notice) => town.Db.Scalar<long>(
        $"select count(*) from casework.outbox where case_no = {number} and event = {notice} and channel = 'inbox'", Cancel);
}
