using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// The limits of an item's cases. Licences stand under 行政许可法; for other items the office promises the same notice
/// in its guide, and the guide is named as what binds.
/// </summary>
public static class ItemClocks
{
    public const string Notice = "notice";
    public const string Correction = "correction";
    public const string Legal = "decide";
    public const string Promise = "decide-promised";
    public const string Delivery = "deliver";
    public const string Check = "check";
    public const string FirstReview = "first-review";
    public const string HearingRight = "hearing-right";
    public const string Renewal = "renewal";
    public const string HearingHold = "hearing-hold";

    private const int HearingRightDays = 5;
    private const int HearingHoldDays = 20;

    private const int NoticeDays = 5;
    private const int DeliveryDays = 10;

    /// <summary>The clock of one stage.</summary>
    public static string OfStage(string stage) => "stage-" + stage;

    public static IReadOnlyList<ClockRule> Of(ServiceItem item) => [.. All(item)];

    /// <summary>The clocks that stand still during a special procedure.</summary>
    internal static IReadOnlyList<string> Suspended(ServiceItem item) =>
        [.. Of(item).Where(rule => rule.Suspensions.Count > 0).Select(rule => rule.Code)];

    /// <summary>The clocks that an extension moves.</summary>
    internal static IReadOnlyList<string> Extended(ServiceItem item) =>
        [.. Of(item).Where(rule => rule.Extension is not null).Select(rule => rule.Code)];

    private static IEnumerable<ClockRule> All(ServiceItem item)
    {
        yield return new(Notice, "补正告知时限", ClockUnit.WorkingDays, NoticeDays, item.IsLicence ? ClockKind.Legal : ClockKind.Promised, NoticeBasis(item))
        {
            Runs = [ItemStages.Received],
            Silence = new(ItemSteps.DeemAccepted, "逾期不告知的，自收到申请材料之日起即为受理", NoticeBasis(item)),
        };
        yield return new(Correction, "补正期限", ClockUnit.CalendarDays, Math.Max(1, item.CorrectionDays), ClockKind.Step, Guide(item))
        {
            Runs = [ItemStages.Correcting],
            Silence = new(ItemSteps.EndUncorrected, "逾期未补正的，本件结束，可以重新申请", Guide(item)),
        };
        if (item.FirstReview is { } first && !ItemStages.IsShort(item))
        {
            yield return new(FirstReview, "初审时限", ClockUnit.WorkingDays, Math.Max(1, first.Days), ClockKind.Step, first.Basis)
            {
                Runs = [ItemStages.FirstReview],
                Overrun = SupervisionRules.FirstReviewLate.Code,
            };
        }

        if (ItemStages.Renews(item))
        {
            yield return ClockRule.Until(Renewal, "作出延续决定的最后一天（许可有效期届满）", ClockKind.Legal, ItemLaw.Renewal) with
            {
                Runs = ItemStages.Deciding(item),
                Silence = new(ItemSteps.DeemRenewed, "逾期未作决定的，视为准予延续", ItemLaw.Renewal),
                Overrun = SupervisionRules.RenewalUndecided.Code,
            };
        }

        if (ItemStages.Announces(item))
        {
            yield return PublicNotices.ClockOf(item.PublicNotice!);
        }

        foreach (var rule in Deciding(item).Concat(Hearing(item)))
        {
            yield return rule;
        }

        if (ItemStages.Issues(item))
        {
            yield return new(
                Delivery, "送达时限", ClockUnit.WorkingDays, DeliveryDays, item.IsLicence ? ClockKind.Legal : ClockKind.Promised,
                item.IsLicence ? ItemLaw.Delivery : Guide(item))
            {
                Runs = [ItemStages.Issuing],
            };
        }

        if (item is { Flow: FlowKind.Commitment, Commitment: { } commitment })
        {
            yield return new(Check, "事后核查时限", ClockUnit.CalendarDays, commitment.CheckDays, ClockKind.Step, commitment.Basis) { Runs = [ItemStages.Checking] };
        }
    }

    private static IEnumerable<ClockRule> Hearing(ServiceItem item)
    {
        if (!ItemStages.Hears(item))
        {
            yield break;
        }

        yield return new(HearingRight, "要求听证的期限", ClockUnit.WorkingDays, HearingRightDays, ClockKind.Step, ItemLaw.HearingRight)
        {
            Runs = [ItemStages.HearingTold],
            Silence = new(ItemSteps.HearingLapsed, "逾期没有要求听证的，继续审查", ItemLaw.HearingRight),
        };
        yield return new(HearingHold, "组织听证的期限", ClockUnit.WorkingDays, HearingHoldDays, ClockKind.Step, ItemLaw.HearingRight) { Runs = [ItemStages.HearingAsked] };
    }

    private static IEnumerable<ClockRule> Deciding(ServiceItem item)
    {
        if (item.Legal is not { } legal)
        {
            yield break;
        }

        var runs = ItemStages.Deciding(item);
        string[] suspensions = runs.Contains(ItemStages.Special) ? [.. item.Specials] : [];
        var extension = item.Extension is { } given && !ItemStages.IsShort(item)
            ? new ExtensionRule(given.Length, Roles.Head, given.Approver, given.Basis)
            : null;
        yield return new(Legal, "法定办结时限", legal.Unit, legal.Length, ClockKind.Legal, legal.Basis ?? Guide(item))
        {
            Runs = runs,
            Suspensions = suspensions,
            Extension = extension,
        };
        var promised = item.Promised ?? (item.Flow == FlowKind.AtOnce ? new TimeLimit(1, ClockUnit.WorkingDays) : null);
        if (promised is not null)
        {
            yield return new(Promise, "承诺办结时限", promised.Unit, promised.Length, ClockKind.Promised, promised.Basis ?? Guide(item))
            {
                Runs = runs,
                Suspensions = suspensions,
                Extension = extension,
                Promises = Legal,
            };
        }

        foreach (var limit in item.StageLimits.Where(limit => runs.Contains(limit.Stage)))
        {
            // Whatever is done in between belongs to the examination: a hearing, an expert review, a public notice.
            var review = limit.Stage == ItemStages.Review;
            yield return new(OfStage(limit.Stage), Text.StageLimit(limit.Stage), ClockUnit.WorkingDays, limit.Days, ClockKind.Step, Guide(item))
            {
                Runs = review ? [.. runs.Where(stage => stage != ItemStages.Approval)] : [limit.Stage],
                Suspensions = review ? suspensions : [],
            };
        }
    }

    private static Basis NoticeBasis(ServiceItem item) => item.IsLicence ? ItemLaw.Correction : Guide(item);

    /// <summary>What binds where no act does: the office's own published guide.</summary>
    private static Basis Guide(ServiceItem item) => new(Text.GuideOf(item.Name), Text.GuideArticle);
}
