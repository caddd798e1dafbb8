using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;

namespace Shali.Tests.Rules;

/// <summary>What an item may be, and the case type that it becomes: no database.</summary>
public sealed class ApprovalItemRules
{
    private static readonly ItemSurroundings Around = new(
        ItemSeed.All.SelectMany(item => item.JointOffices.Prepend(item.Office)).ToHashSet(StringComparer.Ordinal),
        ItemSeed.All.SelectMany(item => item.Fees).ToHashSet(StringComparer.Ordinal));

    private static ServiceItem Good => ItemSeed.All.First(item => item.Code == "food-business");

    private static readonly Basis Act = new("行政许可法", "第四十二条");

    [Fact]
    public void Every_item_of_the_seed_can_be_published_and_worked_with()
    {
        Assert.True(ItemSeed.All.Count >= 40, $"{ItemSeed.All.Count} items");
        Assert.True(ItemSeed.All.Select(item => item.Office).Distinct().Count() >= 12, "too few offices");
        Assert.Equal(ItemSeed.All.Count, ItemSeed.All.Select(item => item.Code).Distinct().Count());
        Assert.Empty(ItemSeed.All.SelectMany(item => ItemRules.Judge(item, Around).Select(refusal => $"{item.Code} {refusal.Code} {refusal.Sentence}")));
        Assert.All(Enum.GetValues<FlowKind>(), flow => Assert.Contains(ItemSeed.All, item => item.Flow == flow));
    }

    [Fact]
    public void An_item_and_its_case_type_are_the_same_after_being_written_and_read()
    {
        foreach (var item in ItemSeed.All)
        {
            var again = ItemJson.Read(ItemJson.Write(item));
            Assert.Equal(ItemJson.Write(item), ItemJson.Write(again));
            Assert.Equal(CaseTypes.Write(ItemCaseType.Of(item)), CaseTypes.Write(ItemCaseType.Of(again)));
        }
    }

    public static TheoryData<string, string> Faults => new(
        ("S11-R01", "名称"), ("S11-R02", "编码"), ("S11-R03", "实施主体"), ("S11-R03", "联办单位"), ("S11-R04", "没有依据"), ("S11-R04", "依据没有条款"),
        ("S11-R05", "没有时限"), ("S11-R05", "时限没有依据"), ("S11-R06", "承诺长于法定"), ("S11-R06", "承诺日历日长于法定工作日"), ("S11-R07", "许可超过二十日"),
        ("S11-R08", "其他材料"), ("S11-R08", "法律法规规定的其他材料"), ("S11-R09", "材料两次"), ("S11-R09", "材料两次，括号不同"), ("S11-R10", "身份证"),
        ("S11-R10", "来源不明"), ("S11-R11", "没有份数"), ("S11-R12", "没有公布的收费"), ("S11-R13", "没有条件"), ("S11-R13", "其他条件"), ("S11-R14", "条件指向不存在的问题"),
        ("S11-R14", "条件不是选项"), ("S11-R15", "一个选项"), ("S11-R15", "问题两次"), ("S11-R16", "没有结果"), ("S11-R17", "公示不是特别程序"), ("S11-R18", "延长二十日"),
        ("S11-R19", "没有承诺"), ("S11-R20", "没有对象"), ("S11-R21", "没有地点"), ("S11-R21", "没有形式"), ("S11-R22", "没有主题"), ("S11-R23", "一人核查"), ("S11-R24", "环节之和"),
        ("S11-R25", "已知又后补"));

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_wrong_is_named_by_its_rule(string code, string fault)
    {
        var refusals = ItemRules.Judge(Broken(fault), Around);
        var refusal = Assert.Single(refusals, refusal => refusal.Code == code);
        Assert.NotEmpty(refusal.Sentence);
        Assert.All(refusals, one => Assert.Equal(code, one.Code));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var refusals = ItemRules.Judge(
            new ServiceItem { Code = "X", Name = "", Office = "nowhere", Applicants = Applicants.None, Materials = [new("a", "其他材料")], Fees = ["NONE"] }, Around);
        Assert.Superset(
            new HashSet<string> { "S11-R01", "S11-R02", "S11-R03", "S11-R04", "S11-R05", "S11-R08", "S11-R12", "S11-R13", "S11-R16", "S11-R20", "S11-R21", "S11-R22" },
            refusals.Select(refusal => refusal.Code).ToHashSet());
    }

