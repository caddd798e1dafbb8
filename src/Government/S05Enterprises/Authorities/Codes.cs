using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>The departments' own code lists: each counts the states of a firm in its own way.</summary>
public static class Codes
{
    public static readonly CodeList RegistrationState = new("registration-state", "登记状态（市场监管）", "", [
        new("1", "存续（在营、开业、在册）"), new("2", "吊销，未注销"), new("3", "吊销，已注销"), new("4", "注销"), new("5", "撤销登记"), new("6", "迁出"),
        new("7", "歇业"), new("8", "清算"),
    ]);

    public static readonly CodeList RegistrationType = new("registration-type", "市场主体类型", "市场主体登记管理条例", [
        new("company", "公司、非公司企业法人"), new("sole-trader", "个体工商户"), new("cooperative", "农民专业合作社（联合社）"), new("branch", "分支机构"),
    ]);

    public static readonly CodeList TaxpayerState = new("taxpayer-state", "纳税人状态", "", [
        new("03", "正常"), new("04", "停业"), new("05", "非正常"), new("06", "清算"), new("07", "注销"), new("08", "非正常户注销"),
    ]);

    public static readonly CodeList TaxCreditGrade = new("tax-credit-grade", "纳税信用级别", "", [
        new("A", "A级"), new("B", "B级"), new("M", "M级"), new("C", "C级"), new("D", "D级"),
    ]);

    public static readonly CodeList PermitState = new("business-permit-state", "许可证状态", "", [
        new("1", "有效"), new("2", "到期"), new("3", "注销"), new("4", "撤销、吊销"),
    ]);

    public static readonly CodeList PermitClass = new("permit-class", "排污许可管理类别", "排污许可管理条例", [
        new("key", "重点管理"), new("simple", "简化管理"), new("register", "登记管理"),
    ]);

    public static readonly CodeList OperatingState = new("operating-state", "运营状态", "", [
        new("1", "正常运营"), new("2", "停业（歇业）"), new("3", "筹建"), new("4", "当年关闭"), new("5", "当年破产"), new("6", "当年注销"), new("7", "当年吊销"), new("9", "其他"),
    ]);

    public static readonly CodeList SizeClass = new("size-class", "单位规模", "统计上大中小微型企业划分办法（2017）", [
        new("1", "大型"), new("2", "中型"), new("3", "小型"), new("4", "微型"),
    ]);

    public static readonly CodeList PremisesRight = new("premises-right", "房屋使用方式", "", [new("own", "自有"), new("rent", "租赁"), new("lent", "借用")]);

    public static readonly CodeList InsuranceState = new("insurance-state", "参保状态", "", [new("1", "正常缴费"), new("2", "暂停缴费"), new("3", "注销")]);

    public static readonly IReadOnlyList<CodeList> All =
        [RegistrationState, RegistrationType, TaxpayerState, TaxCreditGrade, PermitState, PermitClass, OperatingState, SizeClass, PremisesRight, InsuranceState];
}
