using Shali.Government.S11Approvals.Items;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>Every sentence of the documents and licences.</summary>
internal static class Text
{
    // Documents.
    public const string IssuerCode = "电子证照标识中发证机关的统一社会信用代码";
    public const string SealUse = "行政审批专用章";
    public const string CaseLabel = "办件编号";
    public const string AcceptedLabel = "受理日期";
    public const string ReceiverLabel = "受送达人";
    public const string DeliveredLabel = "送达文书";
    public const string DeliveredAtLabel = "送达时间";
    public const string DeliveredByLabel = "送达人";
    public const string FreeOfCharge = "办理本事项不收取费用。";
    public const string Charged = "本事项依法收取的费用，另以一张缴款书一次通知，款项全部上缴国库；缴款书之外不收取任何费用。";
    public const string SpecialClock = "上述时间依法不计入办理期限；结束后，办理期限继续计算。";

    public static string Asked(string you, DateOnly received, string item) => $"{you}于{received.InWords()}提出的“{item}”申请";

    public static string Acceptance(string asked, bool licence) =>
        $"{asked}，经核对，申请材料齐全、符合法定形式。根据{(licence ? "《行政许可法》第三十二条第一款第五项" : "本事项办事指南")}的规定，决定予以受理。";

    public static string DeemedAccepted(string asked) =>
        $"{asked}，本机关在五个工作日内没有告知需要补正的内容。根据《行政许可法》第三十二条第一款第四项的规定，自收到申请材料之日起即为受理。";

    public static string AcceptedTogether(string asked, Basis? basis) =>
        $"{asked}，属于一件事联办，申请材料已由牵头单位统一核对。根据{basis}的规定，本机关随一件事统一受理。";

    public static string Limits(TimeLimit legal, TimeLimit? promised, DateOnly? due) =>
        $"办理期限自受理之日起计算：法定办结时限 {legal}"
        + (promised is not null && promised != legal ? $"，本机关承诺 {promised}办结" : "")
        + (due is { } day ? $"，应当于{day.InWords()}以前作出决定" : "") + "。依法不计入办理期限的时间，另行书面告知。";

    public static string NotAccepted(string asked, string reason, string basis) => $"{asked}，经审查，{reason}。根据{basis}的规定，决定不予受理。";

    public static string Competent(string office) => $"上述事项请向{office}申请。";

    public static string Correction(string asked, Basis? basis) =>
        $"{asked}，需要补正以下全部内容。根据{basis?.ToString() ?? "本事项办事指南"}的规定，现一次告知：";

    public static string CorrectionDays(int days) =>
        $"请自收到本告知书之日起{days}日内按以上内容补正后重新提交。逾期没有补正的，本件结束，可以重新申请。以上内容已经全部告知，补正后材料齐全、符合法定形式的，本机关即予受理。";

    public static string Special(string asked, string reason, string kind, string? length, Basis? basis) =>
        $"{asked}，因{reason}，依法需要进行{kind}{(length is null ? "" : $"，预计需要{length}")}。现根据{basis}的规定书面告知。";

    public const string HearingCost = "申请人不承担组织听证的费用。逾期没有要求听证的，视为放弃听证的权利，本机关依法作出决定。";

    public static string Hearing(string asked, string reason, string you, Basis? basis) =>
        $"{asked}，{reason}，直接涉及重大利益关系。根据{basis}的规定，{you}享有要求听证的权利；要求听证的，应当自收到本告知书之日起五个工作日内向本机关提出。";

    public static string Extension(string asked, string reason, string approver, string? length, DateOnly? due, Basis? basis) =>
        $"{asked}，因{reason}，不能在规定期限内作出决定。根据{basis}的规定，经{approver}批准，办理期限延长{length ?? "一次"}"
        + (due is { } day ? $"，延长后应当于{day.InWords()}以前作出决定" : "") + "。";

    public static string Decision(string asked, bool licence, Basis? basis, IReadOnlyList<Basis> bases) =>
        $"{asked}，经审查，符合法定条件、标准。根据{string.Join('、', bases.Prepend(licence ? basis : null).OfType<Basis>())}的规定，决定准予{(licence ? "行政许可" : "办理")}。";

    public static string DeemedRenewed(string asked, string you) =>
        $"{asked}，本机关在许可有效期届满前没有作出是否准予延续的决定。根据《行政许可法》第五十条的规定，视为准予延续，{you}的行政许可自原有效期届满之次日起继续有效。";

    public static string WillIssue(string result, string you) => $"本机关自作出决定之日起十个工作日内向{you}颁发、送达《{result}》。";

