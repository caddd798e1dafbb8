using Shali.Platform.Casework;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;

namespace Shali.Government.S11Approvals.Items;

/// <summary>What the pages of items say.</summary>
internal static partial class Text
{
    public const string Services = "办事服务";
    public const string ServicesLead = "各部门能为您办什么事、要带什么材料、多久办好、收不收费。";
    public const string SearchLabel = "您要办什么事";
    public const string SearchHint = "可以用平常的说法，如“开饭店”“落户”，也可以用拼音首字母。";
    public const string NothingFound = "没有找到。请换一种说法，或者按生活事件、办理单位查找；也可以拨打 12345。";
    public const string BySubject = "服务对象";
    public const string AllServices = "全部办事服务";
    public const string ByTheme = "按生活和经营中的事查找";
    public const string ByOffice = "按办理单位查找";
    public const string OtherServices = "其他网上服务";
    public const string NoItemsYet = "各部门还没有公布政务服务事项。";

    public const string ItemsTitle = "政务服务事项";
    public const string ItemsLead = "编制、审核、公布本单位的政务服务事项和办事指南";
    public const string NoEditions = "这里没有事项。";
    public const string SeedTitle = "全市通用事项目录";
    public const string QuestionsTitle = "申请时的问题";
    public const string MaterialsTitle = "申请材料";
    public const string GuideTitle = "办事指南";
    public const string PartsLead = "先把问题列好，再写材料：材料可以只在某个回答下需要。政府已有的信息和证照标明数据来源，不要求申请人提供。";
    public const string NoQuestions = "没有问题。";
    public const string NoMaterials = "不需要材料。";
    public const string NoLabel = "请填写题目。";
    public const string NoMaterialName = "请填写材料名称。";
    public const string ReasonGiven = "审核意见";
    public const string PublishBySecond = "由本单位没有参与编制的另一人审核公布。";
    public const string DifferencesTitle = "版本差别";
    public const string FirstEdition = "这是第一版，没有可以比较的版本。";
    public const string NoDifference = "两个版本没有差别。";
    public const string Present = "有";
    public const string Order = "排列顺序";
    public const string MorePlaces = "其余办理地点";

    public const string OnlyThese = "只需要下列材料，办理单位不得要求清单以外的材料。";
    public const string Free = "不收费";
    public const string AtOnceOnCommitment = "作出承诺后当场决定";
    public const string FlowTitle = "办理流程图";
    public const string AllSteps = "全部步骤";
    public const string Remedies = "对服务不满意的，可以在办件结束后评价，或者拨打 12345 投诉。对决定不服的，可以自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。";

    public const string ImportLead = "表格的每一行是一个事项。没有问题的行成为草稿，有问题的行列出全部原因，改好后再导入。";
    public const string ImportColumns = "列名如下，只有“事项名称”必须有；单元格空着的按通常情况处理。";
    public const string RowsWithFaults = "没有导入的行";
    public const string ChooseFile = "请选择不超过 8 MB 的表格文件。";
    public const string NoNameColumn = "表格没有“事项名称”这一列。第一行应是列名。";
    public const string PairsForm = "常见问题应成对填写：一行“问：……”，下一行“答：……”。";

    public static string TooLong(string label, int max) => $"“{label}”不能超过 {max} 个字。";

    public static string NotANumber(string label) => $"“{label}”应为整数。";

    public static string NotOffered(string label, string text) => $"“{label}”没有“{text}”这一项，请在所列各项中选择。";

    public static string NoSuchLabel(string line) => $"申请时没有问“{line}”；请逐行填写与问题一致的题目。";

    public static string FeeQuantityLine(string line) => $"收费的数量“{line}”应写作：收费编码、空格、题目；收费项目要先选好，题目要与申请时的问题一致。";

    public static string FeeConditionLine(string line) => $"收费的适用条件“{line}”应写作：收费编码、空格、题目：答案；收费项目要先选好，题目要与申请时的问题一致。";

    public static string BasisForm(string label) => $"“{label}”应写作《名称》条款，如《食品安全法》第三十五条。";

    public static string BasisLine(string line) => $"设定依据“{line}”应写作《名称》条款，如《食品安全法》第三十五条。";

    public static string UnknownColumns(IEnumerable<string> columns) => $"不认识的列：{string.Join('、', columns)}。请按页面所列的列名修改，或者删去。";

