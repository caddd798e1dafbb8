using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Draws the cards of what a step of an approval breaks, in the act that takes it.</summary>
internal sealed class TriggerWatch(CaseTypes types, RecordReader reader, StandardBook standards, CardIssue cards) : CaseEffect
{
    private const int EventsMax = 2_000;

    public override bool Concerns(CaseType type, string step) => ApprovalCases.Concerns(type) && type.Step(step) is { IsBuiltIn: false };

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var of = change.After;
        var type = await types.Of(of.Type, of.TypeVersion, cancel);
        var query = new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, of.Number), Limit = EventsMax };
        var events = (await session.Write.List(CaseResources.Event, query, cancel)).Select(Typed<CaseEvent>.Of).OrderBy(one => one.Ordinal).ToList();
        var trail = new CaseTrail(type, of, events, await standards.Today(cancel), session.Write.At);
        var first = events.FirstOrDefault(one => trail.KindOf(one.Before) == StageKind.Before && trail.KindOf(one.After) == StageKind.Waiting);
        var materials = new List<TrailMaterial>();
        foreach (var record in await session.Write.List(CaseResources.Material, query, cancel))
        {
            var one = Typed<CaseMaterial>.Of(record);
            materials.Add(new(one.Code, one.Name, one.State, await RenewedAt(record, first, cancel)));
        }

        trail = trail with { Materials = materials, ChangedAnswers = await ChangedAnswers(of, first, cancel) };
        var refusals = Refusals.None;
        foreach (var (_, finding) in ApprovalTriggers.Judge(trail).Where(each => each.Finding.Event == change.Event.Ordinal))
        {
            refusals = refusals.And(await cards.Report(session.Write, new(finding.Rule, of, change.Event.Ordinal, finding.Evidence), cancel));
        }

        return refusals;
    }

    private async Task<IReadOnlySet<string>> ChangedAnswers(Case of, CaseEvent? first, CancellationToken cancel)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        if (first is not null && await reader.Get(CaseResources.Case, of.Number, first.At, cancel) is { } then)
        {
            var (before, now) = (CaseRules.AnswersOf(Typed<Case>.Of(then)), CaseRules.AnswersOf(of));
            changed.UnionWith(before.Keys.Union(now.Keys).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name)));
        }

        return changed;
    }

    /// <summary>The record also changes when somebody judges it: only another file counts.</summary>
    private async Task<DateTimeOffset?> RenewedAt(Record material, CaseEvent? first, CancellationToken cancel)
    {
        if (first is null || material.ChangedAt <= first.At)
        {
            return null;
        }

        var then = await reader.Get(CaseResources.Material, material.Key, first.At, cancel);
        return then is null || !Equals(then["file"], material["file"]) ? material.ChangedAt : null;
    }
}
