using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Government.Governance.Disclosure;

/// <summary>Every sentence that disclosure shows.</summary>
internal static class Text
{
    public const string System = "政府信息公开和保密审查系统";
    public const string Disclosure = "政府信息公开";
    public const string DisclosureLead = "以公开为常态、不公开为例外。每一件信息都经起草人以外的两人审查后公开。";
    public const string SearchLabel = "输入名称、文号、索引号或者正文中的词";
    public const string Ways = "公开渠道";
    public const string Guide = "公开指南";
    public const string GuideNote = "有哪些信息，怎样查找，怎样申请";
    public const string Catalogue = "公开目录";
    public const string CatalogueNote = "索引、名称、内容概述和生成日期";
    public const string CatalogueLead = "已经公开的政府信息，最近公开的在前。";
    public const string Request = "政府信息公开申请";
    public const string RequestNote = "目录中没有的，可以申请；不收费用";
    public const string RequestLead = "目录中没有您要的信息，或者与您有关的记录有误，可以在这里申请。";
    public const string Consultations = "征求意见";
    public const string ConsultationsNote = "正在征求意见的文件，以及意见的采纳情况";
    public const string Feedback = "意见建议";
    public const string FeedbackNote = "想对政府说的话；五个工作日内回复";
    public const string FeedbackLead = "写下您的意见或者建议，我们在五个工作日内回复到您的空间。";
    public const string Report = "年度报告数据";
    public const string ReportNote = "公开多少、申请多少、怎样答复，由记录直接得出";
    public const string ReportLead = "数字由公开目录和申请登记直接统计，不经人工填报。";
    public const string Newest = "最近公开";
    public const string AllDocuments = "查看全部公开信息";
    public const string Columns = "公开栏目";
    public const string Further = "其他公开内容";
    public const string ProgrammeNote = "二十九条任务各自要做什么，哪些已经运行，哪些尚未建设。";
    public const string OpenConsultations = "正在征求意见";
    public const string FeedTitle = "最近公开的政府信息";
    public const string NoDocuments = "没有符合条件的信息。可以减少条件，或者提出公开申请。";
    public const string Documents = "公开的政府信息";
    public const string Everything = "全部";
    public const string Words = "关键词";
    public const string Class = "栏目";
    public const string Office = "制作单位";
    public const string Year = "公开年度";
    public const string Index = "索引号";
    public const string Number = "发文字号";
    public const string Genre = "体裁";
    public const string Made = "生成日期";
    public const string Published = "公开日期";
    public const string Validity = "有效性";
    public const string Keywords = "主题词";
    public const string Summary = "内容概述";
    public const string Title = "名称";
    public const string Body = "正文";
    public const string Files = "附件";
    public const string AsData = "以数据形式获取";
    public const string Withdrawn = "此信息已经撤下";
    public const string WithdrawnWay = "撤下的记录仍由制作单位保存。需要了解的，可以提出";
    public const string GuideLead = "怎样获得本市各机关的政府信息。";
    public const string GuideProactive = "主动公开";
    public const string GuideProactiveWords = "《政府信息公开条例》第二十条、第二十一条所列的信息，各机关自生成之日起二十个工作日内公开在本网站，按栏目、制作单位和年度编排，可以检索、阅读、打印和下载，也可以用数据接口和订阅获取。没有条件上网的，可以到档案馆、公共图书馆和政务服务大厅查阅。";
    public const string GuideReview = "公开前的审查";
    public const string GuideReviewWords = "起草人不能审查自己起草的信息。单位审查（内容、个人信息、保密）和公开机构审核由两人分别进行；系统在提交、审查和公开时自动检查公民身份号码、手机号码、银行卡号和密级标志。没有完成保密审查的，系统不能公开。";
    public const string GuideRights = "监督和救济";
    public const string GuideRightsWords = "认为机关没有依法公开的，可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报，也可以依法申请行政复议或者提起行政诉讼（条例第五十一条）。";
    public const string GuideOffices = "公开工作机构";
    public const string GuideOfficesWords = "各机关的办公室负责本机关的信息公开。工作时间为法定工作日。点击单位名称查看它公开的信息，其中“机关职能、机构设置和联系方式”栏目载有地址和电话。";
    public const string StartRequest = "提出申请";
    public const string SignInFirst = "登录即证明身份，答复会送到您的空间。不方便上网的，可以到政务服务大厅口头申请，由工作人员填写。";
    public const string SignIn = "登录";
    public const string Start = "开始填写";
    public const string NotAsThis = "您现在的身份不能提出申请，请切换为个人或者单位代表。";
    public const string Track = "凭编号和查询码查看进度";
    public const string PublishedCount = "本年公开";
    public const string InTime = "其中按时";
    public const string WithdrawnCount = "本年撤下";
    public const string ValidCount = "现行有效";
    public const string Sum = "合计";
    public const string CarriedOver = "上年结转";
    public const string ReceivedInYear = "本年新收";
    public const string CarriedOn = "结转下年";
    public const string Item = "项目";
    public const string Count = "件数";
    public const string CorrectingNote = "请按补正告知修改后重新提交";
    public const string AskedNote = "正在征求第三方或者其他机关的意见，所需时间不计入答复期限";
    public const string ExplainingNote = "请说明申请的理由";
    public const string RegisterNote = "内容明确的申请，登记后办理；此后不能再要求补正";
    public const string AskCorrectionNote = "七个工作日内一次告知全部需要补正的内容和合理期限；收到补正后重新计算答复期限";
    public const string AskThirdNote = "书面征求意见，十五个工作日内答复；所需时间不计入答复期限";
    public const string AskMakerNote = "共同制作的，征求其他机关意见，十五个工作日内不答复的视为同意公开";
    public const string ReplyNote = "收到书面意见，答复期限继续计算";
    public const string NoReplyNote = "十五个工作日已满没有答复：第三方的由本机关决定，其他机关的视为同意";
    public const string ExtendNote = "最多延长二十个工作日，只能延长一次，告知申请人";
    public const string AskReasonsNote = "数量、频次明显超过合理范围的，可以要求说明理由";
    public const string SilenceMeaning = "七个工作日内没有告知补正的，视为申请内容明确";
    public const string FeaturesNote = "写得越具体，答复越快。只需要描述信息，不需要说明用途";
    public const string HelpNote = "阅读、视听有困难的，请告诉我们需要什么帮助（条例第四十三条）";
    public const string NotACorrection = "只有更正申请才能以此答复。";
    public const string State = "状态";
    public const string Attribute = "公开属性";
    public const string Author = "起草人";
    public const string Reviewer = "单位审查人";
    public const string Due = "公开时限";
    public const string DueWhy = "自生成之日起二十个工作日（条例第二十六条）";
    public const string DueOrIndex = "公开时限或索引号";
    public const string Late = "已超时限";
    public const string Drafts = "信息公开";
    public const string DraftsNote = "本单位拟公开和已公开的信息，到哪一步，何时到期";
    public const string ToPublish = "待公开";
    public const string ToPublishNote = "单位审查已经通过，等待公开机构审核";
    public const string NewDraft = "起草公开信息";
    public const string EditDraft = "修改";
    public const string NoDrafts = "这里没有信息。";
    public const string NoSecretsHere = "涉密不上网，上网不涉密";
    public const string NoSecretsWords = "本系统是非涉密系统。国家秘密和标有密级的文件不得在这里填写或者上传。误传的，请立即停止操作并报告本单位保密工作机构。";
    public const string MadeHint = "文件印发或者信息形成的日期；公开时限从这一天起算";
    public const string BasisLabel = "不主动公开的依据";
    public const string BasisHint = "属性不是主动公开的，写明法律、条款和理由";
    public const string Save = "保存";
    public const string Cancel = "取消";
    public const string Check = "自动检查";
    public const string NothingFound = "没有发现个人号码和密级标志。自动检查不能代替审查。";
    public const string Level = "程度";
    public const string What = "发现";
    public const string Where = "位置";
    public const string Excerpt = "内容（已遮蔽）";
    public const string Blocks = "不能公开";
    public const string Warns = "请核对";
    public const string Person = "须人工看";
    public const string UnreadHead = "机器读不出";
    public const string NoHistory = "还没有提交审查。";
    public const string NextStep = "办理";
    public const string Secrecy = "保密审查结论";
    public const string SecrecyHint = "逐项审查正文和每个附件，先审查、后公开";
    public const string SecrecyClear = "已经审查，不涉及国家秘密、工作秘密，可以公开";
    public const string SecrecySecret = "涉及或者不能确定，不能公开";
    public const string Word = "人工确认";
    public const string WordHint = "逐一看过提示和机器读不出的附件以后，写明看了什么、为什么可以公开";
    public const string AssessOn = "下次评估日期";
    public const string AssessHint = "不主动公开的信息定期重新评估";
    public const string Opinion = "意见";
    public const string OpinionHint = "退回、撤下、变更有效性须写明理由";
    public const string NoFiles = "没有附件。";
    public const string Remove = "移除";
    public const string AddFile = "添加附件";
    public const string FileHint = "PDF、DOCX、XLSX、OFD、CSV、文本和图片，最大 20 MB；请先删除修订痕迹、批注和隐藏的工作表";
    public const string Upload = "上传";
    public const string History = "审查记录";
    public const string SecrecyDone = "保密审查：可以公开";
    public const string RuleState = "每一步只能在规定的状态办理";
    public const string RuleOffice = "谁制作谁公开，由本单位有权限的人办理";
    public const string RuleTwoPersons = "起草人不能审查或者公开自己起草的信息";
    public const string RuleThirdPerson = "单位审查人不能再担任公开审核人";
    public const string RuleReviewed = "没有对同一内容完成保密审查的，不能公开（先审查、后公开）";
    public const string RulePersonal = "含有公民身份号码、手机号码、银行卡号的，不能公开";
    public const string RuleSecrecyMark = "含有密级标志的，不能公开";
    public const string RuleWarnings = "自动检查有提示的，须由审查人写明核对结果";
    public const string RuleUnread = "机器读不出的附件，须由审查人看过并写明";
    public const string RuleBasis = "不主动公开的，须写明依据";
    public const string RuleReason = "退回、撤下、变更有效性、重新评估须写明理由";
    public const string RuleConclusion = "单位审查通过须有保密审查结论";
    public const string RuleAssess = "不主动公开的信息须定有下次评估日期";
    public const string RuleMade = "生成日期不能晚于今天";
    public const string RuleKept = "公开过的记录不能删除，只能撤下";
    public const string NotReviewed = "现在的内容没有完成保密审查，不能公开。请退回起草人，修改后重新提交审查。";
    public const string NoBasis = "请写明不主动公开的法律依据和理由。";
    public const string NoReason = "请写明理由。";
    public const string NotClear = "保密审查结论不是“可以公开”的，不能通过。请退回起草人，需要时报保密行政管理部门确定。";
    public const string NoAssessment = "请填写下次评估的日期，须在今天以后。";
    public const string MadeLater = "生成日期不能晚于今天。";
    public const string NoValidity = "请选择有效性。";
    public const string NotYours = "这一步由本单位有此权限的人员办理。";
    public const string AuthorReviews = "您是起草人，不能审查或者公开自己起草的信息，请由他人办理。";
    public const string ReviewerPublishes = "您已经做过单位审查，公开审核须由另一人办理。";
    public const string NoDraft = "没有这条信息，或者不属于本单位。";
    public const string Changed = "您看到以后，内容已经被别人改动。请重新打开，核对后再办理。";
    public const string NotWritable = "只有起草中的信息可以修改，由本单位人员办理。已经提交的，请先退回。";
    public const string NoFileChosen = "请选择一个文件。";
    public const string UnreadPicture = "图片中的文字读不出，请人工查看";
    public const string UnreadArchive = "压缩包里的内容没有检查，请解开后逐个上传，或者人工查看";
    public const string UnreadKind = "这种格式的内容没有检查，请另存为 DOCX、XLSX 或者 PDF，或者人工查看";
    public const string UnreadPdf = "PDF 打不开（可能有口令、已损坏或者过大），请人工查看";
    public const string UnreadScan = "PDF 没有文字（可能是扫描件），请人工查看";
    public const string UnreadTooLong = "文件展开后过大，没有检查，请人工查看";
    public const string UnreadBroken = "文件打不开（可能已损坏），请人工查看";
    public const string UnreadEmpty = "文件里没有读到文字，请人工查看";
    public const string WholeFile = "正文";
    public const string Properties = "文档属性";
    public const string HandleAnswers = "处理征求意见的答复";
    public const string NoDraftDocument = "请选择本单位已经公开、体裁为征求意见稿的文件。";
    public const string ConsultationClosed = "征求意见已经结束，不再接收意见。";
    public const string ResidentsAnswer = "登录后以个人或者单位代表的身份提出意见。";
    public const string NoSuchAnswer = "没有这条意见，或者采纳情况已经公布。";
    public const string NoHandling = "请选择是否采纳，并写明理由。";
    public const string StillOpen = "征求意见尚未结束，结束后才能公布采纳情况。";
    public const string NoOutcomeDocument = "请选择本单位已经公开、体裁为意见采纳情况的文件。";
    public const string NoConsultations = "目前没有征求意见的事项。";
    public const string AnswerReceived = "您的意见已经收到。采纳情况会在本页公布。";
    public const string TextAndFiles = "查看文件全部信息和附件";
    public const string OutcomeHead = "意见采纳情况";
    public const string GiveAnswer = "提出意见";
    public const string YourWords = "您的意见";
    public const string AnswerHint = "最多 2000 字。不公布您的姓名；请不要写身份号码和电话";
    public const string Send = "提交";
    public const string ConsultationDeskLead = "征求意见稿和采纳情况都先按信息公开的审查公开，再在这里使用。";
    public const string Period = "期间";
    public const string NotYet = "尚未公布";
    public const string NewConsultation = "开始征求意见";
    public const string NoTexts = "没有可以征求意见的文件。请先起草体裁为“征求意见稿”的信息，经审查公开。";
    public const string ConsultationText = "征求意见稿";
    public const string ClosesOn = "截止日期";
    public const string Handling = "处理";
    public const string HandlingWords = "处理说明";
    public const string OutcomeHint = "先起草体裁为“意见采纳情况”的信息，逐类说明收到的意见和是否采纳，经审查公开后在这里选用。";
    public const string OutcomeDocument = "采纳情况文件";
    public const string PublishOutcome = "公布采纳情况";

