using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Items;

/// <summary>The steps of an item's cases, each with what it needs, what it makes and the article that provides for it.</summary>
public static class ItemSteps
{
    public const string AskCorrection = "ask-correction";
    public const string Correct = "correct";
    public const string EndUncorrected = "end-uncorrected";
    public const string Accept = "accept";
    public const string AcceptJointly = "accept-jointly";
    public const string PassOn = "pass-on";
    public const string JoinVisit = "join-visit";
    public const string SignVisit = "sign-visit";
    public const string TellHearing = "tell-hearing";
    public const string AskHearing = "ask-hearing";
    public const string WaiveHearing = "waive-hearing";
    public const string HearingLapsed = "hearing-lapsed";
    public const string DeemAccepted = "deem-accepted";
    public const string RefuseAcceptance = "refuse-acceptance";
    public const string Examine = "examine";
    public const string EndSpecial = "end-special";
    public const string Extend = "extend";
    public const string Return = "return";
    public const string Grant = "grant";
    public const string DeemRenewed = "deem-renewed";
    public const string Refuse = "refuse";
    public const string Terminate = "terminate";
    public const string Deliver = "deliver";
    public const string PassCheck = "pass-check";
    public const string Revoke = "revoke";
    public const string Urge = "urge";

    /// <summary>The step that begins a special procedure of this kind.</summary>
    public static string BeginSpecial(string kind) => "begin-" + kind;

    public const string VisitOn = "visit_on";
    public const string VisitAt = "visit_at";
    public const string VisitPlace = "visit_place";
    public const string VisitedOn = "visited_on";

    /// <summary>The day of a hearing, in the step that begins it.</summary>
    public const string HearingOn = "hearing_on";

    public static IReadOnlyList<CaseStep> Of(ServiceItem item) => [.. ReceivingSteps.Of(item), .. DecidingSteps.Of(item), .. EndingSteps.Of(item)];
}
