using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>The Chinese sentences of casework: refusals and the names of the steps that every case has.</summary>
internal static partial class Text
{
    public const string Opened = "提交";
    public const string Claim = "签收";
    public const string Note = "记录";
    public const string ClaimNote = "从本单位待办池中取来，由您办理";
    public const string Assign = "分派";
    public const string AssignNote = "交给本单位的一名人员办理";
    public const string HandOver = "移交";
    public const string Delegate = "委托代办";
    public const string DelegateNote = "在规定日期之前由同事代办，您仍是经办人";
    public const string Transfer = "转往其他单位";
    public const string Recuse = "回避";
    public const string RecuseNote = "您与本件有利害关系的，应当回避；本件退回待办池，您不再经办";
    public const string Consult = "征求意见";
    public const string ConsultNote = "请其他单位提出意见，本件的时限不停止计算";
    public const string Answer = "答复意见";
    public const string Withdraw = "撤回申请";
    public const string EndWith = "随主办件终止";

    public const string WithdrawNote = "撤回后本件终止，需要时可以重新申请";
    public const string Reopen = "重新办理";
    public const string Merge = "并入另一件";
    public const string MergeNote = "同一事项的重复办件，并入后只办理另一件";
    public const string Attachment = "附件";
    public const string NoApplicant = "（无申请人）";

    public const string NoSuchCase = "没有这个办件。";
    public const string NoSuchType = "没有这种办件类型，或者已经停用。";
    public const string SomebodyWasQuicker = "在您打开页面之后，本件已由他人办理。请查看最新情况后再决定。";
    public const string OtherOffice = "本件现由其他单位办理。";
    public const string YoursAlready = "本件已由您签收。";
    public const string OnlyOwner = "只有本件的经办人可以这样做。";
    public const string NotAsked = "没有单位就本件征求您单位的意见。";
    public const string NoOpinion = "请填写意见。";
    public const string NoQuestion = "请写明需要对方单位就什么提出意见。";
    public const string NoReason = "请填写理由。";
    public const string NoBasis = "请写明所依据的法律、法规和条款。";
    public const string NoDocument = "请填写文书编号。";
    public const string NoSecond = "应当指派两名以上工作人员，请选择第二名人员。";
    public const string SecondIsSelf = "第二名人员应是您以外的人。";
    public const string NoPerson = "请选择人员。";
    public const string NotOfOffice = "所选人员不在本单位任职。";
    public const string NoOffice = "请选择单位。";
    public const string OwnOffice = "所选单位就是本件的承办单位。";
    public const string NoOtherCase = "请填写另一办件的编号：16 位数字，可含空格或连字符。";
    public const string SameCase = "不能并入自身。";
    public const string OtherKind = "只能并入本单位办理的同类办件。";
    public const string OtherEnded = "另一办件已经办结，不能并入。";
    public const string NoUntil = "请填写截止日期。";
    public const string UntilPast = "截止日期不能早于今天。";
    public const string UntilFar = "截止日期不能晚于一年以后。";
    public const string AnswersFixed = "这一步不能修改申请内容。";
    public const string NobodyApplies = "请填写申请人。";
    public const string NoWords = "请填写批注。";
    public const string NoSuchPaper = "本件中没有这份材料。";
    public const string TooManyPapers = "一个办件最多 500 份材料。";
    public const string NoFault = "请写明材料有什么问题，便于申请人一次补正。";
    public const string NoSuchLink = "请选择关联关系。";

    public const string NoTypeName = "请填写办件类型的名称。";
    public const string TooFewStages = "至少要有开始和结束两个环节。";
    public const string CircularChildren = "子办件之间循环等待。";

    public const string FilledIn = "按填写的内容自动生成";
    public const string OtherFault = "其他";
    public const string NoFaultNamed = "请至少写明一项需要补正的内容。";

    public static string FaultLine(int number, string name, string words, string basis) => $"{number}. {name}：{words}（{basis}）";

    public static string TellsNoFaults(string step) => $"“{step}”不是告知补正的步骤。";

    public static string NothingToFault(string code) => $"本事项没有“{code}”这份材料或者这个问题。";

    public static string FaultUnsaid(string name, int max) => $"请写明“{name}”有什么问题，{max} 字以内。";

    public static string FaultWithoutBasis(string name) => $"请写明“{name}”需要补正的依据。";

    public static string FaultLeftOut(string name) => $"“{name}”已审核为有问题，应当在这一次一并告知。";

    public static string StillFaulty(string name, string fault) => $"还没有补正：{name}（{fault.TrimEnd('。')}）。";

    public static string AtWindow(string type) => $"综合窗口收件：{type}";

    public const string NotHisChild = "人口库中没有您与此人的父母子女关系，或者他已经成年。其他监护人或者登记有误的，请带证明到窗口办理。";

    public static string ForGuardianship(string type) => $"核对父母子女关系：{type}";