    public static readonly IReadOnlyList<string> GuideRequest =
    [
        "写明所需信息的名称、文号或者其他特征，希望得到的形式和方式。",
        "内容不明确的，我们在七个工作日内一次告知需要补正什么。",
        "收到申请之日起二十个工作日内答复；需要延长的，最多再延长二十个工作日，并告知您。",
        "涉及第三方的，书面征求意见，所需时间不计入期限。",
        "不收取费用。数量、频次明显超过合理范围的，依照国家规定办理。",
    ];

    public static string Pieces(long count) => $"{count} 件";

    public static string Until(DateOnly day) => $"{day.InWords()}截止";

    public static string MadeOn(DateOnly day) => $"{day.InWords()}生成";

    public static string PublishedOn(DateOnly day) => $"{day.InWords()}公开";

    public static string YearOf(string year) => $"{year}年";

    public static string NoLongerValid(string validity) => $"本文件已经{validity}，仅供查考。";

    public static string WithdrawnLead(string index, DateOnly day) => $"索引号 {index} 的信息已于{day.InWords()}由制作单位撤下。";

    public static string ReportOf(int year) => $"{year}年政府信息公开数据";

    public static string ResultOf(string label) => $"本年结果：{label}";

    public static string Identity(int over, int received, int answered, int on) => $"上年结转 {over} ＋ 本年新收 {received} ＝ 本年办结 {answered} ＋ 结转下年 {on}";

