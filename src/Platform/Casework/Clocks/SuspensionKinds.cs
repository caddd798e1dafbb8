using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

/// <summary>A reason for which the law lets a limit stand still, and since when it does.</summary>
/// <param name="Code">Permanent: <c>hearing</c>.</param>
/// <param name="Label">The word of the law: 听证.</param>
/// <param name="Until">The last day on which it was law; null: in force.</param>
public sealed record SuspensionKind(string Code, string Label, Basis Basis, DateOnly From, DateOnly? Until = null)
{
    public bool On(DateOnly day) => day >= From && !(Until < day);
}

/// <summary>
/// The closed lists of suspensions. What does not stand here counts: public notice and site survey run on
/// (行政许可法 art. 45 does not name them). A new law adds a line with its date, and never changes an old one.
/// </summary>
public static class SuspensionKinds
{
    private static readonly DateOnly LicensingLaw = new(2004, 7, 1);
    private static readonly DateOnly DisclosureRules = new(2019, 5, 15);

    public static readonly IReadOnlyList<SuspensionKind> All =
    [
        Licensing("hearing", "听证"),
        Licensing("tender", "招标"),
        Licensing("auction", "拍卖"),
        Licensing("inspection", "检验"),
        Licensing("test", "检测"),
        Licensing("quarantine", "检疫"),
        Licensing("appraisal", "鉴定"),
        Licensing("expert-review", "专家评审"),
        new("third-party", "征求第三方意见", new("政府信息公开条例", "第三十三条"), DisclosureRules),
        new("co-maker", "征求其他机关意见", new("政府信息公开条例", "第三十三条"), DisclosureRules),
    ];

    /// <summary>The eight of 行政许可法 art. 45, for the rules of licensing clocks.</summary>
    public static readonly IReadOnlyList<string> OfLicensing =
        ["hearing", "tender", "auction", "inspection", "test", "quarantine", "appraisal", "expert-review"];

    /// <summary>Those of 政府信息公开条例 art. 33, for requests for disclosure.</summary>
    public static readonly IReadOnlyList<string> OfDisclosure = ["third-party", "co-maker"];

    public static SuspensionKind? Find(string code) => All.FirstOrDefault(kind => kind.Code == code);

    private static SuspensionKind Licensing(string code, string label) =>
        new(code, label, new("行政许可法", "第四十五条"), LicensingLaw);
}
