using System.Text.RegularExpressions;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Items;

/// <summary>What an item is judged against beside itself.</summary>
/// <param name="Offices">Codes of the offices that there are.</param>
/// <param name="Fees">Codes of the fee items that are published and in force today.</param>
public sealed record ItemSurroundings(IReadOnlySet<string> Offices, IReadOnlySet<string> Fees);

/// <summary>Everything that is wrong with an item, at once. What passes can be published and worked with.</summary>
public static partial class ItemRules
{
    private const int LicenceDays = 20;
    private const int JointDays = 45;
    private const int ExtensionDays = 10;
    private const int JointExtensionDays = 15;

    /// <summary>The rules as the index shows them.</summary>
    public static readonly IReadOnlyList<RuleEntry> Index =
    [
        new("S11-R01", "事项要有名称，不超过 100 个字", ItemLaw.Guide),
        new("S11-R02", "事项编码由小写字母、数字和连字符组成", null),
        new("S11-R03", "事项要有现有的实施主体", ItemLaw.Guide),
        new("S11-R04", "没有法律、法规、规章依据，不得设定政务服务事项", ItemLaw.Guide),
        new("S11-R05", "事项要有法定办结时限及其单位和依据", ItemLaw.Displayed),
        new("S11-R06", "承诺办结时限不得长于法定办结时限", ItemLaw.Limit),
        new("S11-R07", "许可时限长于行政许可法规定的，要另有法律、法规规定", ItemLaw.Limit),
        new("S11-R08", "不得设“其他材料”一类的兜底材料", ItemLaw.Displayed),
        new("S11-R09", "同一材料不得要求两次", ItemLaw.Guide),
        new("S11-R10", "政府已有的证照和信息不得要求申请人提供", ItemLaw.Shared),
        new("S11-R11", "材料要有名称、编码和份数", ItemLaw.Displayed),
        new("S11-R12", "收费项目要已经公布并且有效", ItemLaw.Fees),
        new("S11-R13", "要写明受理条件，不得用“其他条件”兜底", ItemLaw.Displayed),
        new("S11-R14", "适用条件要指向前面问过的问题和它的答案", null),
        new("S11-R15", "问题要有名称、题目，选项不得只有一个", null),
        new("S11-R16", "事项要有办理结果", ItemLaw.Guide),
        new("S11-R17", "特别程序只能是行政许可法第四十五条所列的八种", ItemLaw.Suspension),
        new("S11-R18", "期限只能依法延长一次，不超过法定的天数", ItemLaw.Limit),
        new("S11-R19", "告知承诺件要有承诺内容和事后核查期限", new("优化营商环境条例", "第十九条")),
        new("S11-R20", "事项要有服务对象", ItemLaw.Guide),
        new("S11-R21", "要写明办理形式、地点、时间和电话", ItemLaw.Online),
        new("S11-R22", "事项要归入服务主题", ItemLaw.Guide),
        new("S11-R23", "要现场核查的，应当由两名以上工作人员核实", ItemLaw.TwoOfficers),
        new("S11-R24", "各环节时限之和不得长于承诺办结时限", ItemLaw.InTime),
        new("S11-R25", "材料不能既由政府数据取得又承诺后补", ItemLaw.Shared),
        new("S11-R38", "公示要写明期限和依据，即办件和告知承诺件不公示", ItemLaw.Guide),
        .. ItemDeskRules.Index,
    ];

    public static Refusals Judge(ServiceItem item, ItemSurroundings around)
    {
        var refusals = new Refusals([.. Basics(item, around), .. Limits(item), .. Questions(item), .. Materials(item), .. Guide(item, around)]);
        if (refusals.Any)
        {
            return refusals;
        }

        // What passes makes a case type that can be worked with; else it is a bug here, told as what it is.
        var type = ItemCaseType.Of(item);
        return CaseTypeCheck.Of(type);
    }

    private static Refusal No(string code, string field, string sentence) => new(code, field, sentence, Index.First(rule => rule.Code == code).Basis);

