using System.Globalization;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>The sentences that the population base shows to people.</summary>
internal static class Text
{
    public const string System = "人口基础信息库";

    public const string BirthLead = "婴儿出生后一个月以内，由户主、亲属、抚养人或者邻居申报。";
    public const string DeathLead = "公民死亡，由户主、亲属、抚养人或者邻居申报，注销户口。";
    public const string MarriageLead = "民政部门办理结婚登记后记入婚姻状况。";
    public const string DivorceLead = "民政部门办理离婚登记，或者判决书、调解书生效后记入婚姻状况。";
    public const string AdoptionLead = "凭收养登记证，将被收养人的户口登记到收养人所在的户。";
    public const string AcknowledgmentLead = "认领后，将被认领人的户口登记到认领人所在的户。";
    public const string HouseholdMoveLead = "全户或者部分成员在本市范围内移居，迁出和迁入一次办结。";
    public const string MoveOutLead = "迁往外地：注销本市户口，签发迁移证，落户之前为迁移在途。";
    public const string MoveInLead = "从外地迁入，或者在途的人重新落户：缴销迁移证，登记户口。";
    public const string NameChangeLead = "变更姓名，原姓名记为曾用名。";
    public const string NumberCorrectionLead = "更正公民身份号码，原号码连同使用期间保留。";
    public const string SplitLead = "户内部分成员另立一户。";
    public const string MergeLead = "一户的全体成员并入同村（社区）的另一户。";
    public const string HeadChangeLead = "变更户主，其他成员与户主关系随之调整。";
    public const string TemporaryLead = "离开常住户口所在地居住三日以上的，三日以内申报。";
    public const string DepartureLead = "离开现住地前往本市以外，注销居住登记。";
    public const string PermitLead = "在本市居住半年以上，有合法稳定就业、合法稳定住所或者连续就读之一的，可以申领。";
    public const string EnlistmentLead = "应征公民入伍前，持通知书注销户口，不发迁移证。";
    public const string MissingLead = "登记失踪，户口保留。";
    public const string FoundLead = "失踪的人已经寻回。";
    public const string CorrectionLead = "登记内容有误，凭证明材料更正；原登记保留并注明已被更正。";

    public const string VillageHint = "12位统计用区划代码";
    public const string NewHeadHint = "户主离开而户内还有其他成员时填写";
    public const string MembersHint = "不填写即全户";
    public const string DocumentsHint = "写明证明材料的名称和编号";
    public const string NewNumberHint = "已经编定的填写，未编定的留空";
    public const string AppliedOnHint = "协议离婚的填写；判决或调解离婚的留空";
    public const string JoinHouseholdHint = "并入已有的户时填写，否则按新地址立户";
    public const string ArrivalHint = "本库已有记录的人；第一次来本市的留空，填写下面各项";
    public const string OnlyArrivals = "本库没有此人记录时填写";
    public const string OwnHouseholdHint = "落入已有的户，填写户和关系；自立一户，填写村（社区）代码和地址";
    public const string SameAddressHint = "留空即与原户相同";
    public const string CorrectValueHint = "日期按2026-01-31书写；性别、民族填代码；取消误报的死亡登记时留空";
    public const string CorrectsHint = "建库导入的信息没有对应事项，可以留空";

    public const string NeverDeleted = "人口记录不能删除：死亡、迁出等请办理相应的登记事项。";

    public static string ByEntryOnly(string label) => $"{label}由户口登记事项决定，不能直接修改；请办理相应的登记或者更正。";

    public static string NotTheAuthority(string label, string office) =>
        $"{label}由{office}负责维护，本部门不能直接修改；可以在人员页面提出更正建议，由{office}处理。";

    public const string NoSuchKind = "没有这种登记事项，请从列表中选择。";

    public static string NotYours(string label, string office) =>
        $"{(office.Length > 0 ? office : "您")}没有办理“{label}”的权限，请转由有权的部门办理。";

    public static string Unanswered(string label) => $"请填写{label}。";

    public static string NotADate(string label) => $"{label}不是日期，请按2026-01-31的形式填写。";

    public static string NotAChoice(string label) => $"请在所列选项中选择{label}。";

    public static string NoSuchPerson(string label) => $"{label}：人口库中没有这个人，请先查找并选择。";

    public static string NoSuchHousehold(string label) => $"{label}：没有这个户，请先查找并选择。";

    public static string NotAVillage(string label) => $"{label}应为12位数字的村（社区）代码。";

    public static string NoSuchEvent(string label) => $"{label}：没有这项登记。";

    public static string TooLong(string label) => $"{label}太长了。";

    public static string UnknownAnswer(string name) => $"这项登记没有“{name}”这个问题。";

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
