namespace Shali.Government.S06Sharing;

/// <summary>Every sentence that sharing shows.</summary>
internal static class Text
{
    public const string System = "政务信息共享与交换系统";
    public const string Request = "数据共享申请";
    public const string UnconditionalRequest = "数据共享申请（无条件共享）";
    public const string Requests = "数据共享申请";
    public const string RequestsNote = "本部门提出的和需要本部门答复的";
    public const string RequestsLead = "本部门提出的申请，以及其他部门对本部门数据的申请。新的申请从信息目录中该资源的页面提出。";
    public const string NoRequests = "还没有数据共享申请。";
    public const string ToCatalogue = "到信息目录查找数据";
    public const string Grants = "数据共享授权";
    public const string GrantsNote = "哪个部门可以使用哪些数据";
    public const string GrantsLead = "本部门取得的和本部门给出的授权。暂停、恢复和终止在一秒内对所有接口生效。";
    public const string NoGrants = "还没有数据共享授权。申请获得同意后在这里列出。";
    public const string AskForData = "申请数据";
    public const string Send = "提交申请";
    public const string SendCorrection = "提交补正";
    public const string Cancel = "取消";
    public const string FormLead = "提交后由本部门负责人批准。无条件共享的数据批准后即时提供；有条件共享的数据，提供部门收到后十个工作日内答复。";
    public const string CorrectionLead = "按告知的内容修改后提交。补正只告知一次。";
    public const string Told = "需要补正的内容";
    public const string Resource = "信息资源";
    public const string Provider = "提供部门";
    public const string Consumer = "需求部门";
    public const string Fields = "信息项";
    public const string Operations = "操作";
    public const string FieldsHint = "只选择办理业务所必需的";
    public const string Clear = "需要原文的信息项";
    public const string ClearHint = "未选的按脱敏规则遮挡后提供";
    public const string Masked = "平时脱敏";
    public const string Condition = "行条件";
    public const string ReturnTitle = "数据回流";
    public const string ReturnNote = "本资源由上级部门汇集。涉及本区域的数据，上级部门应当及时、完整回流（《政务数据共享条例》第二十四条），已按本区域填好依据、场景和行条件，请选择所需的信息项；为其他用途申请的，请改写。";
    public const string ConditionHint = "只需要部分记录时填写，CQL2 文本，例如 state = 'active' AND kind = 'firm'";
    public const string AllRows = "全部记录";
    public const string Scene = "使用场景";
    public const string SceneHint = "办理什么业务，由谁在什么环节使用";
    public const string Basis = "使用依据";
    public static string ReturnScene(string office) => $"{office}取得上级部门系统汇集的本区域数据，用于本区域履行职责";

    public const string BasisHint = "法律、法规、规章或者职责规定的名称和条款";
    public const string Ways = "共享方式";
    public const string Rate = "每分钟调用上限";
    public const string Begins = "开始日期";
    public const string Ends = "截止日期";
    public const string Duration = "使用期限";
    public const string SharingConditions = "共享条件";
    public const string Stage = "环节";
    public const string State = "状态";
    public const string Received = "提交时间";
    public const string Number = "编号";
    public const string Terms = "申请的数据";
    public const string GrantOf = "查看授权";
    public const string ToCorrection = "填写补正";
    public const string Case = "申请办件";
    public const string LastReason = "最近处理";
    public const string Reason = "理由";
    public const string ReasonHint = "需求部门将会收到";
    public const string HowToRead = "接口";
    public const string ApprovalNote = "等待本部门负责人批准。";
    public const string CheckingNote = "政务数据共享主管部门审核申请是否完整。";
    public const string CorrectingNote = "请按一次性告知的内容补正。";
    public const string AnsweringNote = "提供部门正在答复，期限十个工作日。";
    public const string SupplyingNote = "提供部门已经同意，正在开通，期限二十个工作日。";
    public const string AskCorrectionNote = "一次写明全部需要补正的内容。补正只能要求一次，不能直接退回。";
    public const string CorrectNote = "在补正页面修改申请内容后提交。";
    public const string AskExtensionNote = "有特殊原因不能按期答复的，请主管部门同意延长。";
    public const string ExtendNote = "最多延长十个工作日，告知需求部门。";
    public const string AgreeNote = "同意即授权：接口按申请的信息项、行条件和期限开通。";
    public const string SupplyNote = "写明交付的方式和时间。";
    public const string AtOnceNote = "无条件共享的数据，批准后即时提供。";
    public const string NotInYourName = "申请只能以本部门的名义提出，并写明目录中的提供部门。";
    public const string OtherClass = "该资源的共享类型与申请的类型不符。";
    public const string OnTheForm = "请在补正页面修改申请内容后提交。";
    public const string OtherRequest = "补正不能更换信息资源、需求部门和提供部门，请另行申请。";

    public const string NotAskedToExtend = "提供部门还没有请求延长答复期限。";
    public const string Disposal = "数据处置";
    public const string DisposalBy = "报告人";
    public const string DisposalDue = "授权已经结束，请报告取得的数据如何处置。";
    public const string Finish = "结束使用，报告数据处置";
    public const string FinishNote = "不再需要使用时，或者授权到期、终止后，报告取得的数据如何处置。仍有效的授权随之终止。";
    public const string FinishWords = "处置情况";
    public const string FinishHint = "哪些系统和介质中的数据，何时由谁处置；依法继续保存的写明依据";
    public const string UsingSystem = "使用系统";
    public const string Raise = "提出争议，申请调解";

    public static string Expires(string name, string number, string ends) => $"使用“{name}”的授权{number}将于{ends}到期，仍需使用的请提前重新申请。";

    public static string Dispose(string name, string number) => $"使用“{name}”的授权{number}已经结束，请报告取得的数据如何处置。";

    public static string ToApprove(string name) => $"本部门申请使用“{name}”，请审批。";

    public static string ToAnswer(string name) => $"有部门申请使用本部门的“{name}”，请在十个工作日内答复。";

    public static string ToCorrect(string name, string words) => $"使用“{name}”的申请需要补正：{words}";

    public static string ToExtend(string name, string words) => $"提供部门请求延长“{name}”的答复期限：{words}";

    public static string Extended(string name, string words) => $"“{name}”的答复期限已经延长：{words}";

    public static string Agreed(string name, string ends) => $"使用“{name}”的申请已经同意，授权至{ends}。";

    public static string Refused(string name, string words) => $"提供部门不同意共享“{name}”：{words}";

    public static string Supplied(string name, string words) => $"“{name}”已经提供：{words}";
}
