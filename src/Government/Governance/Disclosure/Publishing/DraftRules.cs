using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;

namespace Shali.Government.Governance.Disclosure;

/// <summary>What somebody wants to do with a draft, as he said it.</summary>
/// <param name="Step">One of <see cref="DraftStep"/>.</param>
public sealed record DraftRequest(string Step)
{
    public string? Opinion { get; init; }

    /// <summary>The conclusion of the secrecy review: <c>clear</c> is the only one with which it goes on.</summary>
    public string? Secrecy { get; init; }

    /// <summary>What he says of warnings and of files that no program could read, after he looked at each.</summary>
    public string? Word { get; init; }

    /// <summary>The version of the draft that he saw.</summary>
    public int? Expected { get; init; }

    /// <summary>For <see cref="DraftStep.Validity"/>: the new one.</summary>
    public string? Validity { get; init; }

    /// <summary>For <see cref="DraftStep.Keep"/> and <see cref="DraftStep.Assess"/>: when it is assessed again.</summary>
    public DateOnly? AssessOn { get; init; }
}

/// <summary>
/// Who may take which step, and what speaks against it. Pure: the page that offers the steps and the desk that takes
/// them ask the same.
/// </summary>
public static class DraftRules
{
    public const string Clear = "clear";

    private const string Regulation = "政府信息公开条例";
    private const string SecrecyRules = "保守国家秘密法实施条例";
    private const int OpinionMost = 1000;

    private static readonly Basis Review = new(Regulation, "第十七条");
    private static readonly Basis FirstReview = new(SecrecyRules, "第四十二条");
    private static readonly Basis Personal = new(Regulation, "第十五条");
    private static readonly Basis Secrets = new(Regulation, "第十四条");

    public static readonly IReadOnlyList<RuleEntry> All =
    [
        new("G3-R01", Text.RuleState, null),
        new("G3-R02", Text.RuleOffice, new(Regulation, "第四条、第十条")),
        new("G3-R03", Text.RuleTwoPersons, Review),
        new("G3-R04", Text.RuleThirdPerson, Review),
        new("G3-R05", Text.RuleReviewed, FirstReview),
        new("G3-R06", Text.RulePersonal, Personal),
        new("G3-R07", Text.RuleSecrecyMark, Secrets),
        new("G3-R08", Text.RuleWarnings, Review),
        new("G3-R09", Text.RuleUnread, FirstReview),
        new("G3-R10", Text.RuleBasis, new(Regulation, "第十四条至第十六条")),
        new("G3-R11", Text.RuleReason, null),
        new("G3-R12", Text.RuleConclusion, FirstReview),
        new("G3-R13", Text.RuleAssess, new(Regulation, "第十八条")),
        new("G3-R14", Text.RuleMade, new(Regulation, "第二十六条")),
        new("G3-R15", Text.RuleKept, null),
    ];

    private static readonly Dictionary<string, (string[] From, string Permission)> Steps = new(StringComparer.Ordinal)
    {
        [DraftStep.Submit] = ([DraftState.Writing], DisclosureSystem.Write),
        [DraftStep.Pass] = ([DraftState.Department], DisclosureSystem.Review),
        [DraftStep.Publish] = ([DraftState.Office], DisclosureSystem.Publish),
        [DraftStep.Keep] = ([DraftState.Office], DisclosureSystem.Publish),
        [DraftStep.Return] = ([DraftState.Department, DraftState.Office], DisclosureSystem.Review),
        [DraftStep.Withdraw] = ([DraftState.Published], DisclosureSystem.Publish),
        [DraftStep.Validity] = ([DraftState.Published], DisclosureSystem.Publish),
        [DraftStep.Assess] = ([DraftState.Kept], DisclosureSystem.Publish),
    };

    /// <summary>The steps that this person may take now, whatever they need.</summary>
    public static IReadOnlyList<string> Possible(Draft draft, Caller who) =>
        [.. Steps.Keys.Where(step => !Standing(draft, step, who).Any && Fits(draft, step))];

