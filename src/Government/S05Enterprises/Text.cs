using System.Globalization;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises;

/// <summary>Every sentence of the sharing of enterprise information.</summary>
internal static class Text
{
    public const string System = "企业基础信息共享";
    public const string Purpose = "比对各部门的企业信息";
    public const string Scene = "比对各部门登记的企业基础信息，发现矛盾并交有关部门核实";
    public const string OwnershipScene = "计算企业的最终所有者";

    public const string Case = "企业信息矛盾核实";
    public const string VerifyingNote = "负责的部门对照本部门的档案核实，在自己的数据库中更正，或者说明双方都对的理由。";
    public const string ReviewingNote = "数据管理部门审核说明的理由。";
    public const string AwaitingNote = "更正后的数据汇集过来，系统重新比对；矛盾消除时办件自动办结。";
    public const string PutRightNote = "先在本部门的业务库中更正。数据更新后系统自动复核，矛盾仍在的退回核实。";
    public const string ExplainNote = "例如集群注册的企业共用住所。说明经审核同意后，在各方的值变化以前不再列为矛盾。";
    public const string PanelNote = "各方登记的值、涉及的企业和经过。";
    public const string Gone = "重新比对，各部门的数据已经一致。";
    public const string Still = "数据更新后重新比对，矛盾仍然存在。";