    private static IEnumerable<Refusal> Basics(ServiceItem item, ItemSurroundings around)
    {
        if (string.IsNullOrWhiteSpace(item.Name) || item.Name.Length > 100)
        {
            yield return No("S11-R01", "name", Text.NoName);
        }

        if (!CodePattern().IsMatch(item.Code))
        {
            yield return No("S11-R02", "code", Text.BadCode);
        }

        foreach (var office in item.JointOffices.Prepend(item.Office).Where(office => !around.Offices.Contains(office)))
        {
            yield return No("S11-R03", office == item.Office ? "office" : "joint_offices", Text.NoOffice(office));
        }

        if (item.Bases.Count == 0)
        {
            yield return No("S11-R04", "bases", Text.NoBasis);
        }

        foreach (var basis in item.Bases.Where(basis => string.IsNullOrWhiteSpace(basis.Act) || string.IsNullOrWhiteSpace(basis.Article)))
        {
            yield return No("S11-R04", "bases", Text.HalfBasis(basis));
        }

        if (item.Applicants == Applicants.None)
        {
            yield return No("S11-R20", "applicants", Text.NoApplicants);
        }

        if (item.Conditions.All(string.IsNullOrWhiteSpace))
        {
            yield return No("S11-R13", "conditions", Text.NoConditions);
        }

        foreach (var condition in item.Conditions.Where(IsCatchAll))
        {
            yield return No("S11-R13", "conditions", Text.CatchAllCondition(condition));
        }
    }

    private static IEnumerable<Refusal> Limits(ServiceItem item)
    {
        if (item.Legal is not { } legal || legal.Length is < 1 or > ClockRule.LengthMax)
        {
            yield return No("S11-R05", "legal", Text.NoLegalLimit);
            yield break;
        }

        if (legal.Basis is null)
        {
            yield return No("S11-R05", "legal_basis", Text.NoLegalBasis);
        }

        if (item.Promised is { } promised && (promised.Length < 1 || Days(promised) > Days(legal)))
        {
            yield return No("S11-R06", "promised", Text.PromiseTooLong(promised, legal));
        }

        var most = item.Flow == FlowKind.Joint ? JointDays : LicenceDays;
        if (item.IsLicence && Days(legal) > most * 7m / 5 && legal.Basis?.Act == ItemLaw.Limit.Act)
        {
            yield return No("S11-R07", "legal", Text.LicenceTooLong(most));
        }

        var stages = item.StageLimits.Where(limit => ItemStages.Deciding(item).Contains(limit.Stage)).ToList();
        if (stages.Count != item.StageLimits.Count || stages.Any(limit => limit.Days < 1))
        {
            yield return No("S11-R24", "stage_limits", Text.BadStageLimit);
        }
        else if (item.Limit is { Unit: ClockUnit.WorkingDays } limit && stages.Sum(stage => stage.Days) > limit.Length)
        {
            yield return No("S11-R24", "stage_limits", Text.StagesTooLong(stages.Sum(stage => stage.Days), limit));
        }

        foreach (var kind in item.Specials.Where(kind => !item.IsLicence || ItemStages.IsShort(item) || !SuspensionKinds.OfLicensing.Contains(kind)))
        {
            yield return No("S11-R17", "specials", Text.BadSpecial(SuspensionKinds.Find(kind)?.Label ?? kind));
        }

        if (item.Extension is { } extension)
        {
            var longest = item.Flow == FlowKind.Joint ? JointExtensionDays : ExtensionDays;
            if (extension.Length < 1 || ItemStages.IsShort(item) || (extension.Basis.Act == ItemLaw.Limit.Act && extension.Length > longest)
                || string.IsNullOrWhiteSpace(extension.Approver))
            {
                yield return No("S11-R18", "extension", Text.BadExtension(longest));
            }
        }

        if (item.Flow == FlowKind.Commitment
            && (item.Commitment is not { } commitment || string.IsNullOrWhiteSpace(commitment.Words) || commitment.CheckDays is < 1 or > 366))
        {
            yield return No("S11-R19", "commitment", Text.NoCommitment);
        }

        if (item.PublicNotice is { } notice && (ItemStages.IsShort(item) || notice.Length is < 1 or > PublicNotices.DaysMost
            || string.IsNullOrWhiteSpace(notice.Basis.Act) || string.IsNullOrWhiteSpace(notice.Basis.Article) || Days(new(notice.Length, notice.Unit)) >= Days(item.Promised ?? legal)))
        {
            yield return No("S11-R38", "notice_days", Text.BadPublicNotice(PublicNotices.DaysMost));
        }

        if (item.SiteVisit && !item.ChecksSubstance && !ItemStages.IsShort(item))
        {
            yield return No("S11-R23", "checks_substance", Text.VisitNeedsTwo);
        }
    }

