using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>Kinds of entity, states of their life, and the steps between them.</summary>
public static class Codes
{
    public static readonly CodeList Kind = new("entity-kind", "单位类别", "GB 32100-2015", [
        new("enterprise", "企业"), new("sole-trader", "个体工商户"), new("cooperative", "农民专业合作社"),
        new("branch", "分支机构"), new("organ", "机关"), new("institution", "事业单位"),
        new("mass-organisation", "群众团体"), new("association", "社会团体"), new("private-non-enterprise", "民办非企业单位"),
        new("foundation", "基金会"), new("law-firm", "律师事务所"), new("religious-site", "宗教活动场所"),
        new("trade-union", "工会"), new("collective", "农村集体经济组织"), new("self-governing", "村（居）民委员会"),
        new("other", "其他组织"),
    ]);

    /// <summary>吊销 is not 注销: a revoked entity still exists and must still be wound up.</summary>
    public static readonly CodeList State = new("entity-state", "登记状态", "", [
        new(EntityState.Active, "存续"), new(EntityState.Suspended, "歇业"), new(EntityState.Revoked, "吊销未注销"),
        new(EntityState.Liquidating, "清算"), new(EntityState.SimpleNotice, "简易注销公告"),
        new(EntityState.Deregistered, "注销"), new(EntityState.Annulled, "撤销登记"), new(EntityState.MovedOut, "迁出"),
    ]);

    public static readonly CodeList FilingKind = new("filing-kind", "登记事项", "", [
        new("establish", "设立"), new("change", "变更"), new("suspend", "歇业"), new("resume", "恢复营业"),
        new("list-abnormal", "列入经营异常名录"), new("delist-abnormal", "移出经营异常名录"), new("revoke", "吊销"),
        new("liquidate", "清算备案"), new("deregister", "注销"), new("simple-notice", "简易注销公告"),
        new("simple-deregister", "简易注销"), new("annul", "撤销登记"), new("restore", "恢复登记"),
        new("move-in", "迁入"), new("move-out", "迁出"), new("merge", "合并"), new("split", "分立"),
        new("increase-capital", "增资"), new("decrease-capital", "减资"), new("change-equity", "股权变更"),
        new("change-representative", "法定代表人变更"),
    ]);

    public static readonly CodeList NumberKind = new("entity-number-kind", "号码种类", "", [
        new("registration", "注册号"), new("tax", "税务登记号"), new("insurance", "社会保险登记号"), new("institution", "事业单位证书号"),
        new("former-credit-code", "原统一社会信用代码"),
    ]);

    public static readonly CodeList LicenceState = new("licence-state", "许可状态", "", [
        new("valid", "有效"), new("expired", "到期"), new("revoked", "撤销"), new("withdrawn", "注销"),
    ]);

    public static readonly CodeList List = new("entity-list", "名单", "企业信息公示暂行条例", [
        new("abnormal", "经营异常名录"), new("serious", "严重违法失信名单"),
    ]);

    public static readonly IReadOnlyList<CodeList> All = [Kind, State, FilingKind, NumberKind, LicenceState, List];
}

/// <summary>Values of the code list entity-state.</summary>
public static class EntityState
{
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Revoked = "revoked";
    public const string Liquidating = "liquidating";
    public const string SimpleNotice = "simple-notice";
    public const string Deregistered = "deregistered";
    public const string Annulled = "annulled";
    public const string MovedOut = "moved-out";
}
