using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>The words for the codes of items.</summary>
public static class ItemCodes
{
    public static readonly CodeList Kinds = new("item-kind", "事项类型", "GB/T 39046-2020",
    [
        new("licence", "行政许可"), new("levy", "行政征收"), new("benefit", "行政给付"), new("confirmation", "行政确认"), new("reward", "行政奖励"),
        new("ruling", "行政裁决"), new("other-power", "其他行政权力"), new("public-service", "公共服务"),
    ]);

    public static readonly CodeList Flows = new("item-flow", "办件类型", "GB/T 39046-2020",
    [
        new("at-once", "即办件"), new("promise", "承诺件"), new("joint", "联办件"), new("commitment", "告知承诺件"),
    ]);

    public static readonly CodeList Objects = new("item-object", "服务对象", "GB/T 39046-2020",
    [
        new("persons", "个人") { Also = "自然人" }, new("firms", "单位") { Also = "法人" }, new("everyone", "个人和单位") { Also = "自然人和法人" },
    ]);

    public static readonly CodeList Wards = new("item-wards", "父母代未成年子女申请", "",
    [
        new("none", "不适用"), new("also", "本人或者子女的事"), new("only", "只办子女的事"), new("newborns", "新生儿的事（可以还没有登记户口）"),
    ]);

    public static readonly CodeList Levels = new("item-level", "行使层级", "GB/T 39046-2020",
    [
        new("national", "国家级"), new("province", "省级"), new("city", "市级"), new("county", "县级"), new("town", "乡级"), new("village", "村级"),
        new("grades", "分级行使"),
    ]);

    public static readonly CodeList Ways = new("item-way", "办理形式", "GB/T 39046-2020",
        [new("window", "窗口办理"), new("online", "网上办理"), new("mobile", "移动端办理"), new("courier", "邮寄办理")]);

    public static readonly CodeList Reaches = new("item-reach", "通办范围", "GB/T 39046-2020",
        [new("none", "不通办"), new("county", "县区内通办"), new("city", "全市通办"), new("province", "全省通办"), new("country", "跨省通办")]);

    public static readonly CodeList Results = new("item-result", "结果类型", "",
    [
        new("licence", "证照"), new("certificate", "证明"), new("decision", "批文、决定"), new("registration", "登记、备案"), new("payment", "资金、待遇"),
        new("none", "无结果文书"),
    ]);

    public static readonly CodeList States = new("item-state", "事项状态", "", [new(ItemState.InForce, "有效"), new(ItemState.Withdrawn, "已取消")]);

    public static readonly CodeList EditionStates = new("item-edition-state", "事项版本状态", "",
    [
        new(EditionState.Draft, "草稿"), new(EditionState.Submitted, "待审核"), new(EditionState.Returned, "已退回"),
        new(EditionState.Published, "已公布"), new(EditionState.Superseded, "已被替代"), new(EditionState.Withdrawn, "已取消"), new(EditionState.Dropped, "已作废"),
    ]);

    /// <summary>Events of a life, first for people, then for firms, in the order of a life.</summary>
    public static readonly CodeList Themes = new("item-theme", "服务主题", "GB/T 39046-2020",
    [
        new("birth", "生育和抚养"), new("household", "户口和身份"), new("education", "教育就学"), new("work", "就业创业"), new("marriage", "婚姻登记"),
        new("housing", "住房和不动产"), new("vehicle", "车辆和出行"), new("health", "医疗卫生"), new("insurance", "社会保障"), new("care", "救助和抚恤"),
        new("retirement", "退休养老"), new("death", "身后事"), new("firm-start", "开办企业"), new("firm-licence", "准营准办"), new("catering", "开办餐饮店"),
        new("construction", "工程建设"), new("transport", "道路运输"), new("farming", "农业生产"), new("environment", "环保绿化"), new("culture", "文化旅游"),
        new("tax", "纳税缴费"), new("firm-end", "变更和注销"),
    ]);

    public static readonly IReadOnlyList<CodeList> All = [Kinds, Flows, Objects, Wards, Levels, Ways, Reaches, Results, States, EditionStates, Themes];

    /// <summary>The Chinese word of an enum value, by its code.</summary>
    public static string Label<T>(CodeList list, T value)
        where T : struct, Enum => list.Find(CodeOf(value))?.Label ?? CodeOf(value);

    /// <summary>The code of an enum value as JSON and the lists write it: <c>at-once</c>.</summary>
    public static string CodeOf<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The enum value of a code or of its Chinese word; null for neither.</summary>
    public static T? Read<T>(CodeList list, string text)
        where T : struct, Enum => (list.Find(text.Trim()) ?? list.FindLabel(text.Trim()))?.Value is { } code
            ? Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => CodeOf(value!.Value) == code)
            : null;
}

/// <summary>The codes of <c>item-state</c>.</summary>
public static class ItemState
{
    public const string InForce = "in-force";
    public const string Withdrawn = "withdrawn";
}

/// <summary>The codes of <c>item-edition-state</c>.</summary>
public static class EditionState
{
    public const string Draft = "draft";
    public const string Submitted = "submitted";
    public const string Returned = "returned";
    public const string Published = "published";
    public const string Superseded = "superseded";
    public const string Withdrawn = "withdrawn";
    public const string Dropped = "dropped";

    /// <summary>Somebody still works on it.</summary>
    public static bool IsOpen(string state) => state is Draft or Submitted or Returned;
}
