using System.Globalization;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>The sentences that the population base shows to people.</summary>
internal static class Text
{
    public const string PersonSource = "公安 人口基本信息";
    public const string ResidenceSource = "公安 居住登记";
    public const string HouseholdSource = "公安 户籍信息";
    public const string MarriageSource = "民政 婚姻登记";
    public const string PermitSource = "公安 居住证信息";
    public const string InsuranceSource = "人社 社会保险参保登记";
    public const string Insured = "已参加社会保险";
    public const string Registered = "已登记";

    public const string System = "人口基础信息库";

    public const string BirthLead = "婴儿出生后一个月以内，由户主、亲属、抚养人或者邻居申报。";
    public const string DeathLead = "公民死亡，由户主、亲属、抚养人或者邻居申报，注销户口。";
    public const string MarriageLead = "民政部门办理结婚登记后记入婚姻状况。";
    public const string DivorceLead = "民政部门办理离婚登记，或者判决书、调解书生效后记入婚姻状况。";
    public const string AdoptionLead = "凭收养登记证，将被收养人的户口登记到收养人所在的户。";
    public const string AcknowledgmentLead = "认领后，将被认领人的户口登记到认领人所在的户。";
    public const string HouseholdMoveLead = "全户或者部分成员在本市范围内移居，迁出和迁入一次办结。";
    public const string MoveOutLead = "迁往外地：注销本市户口，签发迁移证，落户之前为迁移在途。";
    public const string MoveInLead = "从外地迁入，或者在途的人重新落户：缴销迁移证，登记户口。";
    public const string NameChangeLead = "变更姓名，原姓名记为曾用名。";
    public const string NumberCorrectionLead = "更正公民身份号码，原号码连同使用期间保留。";
    public const string SplitLead = "户内部分成员另立一户。";
    public const string MergeLead = "一户的全体成员并入同村（社区）的另一户。";
    public const string HeadChangeLead = "变更户主，其他成员与户主关系随之调整。";
    public const string TemporaryLead = "离开常住户口所在地居住三日以上的，三日以内申报。";
    public const string DepartureLead = "离开现住地前往本市以外，注销居住登记。";
    public const string PermitLead = "在本市居住半年以上，有合法稳定就业、合法稳定住所或者连续就读之一的，可以申领。";
    public const string EndorsementLead = "居住每满一年之日前一个月内签注；逾期的可以补办，使用功能恢复，居住年限自补办之日重新计算。";
    public const string TransferLapseLead = "迁移证有效期已过，持证人仍未落户。";
    public const string PermitLapseLead = "逾期未办理签注，居住证使用功能中止。";
    public const string EnlistmentLead = "应征公民入伍前，持通知书注销户口，不发迁移证。";
    public const string MissingLead = "登记失踪，户口保留。";
    public const string FoundLead = "失踪的人已经寻回。";
    public const string CorrectionLead = "登记内容有误，凭证明材料更正；原登记保留并注明已被更正。";

    public const string VillageHint = "12位统计用区划代码";
    public const string NewHeadHint = "户主离开而户内还有其他成员时填写";
    public const string MembersHint = "不填写即全户";
    public const string DocumentsHint = "写明证明材料的名称和编号";
    public const string NewNumberHint = "已经编定的填写，未编定的留空";
    public const string AppliedOnHint = "协议离婚的填写；判决或调解离婚的留空";
    public const string JoinHouseholdHint = "并入已有的户时填写，否则按新地址立户";
    public const string ArrivalHint = "本库已有记录的人；第一次来本市的留空，填写下面各项";
    public const string OnlyArrivals = "本库没有此人记录时填写";
    public const string OwnHouseholdHint = "落入已有的户，填写户和关系；自立一户，填写村（社区）代码和地址";
    public const string SameAddressHint = "留空即与原户相同";
    public const string CorrectValueHint = "日期按2026-01-31书写；性别、民族填代码；取消误报的死亡登记时留空";
    public const string CorrectsHint = "建库导入的信息没有对应事项，可以留空";

    public const string NeverDeleted = "人口记录不能删除：死亡、迁出等请办理相应的登记事项。";

    public static string ByEntryOnly(string label) => $"{label}由户口登记事项决定，不能直接修改；请办理相应的登记或者更正。";

    public static string NotTheAuthority(string label, string office) =>
        $"{label}由{office}负责维护，本部门不能直接修改；可以在人员页面提出更正建议，由{office}处理。";

    public const string SearchFor = "请填写公民身份号码或者姓名。";
    public const string CertificatePurpose = "开具户籍证明";
    public const string PersonChosen = "已选定的人";

    public static string SeveralHolders(string label, int count) =>
        $"{label}：有{count}人登记了这个号码，请从人员页面进入办理，并处理重复核查。";

    public static string SeveralVillages(IEnumerable<string> names) => $"有多个同名的村（社区），请填写代码：{string.Join("；", names)}";

