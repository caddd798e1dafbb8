using Shali.Platform.Documents.Checking;
using Shali.Platform.Kernel;

namespace Shali.Platform.Documents;

/// <summary>Every Chinese sentence of documents, seals and their check.</summary>
internal static class Text
{
    public const string System = "数字证书与电子签章";
    public const string PublicCheck = "任何人都可以核验文书真伪，只显示持有文书者已经知道的内容";
    public const string PublicCertificates = "证书和吊销列表必须人人可取，才能验证签名";
    public const string DemoMark = "（演示）";

    // On the document itself.
    public const string ScanToCheck = "扫描二维码核验真伪";

    public static string NumberOnLicence(string number) => $"编号：{number}";

    public static string CheckCodeIs(string code) => $"核验码：{code[..4]} {code[4..]}";

    public static string Foot(CheckMark mark, int page, int pages) => $"核验标识 {mark.Key}-{mark.Code}　　第 {page} 页，共 {pages} 页";

    // Certificates.
    public static string AuthorityName(string city, string use, int year) => use switch
    {
        CertificateUse.Root => $"{city}政务电子印章根证书 {year}",
        CertificateUse.Issuing => $"{city}政务电子印章签发证书 {year}",
        _ => $"{city}政务时间戳 {year}",
    };

    public static string IssuePurpose(string use) => use switch
    {
        CertificateUse.Seal => "制发机构电子印章证书",
        CertificateUse.Exchange => "签发数据交换证书",
        _ => "建立平台证书机构",
    };

    public const string RevokePurpose = "吊销证书";
    public const string NoSuchCertificate = "没有这个证书，或者它是不能在此吊销的根证书。";
    public const string RevokedAlready = "这个证书已经吊销。";
    public const string ReasonUnknown = "请选择吊销原因。";

    public static string SealInUse(string office) => $"{office}的电子印章正在使用，不需要重新制发。如要更换，请先吊销现有的印章证书。";

    // Issuing.
    public const string CaseMissing = "使用印章必须说明为哪个办件或者行为用印，请填写办件编号。";
    public const string NothingToReplace = "要换发的文书不存在，或者已经撤销、换发。";
    public const string RevocationReasonMissing = "请填写撤销的原因和依据，核验文书的人会看到。";
    public const string NoSuchDocument = "没有这份文书。";
    public const string EndedAlready = "这份文书已经撤销或者换发，不能再撤销。";
    public const string NumberMissing = "文书没有编号。";
    public const string TitleMissing = "文书没有名称。";
    public const string OfficeMissing = "文书没有签发单位名称。";
    public const string EndsBeforeBegin = "有效期的截止日早于起始日。";

    public static string TooMuch(int most) => $"文书内容过长，最多 {most} 个字符。";

    public static string NoSuchOffice(string code) => $"没有代码为“{code}”的机构，或者该机构已经撤销，不能用印。";

    public static string SealRevoked(string office) => $"{office}的电子印章证书已经吊销，须由安全管理员重新制发后才能用印。";

    public static string SealUseNote(string office, string serial, string digest) => $"用印单位 {office}；印章证书 {serial}；待签文件 SHA-256 {digest}";

    public static string ReplacedBy(string number) => $"已换发，新的文书编号为 {number}";

    public static string FontMissing(string file) =>
        $"没有找到签发文书所需的中文字体 {file}。请安装：apt-get install -y fonts-noto-cjk";

    // Checking.
    public const string CheckTitle = "核验文书";
    public const string CheckLead = "核对一份决定书、证照或者收据是否由本市政务部门签发、现在是否有效、内容有没有被改动。";
    public const string CheckNote = "按编号、二维码或者文件核对文书真伪";
    public const string NumberLabel = "文书编号";
    public const string NumberHint = "印在文书上方，例如：漯市监许准〔2026〕18号";
    public const string CodeLabel = "核验码";
    public const string CodeHint = "二维码下面的 8 位字母和数字，不区分大小写";
    public const string ByNumber = "按编号核验";
    public const string ByFile = "上传文件核验";
    public const string FileLabel = "PDF 文件";
    public const string FileHint = "不超过 10 MB。文件只用于核对，不会保存。";
    public const string Check = "核验";
    public const string CheckFile = "上传并核验";
    public const string ByQr = "用手机扫描文书上的二维码，也会打开核验结果。请注意网址应是本网站的网址。";
    public const string NumberToCheck = "请填写文书编号。";
    public const string CodeToCheck = "请填写核验码，它印在文书的二维码下面。";
    public const string NothingFits = "没有找到编号和核验码都相符的文书，请对照文书逐字核对。如核对无误，这份文书可能不是本平台签发的。";
    public const string NotPdf = "这个文件不是 PDF 文件。请上传收到的原文件，不要上传照片、截图或者另存的文件。";
    public const string FileMissing = "请选择要核验的 PDF 文件。";
    public const string TooOften = "核验过于频繁，请一分钟后再试。";