    public static string ReplyTooLong(int days) => $"征求意见的期限为 {days} 个工作日，不能更长。";

    public static string NotNow(string step, string state) => $"{state}的信息不能“{step}”。";

    public static string NotForAttribute(bool proactive) => proactive ? "主动公开的信息应当公开，不能只登记。" : "不主动公开的信息只能登记，不能公开。";

    public static string HasPersonal(int count) => $"发现 {count} 处公民身份号码、手机号码或者银行卡号，删除后才能提交。";

    public static string HasSecrecyMark(int count) => $"发现 {count} 处密级或者不公开标志，不能公开。属于国家秘密的，请立即停止操作并报告保密工作机构。";

    public static string HasWarnings(int count) => $"有 {count} 处提示，请逐一核对并写明结果。";

    public static string HasUnread(int count) => $"有 {count} 处附件内容机器读不出，请看过后写明。";

    public static string TooLong(int most) => $"最多 {most} 个字。";

    public static string TooManyFiles(int most) => $"一条信息最多 {most} 个附件。";

    public static string Missing(string label) => $"请填写{label}。";

    public static string FileName(string name) => $"附件名“{name}”";

    public static string PartOf(string part) => part switch
    {
        "document" => "正文",
        "comments" => "批注",
        "footnotes" or "endnotes" => "脚注",
        _ when part.StartsWith("header", StringComparison.OrdinalIgnoreCase) => "页眉",
        _ when part.StartsWith("footer", StringComparison.OrdinalIgnoreCase) => "页脚",
        _ => $"部分“{part}”",
    };