    public const string StartLead = "八个部门数据库对同一企业的登记，互相矛盾之处和处理情况，企业的全生命周期和最终所有者。";
    public const string SearchLabel = "企业名称、统一社会信用代码、组织机构代码或者注册号";
    public const string FoundFirms = "找到的企业";
    public const string NoFirms = "登记库中没有符合条件的企业。";
    public const string MoreFirms = "只列出前三十家，请写得更具体。";
    public const string Firm = "企业";
    public const string CreditCode = "统一社会信用代码";
    public const string State = "状态";
    public const string OpenContradictions = "待消除的矛盾";
    public const string Open = "待消除";
    public const string Explained = "已说明";
    public const string OfficesConcerned = "涉及部门";
    public const string KindsConcerned = "矛盾类型";
    public const string ByKind = "各类矛盾";
    public const string Kind = "矛盾类型";
    public const string NeverCompared = "还没有比对过全部企业。";
    public const string PublicPage = "公示信息";
    public const string LifeTitle = "全生命周期";
    public const string AuthoritiesTitle = "各部门登记";
    public const string OwnersTitle = "股权和最终所有者";
    public const string NoEvents = "没有您可以查看的记录。";
    public const string Penalty = "处罚";
    public const string Attention = "注意";
    public const string Look = "查看";
    public const string HiddenTitle = "您没有权限查看的内容";
    public const string AuthoritiesLead = "每一行是一项信息，每一列是一个部门的数据库，日期为汇集到平台的时间；法人库按数源部门取值。";
    public const string NothingToSee = "没有您可以查看的登记。";
    public const string Differs = "与数源部门不同";
    public const string NotYetTaken = "与数源部门现值不同";
    public const string NotInBase = "法人库不收录";
    public const string AskForIt = "申请共享";
    public const string FieldColumn = "信息项";
    public const string BaseColumn = "法人库取值";
    public const string OwnersHidden = "您没有查看股东信息的权限。";
    public const string NoHoldings = "登记中没有股东信息：个体工商户、分支机构等没有股东。";
    public const string UltimateTitle = "最终所有者";
    public const string UltimateLead = "沿出资关系逐级向上追溯到没有上级股东的自然人或者单位；各条路径的比例相乘后相加，交叉持股已经计算在内。";
    public const string NoOwners = "追溯不到最终所有者：有关企业互相持有全部出资。";
    public const string OwnersCut = "出资关系过长，只追溯了一部分。";
    public const string WaysTitle = "出资关系";
    public const string Drawing = "出资关系图：上方出资给下方，虚线为交叉持股；圆角框为自然人或者外地单位";
    public const string ShareColumn = "比例";
    public const string KindColumn = "性质";
    public const string OwnerColumn = "所有者";
    public const string HolderColumn = "股东";
    public const string HeldFirm = "出资的企业";
    public const string PersonOrElsewhere = "自然人或者外地单位";
    public const string FirmHere = "本市单位";
    public const string Contradictions = "企业信息矛盾";
    public const string ContradictionsLead = "各部门数据库之间互相矛盾的登记。有变化的企业随时比对，全部企业每晚比对；数据更正后矛盾自动消除。";
    public const string ContradictionsNote = "各部门登记互相矛盾的企业和负责核实的部门";
    public const string StartNote = "按企业查看各部门的登记、矛盾、全生命周期和股权";
    public const string Compared = "已经比对全部企业。";
    public const string CompareNow = "立即比对全部企业";
    public const string Office = "负责核实的部门";
    public const string AnyOffice = "全部部门";
    public const string AnyKind = "全部类型";
    public const string AnyState = "全部状态";
    public const string NoContradictions = "没有符合条件的矛盾。";
    public const string Name = "名称";
    public const string StatementColumn = "说明";
    public const string FoundAt = "发现时间";
    public const string ClosedAt = "消除时间";
    public const string Returned = "再次出现次数";
    public const string Number = "编号";
    public const string Basis = "依据";
    public const string SidesTitle = "各方的登记";
    public const string SourceColumn = "来源";
    public const string NoneThere = "没有";
    public const string CaseNumber = "核实办件";
    public const string ValueColumn = "登记的值";
    public const string MembersTitle = "涉及的企业";
    public const string AddressColumn = "住所";
    public const string HistoryTitle = "经过";
    public const string PopulationBase = "人口基本信息";
    public const string LeagueTitle = "各部门企业信息质量";
    public const string LeagueLead = "得分是没有矛盾的记录占本部门记录的百分比：90分及以下为红，90至95分为橙，95至98分为黄，高于98分为绿。";
    public const string OfficeColumn = "部门";
    public const string LeagueNote = "各部门的得分、等次和待消除的矛盾";
    public const string Band = "等次";
    public const string ScoreColumn = "得分";
    public const string RecordsColumn = "记录数";
    public const string ClosedLately = "三十日内消除";
    public const string Oldest = "最早未消除";
    public const string RedOffices = "红色等次的部门";
    public const string RedNote = "每一百条记录中有矛盾的达到十条";
    public const string ByOffice = "各部门待消除的矛盾";
    public const string Cases = "办件";

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Score(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Share(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    public static string ComparedAt(DateTimeOffset at) => $"全部企业最近比对于{Platform.Kernel.CityTime.InWords(at)}。";

    public static string OfOrganisation(bool credit) => credit ? CreditCode : "组织机构代码";

    public static string DifferentFields(IEnumerable<string> labels) => $"与数源部门不一致的信息项：{string.Join("、", labels)}";

    public static string EnteredAs(string label, string number, string state) => state.Length == 0 ? $"{label}：{number}" : $"{label}：{number}，现为{state}";

    public static string OpenOfFirm(int count) => $"各部门的登记有{count}处矛盾";

    public static string SourceOf(string office) => $"数源部门：{office}";

    public static string Why(string office, Platform.Kernel.Basis basis) => $"取自{office}，依据{basis}";

    public static string Hidden(string office, string what, int count) => count == 0 ? $"{office}：{what}" : $"{office}：{what}，{count}条";

    public static string NotKnownTo(IEnumerable<string> names) => $"没有该企业记录的数据库：{string.Join("、", names)}。";

    public static string FoundTitle(string rule) => $"发现矛盾：{rule}";

    public static string ClosedTitle(string rule) => $"矛盾消除：{rule}";

    public static string Entered(Authority authority) => authority.Alias switch
    {
        "t" => "办理税务登记",
        "q" => "取得工业产品生产许可",
        "l" => "取得用地",
        "h" => "房屋登记备案",
        "s" => "列入统计基本单位名录",
        "e" => "取得排污许可",
        _ => "办理参保登记",
    };

    public static string BaseTitle(ResourceDefinition resource, string words) => resource.Id switch
    {
        "legal-entities/filing" => $"登记：{words}",
        "legal-entities/licence" => $"行政许可：{words}",
        "legal-entities/penalty" => $"行政处罚：{words}",
        "legal-entities/listing" => $"列入{words}",
        _ => $"公示{words}年度报告",
    };

    public static string RegistrationState(string code) => Label(Codes.RegistrationState, code);

    public static string SideValue(ContradictionSide side, string value) => side.Label switch
    {
        "登记状态" => Label(Codes.RegistrationState, value),
        "纳税人状态" => Label(Codes.TaxpayerState, value),
        "纳税信用级别" => Label(Codes.TaxCreditGrade, value),
        "运营状态" => Label(Codes.OperatingState, value),
        "行业代码" => $"{value} {Industry(value)}",
        "成立日期" or "日期" or "死亡日期" => Day(value),
        _ => value,
    };

    public static string BandName(StandingBand band) => band switch { StandingBand.Red => "红", StandingBand.Orange => "橙", StandingBand.Yellow => "黄", _ => "绿" };

    /// <summary>What happened to a contradiction between two versions of it.</summary>
    public static string Happened(Contradiction? before, Contradiction after) => before is null ? "发现"
        : before.State != after.State ? after.State switch
        {
            ContradictionState.Closed => "重新比对，矛盾已消除",
            ContradictionState.Explained => "情况属实，说明经审核同意",
            _ => "再次出现",
        }
        : before.Case != after.Case && after.Case is { } number ? $"交负责部门核实，办件{Platform.Casework.CaseNumbers.Show(number)}"
        : before.CaseEnded != after.CaseEnded ? "办件办结"
        : "各方的值有变化";

    public static string CaseTitle(string rule, string name) => $"{rule}：{name}" is var title && title.Length <= 200 ? title : title[..200];

    public static string NoTaxRegistration(IReadOnlyList<string> v) => $"“{v[0]}”于{Day(v[1])}登记成立，现为存续，税务部门没有它的有效登记。";

    public static string NonNormalWithGradeA(IReadOnlyList<string> v) => $"“{v[0]}”的纳税人状态为“{Label(Codes.TaxpayerState, v[1])}”，纳税信用级别却为A级。";

    public static string GoneWithInsured(IReadOnlyList<string> v) => $"“{v[0]}”的登记状态为“{Label(Codes.RegistrationState, v[1])}”，社会保险仍有{v[2]}名参保人员。";

    public static string AboveThresholdButTiny(IReadOnlyList<string> v) => $"“{v[0]}”在统计名录中为规模以上，上年度向税务部门申报的销售收入却不到规模标准的十分之一。";

    public static string PermitWithoutPremises(IReadOnlyList<string> v) => $"“{v[0]}”的排污许可证写明的场所“{v[1]}”，用地登记和房屋登记备案中都没有。";

    public static string SharedPhone(IReadOnlyList<string> v) => $"{v[1]}家存续的市场主体登记了同一个联系电话。";

    public static string SharedAddress(IReadOnlyList<string> v) => $"{v[1]}家存续的市场主体登记在同一住所“{v[0]}”。";

    public static string RepresentativeDied(IReadOnlyList<string> v) => $"“{v[0]}”的法定代表人（负责人）{v[1]}已于{Day(v[2])}死亡，登记没有变更。";

    public static string ManyRevoked(IReadOnlyList<string> v) => $"{v[0]}同时是{v[1]}家被吊销未注销的企业的法定代表人。";

    public static string IndustriesDiffer(IReadOnlyList<string> v) => $"“{v[0]}”的行业：登记为“{Industry(v[1])}”，税务为“{Industry(v[2])}”，统计为“{Industry(v[3])}”。";

    public static string CapitalUnit(IReadOnlyList<string> v) => $"“{v[0]}”的注册资本：登记为{v[1]}万元，税务为{v[2]}元，相差一万倍，应有一方弄错了单位。";

    public static string FutureDate(IReadOnlyList<string> v) => $"“{v[0]}”在“{v[1]}”中的日期是{Day(v[2])}，晚于今天。";

    public static string BranchWithoutParent(IReadOnlyList<string> v) => v[1].Length == 0
        ? $"分支机构“{v[0]}”没有登记隶属的企业。"
        : $"分支机构“{v[0]}”存续，隶属的企业（{v[1]}）不在登记库中或者已经终止。";

    public static string GoneWithTax(IReadOnlyList<string> v) => $"“{v[0]}”的登记状态为“{Label(Codes.RegistrationState, v[1])}”，纳税人状态仍为“正常”。";

    public static string NamesDiffer(IReadOnlyList<string> v) => $"登记的名称是“{v[0]}”，税务登记的名称是“{v[1]}”。";

    public static string RepresentativesDiffer(IReadOnlyList<string> v) => $"“{v[0]}”的法定代表人（负责人）：登记为{v[1]}，税务登记为{v[2]}。";

    public static string UnknownNumber(IReadOnlyList<string> v) => $"“{v[1]}”中的“{v[0]}”，号码{v[2]}在市场主体登记库和法人库中都对应不到单位。";

    public static string GoneWithPermit(IReadOnlyList<string> v) => $"“{v[0]}”的登记状态为“{Label(Codes.RegistrationState, v[1])}”，排污许可证{v[2]}仍为有效。";

    public static string GoneWithLicence(IReadOnlyList<string> v) => $"“{v[0]}”的登记状态为“{Label(Codes.RegistrationState, v[1])}”，工业产品生产许可证{v[2]}仍为有效。";

    public static string GoneInStatistics(IReadOnlyList<string> v) => $"“{v[0]}”的登记状态为“{Label(Codes.RegistrationState, v[1])}”，统计名录的运营状态仍为“{Label(Codes.OperatingState, v[2])}”。";

    private static string Day(string written) => DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Platform.Kernel.CityTime.InWords(day) : written;

    private static string Label(CodeList list, string code) => list.Find(code)?.Label ?? code;

    private static string Industry(string code) => code.Length == 0 ? "空" : NationalCodes.Find("industry")?.Find(code)?.Label ?? code;
}
