using Shali.Government.S11Approvals.Billing;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Issuing;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>What the documents of steps say, what a case costs and when it goes back: pure, by tables.</summary>
public sealed class ResultPapers
{
    private static readonly DateTimeOffset Received = ClockVerdicts.At("2026-11-20 10:00");
    private static readonly DateTimeOffset Now = ClockVerdicts.At("2026-11-25 09:00");

    [Theory]
    [InlineData("accept", "行政许可申请受理通知书", "决定予以受理", "《行政许可法》第三十二条第一款第五项", "应当于2026年12月23日以前作出决定", "办理本事项不收取费用")]
    [InlineData("deem-accepted", "行政许可申请受理通知书", "五个工作日内没有告知", "自收到申请材料之日起即为受理", "法定办结时限 20 个工作日", "承诺 10 个工作日")]
    [InlineData("accept-jointly", "行政许可申请受理通知书", "申请材料已由牵头单位统一核对", "《行政许可法》第二十六条第二款", "本机关随一件事统一受理", "法定办结时限 20 个工作日")]
    [InlineData("ask-correction", "行政许可申请材料一次性补正告知书", "1. 补全座位数", "2. 写明面积", "3. 布局图：看不清", "自收到本告知书之日起30日内")]
    [InlineData("refuse-acceptance", "行政许可申请不予受理决定书", "不属于本机关职权", "决定不予受理", "请向市公安局申请", "六十日内向测试市人民政府申请行政复议")]
    [InlineData("begin-expert-review", "特别程序告知书", "因需要专家评审", "预计需要7个工作日", "《行政许可法》第四十五条", "依法不计入办理期限")]
    [InlineData("extend", "行政许可决定延期通知书", "案情复杂", "经本行政机关负责人批准", "延长10个工作日", "以前作出决定")]
    [InlineData("grant", "准予行政许可决定书", "决定准予行政许可", "《食品安全法》第三十五条", "颁发、送达《测试许可证》", "餐饮")]
    [InlineData("refuse", "不予行政许可决定书", "面积不足", "根据《食品安全法》第三十三条的规定", "决定不予行政许可", "六个月内依法向人民法院提起行政诉讼")]
    [InlineData("terminate", "终止行政许可办理决定书", "申请人已注销", "决定终止办理", "郑家餐饮有限公司", "行政复议")]
    [InlineData("deliver", "送达回证", "下列文书现予送达", "《测试许可证》（测证1号）", "经办员", "与纸质文书具有同等效力")]
    public void Each_step_has_its_paper(string step, params string[] says)
    {
        var facts = Facts(step);
        var content = Papers.Compose(facts);
        Assert.Equal(says[0], content.Title);
        var text = string.Join('\n', [content.Addressee ?? "", .. content.Paragraphs, .. content.Fields.Select(field => $"{field.Label} {field.Value}"), .. content.Notes]);
        Assert.All(says.Skip(1), part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal(("测市监1号", "测试市市场监督管理局", "行政审批专用章"), (content.Number, content.Office, content.SealUse));
        Assert.DoesNotContain("内部意见", text, StringComparison.Ordinal);
        Assert.Equal(content.Paragraphs, Papers.Compose(facts).Paragraphs);
    }

    [Fact]
    public void What_is_no_licence_is_not_called_one_and_a_person_is_spoken_to_as_one()
    {
        var facts = Facts("grant");
        facts = facts with { Item = facts.Item with { Kind = ItemKind.PublicService }, Case = facts.Case with { EntityName = null, Entity = null } };
        var content = Papers.Compose(facts);
        Assert.Equal("准予办理决定书", content.Title);
        Assert.DoesNotContain("行政许可", content.Title + content.Paragraphs[0], StringComparison.Ordinal);
        Assert.Equal("郑经办", content.Addressee);
        Assert.StartsWith("你于2026年11月20日", content.Paragraphs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_document_that_a_step_of_any_item_produces_is_known()
    {
        var produced = ItemSeed.All.Append(ItemTown.Item()).SelectMany(item => ItemSteps.Of(item)).Select(step => step.Produces).OfType<string>().ToHashSet();
        Assert.All(produced, kind => Assert.NotNull(PaperKind.Find(kind)));
        Assert.Equal(PaperKind.All.Count, PaperKind.All.Select(kind => kind.Word).Distinct().Count());
    }

    [Fact]
    public void A_licence_shows_what_was_permitted_and_nobodys_number()
    {
        var item = ItemTown.Item() with
        {
            Questions =
            [
                new("shop", "店铺名称", FieldTypes.Text), new("kind", "经营类别", FieldTypes.Text) { Choices = [new("food", "餐饮")] },
                new("phone", "店铺地址联系电话", FieldTypes.Phone), new("manager", "管理人员姓名", FieldTypes.Text), new("area", "面积（平方米）", FieldTypes.Decimal),
            ],
        };
        var answers = new Dictionary<string, string> { ["shop"] = "郑家面馆", ["kind"] = "food", ["phone"] = "13800000000", ["manager"] = "郑某", ["area"] = "80.5" };
        Assert.Equal(
            [("店铺名称", "郑家面馆"), ("经营类别", "餐饮"), ("面积（平方米）", "80.50")], LicenceFields.Of(item, answers).Select(field => (field.Label, field.Value)));
        var named = item with { Result = item.Result! with { Fields = ["manager", "phone"] } };
        Assert.Equal(["管理人员姓名"], LicenceFields.Of(named, answers).Select(field => field.Label));
    }

    [Theory]
    [InlineData("food", "3", "A*1@ B*3@ C*1@first D*1@second")]
    [InlineData("food", "0", "A*1@ C*1@first D*1@second")]
    [InlineData("food", "2.5", "A*1@ B*2.5@ C*1@first D*1@second")]
    [InlineData("retail", "3", "A*1@ B*3@ D*1@second")]
    public void A_root_case_costs_what_it_and_the_parts_that_concern_it_cost(string kind, string copies, string expected)
    {
        var basis = new Basis("行政许可法", "第五十九条");
        CaseQuestion Question(string name) => new(new() { Name = name, Label = name, Type = FieldTypes.Text });
        CaseType Type(string code, params CaseFee[] fees) => SampleCases.Part with { Code = code, Fees = fees, Form = new([Question("kind"), Question("copies")]) };
        var types = new Dictionary<string, CaseType>
        {
            ["t/first"] = Type("t/first", new CaseFee("C", basis)),
            ["t/second"] = Type("t/second", new CaseFee("D", basis), new CaseFee("E", basis) { When = Condition.Is("kind", "other") }),
        };
        var root = Type("t/root", new CaseFee("A", basis), new CaseFee("B", basis) { Quantity = "copies" }) with
        {
            Children = [new("first", "t/first", []) { When = Condition.Is("kind", "food") }, new("second", "t/second", ["first"])],
        };
        var fees = FeePlan.Of(root, new Dictionary<string, string> { ["kind"] = kind, ["copies"] = copies }, child => types.GetValueOrDefault(child.Type));
        Assert.Equal(expected, string.Join(' ', fees.Select(fee => $"{fee.FeeItem}*{fee.Quantity.ToString(System.Globalization.CultureInfo.InvariantCulture)}@{fee.Part}")));
    }

    [Theory]
    [InlineData(FeeRefund.UnlessGranted, "granted", true, false)]
    [InlineData(FeeRefund.UnlessGranted, "refused", true, true)]
    [InlineData(FeeRefund.UnlessGranted, null, false, true)]
    [InlineData(FeeRefund.UnlessDecided, "refused", true, false)]
    [InlineData(FeeRefund.UnlessDecided, null, false, true)]
    [InlineData(FeeRefund.UnlessDecided, "granted", true, false)]
    public void What_was_paid_goes_back_where_nothing_was_given(FeeRefund rule, string? result, bool decided, bool back)
    {
        var type = ItemCaseType.Of(ItemTown.Item());
        var ended = Facts("grant").Case with { State = CaseState.Ended, Result = result, DecidedAt = decided ? Now : null };
        Assert.Equal(back, RefundRules.GoesBack(rule, ended, type));
        Assert.False(RefundRules.GoesBack(rule, ended with { State = CaseState.Running }, type));
    }

    private static PaperFacts Facts(string code)
    {
        var item = ItemTown.Item();
        var type = ItemCaseType.Of(item);
        var of = new Case
        {
            Number = "2026112000000017",
            Type = type.Code,
            TypeVersion = 1,
            Title = item.Name,
            State = CaseState.Running,
            Stage = "review",
            Office = "market-regulation",
            Entity = "MA1FL2A06",
            EntityName = "郑家餐饮有限公司",
            PersonName = "郑经办",
            Person = "p",
            Source = CaseSource.Online,
            ReceivedAt = Received,
            Events = 3,
            Answers = """{"shop":"郑家面馆","kind":"food"}""",
        };
        var one = new CaseEvent
        {
            Key = "k",
            Case = of.Number,
            Ordinal = 3,
            Step = code,
            Label = code,
            After = "review",
            At = Now,
            Who = "clerk",
            WhoName = "经办员",
            Opinion = code == "ask-correction" ? "补全座位数\n写明面积" : "内部意见",
            Reason = code switch
            {
                "refuse-acceptance" => "不属于本机关职权。",
                "begin-expert-review" => "需要专家评审",
                "extend" => "案情复杂",
                "refuse" => "面积不足。",
                "terminate" => "申请人已注销",
                _ => null,
            },
            Basis = code == "refuse" ? "《食品安全法》第三十三条" : code == "refuse-acceptance" ? "《行政许可法》第三十二条第一款第二项" : null,
            Details = code == "refuse-acceptance" ? """{"competent":"市公安局"}""" : null,
        };
        return new(item, of, one, type.Step(code)!, "测试市市场监督管理局", "测试市人民政府")
        {
            Number = "测市监1号",
            Date = new(2026, 11, 25),
            Due = new(2026, 12, 23),
            Length = code == "begin-expert-review" ? "7个工作日" : code == "extend" ? "10个工作日" : null,
            Faults = code == "ask-correction" ? [("布局图", "看不清")] : [],
            Delivered = code == "deliver" ? ["《测试许可证》（测证1号）"] : [],
        };
    }
}
