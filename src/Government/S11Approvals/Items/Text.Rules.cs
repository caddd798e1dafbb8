using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Items;

/// <summary>What the rules of items say.</summary>
internal static partial class Text
{
    public const string NoFirstOffice = "要先经下级机关审查的，请写明审查期限，并设一个选择受理机关的问题。";

    public const string NoName = "请填写事项名称，不超过 100 个字。";
    public const string BadCode = "事项编码应为 2 至 51 个小写字母、数字或连字符，以字母或数字开头。";
    public const string NoBasis = "请填写设定依据：法律、法规、规章的名称和条款。";
    public const string NoApplicants = "请选择服务对象。";
    public const string NoConditions = "请逐条填写受理条件。";
    public const string NoLegalLimit = "请填写法定办结时限，应为 1 至 3650 的整数。";
    public const string NoLegalBasis = "请填写法定办结时限的依据。";
    public const string BadStageLimit = "环节时限只能设在本事项有的审查、审批环节，应为不小于 1 的整数。";
    public const string NoCommitment = "告知承诺件请填写承诺内容和事后核查期限（1 至 366 日）。";
    public const string VisitNeedsTwo = "需要现场核查的，请勾选“核实实质内容”，由两名以上工作人员办理。";
    public const string NoResult = "请填写办理结果的名称；有有效期的，有效年限不小于 1。";
    public const string NoWay = "请至少选择一种办理形式。";
    public const string NoPlace = "请填写办理地点的名称、地址、时间和电话。";
    public const string NoTheme = "请至少选择一个服务主题。";

    public static string NoOffice(string office) => $"没有代码为“{office}”的机构。";

    public static string HalfBasis(Basis basis) => $"依据“{(basis.Act.Length > 0 ? basis.Act : basis.Article)}”不完整，请同时写明名称和条款。";

    public static string CatchAllCondition(string condition) => $"受理条件“{condition}”是兜底条款，请写明具体条件或者删去。";

    public static string PromiseTooLong(TimeLimit promised, TimeLimit legal) => $"承诺办结时限（{promised}）应不小于 1，并且不长于法定办结时限（{legal}）。";

    public static string LicenceTooLong(int days) => $"行政许可法规定的时限为 {days} 个工作日；更长的时限请写明另作规定的法律、法规。";

    public static string StagesTooLong(int sum, TimeLimit limit) => $"各环节时限之和（{sum} 个工作日）长于办结时限（{limit}）。";

    public static string BadPublicNotice(int most) => $"公示期为 1 至 {most} 日，要短于办结时限，并写明依据的名称和条款；即办件和告知承诺件不公示。";

    public static string BadSpecial(string kind) => $"本事项不能设特别程序“{kind}”：只有一般程序的行政许可可以设行政许可法第四十五条所列的八种。";

    public static string BadExtension(int longest) => $"延长期限应写明批准人；依行政许可法延长的，不超过 {longest} 个工作日；即办和告知承诺件不能延长。";

    public static string BadQuestion(string label) => $"问题“{label}”应有题目；名称用小写字母、数字和下划线；有选项的至少两个，不能重复。";

    public static string QuestionTwice(string name) => $"问题名称“{name}”重复。";

    public static string UnknownSource(string label, string source) => $"“{label}”的数据来源“{source}”不在来源目录中。";

    public static string BadMaterial(string name) => $"材料“{name}”应有名称和编码，原件和复印件合计 1 至 20 份。";

    public static string CatchAllMaterial(string name) => $"材料“{name}”是兜底条款，请写明具体材料或者删去。";

    public static string PaperIsKnown(string name, string source) => $"“{name}”可以从政府数据取得（{source}），请标明数据来源，不要求申请人提供。";

    public static string KnownAndSecondary(string name) => $"材料“{name}”由政府数据取得，不需要容缺后补。";

    public static string MaterialTwice(string name) => $"材料“{name}”要求了两次。";

    public static string NoQuantity(string code) => $"收费项目“{code}”的数量要由一个回答是数字的问题说明。";

    public static string NoFee(string code) => $"收费项目“{code}”没有公布，或者目前无效。";

    public static string BadCondition(string label, string question) => $"“{label}”的适用条件指向的问题“{question}”不存在，或者排在后面。";

    public static string BadConditionValue(string label, string question) => $"“{label}”的适用条件不是“{question}”的选项。";
}