    public static string TooManyRows(int most) => $"一次最多导入 {most} 个事项，请分批导入。";

    public static string UnknownMark(string material, string mark) => $"材料“{material}”的标记“{mark}”无法识别，应为“不必须”“可容缺”或者“数据来源：”加来源名称。";

    public static string ImportDone(int taken, int bad) => bad == 0 ? $"已导入 {taken} 个事项，均为草稿" : $"已导入 {taken} 个事项为草稿，{bad} 行需要改正";

    public static string SeedLead(int count) => $"国家法律、行政法规规定各地都要办的 {count} 个常见事项，按现有机构建立并公布；已有的事项不改动。";

    public static string FaultCount(int count) => $"{count} 处待改正";

    public static string QuestionCount(int count) => $"{count} 个问题";

    public static string MaterialCount(int count) => $"{count} 份材料";

    public static string ItemCount(int count) => $"{count} 个事项";

    public static string FoundItems(int count) => $"找到 {count} 个事项";

    public static string Narrowed(string what) => $"：{what}";

    public static string QuestionTitle(string label) => label.Length > 0 ? $"问题：{label}" : "增加问题";

    public static string MaterialTitle(string name) => name.Length > 0 ? $"材料：{name}" : "增加材料";

    public static string PreviewOf(string name) => $"预览：{name}";

    public static string OneOf(string first, int count) => $"{first}等 {count} 种";

    public static string FeeOf(FeeItem fee) => $"{fee.Name} {fee.Price:0.00} 元/{fee.Unit}（{fee.StandardNumber}）{(fee.Relief is { } relief ? "，" + relief : "")}";

    public static string FeeWhen(string fee, string when) => when.Length > 0 ? $"{when}：{fee}" : fee;

    public static string ValidFor(int years) => $"，有效期 {years} 年";

    public static string Joint(IEnumerable<string> offices) => $"，会同{string.Join('、', offices)}";

    public static string From(string source) => $"（{source}）";

    public static string Filled(string source) => $"已有的信息自动填入（{source}）";

    public static string WillAsk(int count) => $"申请时会问的 {count} 个问题";

    public static string Copies(ItemMaterial material) => string.Join('，', new[]
    {
        material.Originals > 0 ? $"原件 {material.Originals} 份" : "", material.Copies > 0 ? $"复印件 {material.Copies} 份" : "",
    }.Where(part => part.Length > 0));

    public static string WithinOf(TimeLimit promised, TimeLimit? legal) => legal is null || legal == promised || legal.ToString() == promised.ToString()
        ? $"受理之日起 {promised}内"
        : $"受理之日起 {promised}内（法定 {legal}）";

    public static string IsAnnounced(PublicNoticeRule notice) =>
        $"准予前先公示 {Limit(notice.Length, notice.Unit)}（{notice.Basis}），所需时间计入办理时限；公示期内任何人都可以提出异议。";

    public static string SpecialsMay(IEnumerable<string> kinds) => $"必要时进行{string.Join('、', kinds)}，所需时间依法不计入办理时限，会书面告知您。";

    public static string CheckedWithin(int days) => $"作出决定后 {days} 日内核查；承诺不实的，撤销决定并记入信用记录。";

    public static string WhenIs(string question, string values) => $"“{question}”为{values}时";

    public static string WhenIsNot(string question, string values) => $"“{question}”不是{values}时";

    public static string WhenFilled(string question) => $"填写了“{question}”时";

    public static string EditionOf(int edition, DateTimeOffset at) => $"第 {edition} 版，{at.InWords()}公布。";

    public static string By(Actor actor) => actor switch
    {
        Actor.Applicant => "申请人",
        Actor.Handler => "经办人员",
        Actor.Head => "负责人",
        Actor.Supervisor => "督办人员",
        _ => "平台",
    };

    /// <summary>What was just done, from the address; nothing for anything else.</summary>
    public static string Said(string? done) => done switch
    {
        "submit" => "已提交，等待本单位另一人审核",
        "publish" => "已公布，即时生效",
        "return" => "已退回",
        "drop" => "已作废",
        "withdraw" => "已取消，不再接受新的申请",
        ['s', 'e', 'e', 'd', '-', .. var count] when count.All(char.IsAsciiDigit) && count.Length is > 0 and < 6 => $"已公布 {count} 个事项",
        _ => "",
    };
}