    [Theory]
    [InlineData("申请人身份证", true)]
    [InlineData("法定代表人身份证复印件", true)]
    [InlineData("营业执照副本", true)]
    [InlineData("居民户口簿", true)]
    [InlineData("户口簿注销页", false)]
    [InlineData("营业执照遗失公告", false)]
    [InlineData("场所照片", false)]
    public void A_paper_that_the_government_has_is_known_by_its_name(string name, bool known)
    {
        var item = Good with { Materials = [.. Good.Materials, new("one-more", name)] };
        Assert.Equal(known, ItemRules.Judge(item, Around).Any(refusal => refusal.Code == "S11-R10"));
    }

    [Fact]
    public void A_licence_goes_by_the_licensing_law()
    {
        var type = ItemCaseType.Of(Good);
        Assert.Equal(
            ["received", "correcting", "review", "approval", "issuing", "granted", "refused", "not-accepted", "uncorrected", "terminated", "withdrawn"],
            type.Stages.Select(stage => stage.Code));
        var clocks = type.Clocks.ToDictionary(clock => clock.Code);
        Assert.Equal((5, ClockUnit.WorkingDays, ClockKind.Legal), (clocks["notice"].Length, clocks["notice"].Unit, clocks["notice"].Kind));
        Assert.Equal("deem-accepted", clocks["notice"].Silence!.Step);
        Assert.Equal((20, 8, 10), (clocks["decide"].Length, clocks["decide-promised"].Length, clocks["deliver"].Length));
        Assert.Equal("第四十四条", clocks["deliver"].Basis.Article);
        Assert.Equal((10, "head"), (clocks["decide"].Extension!.Length, clocks["decide"].Extension!.Role));
        Assert.True(type.Step("examine")!.Needs.HasFlag(StepNeeds.SecondOfficer));
        Assert.Equal(StepNeeds.Reason | StepNeeds.Basis | StepNeeds.Document, type.Step("refuse")!.Needs);
        Assert.Equal(Milestone.Decided, type.Step("grant")!.Marks);
    }

    [Fact]
    public void A_special_procedure_stops_every_clock_that_runs_and_only_for_its_own_kind()
    {
        var type = ItemCaseType.Of(ItemSeed.All.First(item => item.Code == "fire-design"));
        var begin = type.Step("begin-expert-review")!;
        Assert.Equal(["decide", "decide-promised", "stage-review"], begin.Clocks.Select(effect => effect.Clock).Order());
        Assert.All(begin.Clocks, effect => Assert.Equal((ClockAction.Suspend, "expert-review"), (effect.Action, effect.Kind)));
        Assert.Equal("第四十五条", begin.Basis!.Article);
        Assert.Null(type.Step("begin-hearing"));
        Assert.All(type.Clocks.Where(clock => clock.Suspensions.Count > 0), clock => Assert.Equal(["expert-review"], clock.Suspensions));
    }

    [Fact]
    public void What_is_decided_at_once_has_one_stage_of_decision_and_a_commitment_is_checked_afterwards()
    {
        var atOnce = ItemCaseType.Of(ItemSeed.All.First(item => item.Code == "birth-household"));
        Assert.DoesNotContain(atOnce.Stages, stage => stage.Code is "review" or "issuing" or "checking");
        Assert.Equal("granted", atOnce.Step("grant")!.To);
        Assert.Equal(1, atOnce.Clocks.First(clock => clock.Code == "decide-promised").Length);
        var commitment = ItemCaseType.Of(ItemSeed.All.First(item => item.Code == "fire-opening"));
        Assert.Equal("issuing", commitment.Step("grant")!.To);
        Assert.Equal("checking", commitment.Step("deliver")!.To);
        Assert.Contains(commitment.Materials, material => material.Code == "commitment" && material.Required);
        Assert.True(commitment.Step("pass-check")!.Needs.HasFlag(StepNeeds.SecondOfficer));
    }