    public const string FindTitle = "查找人员";
    public const string FindLead = "按公民身份号码查找，或者按姓名、拼音和出生日期查找。查询会被记录，本人可以看到。";
    public const string NumberHint = "现在使用的或者更正前的号码";
    public const string NameHint = "如：张伟、zhangwei、zw 1980";
    public const string WholeNameOnly = "按拼音、首字母或者出生年份查找，需要查看完整信息的权限；请写出完整的姓名，需要时加上出生日期。";
    public const string FewLetters = "请写出姓名，或者至少两个拼音字母。";
    public const string Find = "查找";
    public const string NobodyFound = "没有找到。请核对号码、姓名或者拼音；更正过的号码也可以查到。";
    public const string RegisterEvent = "办理户口登记";
    public const string MoveHousehold = "办理市内移居";
    public const string FullRecord = "完整记录";
    public const string History = "修改历史";
    public const string RevealTitle = "查看完整信息";
    public const string Duty = "履行职责：查询人口信息";
    public const string DutyNote = "此次查看以“履行职责：查询人口信息”记录，本人可以看到；为办理某件事查看未遮盖信息的，请在下面写明用途。";
    public const string RevealedNote = "以下为未遮盖的信息，此次查看及用途已记录，本人可以看到。";
    public const string Purpose = "用途";
    public const string PurposeHint = "本人会看到这个用途";
    public const string Reveal = "查看";
    public const string HouseholdTitle = "户内成员";
    public const string NoHousehold = "没有本市户口登记。";
    public const string EventsTitle = "户口登记事项";
    public const string NoEvents = "建库以后还没有办理过登记事项。";
    public const string SeeEntry = "查看登记";
    public const string Late = "逾期申报";
    public const string Corrected = "已被更正";
    public const string MembershipsTitle = "户籍经历";
    public const string ResidencesTitle = "居住经历";
    public const string NumbersTitle = "公民身份号码历史";
    public const string TransfersTitle = "迁移证";
    public const string PermitsTitle = "居住证";
    public const string SuggestionsTitle = "更正建议";
    public const string SuggestTitle = "提出更正建议";
    public const string SuggestLead = "信息项由数源部门维护。认为有误的，写明建议值和理由，由数源部门核实处理。";
    public const string SendSuggestion = "提交建议";
    public const string SuggestionsLead = "其他部门对本部门维护的信息项提出的建议。采纳后请按规定办理相应的登记或者修改。";
    public const string NoSuggestions = "没有待处理的建议。";
    public const string Accept = "采纳";
    public const string Decline = "不采纳";
    public const string MakeCertificate = "开具户籍证明";
    public const string CertificateTitle = "户籍证明";
    public const string ChooseKind = "选择要办理的登记事项。";
    public const string CheckAnswers = "下一步：核对";
    public const string CheckLead = "请核对以下内容，确认无误后登记。";
    public const string Register = "登记";
    public const string ChangeAnswers = "返回修改";
    public const string PersonByNumber = "填写公民身份号码";
    public const string HouseholdByNumber = "填写户内任一成员的公民身份号码";
    public const string RegisteredNote = "已登记";
    public const string WhereToSee = "户籍、居住信息和统计已同时更新，本人可以在“谁看过我的信息”中看到此次办理。";
    public const string SeePerson = "查看人员";
    public const string SeeHistory = "查看修改历史";
    public const string SeeStatistics = "查看人口统计";
    public const string OwnTitle = "我的户籍信息";
    public const string OwnLead = "人口库中登记的您本人和户内成员的信息。有误的，请到户籍所在地派出所申请更正。";
    public const string OwnNone = "您的账号没有关联到本市人口库的记录。";
    public const string WhoRead = "谁看过我的信息";
    public const string DuplicatesTitle = "重复核查";
    public const string DuplicatesLead = "号码相同，或者姓名、出生日期、性别相同的记录，逐对核查；双胞胎不会列入。";
    public const string NoPairs = "没有这一状态的记录。";
    public const string CompareTitle = "比较两条记录";
    public const string Differs = "不同";
    public const string Agrees = "相同";
    public const string SeeFirst = "查看人员一";
    public const string SeeSecond = "查看人员二";
    public const string Decision = "核查结论";
    public const string Grounds = "理由和依据";
    public const string Decide = "提交结论";
    public const string DecideDifferent = "是两个人";
    public const string DecideDifferentNote = "号码相同的，请另行办理号码更正";
    public const string DecideSame = "是同一人，暂不合并";
    public const string DecideSameNote = "留待进一步处理";
    public const string MergeIntoFirst = "是同一人，合并到人员一";
    public const string MergeIntoSecond = "是同一人，合并到人员二";
    public const string MergeNote = "另一条记录保留并注明已并入，可以撤销";
    public const string Unmerge = "撤销合并";
    public const string UnmergeNote = "两条记录恢复为合并之前的状态";
    public const string Reopen = "重新核查";
    public const string ReviewPurpose = "重复人口核查";
    public const string StatisticsPurpose = "人口统计核对";
    public const string AlreadyMerged = "其中一条记录已经并入他人记录。";
    public const string TwoSoundNumbers = "两人的公民身份号码都有效而且不同，不能合并；确属一人两号的，请先办理号码更正。";
    public const string BornTogether = "两人同姓同日出生，户内或者号码相邻，应为多胞胎，不能合并。";
    public const string HeadBeforeMerging = "被并入的人是户主而户内还有其他成员，请先变更户主。";
    public const string ChooseDecision = "请选择一个结论。";
    public const string GiveGrounds = "请写明理由和依据。";
    public const string NoSuchPair = "没有这对记录。";
    public const string UnmergeFirst = "已合并的只能撤销合并；没有合并的不能撤销。";
    public const string NoMerger = "找不到可以撤销的合并登记。";
    public const string ChooseField = "请选择信息项。";
    public const string NoSuchSuggestion = "没有这条建议。";
    public const string StatisticsLead = "户籍、常住、实有三项人口，任一日期，逐人可核对。";
    public const string Day = "日期";
    public const string Apply = "查看";
    public const string CountingBehind = "刚导入的数据正在计入统计，请稍后刷新。";
    public const string HalfYearNote = "半年以上";
    public const string PresentNote = "实际居住";
    public const string TransitNote = "已迁出尚未落户，不计入户籍人口";
    public const string OverdueNote = "迁移证已过有效期";

