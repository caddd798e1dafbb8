using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D2LegalEntities.Rules;

/// <summary>What a rule about a filing looks at. Loaded once; the rules themselves read nothing.</summary>
/// <param name="Entity">Null when it does not exist yet.</param>
/// <param name="File">All earlier filings, oldest first.</param>
/// <param name="Living">Branches of it that still exist.</param>
/// <param name="RepresentativeDied">The day on which the proposed or present representative died, if he did.</param>
public sealed record FilingFacts(
    Entity? Entity, IReadOnlyList<Filing> File, int Living, DateOnly? RepresentativeDied, FilingRequest Request, DateOnly Today);

/// <summary>What the registrar wants to enter.</summary>
public sealed record FilingRequest(string Kind, DateOnly On, string? Document, string? Details)
{
    /// <summary>The entity as it shall be afterwards; for steps that change what is registered.</summary>
    public IReadOnlyDictionary<string, object?> Changes { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);
}

/// <summary>Whether a filing may be entered; everything that stands against it at once.</summary>
public static class FilingRules
{
    private const string Regulation = "市场主体登记管理条例";
    private const string CompanyLaw = "公司法";

    /// <summary>The rules, in the order in which a registrar reads them.</summary>
    public static readonly IReadOnlyList<(string Code, string Sentence, Basis? Basis, Func<FilingFacts, Refusal?> Judge)> All =
    [
        ("D2-R01", "登记事项须符合主体当前状态", new(Regulation, "第三条"), StateAllows),
        ("D2-R02", "登记日期不得晚于今天、早于成立日期或上一次登记", new(Regulation, "第二十一条"), DaysInOrder),
        ("D2-R03", "歇业累计不得超过三年", new(Regulation, "第三十条"), RestIsShort),
        ("D2-R04", "简易注销公告满二十日后方可注销", new(Regulation, "第三十三条"), NoticeHasRun),
        ("D2-R05", "尚有存续的分支机构不得注销", new(Regulation, "第三十二条第二款"), NoBranchesLeft),
        ("D2-R06", "减资、合并、分立须公告满四十五日", new(CompanyLaw, "第二百二十条、第二百二十二条、第二百二十四条"), CreditorsWereTold),
        ("D2-R07", "法定代表人须在世", new(Regulation, "第十二条"), RepresentativeLives),
        ("D2-R08", "登记事项须有文书号", null, HasDocument),
        ("D2-R09", "在经营异常名录的不适用简易注销", new(Regulation, "第三十三条第四款"), NotAbnormal),
        (EntityCodes.Rule, "统一社会信用代码第9至17位须与组织机构代码一致", EntityCodes.Basis, CodesAgree),
        ("D2-R16", Text.RegisteredElsewhere, new(Regulation, "第二条"), RegisteredHere),
        ("D2-R11", "增资后注册资本须增加，减资后须减少", new(Regulation, "第八条"), CapitalMoves),
    ];

    public static Refusals Judge(FilingFacts facts) => Refusals.Of([.. All.Select(rule => rule.Judge(facts))]);

    private static Refusal? StateAllows(FilingFacts facts) => Next(facts) is { Ok: false } refused ? refused.Refusals[0] : null;

    /// <summary>
    /// The state after the filing. A sole trader needs no notice before simple deregistration: the tax office is asked
    /// instead (条例 art. 33 para. 3).
    /// </summary>
    public static Outcome<string> Next(FilingFacts facts) =>
        facts is { Entity: { Kind: "sole-trader", State: EntityState.Active }, Request.Kind: "simple-deregister" }
            ? EntityState.Deregistered
            : LifeCycle.Next(facts.Entity?.State ?? "", facts.Request.Kind);

    /// <summary>The kinds that the market regulation office registers (条例 art. 2).</summary>
    public static bool InTrade(string? kind) => kind is "enterprise" or "sole-trader" or "cooperative" or "branch";

    private static Refusal? RegisteredHere(FilingFacts facts) =>
        (facts.Entity?.Kind ?? facts.Request.Changes.GetValueOrDefault("kind") as string) is { } kind && !InTrade(kind)
            ? new("D2-R16", "kind", Text.RegisteredElsewhere, new(Regulation, "第二条"))
            : null;