    [Fact]
    public void A_withdrawn_item_takes_no_new_cases()
    {
        var closed = ItemCaseType.Closed(ItemCaseType.Of(Good));
        Assert.Equal((Applicants.None, null), (closed.Applicants, closed.WindowPermission));
        Assert.Empty(CaseTypeCheck.Of(closed));
    }

    private static ServiceItem Broken(string fault)
    {
        var item = Good;
        var paper = new ItemMaterial("one-more", "场所照片");
        ServiceItem With(ItemMaterial material) => item with { Materials = [.. item.Materials, material] };
        ServiceItem Ask(ItemQuestion question) => item with { Questions = [.. item.Questions, question] };
        var ask = new ItemQuestion("one_more", "还有一问", Platform.Registry.Types.FieldTypes.Text);
        return fault switch
        {
            "名称" => item with { Name = " " },
            "编码" => item with { Code = "食品" },
            "实施主体" => item with { Office = "nowhere" },
            "联办单位" => item with { JointOffices = ["nowhere"] },
            "没有依据" => item with { Bases = [] },
            "依据没有条款" => item with { Bases = [new("食品安全法", "")] },
            "没有时限" => item with { Legal = null },
            "时限没有依据" => item with { Legal = new(20, ClockUnit.WorkingDays) },
            "承诺长于法定" => item with { Promised = new(21, ClockUnit.WorkingDays) },
            "承诺日历日长于法定工作日" => item with { Promised = new(29, ClockUnit.CalendarDays) },
            "许可超过二十日" => item with { Legal = new(21, ClockUnit.WorkingDays, Act) },
            "其他材料" => With(paper with { Name = "其他材料" }),
            "法律法规规定的其他材料" => With(paper with { Name = "法律、法规规定的其他材料" }),
            "材料两次" => With(paper with { Name = item.Materials[2].Name }),
            "材料两次，括号不同" => item with { Materials = [.. item.Materials, paper with { Name = "证明（一）" }, paper with { Code = "two-more", Name = "证明 (一)" }] },
            "身份证" => With(paper with { Name = "经办人身份证" }),
            "来源不明" => With(paper with { Known = "nobody.knows" }),
            "没有份数" => With(paper with { Originals = 0, Copies = 0 }),
            "没有公布的收费" => item with { Fees = ["NOT-PUBLISHED"] },
            "没有条件" => item with { Conditions = [] },
            "其他条件" => item with { Conditions = ["有场所", "其他条件"] },
            "条件指向不存在的问题" => With(paper with { When = Condition.Is("nothing", "x") }),
            "条件不是选项" => With(paper with { When = Condition.Is("kind", "school") }),
            "一个选项" => Ask(ask with { Choices = [new("only", "只有一个")] }),
            "问题两次" => Ask(item.Questions[0]),
            "没有结果" => item with { Result = null },
            "公示不是特别程序" => item with { Specials = ["public-notice"] },
            "延长二十日" => item with { Extension = new(20, "负责人", Act) },
            "没有承诺" => item with { Flow = FlowKind.Commitment, Specials = [], Extension = null, StageLimits = [] },
            "没有对象" => item with { Applicants = Applicants.None },
            "没有地点" => item with { Places = [] },
            "没有形式" => item with { Ways = [] },
            "没有主题" => item with { Themes = [] },
            "一人核查" => item with { ChecksSubstance = false },
            "环节之和" => item with { StageLimits = [new("review", 7), new("approval", 2)] },
            "已知又后补" => With(paper with { Known = "firm.licence", Secondary = true }),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
        };
    }
}
