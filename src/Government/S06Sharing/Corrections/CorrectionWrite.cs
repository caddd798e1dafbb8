using System.Globalization;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>What the clerk ordered.</summary>
/// <param name="Value">What shall stand there; empty: the source was put right already.</param>
internal sealed record CorrectionOrder(string Id, string Name, string Office, string Value);

/// <summary>
/// Writes the corrected value by the one write path, from where feeds and pushes carry it on, and tells everyone who
/// received the wrong one. What the registry refuses goes back to the clerk with its reason.
/// </summary>
internal sealed class CorrectionWrite(
    RecordStore store, RecordReader records, ResourceRegistry registry, CaseDesk desk, Receivers receivers, Colleagues colleagues, Offices offices) : FollowUp
{
    public const string Name = "sharing.correct";

    public override string Kind => Name;

    public override async Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel)
    {
        if (await records.Get(CaseResources.Case, due.Case, null, cancel) is not { } record
            || Typed<Case>.Of(record) is not { Stage: CorrectionType.Writing } of)
        {
            return FollowUpDone.Yes;
        }

        var (order, terms) = (due.Read<CorrectionOrder>(), CorrectionTerms.Of(CaseRules.AnswersOf(of)));
        var once = string.Create(CultureInfo.InvariantCulture, $"correction:{due.Case}:{due.Event}");
        if (registry.Find(terms.Resource) is null)
        {
            // Another node may have defined it a moment ago: what this one has not heard of is not gone.
            await registry.Refresh(cancel);
        }

        var refusals = registry.Find(terms.Resource) is { } resource && resource.Field(terms.Field) is { } field
            ? await Write(resource, field, terms, order, due, once, cancel)
            : Refusals.Of(new Refusal("SHR-K03", "field", Text.NoField, CorrectionType.Law));
        var step = refusals.Any
            ? new StepRequest("give-back") { Reason = string.Join(' ', refusals.Select(refusal => refusal.Sentence)) }
            : await Done(terms, due.Case, cancel);
        var taken = await desk.Take(Caller.Platform("sharing"), due.Case, step, once + ":" + step.Step, cancel);
        return taken.Ok ? FollowUpDone.Yes : throw new InvalidOperationException($"{due.Case} {step.Step}: {taken.Refusals}");
    }

    private async Task<Refusals> Write(
        ResourceDefinition resource, FieldDefinition field, CorrectionTerms terms, CorrectionOrder order, DueFollowUp due, string once, CancellationToken cancel)
    {
        if (order.Value.Length == 0)
        {
            return Refusals.None;
        }

        var clerk = new Caller { Id = order.Id, Name = order.Name, Kind = CallerKind.Staff, Office = order.Office, OfficeName = offices.NameOf(order.Office) };
        return (await store.Write(
            new Act(clerk, "sharing.correct", Text.Purpose, due.Case) { IdempotencyKey = once, Source = terms.To },
            resource.Schema,
            async session =>
            {
                if (await session.Get(resource, terms.Key, cancel) is not { } before)
                {
                    return Refusals.Of(new Refusal("SHR-K12", "", Text.Gone));
                }

                var now = field.Type.Write(field, before.Values[Plan.Of(resource).Position(field.Name)]);
                return now == order.Value
                    ? Refusals.None
                    : (await session.Apply(
                        new Change.Update(resource, terms.Key, null, new Dictionary<string, object?>(StringComparer.Ordinal) { [field.Name] = order.Value }), cancel)).Refusals;
            },
            cancel)).Refusals;
    }

    private async Task<StepRequest> Done(CorrectionTerms terms, string number, CancellationToken cancel)
    {
        var resource = registry.Find(terms.Resource)!;
        var (name, label) = (resource.Name, resource.Field(terms.Field)!.Label);
        var told = new List<string>();
        var messages = new List<NewMessage>();
        foreach (var received in await receivers.Of(resource, terms, cancel))
        {
            told.Add(Text.Times(offices.NameOf(received.Office), received.Times));
            var words = received.Last is { } last ? Text.WrongReceived(name, terms.Key, label, last) : Text.WrongGranted(name, terms.Key, label);
            var address = received.Grant is { } grant ? GrantDesk.Address(grant) : $"/catalogue/{resource.Address}";
            messages.AddRange((await colleagues.Heads(received.Office, cancel))
                .Select(head => CorrectionEffect.Message(number, head.Account, head.Name, Text.Title(name, label), words, address)));
        }

        messages.AddRange((await CorrectionEffect.Askers(colleagues, terms, cancel)).Select(asker => CorrectionEffect.Message(
            number, asker.Account, asker.Name, Text.Title(name, label), Text.Corrected(name, label), CaseAddresses.Desk(number))));
        return new("done") { Opinion = told.Count == 0 ? Text.NobodyElse : Text.Told(told), Messages = messages };
    }
}
