using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Casework.Pages;

/// <summary>The Chinese sentences of the pages of casework.</summary>
internal static class Text
{
    public const string Work = "办件";
    public const string Search = "查找办件";
    public const string SearchHint = "编号、名称、申请人或者申请内容中的字词";
    public const string SearchNone = "没有找到符合条件的办件。可以减少字词，或者放宽状态。";
    public const string NothingToDo = "这里没有办件。";
    public const string Own = "我的办件";
    public const string OwnNone = "您还没有提交过申请。";
    public const string OwnDrafts = "填了一半的申请";
    public const string Messages = "我的消息";
    public const string MessagesNone = "您还没有消息。";
    public const string Track = "办件查询";
    public const string TrackLead = "凭受理单据上的办件编号和查询码查看进度，不用登录。";
    public const string Outbox = "消息发送";
    public const string OutboxLead = "平台发给群众和工作人员的消息及其送达情况。";
    public const string Apply = "在线申请";
    public const string ApplyNone = "目前没有可以在线提交的事项。";
    public const string Check = "核对申请内容";
    public const string CheckLead = "请核对以下内容，可以逐项更改。提交后由承办单位办理。";
    public const string Materials = "提交材料";
    public const string MaterialsLead = "以下是您这件事需要的全部材料。";
    public const string Applicant = "申请人和联系方式";
    public const string ToCorrect = "需要补正的内容";
    public const string ForWhom = "为谁办理";
    public const string ForWhomLead = "未成年子女由父母代为申请。下面是人口库中登记的您的未成年子女。";
    public const string ForWhomNobody = "未成年子女由父母代为申请。人口库中目前没有查到您的未成年子女。";
    public const string ForNewborn = "还没有登记户口的新生儿";
    public const string ForUnlisted = "孩子不在本市人口库中，由我以父母身份申请";
    public const string NewbornName = "新生儿姓名";
    public const string NewbornHint = "为还没有登记户口的新生儿办理的填写";
    public const string NewbornUnnamed = "请填写新生儿的姓名。";
    public const string ChooseForWhom = "请选择为谁办理。";
    public const string OtherGuardians = "其他监护人，或者孩子登记在他人户内、这里没有列出的，请带监护关系证明到窗口办理。";
    public const string SaidBefore = "您在“为谁办理”中的填写";

    public static string ForMyself(string name) => $"本人（{name}）";

    public static string BornOn(DateOnly day) => $"{day.InWords()}出生";

    public const string ApplicantLead = "办理进度会发送到您留下的联系方式。";
    public const string Submit = "确认提交";
    public const string Continue = "保存并继续";
    public const string Conflict = "本件已由他人办理";
    public const string ConflictLead = "在您填写期间，本件有了新的进展，您刚才的操作没有保存。请先看最新情况。";
    public const string Steps = "现在可以办理";
    public const string NoSteps = "您现在没有需要办理的步骤。";
    public const string Facts = "基本情况";
    public const string Answers = "申请内容";
    public const string Clocks = "时限";
    public const string Timeline = "办理过程";
    public const string Papers = "材料";
    public const string OfAbove = "主办件的材料，共用";
    public const string Issued = "文书";
    public const string IssuedNote = "文书为盖有电子印章的 PDF 文件，与纸质文书具有同等效力，可以在“文书核验”页核验。";
    public const string MadeThere = "已取得";
    public const string MadeNotYet = "尚未取得";
    public const string PapersNone = "没有材料。";
    public const string Comments = "批注";
    public const string CommentsNote = "批注只有办理人员可以看到，申请人看不到。";
    public const string Links = "关联办件";
    public const string Children = "分项办件";
    public const string Asked = "正在征求意见";
    public const string NoDue = "无期限";
    public const string Saved = "已保存";
    public const string NoFile = "请选择要上传的文件。";
    public const string Paused = "暂停计时";
    public const string TrackWrong = "编号和查询码不匹配，请核对后重新输入。查询码由 8 位字母和数字组成。";
    public const string TrackOften = "查询次数过多，请十分钟以后再试，或者登录后在“我的办件”中查看。";
    public const string NotInBulk = "这一步不能批量办理，请逐件办理。";
    public const string NotNow = "本件目前不需要补交材料。";
    public const string NothingChosen = "请先勾选办件。";
    public const string FilterUnnamed = "请给筛选条件起一个名称。";
    public const string ContactMissing = "请至少留下一种联系方式。";
    public const string NotThisPerson = "人口库中没有姓名和号码都与此相符的人，请对照身份证件核对。不在本市登记的，核对证件原件后勾选“人口库中没有”。";
    public const string NoSuchFirm = "法人库中没有这个代码的存续单位，请核对统一社会信用代码。";
    public const string FirmNeedsAgent = "单位申请的，请填写到窗口办理的人。";
    public const string NoRelation = "请选择代办人与申请人的关系。";
    public const string NoAgent = "请填写代办人的姓名。";
    public const string DataChanged = "政府数据在您填写期间有更新，下面已换成最新的内容，请再核对一次后提交。";
    public const string Known = "不用您填写和提交的";
    public const string KnownLead = "以下内容已由政府数据取得。不对的可以更改；登记本身有误的，请向数据来源单位申请更正。";
    public const string Gone = "没有找到这份申请";
    public const string NotForYou = "现在的身份不能办理这一事项";
    public const string Receipt = "收件凭证";
    public const string ReceiptLead = "您的申请已经提交。请保存或者打印这份凭证。";
    public const string ReceiptNext = "办理单位将在五个工作日内告知您是否受理；需要补正的，会一次告知全部内容；逾期没有告知的，自收到申请之日起即为受理（行政许可法第三十二条）。";
    public const string AgentName = "代办人姓名";
    public const string RelationLabel = "代办人与申请人的关系";