    public static string Issues(string result) => $"《{result}》随本决定颁发。";

    public static string Refusal(string asked, string reason, string basis, bool licence) =>
        $"{asked}，经审查，{reason}。根据{basis}的规定，决定不予{(licence ? "行政许可" : "办理")}。";

    public static string Termination(string asked, string reason) => $"{asked}，因{reason}，决定终止办理。";

    public static string Delivery(string you, string item) => $"{you}申请的“{item}”已经办结，下列文书现予送达。电子文书可以在“我的办件”中下载，与纸质文书具有同等效力。";

    public static string Revocation(string you, string item, string reason, string basis, bool licence) =>
        $"本机关对{you}的“{item}”申请作出的{(licence ? "准予行政许可" : "准予办理")}决定，经核查，{reason}。根据{basis}的规定，决定予以撤销。据此取得的证照自本决定作出之日起失效。";

    public static string Remedies(string government) =>
        $"如不服本决定，可以自收到本决定书之日起六十日内向{government}申请行政复议，也可以自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。";

    public static string Follow(string number) => $"凭办件编号 {number} 和查询码，可以在政务服务平台查询办理进度；登录后可以下载本文书。";

    public static string Days(int days, Platform.Casework.Clocks.ClockUnit unit) => Items.Text.Limit(days, unit).Replace(" ", "", StringComparison.Ordinal);

    // Licences.
    public const string LicenceSeries = "证";
    public const string HolderLabel = "持证人";
    public const string EntityCodeLabel = "组织机构代码";
    public const string IssuerLabel = "发证机关";
    public const string ValidLabel = "有效期";
    public const string IdentifierLabel = "电子证照标识";
    public const string LicenceNote = "本证照的真伪、效力和变更情况，以扫描二维码核验的结果为准。";
    public const string RenewNote = "需要延续的，应当在有效期届满三十日前提出申请（《行政许可法》第五十条）。";
    public const string NotPaid = "等待缴款";
    public const string Source = "本平台办件结果";

    public static string Valid(DateOnly from, DateOnly? until) => until is { } day ? $"{from.InWords()} 至 {day.InWords()}" : $"自 {from.InWords()} 起长期有效";

    public static string SourceOf(string office, string number) => $"{office} {number}";

    public static string LicenceMade(string name, string number) => $"《{name}》已制作，编号 {number}。";

    // Pages.
    public const string LicencesTitle = "证照公示";
    public const string LicencesLead = "本市各单位准予行政许可颁发的证照，依法向社会公开（《行政许可法》第四十条）。个人信息已经隐去。";
    public const string LicencesSearch = "单位名称、证照名称或者编号";
    public const string LicencesNone = "没有找到符合条件的证照。请核对名称或者编号。";
    public const string LicencesPublic = "行政许可决定应当公开，公众有权查阅；个人信息已经隐去";
    public const string OwnLicences = "我的证照";
    public const string OwnLicencesLead = "各单位颁发给您和您的未成年子女的电子证照，办事时不用再提交。";
    public const string ForOwnLicences = "父母查看未成年子女的证照";
    public const string OwnLicencesNone = "您还没有由本平台颁发的证照。";
    public const string DeskLicences = "本单位颁发的证照";
    public const string Download = "下载电子证照";
    public const string VerifyNote = "证照文件的真伪可以在“文书核验”页核验。";
    public const string EndTitle = "撤销、吊销、注销";
    public const string EndLead = "作出决定后，证照立即失效，核验和公示随之更新，不能恢复。";
    public const string NothingToRenew = "原证照在延续生效前已经失效，没有可以延续的证照。";
    public const string RenewalRule = "有效期届满三十日前申请延续的，发证机关应当在届满前作出决定；逾期没有作出决定的，视为准予延续（《行政许可法》第五十条）。";

    public static string Found(int count, bool more) => more ? $"前 {count} 件" : $"共 {count} 件";

    public static string ReminderSubject(string name) => $"{name}即将到期";

    public static string Reminder(string name, string number, DateOnly until, int days) =>
        $"您的《{name}》（{number}）将于{until.InWords()}到期，还有 {days} 天。需要延续的，请在届满三十日前提出申请。";

    public const string EndReasonMissing = "请写明理由。";
    public const string EndBasisMissing = "请写明依据的法律、法规和条款。";
    public const string EndCaseMissing = "请填写作出决定的办件或者案件编号。";
    public const string EndKindMissing = "请选择撤销、吊销或者注销。";
    public const string EndedAlready = "这份证照已经失效，不能再次处理。";
    public const string OtherOffice = "证照由发证机关的负责人处理。";
}