    private static Refusal? DaysInOrder(FilingFacts facts)
    {
        var earliest = facts.File.Count > 0 ? facts.File[^1].On : facts.Entity?.EstablishedOn ?? DateOnly.MinValue;
        return facts.Request.On > facts.Today ? new("D2-R02", "on", Text.InFuture)
            : facts.Request.On < earliest ? new("D2-R02", "on", Text.BeforeLast(earliest), new(Regulation, "第二十一条"))
            : null;
    }

    /// <summary>条例 art. 30: three years in all; after that the entity is back in business by law.</summary>
    private static Refusal? RestIsShort(FilingFacts facts) =>
        facts.Request.Kind == "suspend" && RestedDays(facts.File) >= 3 * 365
            ? new("D2-R03", "kind", Text.RestUsedUp, new(Regulation, "第三十条"))
            : null;

    private static Refusal? NoticeHasRun(FilingFacts facts) =>
        facts.Request.Kind == "simple-deregister"
        && facts.File.LastOrDefault(filing => filing.Kind == "simple-notice") is { } notice
        && facts.Request.On < notice.On.AddDays(20)
            ? new("D2-R04", "on", Text.NoticeRuns(notice.On.AddDays(20)), new(Regulation, "第三十三条"))
            : null;

    private static Refusal? NoBranchesLeft(FilingFacts facts) =>
        facts.Request.Kind is "deregister" or "simple-deregister" && facts.Living > 0
            ? new("D2-R05", "kind", Text.BranchesLive(facts.Living), new(Regulation, "第三十二条第二款"))
            : null;

    private static Refusal? CreditorsWereTold(FilingFacts facts) =>
        facts.Request.Kind is "decrease-capital" or "merge" or "split" && string.IsNullOrWhiteSpace(facts.Request.Details)
            ? new("D2-R06", "details", Text.CreditorNotice, new(CompanyLaw, facts.Request.Kind switch
            {
                "merge" => "第二百二十条",
                "split" => "第二百二十二条",
                _ => "第二百二十四条",
            }))
            : null;

    private static Refusal? RepresentativeLives(FilingFacts facts) =>
        facts.Request.Kind is "establish" or "change-representative" && facts.RepresentativeDied is { } day
            ? new("D2-R07", "representative_person", Text.RepresentativeDead(day), new(Regulation, "第十二条"))
            : null;

    private static Refusal? HasDocument(FilingFacts facts) =>
        string.IsNullOrWhiteSpace(facts.Request.Document) ? new("D2-R08", "document", Text.NoDocument) : null;

    private static Refusal? NotAbnormal(FilingFacts facts) =>
        facts.Request.Kind is "simple-notice" or "simple-deregister" && facts.Entity?.Abnormal == true
            ? new("D2-R09", "kind", Text.AbnormalNoSimple, new(Regulation, "第三十三条第四款"))
            : null;

    private static Refusal? CodesAgree(FilingFacts facts) => EntityCodes.Agree(
        facts.Entity?.OrganisationCode ?? facts.Request.Changes.GetValueOrDefault("organisation_code") as string,
        facts.Request.Changes.TryGetValue("credit_code", out var changed) ? changed as string : facts.Entity?.CreditCode);

    private static Refusal? CapitalMoves(FilingFacts facts)
    {
        var (before, after) = (facts.Entity?.Capital ?? 0, facts.Request.Changes.GetValueOrDefault("capital") as decimal?);
        return facts.Request.Kind switch
        {
            "increase-capital" when after is null || after <= before => new("D2-R11", "capital", Text.CapitalNotMore(before), new(Regulation, "第八条")),
            "decrease-capital" when after is null || after >= before => new("D2-R11", "capital", Text.CapitalNotLess(before), new(Regulation, "第八条")),
            _ => null,
        };
    }

    /// <summary>Days of rest in all, by the filings.</summary>
    internal static int RestedDays(IReadOnlyList<Filing> file)
    {
        var days = 0;
        DateOnly? since = null;
        foreach (var filing in file)
        {
            if (filing.Kind == "suspend")
            {
                since = filing.On;
            }
            else if (since is { } start && filing.Before == EntityState.Suspended && filing.After != EntityState.Suspended)
            {
                days += filing.On.DayNumber - start.DayNumber;
                since = null;
            }
        }

        return days;
    }
}