    private static IEnumerable<Refusal> Questions(ServiceItem item)
    {
        if (item.FirstReview is { } first && (item.Questions.All(question => question.Name != first.Question) || first.Days < 1))
        {
            yield return No("S11-R37", "first_review", Text.NoFirstOffice);
        }

        var seen = new Dictionary<string, ItemQuestion>(StringComparer.Ordinal);
        foreach (var question in item.Questions)
        {
            var field = Field("questions", question.Name);
            if (!NamePattern().IsMatch(question.Name) || string.IsNullOrWhiteSpace(question.Label) || question.Choices.Count == 1
                || question.Choices.Any(choice => choice.Value.Length == 0 || choice.Label.Length == 0)
                || question.Choices.Select(choice => choice.Value).Distinct(StringComparer.Ordinal).Count() < question.Choices.Count)
            {
                yield return No("S11-R15", field, Text.BadQuestion(question.Label.Length > 0 ? question.Label : question.Name));
            }

            if (question.Known is not null && KnownSources.Find(question.Known) is null)
            {
                yield return No("S11-R10", field, Text.UnknownSource(question.Label, question.Known));
            }

            foreach (var refusal in Condition(question.When, seen, field, question.Label))
            {
                yield return refusal;
            }

            if (!seen.TryAdd(question.Name, question))
            {
                yield return No("S11-R15", field, Text.QuestionTwice(question.Name));
            }
        }
    }

