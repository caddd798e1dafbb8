using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>
/// The limits of a package: one notice, one time for corrections, and one limit for everything together that ends with
/// the last decision. Each child has its own inside of it.
/// </summary>
public static class PackageClocks
{
    private const int NoticeDays = 5;

    /// <summary>Codes of the total limits, legal and promised.</summary>
    public static IReadOnlyList<string> Total(ServicePackage package) =>
        package.Legal is null ? [ItemClocks.Promise] : [ItemClocks.Legal, ItemClocks.Promise];

    public static IReadOnlyList<ClockRule> Of(ServicePackage package, IReadOnlyList<string> specials) => [.. All(package, specials)];

    private static IEnumerable<ClockRule> All(ServicePackage package, IReadOnlyList<string> specials)
    {
        var licences = package.Legal is not null;
        var guide = new Basis(Text.GuideOf(package.Name), Text.GuideArticle);
        yield return new(ItemClocks.Notice, "补正告知时限", ClockUnit.WorkingDays, NoticeDays, licences ? ClockKind.Legal : ClockKind.Promised, licences ? PackageLaw.Once : guide)
        {
            Runs = [PackageStages.Received],
            Silence = new(ItemSteps.DeemAccepted, "逾期不告知的，自收到申请材料之日起即为受理", licences ? PackageLaw.Once : guide),
        };
        yield return new(ItemClocks.Correction, "补正期限", ClockUnit.CalendarDays, package.CorrectionDays, ClockKind.Step, guide)
        {
            Runs = [PackageStages.Correcting],
            Silence = new(ItemSteps.EndUncorrected, "逾期未补正的，本件结束，可以重新申请", guide),
        };
        var extension = package.Extension is { } given ? new ExtensionRule(given.Length, Roles.Head, given.Approver, given.Basis) : null;
        if (package.Legal is { } legal)
        {
            yield return new(ItemClocks.Legal, "法定总时限", legal.Unit, legal.Length, ClockKind.Legal, legal.Basis ?? PackageLaw.Total)
            {
                Runs = [PackageStages.Running],
                Suspensions = specials,
                Extension = extension,
            };
        }

        yield return new(ItemClocks.Promise, "承诺总时限", package.Promised.Unit, package.Promised.Length, ClockKind.Promised, package.Promised.Basis ?? guide)
        {
            Runs = [PackageStages.Running],
            Suspensions = specials,
            Extension = licences ? extension : null,
            Promises = licences ? ItemClocks.Legal : null,
        };
    }
}
