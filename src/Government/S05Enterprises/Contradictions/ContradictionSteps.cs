using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>What follows from the steps of a contradiction's case: that it was explained.</summary>
internal sealed class ContradictionSteps : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => type.Code == ContradictionType.Code && step == "accept";

    public override Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        FollowUps.Leave(session.Write, ContradictionExplained.Name, change.After.Number, change.After.Events, CaseRules.AnswersOf(change.After)[ContradictionType.Number]);
        return Task.FromResult(Refusals.None);
    }
}

/// <summary>Writes on the contradiction that both sides are right. It holds while what they say stays as it is.</summary>
internal sealed class ContradictionExplained(RecordStore store, RecordReader reader) : FollowUp
{
    public const string Name = "enterprises.explained";

    public override string Kind => Name;

    public override async Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel)
    {
        var (resource, code) = (Definition.Of<Contradiction>(), due.Read<string>());
        if (await reader.Get(resource, code, null, cancel) is not { } record || Typed<Contradiction>.Of(record) is not { State: ContradictionState.Open } of || of.Case != due.Case)
        {
            return FollowUpDone.Yes;
        }

        var written = await store.Write(
            new Act(Caller.Platform("enterprises"), "enterprises.explained", Text.Purpose, due.Case),
            [new Change.Update(resource, code, record.Version, new Dictionary<string, object?>(StringComparer.Ordinal) { ["state"] = ContradictionState.Explained, ["case_ended"] = true })], cancel);
        return written.Ok ? FollowUpDone.Yes : throw new InvalidOperationException(written.Refusals.ToString());
    }
}