    public static string Sheet(string number, bool hidden) => hidden ? $"隐藏的工作表 {number}" : $"工作表 {number}";

    public static string UnreadPictures(int count) => $"其中有 {count} 幅图片，图片中的文字读不出，请人工查看";

    public static string UnreadAttachments(int count) => $"其中嵌有 {count} 个文件或者宏，没有检查，请人工查看";

    public static string BadPeriod(int least, int most) => $"截止日期须在今天以后 {least} 天到 {most} 天之间。";

    public static string BadWords(int most) => $"请写下意见，最多 {most} 字。";

    public static string NotAllHandled(int count) => $"还有 {count} 条意见没有处理。";

    public static string PeriodOf(DateOnly from, DateOnly to) => $"{from.InWords()}至{to.InWords()}";

    public static string Received(long count, long adopted) => $"收到意见 {count} 条，采纳或者部分采纳 {adopted} 条";

    public static string EnoughAnswers(int most) => $"一个事项最多提出 {most} 条意见。";

    public static string AnswerCount(int count) => $"共收到 {count} 条意见。";

    public static string StateOf(Consultation of, DateOnly today) => of.Outcome is not null ? "已公布采纳情况" : of.ClosesOn >= today ? "征求意见中" : "整理意见";

    public static string WordSaid(string word) => $"人工确认：{word}";