    public static string ForApplication(string type) => $"申请人办理：{type}";

    public static string NoSuchStep(string type, string step) => $"“{type}”没有步骤“{step}”。";

    public static string NotInStage(string step, string stage) => $"本件在“{stage}”环节，不能“{step}”。";

    public static string NotPermitted(string step) => $"您目前的身份不能“{step}”。";

    public static string OnlyHead(string step) => $"“{step}”由本单位负责人办理。";

    public static string SomebodyElses(string name) => $"本件由{name}办理；需要接手的，请由其移交或者由负责人分派。";

    public static string Recused(string name) => $"{name}已对本件回避，不能参与办理。";

    public static string HasItAlready(string name) => $"本件已由{name}办理。";

    public static string AskedAlready(string office) => $"已在征求{office}的意见，尚未答复。";

    public static string FixedOffice(string stage) => $"“{stage}”环节由固定单位办理，不能转往其他单位。";

    public static string TooLong(int max) => $"最多 {max} 个字。";

    public static string ClockNotRunning(string clock) => $"“{clock}”没有在计时。";

    public static string UrgedSubject(string step, string title) => $"{step}：{title}";

    public static string UrgedText(string title, string number, string who, string words) => $"{who}就“{title}”（{number}）提出：{words}";

    public static string SilenceDecided(string clock, string step) => $"“{clock}”已经届满，平台正在依法办理“{step}”，请稍后查看。";

    public static string UnknownAnswer(string name) => $"没有名为“{name}”的问题。";

    public static string Unanswered(string label) => $"请填写“{label}”。";

    public static string NotOffered(string label) => $"“{label}”请在所列的答案中选择。";

    public static string MayNotOpen(string type) => $"您目前的身份不能提交“{type}”。";

    public static string MaterialMissing(string name) => $"缺少材料：{name}。";

    public static string NoSharedMaterial(string code) => $"子办件共用的材料“{code}”不存在。";

    public static string EndedWith(string step, string number, string? reason) =>
        $"主办件 {number} 已{step}{(string.IsNullOrWhiteSpace(reason) ? "" : $"：{reason.Trim()}")}";

    public static string NoSuchMaterial(string name) => $"本事项不需要材料“{name}”。";

    public static string PromiseTooLate(string name, int days) => $"请写明“{name}”的补交日期：明天起 {days} 日以内。";

    public static string NotSecondary(string name) => $"“{name}”是主要材料，不能承诺后补。";

    public static string BadTypeCode(string code) => $"办件类型代码“{code}”应为“系统/名称”，用小写字母、数字和连字符。";

    public static string DoubleCode(string code) => $"代码“{code}”重复。";

    public static string ReservedCode(string code) => $"步骤代码“{code}”以平台保留的前缀开头。";

    public static string StepFromNowhere(string step) => $"步骤“{step}”没有写明在哪些环节可以办理。";

    public static string NoSuchStage(string step, string stage) => $"“{step}”提到的环节“{stage}”不存在。";

    public static string NoSuchClock(string step, string clock) => $"步骤“{step}”提到的时限“{clock}”不存在。";

    public static string NoSuchChild(string step, string child) => $"步骤“{step}”提到的子办件“{child}”不存在。";

    public static string NoSuchNotice(string step, string notice) => $"“{step}”提到的通知“{notice}”不存在。";

    public static string NoSuchResult(string step, string result) => $"步骤“{step}”提到的结果“{result}”不存在。";

    public static string SupervisorNeedsPermission(string step) => $"监督步骤“{step}”须写明所需权限。";

    public static string NotSafeInBulk(string step) => $"步骤“{step}”需要逐件的文书，不能批量办理。";

    public static string NobodySits(string step) => $"步骤“{step}”所在的环节没有规定由谁办理。";

    public static string EndedHasSeat(string stage) => $"“{stage}”是结束环节，不应有办理人。";

    public static string NoWayOut(string stage) => $"从“{stage}”环节没有任何步骤可以走到结束。";

    public static string NoWayIn(string stage) => $"没有任何步骤可以走到“{stage}”环节。";

    public static string BadSpecialStage(string stage) => $"撤回、并案应指向结束环节，重新办理应指向未结束的环节：“{stage}”不合要求。";

    public static string BadDependency(string child, string after) => $"子办件“{child}”等待的“{after}”不存在。";

    public static string NoSuchQuestion(string name) => $"条件提到的问题“{name}”不存在。";

    public static string NoSilentStep(string clock) => $"时限“{clock}”届满后由平台办理的步骤不存在。";

    public static string TypeBroken(string name, Refusals refusals) => $"办件类型“{name}”有误，拒绝启动：{refusals}";

    public static string GivenSubject(string step) => $"{step}：您有一个新的办件";

    public static string GivenText(string title, string number, string by, string? reason) =>
        $"{by}将办件“{title}”（{number}）交给您办理。{(reason is null ? "" : $"理由：{reason}。")}";
}