    /// <summary>Everything that speaks against the step.</summary>
    public static Refusals Judge(Draft draft, string digest, CheckReport report, DraftRequest request, Caller who, DateOnly today)
    {
        var standing = Standing(draft, request.Step, who);
        if (standing.Any)
        {
            return standing;
        }

        var passes = request.Step is DraftStep.Pass or DraftStep.Publish or DraftStep.Keep;
        var opens = draft.Attribute == Attributes.Proactive && (passes || request.Step == DraftStep.Submit);
        return Refusals.Of(
            Fits(draft, request.Step) ? null : Of(1, "step", Text.NotForAttribute(draft.Attribute == Attributes.Proactive)),
            request.Step is DraftStep.Publish or DraftStep.Keep && draft.ReviewedDigest != digest ? Of(5, "", Text.NotReviewed) : null,
            opens && report.Blocking.Any(finding => !finding.Secret) ? Of(6, "body", Text.HasPersonal(report.Blocking.Count(finding => !finding.Secret))) : null,
            opens && report.Blocking.Any(finding => finding.Secret) ? Of(7, "body", Text.HasSecrecyMark(report.Blocking.Count(finding => finding.Secret))) : null,
            opens && passes && report.Warnings.Any() && Empty(request.Word) ? Of(8, "word", Text.HasWarnings(report.Warnings.Count())) : null,
            opens && passes && report.Unread.Count > 0 && Empty(request.Word) ? Of(9, "word", Text.HasUnread(report.Unread.Count)) : null,
            draft.Attribute != Attributes.Proactive && Empty(draft.Basis) ? Of(10, "basis", Text.NoBasis) : null,
            request.Step is DraftStep.Return or DraftStep.Withdraw or DraftStep.Validity or DraftStep.Assess && Empty(request.Opinion) ? Of(11, "opinion", Text.NoReason) : null,
            request.Step == DraftStep.Pass && request.Secrecy != Clear && draft.Attribute == Attributes.Proactive ? Of(12, "secrecy", Text.NotClear) : null,
            request.Step is DraftStep.Keep or DraftStep.Assess && !(request.AssessOn > today) ? Of(13, "assess_on", Text.NoAssessment) : null,
            draft.MadeOn > today ? Of(14, "made_on", Text.MadeLater) : null,
            request.Step == DraftStep.Validity && Codes.Validity.Find(request.Validity ?? "") is null ? new("G3-F01", "validity", Text.NoValidity) : null,
            request.Opinion?.Length > OpinionMost || request.Word?.Length > OpinionMost ? new("G3-F02", "opinion", Text.TooLong(OpinionMost)) : null);
    }

    /// <summary>Who may not take it at all is not told what it would need.</summary>
    public static Refusals Standing(Draft draft, string step, Caller who)
    {
        if (!Steps.TryGetValue(step, out var rule) || !rule.From.Contains(draft.State))
        {
            return Refusals.Of(Of(1, "step", Text.NotNow(Codes.Label(Codes.Step, step), Codes.Label(Codes.State, draft.State))));
        }

        if (who.Office != draft.Office || !(who.May(rule.Permission) || (step == DraftStep.Return && draft.State == DraftState.Office && who.May(DisclosureSystem.Publish))))
        {
            return Refusals.Of(Of(2, "step", Text.NotYours));
        }

        var decides = step is DraftStep.Pass or DraftStep.Publish or DraftStep.Keep;
        return Refusals.Of(
            decides && draft.WrittenBy(who.Id) ? Of(3, "step", Text.AuthorReviews) : null,
            step is DraftStep.Publish or DraftStep.Keep && who.Id == draft.Reviewer ? Of(4, "step", Text.ReviewerPublishes) : null);
    }

    private static bool Fits(Draft draft, string step) => step switch
    {
        DraftStep.Publish => draft.Attribute == Attributes.Proactive,
        DraftStep.Keep => draft.Attribute != Attributes.Proactive,
        _ => true,
    };

    internal static Refusal Of(int number, string field, string sentence)
    {
        var rule = All[number - 1];
        return new(rule.Code, field, sentence, rule.Basis);
    }

    private static bool Empty(string? text) => string.IsNullOrWhiteSpace(text);
}
