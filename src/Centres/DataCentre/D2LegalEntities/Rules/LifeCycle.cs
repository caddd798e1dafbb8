using Shali.Platform.Kernel;
using static Shali.Centres.DataCentre.D2LegalEntities.EntityState;

namespace Shali.Centres.DataCentre.D2LegalEntities.Rules;

/// <summary>
/// Which step may follow in which state of an entity, and what it leads to. The table is the whole rule: a step that
/// is not in the row of a state is refused with the article that stands in its way.
/// <para>市场主体登记管理条例 (2021) and its 实施细则 (2022); 企业信息公示暂行条例; 公司法 (2023).</para>
/// </summary>
public static class LifeCycle
{
    private const string Regulation = "市场主体登记管理条例";
    private const string Rules = "市场主体登记管理条例实施细则";

    /// <summary>The steps in the order of a life; codes of the list filing-kind.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        "establish", "move-in", "change", "change-representative", "change-equity", "increase-capital", "decrease-capital",
        "list-abnormal", "delist-abnormal", "suspend", "resume", "merge", "split", "move-out", "revoke", "liquidate",
        "simple-notice", "simple-deregister", "deregister", "annul", "restore",
    ];

    /// <summary>State, step, next state. <c>""</c> is an entity that does not exist yet.</summary>
    private static readonly Dictionary<(string State, string Step), string> Table = Build(
        ("", Active, "establish move-in"),
        (Active, Active, "change change-representative change-equity increase-capital decrease-capital list-abnormal delist-abnormal merge split"),
        (Active, Suspended, "suspend"),
        (Active, MovedOut, "move-out"),
        (Active, Revoked, "revoke"),
        (Active, Liquidating, "liquidate"),
        (Active, SimpleNotice, "simple-notice"),
        (Active, Annulled, "annul"),
        // 条例 art. 30: while business rests, what is registered may still change; doing business again ends the rest.
        (Suspended, Suspended, "change change-representative list-abnormal delist-abnormal"),
        (Suspended, Active, "resume"),
        (Suspended, Revoked, "revoke"),
        (Suspended, Liquidating, "liquidate"),
        (Suspended, SimpleNotice, "simple-notice"),
        (Suspended, Annulled, "annul"),
        // 吊销 takes the licence, not the person: only winding up, or the end of the decision itself, may follow.
        (Revoked, Revoked, "list-abnormal delist-abnormal"),
        (Revoked, Liquidating, "liquidate"),
        (Revoked, Deregistered, "deregister"),
        (Revoked, Active, "restore"),
        (Revoked, Annulled, "annul"),
        (Liquidating, Liquidating, "change-representative list-abnormal delist-abnormal"),
        (Liquidating, Deregistered, "deregister"),
        (Liquidating, Revoked, "revoke"),
        (Liquidating, Annulled, "annul"),
        // An objection in the twenty days of the notice ends it: back to business, or on to an ordinary winding up.
        (SimpleNotice, Deregistered, "simple-deregister"),
        (SimpleNotice, Active, "resume"),
        (SimpleNotice, Liquidating, "liquidate"),
        (SimpleNotice, Annulled, "annul"),
        (Deregistered, Annulled, "annul"),
        (Deregistered, Active, "restore"),
        (Annulled, Active, "restore"),
        (MovedOut, Active, "move-in"));

    /// <summary>The state that the step leads to, or why it may not be taken.</summary>
    public static Outcome<string> Next(string state, string step) => Table.TryGetValue((state, step), out var next)
        ? next
        : new Refusal("D2-R01", "kind", Text.NotFrom(state, step), Obstacle(state, step));

    /// <summary>The steps that may be taken in a state.</summary>
    public static IReadOnlyList<string> From(string state) => [.. Steps.Where(step => Table.ContainsKey((state, step)))];

    private static Basis Obstacle(string state, string step) => (state, step) switch
    {
        (Revoked, "simple-notice" or "simple-deregister") => new(Rules, "第四十八条"),
        (_, "simple-deregister" or "simple-notice") => new(Regulation, "第三十三条"),
        (Revoked, _) => new(Regulation, "第三十一条"),
        (Liquidating, _) => new("公司法", "第二百三十六条"),
        (Deregistered, _) => new(Regulation, "第三十一条"),
        (Annulled, _) => new(Regulation, "第四十条"),
        (_, "resume" or "suspend") => new(Regulation, "第三十条"),
        (_, "restore") => new(Regulation, "第四十二条"),
        (_, "establish") => new(Regulation, "第二十一条"),
        (_, "deregister") => new(Regulation, "第三十二条"),
        (_, "move-in" or "move-out") => new(Regulation, "第二十七条"),
        _ => new(Regulation, "第二十四条"),
    };

    private static Dictionary<(string, string), string> Build(params (string From, string To, string Steps)[] rows) =>
        rows.SelectMany(row => row.Steps.Split(' ').Select(step => (Key: (row.From, step), row.To)))
            .ToDictionary(row => row.Key, row => row.To);
}
