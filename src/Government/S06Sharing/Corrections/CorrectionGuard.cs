using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>What the engine cannot know of a correction: whose data it is, and whether the new value could stand there.</summary>
internal sealed class CorrectionGuard(ResourceRegistry registry, GovernedReader reader, RecordReader records, OpenCorrections open) : StepGuard
{
    public static readonly IReadOnlyList<RuleEntry> Rules =
    [
        new("SHR-K03", Text.NoField, CorrectionType.Law),
        new("SHR-K04", Text.NoEvidence, CorrectionType.Law),
        new("SHR-K05", Text.OwnData, null),
        new("SHR-K07", Text.NotInYourName, CorrectionType.Law),
        new("SHR-K10", Text.StillWrong, CorrectionType.Law),
        new("SHR-K11", Text.SourceFirst, CorrectionType.Law),
    ];

    public override bool Concerns(CaseType type, string step) => type.Code == CorrectionType.Code && step is BuiltInSteps.Open or "correct";

    public override async Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel)
    {
        var terms = CorrectionTerms.Of(CaseRules.AnswersOf(facts.Case));
        if (registry.Find(terms.Resource) is not { } resource || resource.Field(terms.Field) is not { } field)
        {
            return Refusals.Of(new Refusal("SHR-K03", "field", Text.NoField, CorrectionType.Law));
        }

        return request.Step == BuiltInSteps.Open
            ? await Opening(session, terms, resource, field, who, cancel)
            : await Correcting(facts, terms, resource, field, request, who, cancel);
    }

    /// <summary>Whichever door it came by: the own office's report of what that office really may see, once.</summary>
    private async Task<Refusals> Opening(
        WriteSession session, CorrectionTerms terms, ResourceDefinition resource, FieldDefinition field, Caller who, CancellationToken cancel)
    {
        await session.Lock($"correction:{terms.Resource}:{terms.Key}:{terms.Field}", cancel);
        if (terms.By != who.Office || terms.Reporter != who.Id || await records.Version(resource, terms.Key, terms.Version, cancel) is not { } record
            || terms.To != open.Source(resource, field, record)

            // A program may have several grants; its door has asked the one that it named.
            || (who.Kind == CallerKind.Staff && reader.AccessOf(who, resource)?.Shows(field) != true))
        {
            return Refusals.Of(new Refusal("SHR-K07", "", Text.NotInYourName, CorrectionType.Law));
        }

        var there = (await open.Of(terms.Resource, terms.Key, cancel)).FirstOrDefault(one => one.Field == terms.Field && one.By == terms.By);
        return there.Number is null ? Refusals.None : Refusals.Of(new Refusal("SHR-K08", "field", Text.Already(there.Number)));
    }

    private async Task<Refusals> Correcting(
        CaseFacts facts, CorrectionTerms terms, ResourceDefinition resource, FieldDefinition field, StepRequest request, Caller who, CancellationToken cancel)
    {
        if (await records.Get(resource, terms.Key, null, cancel) is not { } record)
        {
            return Refusals.Of(new Refusal("SHR-K12", "", Text.RecordGone));
        }

        var position = Plan.Of(resource).Position(terms.Field);
        var now = field.Type.Write(field, record.Values[position]);
        var wrong = await records.Version(resource, terms.Key, terms.Version, cancel) is { } seen ? field.Type.Write(field, seen.Values[position]) : null;
        var value = Target(request, terms);
        if (value.Length == 0)
        {
            return now == wrong ? Refusals.Of(new Refusal("SHR-K09", CorrectionType.Value, Text.NeedsValue, CorrectionType.Law)) : Refusals.None;
        }

        var parsed = field.Type.Parse(field, value);
        if (!parsed.Ok)
        {
            return new([.. parsed.Refusals.Select(refusal => refusal with { Field = CorrectionType.Value })]);
        }

        var written = field.Type.Write(field, parsed.Value);
        if (written == wrong)
        {
            return Refusals.Of(new Refusal("SHR-K10", CorrectionType.Value, Text.StillWrong, CorrectionType.Law));
        }

        // The source was put right already: nothing is left to write.
        if (written == now)
        {
            return Refusals.None;
        }

        if (!resource.Editable)
        {
            return Refusals.Of(new Refusal("SHR-K11", CorrectionType.Value, Text.SourceFirst, CorrectionType.Law));
        }

        var visible = reader.AccessOf(who, resource) is { Write: true }
            && await reader.Get(new ReadRequest(who, resource, Text.Purpose, facts.Case.Number) { Fields = [terms.Field] }, terms.Key, null, cancel) is not null;
        return visible ? Refusals.None : Refusals.Of(new Refusal("SHR-K13", CorrectionType.Value, Text.MayNotWrite));
    }

    /// <summary>What shall stand there: the clerk's value, else the one that was proposed; empty: neither.</summary>
    internal static string Target(StepRequest request, CorrectionTerms terms) =>
        request.Fields.GetValueOrDefault(CorrectionType.Value)?.Trim() is { Length: > 0 } given ? given : terms.Value;
}