    public static string MadeBy(string title) => $"由“{title}”的结果取得，不用提交";

    public static string GoneWords(int days) => $"它可能已经提交、被删除，或者超过 {days} 天没有填写而清除。已经提交的在办件列表里。";

    public static string ChildNeedsAgent(int age) => $"不满 {age} 周岁的人由其法定代理人代理申请，请填写代办人。";

    public static string SavedCount(int count) => $"为您少交 {count} 份材料";

    public const string ToDo = "待办";
    public const string Past = "已过期限";

    public static string GoOn(string type) => $"继续填写：{type}";

    public static string BringLater(string name) => $"补交材料：{name}";

    public static string SavedAt(DateTimeOffset at) => $"{at.InWords()}保存";

    /// <summary>How much time a limit leaves, and until when.</summary>
    public static string Left(ShownClock clock)
    {
        var (verdict, until) = (clock.Verdict, $"，最迟{clock.Verdict.DueDay.InWords()}{(clock.Verdict.Provisional ? "（暂定）" : "")}");
        return verdict.Status switch
        {
            ClockStatus.Paused => Paused + until,
            ClockStatus.Overdue => "已超过期限" + until,
            _ when clock.Facts.Rule.Unit == ClockUnit.Hours => $"还剩 {Math.Floor(verdict.Remaining):0} 小时{until}",
            _ when verdict.Remaining == 0 => "今天到期",
            _ => $"还剩 {verdict.Remaining:0} {(clock.Facts.Rule.Unit == ClockUnit.WorkingDays ? "个工作日" : "天")}{until}",
        };
    }

    public static string DaysLeft(int days) => days == 0 ? "今天截止" : $"还剩 {days} 天";

    public const string SameFile = "这份文件与需要补正的那一份内容相同，请提交改好的文件。";
    public const string SayHowMended = "请在补正说明中写明其他问题是怎样补正的。";

    public const string PhoneLabel = "手机号码";
    public const string EmailLabel = "电子邮箱";
    public const string NameLabel = "申请人姓名";
    public const string FirmLabel = "申请单位名称";
    public const string FirmCodeLabel = "申请单位组织机构代码";
    public const string FirmHint = "个人申请的不填";
    public const string NumberLabel = "办件编号";
    public const string CodeLabel = "查询码";
    public const string Mine = "我的";
    public const string Pool = "待签收";
    public const string OfOffice = "本单位";
    public const string DueSoon = "即将到期";
    public const string Overdue = "已超期";
    public const string Waiting = "等待他方";

    public static string ListName(WorkList list) => list switch
    {
        WorkList.Mine => Mine,
        WorkList.Pool => Pool,
        WorkList.Office => OfOffice,
        WorkList.DueSoon => DueSoon,
        WorkList.Overdue => Overdue,
        _ => Waiting,
    };

    public static string QuestionOf(int at, int of) => $"第 {at} 题，共 {of} 题";

    public static string Opened(string number) => $"已提交，办件编号 {CaseNumbers.Show(number)}";

    public static string BulkDone(int done, int refused) =>
        refused == 0 ? $"已办理 {done} 件。" : $"已办理 {done} 件；{refused} 件没有办理，原因见下。";

    public static string Until(DateOnly day) => $"{day.Month}月{day.Day}日";

    public static string StateLabel(string state) => state switch
    {
        CaseState.Before => "未受理",
        CaseState.Running => "办理中",
        CaseState.Waiting => "等待中",
        _ => "已办结",
    };

    public static Tone StateTone(string state) => state switch
    {
        CaseState.Running => Tone.Info,
        CaseState.Ended => Tone.Good,
        CaseState.Waiting => Tone.Warning,
        _ => Tone.Neutral,
    };

    public static string How(string how) => how switch
    {
        MaterialSource.Uploaded => "上传",
        MaterialSource.Paper => "窗口收取",
        MaterialSource.Data => "数据共享，免提交",
        MaterialSource.Licence => "电子证照，免提交",
        MaterialSource.Filled => "由填写内容生成",
        _ => "承诺后补",
    };

    public static string Checked(string state) => state switch { MaterialState.Good => "符合要求", MaterialState.Faulty => "有问题", _ => "待审核" };

    public static string LinkName(string kind) => kind switch
    {
        LinkKind.Merged => "并入",
        LinkKind.Repeated => "重复",
        LinkKind.Concerns => "涉及",
        _ => "相关",
    };

    public static string SourceName(string source) => source switch
    {
        CaseSource.Online => "网上",
        CaseSource.Window => "窗口",
        CaseSource.Hotline => "热线",
        _ => "平台",
    };

    public static string MessageState(string state) => state switch { "sent" => "已送达", "failed" => "未送达", _ => "等待发送" };
}
