using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>What a case type must be before it is published, and the small parts of casework that need no database.</summary>
public sealed class CaseTypeChecks
{
    private static readonly CaseType Good = SampleCases.Permit;

    public static TheoryData<string, CaseType> Broken => new()
    {
        { "CASE-T01", Good with { Code = "Permit" } },
        { "CASE-T02", Good with { Name = " " } },
        { "CASE-T03", Good with { Stages = [Good.Stages[0]] } },
        { "CASE-T04", Good with { Stages = [.. Good.Stages, Good.Stages[0]] } },
        { "CASE-T05", With(new("case.mine", "x", ["received"], "review", Actor.Handler)) },
        { "CASE-T06", With(new("x", "x", [], "review", Actor.Handler)) },
        { "CASE-T07", With(new("x", "x", ["received"], "nowhere", Actor.Handler)) },
        { "CASE-T08", With(new("x", "x", ["received"], null, Actor.Handler) { Clocks = [new(ClockAction.Resume, "none")] }) },
        { "CASE-T09", With(new("x", "x", ["received"], null, Actor.Handler) { Opens = ["none"] }) },
        { "CASE-T10", With(new("x", "x", ["received"], null, Actor.Handler) { Notices = ["none"] }) },
        { "CASE-T11", With(new("x", "x", ["received"], null, Actor.Handler) { Result = "none" }) },
        { "CASE-T12", With(new("x", "x", ["received"], null, Actor.Supervisor)) },
        { "CASE-T13", With(new("x", "x", ["received"], null, Actor.Handler) { Bulk = true, Needs = StepNeeds.Document }) },
        { "CASE-T14", With(new("x", "x", ["correcting", "parts"], null, Actor.Handler)) },
        { "CASE-T15", Good with { Stages = [.. Good.Stages, new("over", "完", StageKind.Ended) { Seat = new("p") }] } },
        { "CASE-T16", Good with { Steps = [.. Good.Steps.Where(step => step.To is not ("granted" or "refused"))], Withdrawal = null, Merger = null } },
        { "CASE-T17", Good with { Withdrawal = "review" } },
        { "CASE-T18", Good with { Children = [new("a", SampleCases.PartCode, ["b"])] } },
        { "CASE-T19", Good with { Children = [new("survey", SampleCases.PartCode, ["draw"]), new("draw", SampleCases.PartCode, ["survey"]), new("sign", SampleCases.PartCode, [])] } },
        { "CASE-T20", Good with { Materials = [new("m", "m") { When = Condition.Is("none", "x") }] } },
        { "CASE-T21", Good with { Stages = [.. Good.Stages, new("island", "孤岛", StageKind.Running) { Seat = new("p") }], Steps = [.. Good.Steps, new("x", "x", ["island"], "granted", Actor.Handler)] } },
        { "CASE-T22", Good with { Clocks = [Good.Clocks[0] with { Silence = new("accept", "x", new Basis("x", "x")) }, .. Good.Clocks.Skip(1)] } },
        { "CLK-R20", Good with { Clocks = [new("notice", "x", ClockUnit.WorkingDays, 0, ClockKind.Legal, new Basis("x", "x")), .. Good.Clocks.Skip(1)] } },
    };

    [Fact]
    public void A_good_type_stays_the_same_through_json()
    {
        Assert.Empty(CaseTypeCheck.Of(Good));
        Assert.Equal(CaseTypes.Write(Good), CaseTypes.Write(CaseTypes.Read(CaseTypes.Write(Good))));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_type_is_refused_with_its_code(string code, CaseType type) =>
        Assert.Contains(code, CaseTypeCheck.Of(type).Select(refusal => refusal.Code));

    [Fact]
    public void Numbers_are_known_as_people_write_them_and_wrong_digits_are_noticed()
    {
        var number = CaseNumbers.Make(new DateOnly(2026, 11, 25), 12);
        Assert.Equal(number, CaseNumbers.Read(CaseNumbers.Show(number)));
        Assert.Equal(number, CaseNumbers.Read($" {number[..4]} {number[4..]} "));
        for (var i = 0; i < 16; i++)
        {
            var wrong = number[..i] + (char)('0' + ((number[i] - '0' + 1) % 10)) + number[(i + 1)..];
            Assert.Null(CaseNumbers.Read(wrong));
        }

        foreach (var nonsense in new[] { null, "", "123", number + "1", number[..15] + "x", "２０２６１１２５００００００１２" })
        {
            Assert.Null(CaseNumbers.Read(nonsense));
        }
    }

    [Theory]
    [InlineData("食品经营", "食品 品经 经营")]
    [InlineData("第12号店ABC面馆", "12 号店 abc 面馆")]
    [InlineData("ＫＴＶ　歌厅", "ktv 歌厅")]
    [InlineData("店", "")]
    [InlineData("𠮷野家", "𠮷野 野家")]
    public void Chinese_is_cut_into_pairs_and_the_rest_into_words(string text, string words) =>
        Assert.Equal(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), SearchWords.Cut(text));

    [Fact]
    public void Questions_come_up_by_answers_and_forgotten_ones_fall_away()
    {
        var answers = new Dictionary<string, string> { ["shop"] = " 甲店 ", ["kind"] = "零售", ["seats"] = "12" };
        Assert.Empty(Good.Form.Judge(answers, out var values));
        Assert.Equal(["kind", "shop"], values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("甲店", values["shop"]);
        answers["kind"] = "餐饮";
        Assert.Empty(Good.Form.Judge(answers, out values));
        Assert.Equal("12", values["seats"]);
        Assert.True(new Condition("kind", Test.IsNot, ["零售"]) { And = [Condition.Filled("seats")] }.Holds(answers));
    }

    private static CaseType With(CaseStep step) => Good with { Steps = [.. Good.Steps, step] };
}
