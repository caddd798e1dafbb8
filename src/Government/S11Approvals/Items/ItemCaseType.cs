using Shali.Platform.Casework;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// The case type of an item: pure, the same item gives the same type. The flow is that of 行政许可法 chapter 4; what
/// is decided at once or on the applicant's word has fewer stages.
/// </summary>
public static class ItemCaseType
{
    public static CaseType Of(ServiceItem item) => new()
    {
        Code = item.CaseType,
        Name = item.Name,
        Clause = "S11",
        Owner = item.Office,
        Applicants = item.Ways.Contains(ServiceWay.Online) || item.Ways.Contains(ServiceWay.Mobile) ? item.Applicants : Applicants.None,
        Wards = item.Wards,
        WindowPermission = ApprovalSystem.Window,
        Withdrawal = ItemStages.Withdrawn,
        OfficeBy = ItemStages.IsShort(item) ? null : item.FirstReview?.Question,
        Stages = ItemStages.Of(item),
        Steps = ItemSteps.Of(item),
        Clocks = ItemClocks.Of(item),
        Form = new([.. item.Questions.Select(Question)]),
        Materials = [.. Materials(item)],
        Fees = [.. item.Fees.Select(fee => new CaseFee(fee.Code, ItemLaw.Fees) { When = fee.When, Quantity = fee.Quantity, PaidLater = fee.PaidLater, Refund = fee.Refund })],
        Results =
        [
            new(ItemResults.Granted, item.IsLicence ? Text.Granted : Text.Done, true),
            new(ItemResults.Refused, item.IsLicence ? Text.Refused : Text.NotDone, false),
            new(ItemResults.NotAccepted, Text.NotAccepted, false),
            new(ItemResults.Uncorrected, Text.Uncorrected, false),
            new(ItemResults.Terminated, Text.Terminated, false),
            .. item.Flow == FlowKind.Commitment ? [new CaseResult(ItemResults.Revoked, Text.Revoked, false)] : Array.Empty<CaseResult>(),
        ],
        Notices = ItemNotices.Of(item),
        OnOpening = [ItemNotices.Received],
    };

    /// <summary>An item that was withdrawn: cases that run go on, nobody opens new ones.</summary>
    public static CaseType Closed(CaseType type) => type with { Applicants = Applicants.None, WindowPermission = null };

    private static CaseQuestion Question(ItemQuestion question) => new(new FieldDefinition
    {
        Name = question.Name,
        Label = question.Label,
        Type = question.Type,
        Required = question.Required,
        Note = question.Note.Length > 0 ? question.Note : null,
        Min = question.Min,
        Max = question.Max,
        LengthMax = question.LengthMax,
    })
    {
        When = question.When,
        Known = question.Known,
        Choices = question.Choices,
    };

    private static IEnumerable<MaterialRule> Materials(ServiceItem item)
    {
        foreach (var material in item.Materials)
        {
            yield return new(material.Code, material.Name)
            {
                Required = material.Required,
                When = material.When,
                Note = string.Join('；', new[] { material.Note, material.Issuer.Length > 0 ? Text.IssuedBy(material.Issuer) : "", material.Sample.Length > 0 ? Text.SampleOf(material.Sample) : "" }.Where(part => part.Length > 0)),
                Known = material.Known,
                Secondary = material.Secondary,
                Basis = material.Basis ?? item.Bases.FirstOrDefault(),
            };
        }

        if (item is { Flow: FlowKind.Commitment, Commitment: { } commitment })
        {
            yield return new(CommitmentMaterial, Text.CommitmentLetter) { Note = commitment.Words, Basis = commitment.Basis };
        }
    }

    /// <summary>The code of the letter in which an applicant gives his word.</summary>
    public const string CommitmentMaterial = "commitment";
}

/// <summary>Codes of the results, the same for every item.</summary>
public static class ItemResults
{
    public const string Granted = "granted";
    public const string Refused = "refused";
    public const string NotAccepted = "not-accepted";
    public const string Uncorrected = "uncorrected";
    public const string Terminated = "terminated";
    public const string Revoked = "revoked";
}

/// <summary>The articles that hold for every item.</summary>
internal static class ItemLaw
{
    private const string Licensing = "行政许可法";

    public static readonly Basis Displayed = new(Licensing, "第三十条");
    public static readonly Basis NotAccepted = new(Licensing, "第三十二条第一款第一项、第二项");
    public static readonly Basis Correction = new(Licensing, "第三十二条第一款第四项");
    public static readonly Basis Acceptance = new(Licensing, "第三十二条第一款第五项、第二款");
    public static readonly Basis AtOnce = new(Licensing, "第三十四条第二款");
    public static readonly Basis TwoOfficers = new(Licensing, "第三十四条第三款");
    public static readonly Basis Decision = new(Licensing, "第三十八条");
    public static readonly Basis Refusal = new(Licensing, "第三十八条第二款");
    public static readonly Basis Limit = new(Licensing, "第四十二条");
    public static readonly Basis Together = new(Licensing, "第二十六条第二款");
    public static readonly Basis HearingRight = new(Licensing, "第四十七条第一款");
    public static readonly Basis HearingNotice = new(Licensing, "第四十八条第一款第一项");
    public static readonly Basis Delivery = new(Licensing, "第四十四条");
    public static readonly Basis Suspension = new(Licensing, "第四十五条");
    public static readonly Basis Fees = new(Licensing, "第五十八条、第五十九条");
    public static readonly Basis Renewal = new(Licensing, "第五十条");
    public static readonly Basis Revocation = new(Licensing, "第六十九条");
    public static readonly Basis Guide = new("优化营商环境条例", "第三十五条");
    public static readonly Basis InTime = new("优化营商环境条例", "第三十六条");
    public static readonly Basis Online = new("国务院关于在线政务服务的若干规定", "第六条");
    public static readonly Basis Shared = new("国务院关于在线政务服务的若干规定", "第七条");
}
