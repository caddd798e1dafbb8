using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>
/// The steps that every case has, whatever its type: who has the work, who is asked, taking back, opening again.
/// They go through the same transition as the type's own.
/// </summary>
public static class BuiltInSteps
{
    /// <summary>No step of a type begins so.</summary>
    public const string Prefix = "case.";

    public const string Open = "case.open";
    public const string Claim = "case.claim";
    public const string Assign = "case.assign";
    public const string Delegate = "case.delegate";
    public const string HandOver = "case.hand-over";
    public const string Transfer = "case.transfer";
    public const string Recuse = "case.recuse";
    public const string Consult = "case.consult";
    public const string Answer = "case.answer";
    public const string Withdraw = "case.withdraw";
    public const string Reopen = "case.reopen";
    public const string Merge = "case.merge";
    public const string EndWith = "case.end-with";

    /// <summary>The platform notes what happened about the case elsewhere: its bill was paid, its licence made.</summary>
    public const string Note = "case.note";

    private static readonly Basis Recusal = new("公务员法", "第七十六条");

    /// <summary>Those that the type allows, with the stages in which it allows them.</summary>
    public static IReadOnlyList<CaseStep> Of(CaseType type) => Known.GetValue(type, static given => [.. Make(given)]);

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<CaseType, IReadOnlyList<CaseStep>> Known = [];

    private static IEnumerable<CaseStep> Make(CaseType type)
    {
        string[] worked = [.. type.Stages.Where(stage => stage.Seat is not null).Select(stage => stage.Code)];
        string[] open = [.. type.Stages.Where(stage => stage.Kind != StageKind.Ended).Select(stage => stage.Code)];
        string[] ended = [.. type.Stages.Where(stage => stage.Kind == StageKind.Ended).Select(stage => stage.Code)];
        yield return new(Claim, Text.Claim, worked, null, Actor.Handler) { Note = Text.ClaimNote, Bulk = true };
        yield return new(Assign, Text.Assign, worked, null, Actor.Head) { Needs = StepNeeds.Person, Note = Text.AssignNote, Bulk = true };
        yield return new(HandOver, Text.HandOver, worked, null, Actor.Handler) { Needs = StepNeeds.Person | StepNeeds.Reason };
        yield return new(Delegate, Text.Delegate, worked, null, Actor.Handler)
        {
            Needs = StepNeeds.Person | StepNeeds.Until | StepNeeds.Reason,
            Note = Text.DelegateNote,
        };
        yield return new(Recuse, Text.Recuse, worked, null, Actor.Handler) { Needs = StepNeeds.Reason, Note = Text.RecuseNote, Basis = Recusal };
        yield return new(Transfer, Text.Transfer, worked, null, Actor.Head) { Needs = StepNeeds.Office | StepNeeds.Reason };
        yield return new(Consult, Text.Consult, worked, null, Actor.Handler)
        {
            Needs = StepNeeds.Office | StepNeeds.Opinion | StepNeeds.Until,
            Note = Text.ConsultNote,
        };
        yield return new(Answer, Text.Answer, open, null, Actor.Handler) { Needs = StepNeeds.Opinion };
        yield return new(Note, Text.Note, [.. open, .. ended], null, Actor.Platform) { Needs = StepNeeds.Opinion };
        if (type.Withdrawal is { } withdrawn)
        {
            yield return new(Withdraw, Text.Withdraw, open, withdrawn, Actor.Applicant) { Needs = StepNeeds.Reason, Note = Text.WithdrawNote };
            yield return new(EndWith, Text.EndWith, open, withdrawn, Actor.Platform) { Needs = StepNeeds.Reason };
        }

        if (type.Reopening is { } again)
        {
            yield return new(Reopen, Text.Reopen, ended, again, Actor.Head) { Needs = StepNeeds.Reason };
        }

        if (type.Merger is { } merged)
        {
            yield return new(Merge, Text.Merge, worked, merged, Actor.Handler) { Needs = StepNeeds.OtherCase | StepNeeds.Reason, Note = Text.MergeNote };
        }
    }
}