    public static string FileTooLarge(int most) => $"文件超过 {most / 1024 / 1024} MB，本平台签发的文书没有这么大。";

    public static string Verdict(CheckVerdict verdict) => verdict switch
    {
        CheckVerdict.Genuine => "真实有效",
        CheckVerdict.NotInForce => "真实，但现在不在有效状态",
        CheckVerdict.Altered => "内容被改动，不能采信",
        _ => "不是本平台签发的文书",
    };

    public static string VerdictMeans(CheckVerdict verdict) => verdict switch
    {
        CheckVerdict.Genuine => "这份文书由下列单位签发，登记内容如下。请与您手中的文书核对。",
        CheckVerdict.NotInForce => "这份文书确由下列单位签发，但现在不能再作为凭据使用。",
        CheckVerdict.Altered => "它使用了本平台签发的一份文书的签名或者标识，但与签发时不一致。",
        _ => "没有任何依据表明它由本市政务部门通过本平台签发。",
    };

    public const string Findings = "核验情况";
    public const string Facts = "登记内容";
    public const string Changes = "被改动的内容";
    public const string AsIssued = "签发时";
    public const string AsShown = "您提交的文件";
    public const string Passed = "相符";
    public const string Failed = "不符";
    public const string Attention = "注意";
    public const string Explained = "说明";
    public const string MarkUnknown = "没有与这个核验标识相符的文书。请核对网址是否完整，或者改按编号核验。";
    public const string NoLine = "（没有这一行）";
    public const string CheckAnother = "核验另一份文书";
    public const string Title = "文书名称";
    public const string Office = "签发单位";
    public const string Holder = "持有人";
    public const string Issued = "签发时间";
    public const string ValidPeriod = "有效期";
    public const string State = "状态";
    public const string Identifier = "电子证照标识";
    public const string SignedBy = "电子印章";
    public const string SignedAt = "签名时间（时间戳）";
    public const string NoEnd = "长期";

    public const string Registered = "登记簿中有这份文书，编号和核验码相符。";
    public const string Identical = "文件与签发时逐字节一致，电子印章签名有效。";
    public const string NotSigned = "文件中没有电子印章的签名。打印后扫描、截图或者另存都会失去签名。";
    public const string SignatureBroken = "文件中有签名，但签名的结构已经损坏，无法读取。";
    public const string ContentChanged = "签名之后内容被改动过，或者签名是从另一份文书复制来的：签名与文件内容不符。";
    public const string NotRegistered = "文件由本平台的印章证书签名，但登记簿中没有这份文书。";
    public const string SignedPartSame = "签名所及的内容与签发时一致，电子印章签名有效；仅文件末尾或者签名附加信息的字节不同。";
    public const string TextUnreadable = "无法读出文件中的文字，不能逐行对照。";
    public const string TextSame = "文字与签发时相同，但文件的字节被改动过：画面、图片或者结构可能与原件不同。";
    public const string NoTimeStamp = "签名没有本平台的时间戳。";

    public static string ForeignCertificate(string subject, string issuer) =>
        $"签名所用的证书不是本平台签发的：证书主体为“{subject}”，签发者为“{issuer}”。名称可以任意填写，不能说明身份。";

    public static string AddedAfterwards(int bytes) => $"签名之后又在文件末尾追加了 {bytes} 字节的内容，追加的内容不受签名保护。";

    public static string CarriesSignatureOf(Document document) => $"文件带有文书 {document.Number} 的签名，下面与那份文书的原件对照。";

    public static string NamesDocument(Document document) => $"文件上印有文书 {document.Number} 的核验标识，下面与那份文书的原件对照。";

    public static string LinesChanged(int count) => $"有 {count} 处文字与签发时不同，见下表。";

    public static string CountsDiffer(PdfLook issued, PdfLook shown) =>
        $"签发时有 {issued.Pages} 页、{issued.Pictures} 幅图片、{issued.Annotations} 处批注（含印章），这个文件有 {shown.Pages} 页、{shown.Pictures} 幅图片、{shown.Annotations} 处批注。";