    public const string DueTitle = "到期待办";
    public const string DueLead = "迁移证和居住证按日期到期的人，逐人跟进。到期由系统每天登记，任一日期的状态按证件日期计算。";
    public const string NothingDue = "没有这一类待办。";
    public const string ReconcileTitle = "三项人口的关系";
    public const string Reconciles = "✓ 三项人口逐人核对一致。";
    public const string DoesNotReconcile = "× 三项人口不一致，请通知运行管理单位重新统计。";
    public const string PartsTitle = "分地区人口";
    public const string PartsChart = "分地区常住人口";
    public const string PyramidTitle = "人口金字塔";
    public const string PyramidNote = "年龄按统计年份减出生年份计算。";
    public const string SmallerArea = "请先选择到街道、乡镇或者村（社区），再查看人员名单。";
    public const string NotYet = "日期不能晚于今天。";
    public const string NotAnArea = "地区代码应为4、6、9或12位数字。";
    public const string PublicNote = "全市和各区县的人口数、年龄构成，任一日可查。";
    public const string PublicTitle = "人口数据";
    public const string NoFigures = "还没有人口数据。";
    public const string Suppressed = "—";
    public const string SuppressedNote = "小于10的数字，以及可以由合计推算出它们的数字，不予公布，以“—”表示；年龄组中小于10的不画出。年龄按统计年份减出生年份计算。";

    public static readonly IReadOnlyList<string> Purposes =
        ["办理户口登记", "核验身份", "开具证明", "重复人口核查", "数据质量核查", "依法协助查询"];

    public static string NotABirth(string word) => $"看不懂“{word}”：出生年份写4位，日期写8位，例如1980、19800312。";

    public static string FoundMore(int shown) => $"人数较多，只列出{shown}人；请写全姓名或者加上出生年份、日期";

    public static string FoundCount(int count) => $"共{count}人";

    public static string ShownOf(int shown, int total) => $"本页{shown}人，共{total}人";

    public static string FromOffice(string office) => $"来源：{office}";

    public static string Chosen(string who) => $"已选：{who}。要换的，填写另一个号码";

    public static string CheckTitle(string label) => $"核对：{label}";

    public static string CertificateWords(string office, string day) => $"以上信息与户口登记一致，特此证明。{office} {day}";

    public static string StatisticsTitle(string area) => $"人口统计：{area}";

    public static string CountedTitle(string area, string kind) => $"{area}：{kind}";

    public static string PublicLead(string day) => $"截至{day}的全市人口。";

    public const string NoSuchKind = "没有这种登记事项，请从列表中选择。";

    public static string NotYours(string label, string office) =>
        $"{(office.Length > 0 ? office : "您")}没有办理“{label}”的权限，请转由有权的部门办理。";

    public static string Unanswered(string label) => $"请填写{label}。";

    public static string NotADate(string label) => $"{label}不是日期，请按2026-01-31的形式填写。";

    public static string NotAChoice(string label) => $"请在所列选项中选择{label}。";

    public static string NoSuchPerson(string label) => $"{label}：人口库中没有这个人，请先查找并选择。";

    public static string NoSuchHousehold(string label) => $"{label}：没有这个户，请先查找并选择。";

    public static string NotAVillage(string label) => $"{label}应为12位数字的村（社区）代码。";

    public static string NoSuchVillage(string label) => $"{label}：区划代码表中没有这个村（社区），请核对代码，或者直接填写名称。";

    public static string NoSuchEvent(string label) => $"{label}：没有这项登记。";

    public static string TooLong(string label) => $"{label}太长了。";

    public static string UnknownAnswer(string name) => $"这项登记没有“{name}”这个问题。";

    public static string Percent(object? share) => share is decimal value ? value.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal) : "";

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
