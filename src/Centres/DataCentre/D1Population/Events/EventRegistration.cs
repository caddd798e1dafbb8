using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Registers life events: judges them against the register as it stands, and writes the entry with everything that
/// follows from it as one act.
/// </summary>
public sealed class EventRegistration(RecordStore store, TimeProvider time)
{
    /// <summary>The act of this kind of event, as the journal and the access list name it.</summary>
    public static string ActKind(string kind) => $"population.{kind}";

    /// <summary>The entry that was made, or everything that stands against it.</summary>
    public async Task<Outcome<Registered>> Register(
        Caller who, EventForm form, string? purpose = null, string? once = null, CancellationToken cancel = default)
    {
        if (EventTypes.Find(form.Kind) is not { } type)
        {
            return new Refusal("D1-Q10", "kind", Text.NoSuchKind);
        }

        if (who.Kind != CallerKind.Platform && (type.ComesWithADay || !who.May(type.Permission)))
        {
            return new Refusal("D1-A01", "", Text.NotYours(type.Label, who.OfficeName));
        }

        var entry = (LifeEvent?)null;
        var act = new Act(who, ActKind(type.Kind), purpose ?? type.Label) { IdempotencyKey = once };
        var written = await store.Write(
            act,
            Resources.Schema,
            async session =>
            {
                var facts = new Facts(time.Today(), () => Ulid.Next(time));
                await Tally.Hold(session.Session, cancel);
                await new FactLoading(session, facts).Load(type, form, cancel);
                var refusals = type.Judge(facts, form);
                if (refusals.Any)
                {
                    return refusals;
                }

                var before = Standings.Of(facts);
                entry = Enter(facts, type, form, who);
                await Tally.Add(session.Session, Standings.Difference(before, Standings.Of(facts)), cancel);
                return await FactWriting.Write(session, facts, cancel);
            },
            cancel);
        return !written.Ok ? written.Refusals
            : entry is null ? new Registered(Entry(written.Value), "", written.Value)
            : new Registered(entry.Key, entry.Person, written.Value);
    }

    /// <summary>What registering would refuse, without doing it.</summary>
    public async Task<Refusals> Check(Caller who, EventForm form, CancellationToken cancel = default)
    {
        if (EventTypes.Find(form.Kind) is not { } type)
        {
            return Refusals.Of(new Refusal("D1-Q10", "kind", Text.NoSuchKind));
        }

        var refusals = Refusals.None;
        await store.Write(
            new Act(who, ActKind(type.Kind)),
            Resources.Schema,
            async session =>
            {
                var facts = new Facts(time.Today(), () => Ulid.Next(time));
                await new FactLoading(session, facts).Load(type, form, cancel);
                refusals = type.Judge(facts, form);
                return Refusals.None;
            },
            cancel);
        return refusals;
    }

    /// <summary>Applies the event and adds its entry. Pure: a test does the same without a database.</summary>
    public static LifeEvent Enter(Facts facts, EventType type, EventForm form, Caller who)
    {
        var stored = CorrectionEvent.WithOldValue(facts, form);
        var late = type.Deadline(facts, form) is { } deadline && facts.Today > deadline;
        var household = facts.MembershipOf(form.Person)?.Household;
        var person = type.Apply(facts, form);
        var entry = new LifeEvent
        {
            Key = facts.NewKey(),
            Kind = type.Kind,
            Person = person,
            Other = type.Other(form),
            Household = facts.MembershipOf(person)?.Household ?? household,
            Date = form.Date,
            ReportedOn = facts.Today,
            Late = late,
            Place = form.Text("birth_place") ?? form.Text("village"),
            Village = facts.Person(person)!.Village,
            Details = stored.Details,
            Documents = form.Text(EntryFields.Documents) ?? form.Text("certificate"),
            RegisteredBy = who.Name,
            Office = who.Office.Length > 0 ? who.Office : null,
            State = EventState.Registered,
            Corrects = form.Text("corrects"),
        };
        facts.Events.Set(entry);
        return entry;
    }

    // A repeated request: the entry is the last record of its act.
    private static string Entry(Written written) => written.Records.Count == 0 ? "" : written.Records[^1].Key;
}

/// <summary>What came of a declaration.</summary>
/// <param name="Event">Key of the entry.</param>
/// <param name="Person">Key of the person it is about; empty for a repeated request.</param>
public sealed record Registered(string Event, string Person, Written Written);