    public static string IsRevoked(Document document) => $"这份文书已于 {document.EndedAt!.Value.InWords()} 撤销，原因：{document.EndReason}";

    public static string IsReplaced(Document document) => $"这份文书已于 {document.EndedAt!.Value.InWords()} 换发，{document.EndReason}。";

    public static string IsExpired(DateOnly until) => $"有效期已于 {until.InWords()} 届满。";

    public static string NotYet(DateOnly from) => $"有效期自 {from.InWords()} 起，现在尚未开始。";

    public static string SealRevokedSince(DateTimeOffset revoked) => $"签发时使用的印章证书已于 {revoked.InWords()} 吊销；本文书签发在前，不受影响。";

    public static string Validity(Document document) => (document.ValidFrom, document.ValidUntil) switch
    {
        (null, null) => NoEnd,
        ({ } from, null) => $"自 {from.InWords()} 起，长期",
        (null, { } until) => $"至 {until.InWords()}",
        ({ } from, { } until) => $"{from.InWords()} 至 {until.InWords()}",
    };

    // Certificates, for everybody.
    public const string AuthorityTitle = "电子印章证书";
    public const string AuthorityLead = "本市政务部门用电子印章签发的文书，可以用任何支持 PDF 签名的软件验证。请下载根证书并加入信任列表。";
    public const string AuthorityFile = "下载根证书和签发证书（PEM）";
    public const string AuthorityHow = "命令行验证";
    public const string AuthorityFingerprint = "SHA-256 指纹";
    public const string AuthorityFingerprintNote = "加入信任前，请向运行单位电话核对指纹。";
    public const string AuthorityList = "吊销列表";
    public const string AuthorityStamp = "时间戳服务";
    public const string AuthorityStampNote = "按 RFC 3161 接收 POST 请求，类型 application/timestamp-query。";
    public const string Subject = "证书";
    public const string ValidTo = "到期";

    // Seals, for the security administrator.
    public const string SealsTitle = "电子印章";
    public const string SealsLead = "各单位的电子印章证书。印章在第一次用印时制发，到期前 60 天自动更换；吊销后须在此重新制发。";
    public const string Revoke = "吊销";
    public const string RevokeTitle = "吊销印章证书";
    public const string RevokeLead = "吊销后该单位不能再用印，公开的吊销列表立即更新，不能恢复。此前签发的文书不受影响。";
    public const string Reason = "吊销原因";
    public const string Replace = "重新制发";
    public const string Serial = "序列号";
    public const string Action = "操作";
    public const string CaseLabel = "办件或者文书编号";
    public const string InUse = "使用中";
    public const string Revoked = "已吊销";
    public const string Expired = "已到期";
    public static string RevokedSince(DateTimeOffset moment, string? reason) => $"{moment.InWords()}，{reason}";

    public const string NoSeals = "还没有单位用过印章。";
    public const string SealUse = "使用和管理电子印章证书";

    // The command line.
    public const string CommandUsage = "用法：verify-document 文件.pdf --ca 证书.pem [--crl 吊销列表.crl]\n离线验证文书的签名。证书文件可从 /ca/ca.pem 下载。";

    public static string CannotRead(string path) => $"无法读取文件 {path}。";

    public static string NotCertificates(string path) => $"{path} 中没有 PEM 格式的证书。";

    public static string NotRevocationList(string path) => $"{path} 不是所给证书签发的吊销列表。";

    public const string SignatureWhole = "签名与内容相符，签名之后没有改动。";
    public const string ChainGood = "证书由所给的证书机构签发，签名时有效。";
    public const string ChainBad = "证书不是所给的证书机构签发的，或者签名时不在有效期内。";
    public const string NotOnList = "印章证书不在吊销列表中。";
    public const string NoList = "没有给出吊销列表，未检查证书是否吊销。";

    public static string OnList(DateTimeOffset? since) => since is { } moment ? $"印章证书已于 {moment.InWords()} 吊销。" : "印章证书已经吊销。";

    public static string ListIsOld(DateTimeOffset next) => $"吊销列表已过期（应于 {next.InWords()} 前更新），请重新下载。";

    public static string Sealed(string subject) => $"电子印章：{subject}";

    public static string Stamped(DateTimeOffset moment) => $"时间戳：{moment.InWords()}";

    public static string Sound => "结论：签名有效。是否已撤销或换发，请在核验页查询。";

    public static string Unsound => "结论：不能采信。";
}