    private static IEnumerable<Refusal> Materials(ServiceItem item)
    {
        var questions = Asked(item);
        foreach (var material in item.Materials)
        {
            var field = Field("materials", material.Code);
            if (!MaterialPattern().IsMatch(material.Code) || string.IsNullOrWhiteSpace(material.Name) || material.Name.Length > 100
                || material.Originals < 0 || material.Copies < 0 || material.Originals + material.Copies is < 1 or > 20)
            {
                yield return No("S11-R11", field, Text.BadMaterial(material.Name.Length > 0 ? material.Name : material.Code));
            }

            if (IsCatchAll(material.Name))
            {
                yield return No("S11-R08", field, Text.CatchAllMaterial(material.Name));
            }

            if (material.Known is null && KnownSources.Papers.FirstOrDefault(paper => IsPaper(material.Name, paper.Word)) is { Source: { } source })
            {
                yield return No("S11-R10", field, Text.PaperIsKnown(material.Name, KnownSources.Find(source)!.Label));
            }

            if (material.Known is not null && KnownSources.Find(material.Known) is null)
            {
                yield return No("S11-R10", field, Text.UnknownSource(material.Name, material.Known));
            }

            if (material is { Known: not null, Secondary: true })
            {
                yield return No("S11-R25", field, Text.KnownAndSecondary(material.Name));
            }

            foreach (var refusal in Condition(material.When, questions, field, material.Name))
            {
                yield return refusal;
            }
        }

        foreach (var twice in item.Materials.GroupBy(material => Plain(material.Name), StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Concat(item.Materials.GroupBy(material => material.Code, StringComparer.Ordinal).Where(group => group.Select(one => Plain(one.Name)).Distinct().Count() > 1)))
        {
            yield return No("S11-R09", Field("materials", twice.Last().Code), Text.MaterialTwice(twice.First().Name));
        }
    }

    private static IEnumerable<Refusal> Guide(ServiceItem item, ItemSurroundings around)
    {
        if (item.Result is not { } result || string.IsNullOrWhiteSpace(result.Name) || result.ValidYears < 1)
        {
            yield return No("S11-R16", "result", Text.NoResult);
        }

        foreach (var fee in item.Fees.Where(fee => !around.Fees.Contains(fee.Code)))
        {
            yield return No("S11-R12", "fees", Text.NoFee(fee.Code));
        }

        var questions = Asked(item);
        foreach (var refusal in item.Fees.SelectMany(fee => Condition(fee.When, questions, "fee_conditions", fee.Code)))
        {
            yield return refusal;
        }

        foreach (var fee in item.Fees.Where(fee => fee.Quantity is { } name
            && !item.Questions.Any(question => question.Name == name && question.Type.Name is "integer" or "decimal")))
        {
            yield return No("S11-R12", "fee_quantities", Text.NoQuantity(fee.Code));
        }

        if (item.Ways.Count == 0)
        {
            yield return No("S11-R21", "ways", Text.NoWay);
        }

        if (item.Places.Count == 0 || item.Places.Any(place => new[] { place.Name, place.Address, place.Hours, place.Phone }.Any(string.IsNullOrWhiteSpace)))
        {
            yield return No("S11-R21", "places", Text.NoPlace);
        }

        if (item.Themes.Count == 0 || item.Themes.Any(theme => ItemCodes.Themes.Find(theme) is null))
        {
            yield return No("S11-R22", "themes", Text.NoTheme);
        }
    }

    private static Dictionary<string, ItemQuestion> Asked(ServiceItem item) =>
        item.Questions.DistinctBy(question => question.Name).ToDictionary(question => question.Name, StringComparer.Ordinal);

    private static IEnumerable<Refusal> Condition(Condition? condition, Dictionary<string, ItemQuestion> before, string field, string label)
    {
        foreach (var each in condition is null ? [] : condition.And.Prepend(condition))
        {
            if (!before.TryGetValue(each.Question, out var question))
            {
                yield return No("S11-R14", field, Text.BadCondition(label, each.Question));
            }
            else if (question.Choices.Count > 0 && each.Values.Any(value => question.Choices.All(choice => choice.Value != value)))
            {
                yield return No("S11-R14", field, Text.BadConditionValue(label, question.Label));
            }
        }
    }

    /// <summary>The name of the input of a part, as the editor and the refusals call it.</summary>
    internal static string Field(string part, string code) => $"{part}.{code}";

    /// <summary>Whether it has the form of a code.</summary>
    internal static bool IsCode(string code) => CodePattern().IsMatch(code);

    private static bool IsCatchAll(string name) => CatchAllPattern().IsMatch(name);

    /// <summary>The paper itself, not another one that names it: 亡者户口簿注销页 is another.</summary>
    private static bool IsPaper(string name, string word) =>
        name.Contains(word, StringComparison.Ordinal) && PaperPattern().Replace(name.Replace(word, "", StringComparison.Ordinal), "").Length == 0;

    private static string Plain(string name) => SpacePattern().Replace(name, "").Replace("（", "(", StringComparison.Ordinal).Replace("）", ")", StringComparison.Ordinal);

    // Five working days are at least seven days of the calendar.
    private static decimal Days(TimeLimit limit) => limit.Unit switch
    {
        ClockUnit.WorkingDays => limit.Length * 7m / 5,
        ClockUnit.CalendarDays => limit.Length,
        _ => limit.Length / 24m,
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,50}$")]
    private static partial Regex CodePattern();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex MaterialPattern();

    [GeneratedRegex("^(法律、?法规(、规章)?规定的)?(其他|其它|其余)(有关|相关|必要|应当提交的|需要提供的|需提供的|所需)?(的)?(申请)?(材料|资料|文件|证明|证明材料|条件|要求)|(要求|需要|规定)的其[他它](材料|资料|文件|证明材料|条件)|等(相关|有关|其他)(材料|资料|文件|证明)$|按.{0,12}要求.{0,6}其[他它]")]
    private static partial Regex CatchAllPattern();

    [GeneratedRegex("申请人|本人|经办人|法定代表人|负责人|代理人|委托代理人|单位|居民|有效|公民|夫妻|双方|父母|原件|复印件|副本|正本|及|和|、|或|或者|的|者|[()（）/]|证件")]
    private static partial Regex PaperPattern();

    [GeneratedRegex(@"\s")]
    private static partial Regex SpacePattern();
}
