using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>The papers that a notice names are marked in the act that sends it, each with what is wrong with it.</summary>
internal sealed class FaultsTold : CaseEffect
{
    private const int MaterialsMax = 500;

    public override bool Concerns(CaseType type, string step) => type.Step(step) is { TellsFaults: true };

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        var told = request.Faults.Where(fault => fault.Of == FaultOf.Material).ToDictionary(fault => fault.Code, StringComparer.Ordinal);
        foreach (var record in told.Count == 0 ? [] : await Materials(session.Write, change.After.Number, cancel))
        {
            if (record.Text("code") is { } code && told.TryGetValue(code, out var fault))
            {
                refusals = refusals.And((await session.Write.Apply(
                    new Change.Update(CaseResources.Material, record.Key, null, new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["state"] = MaterialState.Faulty,
                        ["fault"] = fault.Words.Trim(),
                    }),
                    cancel)).Refusals);
            }
        }

        return refusals;
    }

    internal static Task<IReadOnlyList<Record>> Materials(WriteSession session, string number, CancellationToken cancel) =>
        session.List(CaseResources.Material, new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = MaterialsMax }, cancel);
}

/// <summary>
/// A notice holds everything: a paper that was found faulty and is not in it would have to be told a second time. And a
/// correction mends all that the notice told: what is still faulty would only come back.
/// </summary>
internal sealed class FaultsWhole : StepGuard
{
    public override bool Concerns(CaseType type, string step) =>
        type.Steps.Any(one => one.TellsFaults) && type.Step(step) is { TellsFaults: true } or { ChangesAnswers: true, By: Actor.Applicant };

    public override async Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel)
    {
        var step = facts.Type.Step(request.Step)!;
        var faulty = (await FaultsTold.Materials(session, facts.Case.Number, cancel)).Select(Typed<CaseMaterial>.Of).Where(one => one.State == MaterialState.Faulty);
        return new(step.TellsFaults
            ? [.. faulty.Where(one => one.Code is not null && request.Faults.All(fault => fault.Of != FaultOf.Material || fault.Code != one.Code))
                .Select(one => new Refusal("CASE-R24", CaseFaults.FieldOf(FaultOf.Material, one.Code!), Text.FaultLeftOut(one.Name), step.Basis))]
            : [.. faulty.Select(one => new Refusal("CASE-R25", one.Code ?? "", Text.StillFaulty(one.Name, one.Fault ?? "")))]);
    }
}
