using System.Globalization;

namespace Shali.Platform.Exchange;

/// <summary>Every sentence of grants.</summary>
internal static class Text
{
    public const string NoFields = "请选择需要的信息项，以办理业务所必需为限。";
    public const string NoOperations = "请选择需要调用的操作，以办理业务所必需为限。";
    public const string ServiceWhole = "业务服务的应答由提供部门的系统生成，平台不改动其内容，不能按原文信息项或者行条件申请；需要限定范围的，请只选择必需的操作。";
    public const string OnlyService = "业务服务只能经网关调用。";
    public const string NoScene = "请写明使用场景：办理什么业务、怎样使用。";
    public const string NoBasis = "请写明使用依据：法律、法规、规章或者职责规定的名称和条款。";
    public const string NoWay = "请选择共享方式。";
    public const string NoBegin = "请填写开始使用的日期。";
    public const string NoEnd = "请填写使用期限的截止日期。";
    public const string EndsInThePast = "截止日期已经过去。";
    public const string EndsBeforeBegin = "截止日期不能早于开始日期。";
    public const string NoSuchGrant = "没有这项授权，或者它与您的单位无关。";
    public const string NotYours = "只有提供部门和政务数据共享主管部门可以暂停、恢复或者终止授权。";
    public const string NoReason = "请写明理由，需求部门将会收到。";
    public const string RateUsedUp = "本分钟的调用次数已达到授权的上限，请稍后再试。";

    public const string WithoutEnd = "长期";
    public const string DefaultPurpose = "系统之间的法定共享";
    public const string TitlePage = "系统说明";
    public const string OnlyConsumer = "只有使用数据的部门可以结束使用并报告数据处置。";
    public const string DisposedAlready = "数据处置已经报告过。";
    public const string NoDisposal = "请选择取得的数据如何处置。";
    public const string NoDisposalWords = "请写明处置情况：哪些系统和介质中的数据，何时由谁处置；依法继续保存的写明依据。";
    public const string UseEnded = "需求部门结束使用";

    public static string Finished(string consumer, string resource, string number, string disposal, string words) =>
        $"{consumer}结束使用“{resource}”（授权{number}），数据{disposal}：{words}";

    public static string NoResource(string name) => $"目录中没有“{name}”。";

    public static string NotShared(string name) => $"“{name}”为不予共享类数据。";

    public static string OwnResource(string name) => $"“{name}”由贵单位提供，不需要申请。";

    public static string UnknownField(string name, string resource) => $"“{resource}”没有名为“{name}”的信息项。";

    public static string ClearWithout(string label) => $"“{label}”要求提供原文，但没有选为需要的信息项。";

    public static string KeyMissing(string label) => $"“{label}”是记录的标识，随每条记录提供，请一并选择。";

    public static string NoService(string name) => $"“{name}”是平台上的数据，不经网关调用。";

    public static string LongCondition(int most) => $"行条件不能超过{most}个字。";

    public static string BadCondition(string why) => $"行条件不能执行：{why}";

    public static string LongWords(int most) => $"内容不能超过{most}个字。";

    public static string UnknownWay(string way) => $"没有“{way}”这种共享方式。";

    public static string BadRate(int most) => $"每分钟调用上限应为1至{most}的整数。";

    public static string TooLong(int years) => $"使用期限不能超过{years}年，到期仍需使用的可以再次申请。";

    public static string NoSystemGrant(string system, string name) => $"系统 {system} 没有读取“{name}”的共享授权。";

    public static string NoGrant(string name) => $"“{name}”为有条件共享类数据，贵单位尚未取得授权，请从目录中提出共享申请。";

    public static string IsSuspended(string number, string? reason) => $"授权{number}已暂停：{reason}";

    public static string IsRevoked(string number, string? reason) => $"授权{number}已终止：{reason}";

    public static string NotYet(string number, DateOnly begins) => $"授权{number}自{Day(begins)}起有效。";

    public static string IsOver(string number, DateOnly ends) => $"授权{number}已于{Day(ends)}到期，仍需使用的请重新申请。";

    public static string OtherWay(string number, string way) => $"授权{number}不包括“{GrantWay.Label(way)}”的方式。";

    public static string SeveralGrants(string name, IEnumerable<string> numbers) =>
        $"贵单位对“{name}”有多项授权，请在请求头 Shali-Grant 中写明按哪一项使用：{string.Join('、', numbers)}。";

    public static string ConditionBroken(string number) => $"授权{number}的行条件已不适用于该资源现在的结构，请联系政务数据共享主管部门。";

    public static string NotGranted(string label, string number) => $"授权{number}不包括信息项“{label}”。";

    public static string WrongState(string act, string state) => $"授权{state}，不能{act}。";

    public static string ChangedSubject(string act) => $"数据共享授权已{act}";

    public static string Changed(string act, string office, string resource, string number, string reason) =>
        $"{office}{act}了贵单位使用“{resource}”的授权{number}，理由：{reason}";

    private static string Day(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}