    public static Tone ToneOf(string state) => state switch
    {
        DraftState.Published => Tone.Good,
        DraftState.Withdrawn => Tone.Bad,
        DraftState.Writing or DraftState.Kept => Tone.Neutral,
        _ => Tone.Info,
    };

    public static string Kind(FindingKind kind) => kind switch
    {
        FindingKind.CitizenNumber => "公民身份号码",
        FindingKind.OldCitizenNumber => "疑似 15 位身份号码",
        FindingKind.MobilePhone => "手机号码",
        FindingKind.BankCard => "银行卡号",
        FindingKind.Address => "住址门牌",
        FindingKind.SecrecyMark => "密级或者不公开标志",
        FindingKind.SecrecyWord => "涉密字样",
        _ => "内部资料字样",
    };

    public static string Place(Finding finding) => $"{finding.Place}，第 {finding.Line} 行";

    /// <summary>For the review record: counts, no content.</summary>
    public static string? Summarise(CheckReport report)
    {
        var parts = report.Findings.GroupBy(finding => finding.Kind).Select(group => $"{Kind(group.Key)} {group.Count()} 处")
            .Concat(report.Unread.Count > 0 ? [$"读不出 {report.Unread.Count} 处"] : []).ToList();
        return parts.Count == 0 ? "自动检查：没有发现" : "自动检查：" + string.Join("，", parts);
    }
}
