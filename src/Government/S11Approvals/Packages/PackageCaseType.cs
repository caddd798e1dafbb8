using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>
/// The case type of a package: pure, the same package and items give the same type. Its children are the case types of the
/// items; their versions are put in where it is published.
/// </summary>
public static class PackageCaseType
{
    public static CaseType Of(ServicePackage package, IReadOnlyList<ServiceItem> items)
    {
        var union = PackageUnion.Of(package, items);
        string[] specials = [.. items.Where(item => package.Items.Any(part => part.Item == item.Code)).SelectMany(item => item.Specials).Distinct(StringComparer.Ordinal)];
        return new()
        {
            Code = package.CaseType,
            Name = package.Name,
            Clause = "S11",
            Owner = package.Office,
            Applicants = package.Applicants,
            Wards = package.Wards,
            WindowPermission = ApprovalSystem.Window,
            Withdrawal = PackageStages.Withdrawn,
            Stages = PackageStages.All,
            Steps = PackageSteps.Of(package, specials),
            Clocks = PackageClocks.Of(package, specials),
            Form = new([.. union.Questions.Select(asked => asked.Question())]),
            Materials = [.. union.Materials.Select(needed => needed.Rule())],
            Results =
            [
                new(PackageResults.Granted, Text.AllDone, true),
                new(PackageResults.Partly, Text.PartlyDone, false),
                new(PackageResults.Refused, Text.NothingDone, false),
                new(ItemResults.NotAccepted, Text.NotAccepted, false),
                new(ItemResults.Uncorrected, Text.Uncorrected, false),
            ],
            Children = union.Children,
            Notices = PackageNotices.All,
            OnOpening = [PackageNotices.Received],
        };
    }
}

/// <summary>Codes of the results of packages.</summary>
public static class PackageResults
{
    public const string Granted = "granted";
    public const string Partly = "partly";
    public const string Refused = "refused";
}

/// <summary>The articles on which packages stand.</summary>
internal static class PackageLaw
{
    public static readonly Basis Together = new("行政许可法", "第二十六条第二款");
    public static readonly Basis Total = new("行政许可法", "第四十二条第二款");
    public static readonly Basis Once = new("行政许可法", "第三十二条第一款第四项");
    public static readonly Basis NotTwice = new("优化营商环境条例", "第三十六条");
    public static readonly Basis Project = new("优化营商环境条例", "第四十二条");
}
