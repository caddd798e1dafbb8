using Shali.Platform.Kernel;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>Every sentence of corrections.</summary>
internal static class Text
{
    public const string Number = "校核编号";
    public const string Followed = "查看数据校核的办理情况";
    public const string Result = "办理结果";
    public const string AnswerLabel = "提供部门的答复";
    public const string Correction = "数据校核";
    public const string Corrections = "数据校核";
    public const string CorrectionsNote = "指出和核实有误的共享数据";
    public const string Lead = "本部门指出的其他部门数据中的错误，以及其他部门指出的、由本部门核实的错误。提供部门十个工作日内答复。";
    public const string None = "还没有数据校核。";
    public const string Report = "指出错误";
    public const string ReportTitle = "指出数据中的错误";
    public const string ReportLead = "写明哪一项有误、认为正确的值和依据。提供部门十个工作日内核实并答复；更正后，收到过错误值的部门都会得到告知。";
    public const string Find = "查找记录";
    public const string FindLead = "选择信息资源并填写记录标识，也可以从记录页面进入。";
    public const string Resource = "信息资源";
    public const string Key = "记录标识";
    public const string KeyHint = "见记录页面下方的“记录标识”，或者接口返回的 id";
    public const string Field = "有误的信息项";
    public const string FieldLabel = "信息项";
    public const string Seen = "取得的值";
    public const string Value = "认为正确的值";
    public const string ValueOfReport = "不知道正确的值时可以不填";
    public const string Evidence = "依据和说明";
    public const string EvidenceHint = "怎样发现的，凭什么材料认为有误";
    public const string File = "证明材料";
    public const string Send = "提交";
    public const string Cancel = "取消";
    public const string NoValue = "（空）";
    public const string By = "提出部门";
    public const string To = "提供部门";
    public const string Stage = "环节";
    public const string Received = "提出时间";
    public const string Case = "校核";
    public const string Record = "记录";
    public const string ToRecord = "查看记录";
    public const string Due = "答复期限";
    public const string VerifyingNote = "提供部门正在核实，期限十个工作日。";
    public const string WritingNote = "核实有误，平台正在更正数据并告知收到过错误值的部门。";
    public const string ValueHint = "不填则采用提出部门认为正确的值";
    public const string CorrectNote = "平台按更正后的值写入记录，经变更订阅发出，并告知收到过错误值的部门。由业务系统登记的资源请先在业务系统中更正。";
    public const string UpholdNote = "写明核实的方法和结论，提出部门会收到。";
    public const string ChooseResource = "请选择信息资源。";
    public const string GiveKey = "请填写记录标识。";
    public const string NoResource = "没有这个信息资源，或者您不能查看它。";
    public const string NoRecord = "没有这条记录，或者您不能查看它。";
    public const string NoField = "请在提供给贵单位的信息项中选择有误的一项。";
    public const string NoEvidence = "请写明依据：怎样发现的，凭什么材料认为有误。";
    public const string OwnData = "这一项由本部门提供，请直接更正。";
    public const string SameValue = "认为正确的值与现在的值相同。";
    public const string NotInYourName = "校核只能以本部门的名义、按目录中的提供部门提出。";
    public const string NeedsValue = "提出部门没有写明正确的值，请填写更正后的值；已经在业务系统中更正的，请核对记录是否已经改变。";
    public const string StillWrong = "更正后的值与被指出有误的值相同；核实无误的，请选择“不予更正”。";
    public const string SourceFirst = "该资源由业务系统登记，请先在业务系统中办理更正，再在这里办结。";
    public const string MayNotWrite = "您没有修改该资源的权限，请由有权限的人员办理，或者先在业务系统中更正。";
    public const string RecordGone = "这条记录已经不存在，请写明情况后选择“不予更正”。";
    public const string Gone = "记录在更正前被删除。";
    public const string NobodyElse = "查阅和交换记录中没有其他部门收到过错误值。";
    public const string Purpose = "数据校核";

    public const string NotJson = "请求内容应为 JSON 对象，包含 field、value 和 evidence。";
    public const string TooLarge = "请求内容超过 64 KB。";

    public static string UnknownMember(string name) => $"没有名为“{name}”的成员。";

    public static string NotText(string name) => $"“{name}”的 JSON 值应为文本、数或者布尔值。";

    public static string Title(string resource, string field) => $"{Correction}：{resource}“{field}”";

    public static string Already(string number) => $"贵单位已经指出这一项有误（{CaseNumbers(number)}），提供部门正在核实。";

    public static string ToVerify(string by, string resource, string field) => $"{by}指出“{resource}”一条记录的“{field}”有误，请在十个工作日内核实并答复。";

    public static string Upheld(string resource, string field, string reason) => $"提供部门核实后没有更改“{resource}”的“{field}”：{reason}";

    public static string Corrected(string resource, string field) => $"贵单位指出的“{resource}”的“{field}”已经更正，请重新取得。";

    public static string WrongReceived(string resource, string key, string field, DateTimeOffset last) =>
        $"贵单位{last.Local():yyyy年M月d日}前取得的“{resource}”记录 {key} 的“{field}”有误，提供部门已经更正。请重新取得，并核对据此办理的业务。";

    public static string WrongGranted(string resource, string key, string field) =>
        $"贵单位按授权取得的“{resource}”中，记录 {key} 的“{field}”有误，提供部门已经更正。请重新取得，并核对据此办理的业务。";

    public static string Told(IEnumerable<string> offices) => $"已告知收到过错误值的部门：{string.Join('、', offices)}。";

    public static string Times(string office, int times) => times > 0 ? $"{office}（{times}次）" : $"{office}（按授权）";

    public static string BeingVerified(IEnumerable<string> fields) => $"“{string.Join("”“", fields)}”被指出有误，提供部门正在核实。";

    private static string CaseNumbers(string number) => Shali.Platform.Casework.CaseNumbers.Show(number);
}
