using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>How a licence is ended before its time.</summary>
/// <param name="Kind">One of <see cref="LicenceState.Ends"/>.</param>
/// <param name="Case">The case in which it was decided.</param>
public sealed record LicenceEnd(string Kind, string Reason, string Basis, string Case);

/// <summary>Ends licences: by the head of the office that gave it, by a case of its own, by time.</summary>
internal sealed class LicenceDesk(RecordStore store, RecordReader reader, CaseItems items, DocumentDesk documents, TimeProvider time)
{
    private static readonly Basis Annulment = new("行政许可法", "第六十九条");
    private static readonly Basis Cancelling = new("行政许可法", "第七十条");

    /// <summary>Ends one, with everything that speaks against it at once.</summary>
    public async Task<Refusals> End(Caller who, string key, LicenceEnd end, CancellationToken cancel)
    {
        var licence = await reader.Get(LicenceIssue.Licences, key, null, cancel) is { } record ? Typed<Licence>.Of(record) : null;
        var refusals = Judge(who, licence, end);
        if (refusals.Any)
        {
            return refusals;
        }

        var written = await store.Write(
            new Act(who, "approvals.licence.end", end.Reason, end.Case),
            LicenceIssue.Licences.Schema,
            async session =>
            {
                var now = Typed<Licence>.Of((await session.Get(LicenceIssue.Licences, key, cancel))!);
                return now.State is LicenceState.Valid or LicenceState.Expired
                    ? (await session.Apply(
                        new Change.Update(LicenceIssue.Licences, key, null, Typed<Licence>.Differences(now, now with
                        {
                            State = end.Kind,
                            EndedAt = session.At,
                            EndReason = end.Reason.Trim(),
                            EndBasis = end.Basis.Trim(),
                            EndCase = end.Case.Trim(),
                        })),
                        cancel)).Refusals
                    : Refusals.Of(new Refusal("S11-R55", "", Text.EndedAlready));
            },
            cancel);
        if (written.Ok)
        {
            await Void(key, cancel);
        }

        return written.Refusals;
    }

    /// <summary>The file of a licence that was ended says so too; done again by the pass when a crash came between.</summary>
    public async Task Void(string key, CancellationToken cancel)
    {
        if (await reader.Get(LicenceIssue.Licences, key, null, cancel) is { } record && Typed<Licence>.Of(record) is { Document: { } document, EndReason: { } reason, EndCase: { } number }
            && (await documents.Find(document, cancel))?.State == DocumentState.Valid)
        {
            await documents.Revoke(Caller.Platform("licence"), document, reason, number, cancel);
        }
    }

    private Refusals Judge(Caller who, Licence? licence, LicenceEnd end) => licence is null
        ? Refusals.Of(new Refusal("S11-R54", "", Text.LicencesNone))
        : Refusals.Of(
            who.Kind == CallerKind.Platform || (who is { Kind: CallerKind.Staff, Role: Roles.Head } && who.Office == licence.Office && who.May(ApprovalSystem.Decide))
                ? null : new("S11-R53", "", Text.OtherOffice),
            LicenceState.Ends.Contains(end.Kind) ? null : new("S11-R56", "kind", Text.EndKindMissing),
            string.IsNullOrWhiteSpace(end.Reason) || end.Reason.Length > 500 ? new("S11-R56", "reason", Text.EndReasonMissing, Annulment) : null,
            string.IsNullOrWhiteSpace(end.Basis) || end.Basis.Length > 400 ? new("S11-R56", "basis", Text.EndBasisMissing, end.Kind == LicenceState.Cancelled ? Cancelling : Annulment) : null,
            string.IsNullOrWhiteSpace(end.Case) || end.Case.Length > 60 ? new("S11-R56", "case", Text.EndCaseMissing) : null,
            licence.State is LicenceState.Valid or LicenceState.Expired ? null : new("S11-R55", "", Text.EndedAlready));

    /// <summary>Marks those whose term is over; how many.</summary>
    public async Task<int> Expire(CancellationToken cancel)
    {
        var today = time.Today();
        var over = 0;
        foreach (var licence in await List(Filter.All(new Filter.Compare("state", Comparison.Equal, LicenceState.Valid), new Filter.Compare("valid_until", Comparison.Less, today))!, cancel))
        {
            if (!await InRenewal(licence, cancel))
            {
                await Set(licence, new Dictionary<string, object?>(StringComparer.Ordinal) { ["state"] = LicenceState.Expired }, "approvals.licence.expire", null, cancel);
                over++;
            }
        }

        return over;
    }

    /// <summary>Tells holders sixty and thirty days before; how many it told.</summary>
    public async Task<int> Remind(Outbox outbox, CancellationToken cancel)
    {
        var today = time.Today();
        var told = 0;
        var soon = Filter.All(
            new Filter.Compare("state", Comparison.Equal, LicenceState.Valid),
            new Filter.Compare("valid_until", Comparison.GreaterOrEqual, today), new Filter.Compare("valid_until", Comparison.LessOrEqual, today.AddDays(Reminders[0])))!;
        foreach (var licence in await List(soon, cancel))
        {
            var left = licence.ValidUntil!.Value.DayNumber - today.DayNumber;
            var due = Reminders.Last(days => left <= days);
            if (licence.Reminded is null || licence.Reminded > due)
            {
                // First the mark: a crash between the two costs one reminder of two, never sends ten.
                await Set(licence, new Dictionary<string, object?>(StringComparer.Ordinal) { ["reminded"] = due }, "approvals.licence.remind", null, cancel);
                await Tell(outbox, licence, left, cancel);
                told++;
            }
        }

        return told;
    }

    /// <summary>Those that were ended while their file still says that it is valid.</summary>
    public async Task Complete(CancellationToken cancel)
    {
        foreach (var licence in await List(
            Filter.All(new Filter.In("state", [.. LicenceState.Ends]), new Filter.Compare("ended_at", Comparison.GreaterOrEqual, time.GetUtcNow().AddDays(-7)))!, cancel))
        {
            await Void(licence.Key, cancel);
        }
    }

    /// <summary>Days before the end on which the holder is reminded, first the earlier.</summary>
    internal static readonly IReadOnlyList<int> Reminders = [60, 30];

    /// <summary>A renewal that was asked for in time and is not decided: the licence holds until it is (行政许可法 art. 50).</summary>
    private async Task<bool> InRenewal(Licence licence, CancellationToken cancel)
    {
        var (field, value) = licence.EntityCode is { } firm ? ("entity", firm) : ("person", licence.HolderPerson ?? "");
        if (value.Length == 0)
        {
            return false;
        }

        var open = Filter.All(new Filter.Compare(field, Comparison.Equal, value), new Filter.Not(new Filter.Compare("state", Comparison.Equal, CaseState.Ended)))!;
        var cases = (await reader.List(CaseResources.Case, new RecordQuery { Where = open, Limit = 200 }, cancel)).Records.Select(Typed<Case>.Of);
        foreach (var of in cases.Where(of => RenewalDay.IsInTime(of, licence.ValidUntil!.Value)))
        {
            if ((await items.Of(of, cancel))?.Result?.Renews == licence.Item)
            {
                return true;
            }
        }

        return false;
    }

    private Task Tell(Outbox outbox, Licence licence, int left, CancellationToken cancel) => store.Write(
        new Act(Caller.Platform("licence"), "approvals.licence.remind"),
        CaseResources.Schema,
        async session =>
        {
            // A child's parents look after it: who applied for him is told as long as he represents him.
            var of = await reader.Get(CaseResources.Case, licence.Case, null, cancel);
            var receiver = licence.EntityCode is { } firm ? new(Receiver.OfFirm(firm), licence.Entity ?? "")
                : of is not null && Typed<Case>.Of(of) is var known && known.Person == licence.HolderPerson ? known.ReceiverOn(time.Today()) with { Phone = null, Email = null }
                : new Receiver(licence.HolderPerson is { } person ? Receiver.OfPerson(person) : null, licence.Person ?? "");
            outbox.Add(session, new(
                "approvals.licence.reminder", receiver, Text.ReminderSubject(licence.Name),
                Text.Reminder(licence.Name, licence.Number, licence.ValidUntil!.Value, left), LicencePages.Own + "/" + licence.Key));
            await session.Send(cancel);
            return Refusals.None;
        },
        cancel);

    private Task<Outcome<Written>> Set(Licence licence, Dictionary<string, object?> values, string act, string? purpose, CancellationToken cancel) => store.Write(
        new Act(Caller.Platform("licence"), act, purpose), [new Change.Update(LicenceIssue.Licences, licence.Key, null, values)], cancel);

    private async Task<IReadOnlyList<Licence>> List(Filter where, CancellationToken cancel) =>
        [.. (await reader.List(LicenceIssue.Licences, new RecordQuery { Where = where, Limit = 500 }, cancel)).Records.Select(Typed<Licence>.Of)];
}

/// <summary>What was granted for a commitment that was not kept: decision and licence of the case are void.</summary>
internal sealed class LicenceAnnulment(LicenceDesk desk, RecordReader reader, DocumentDesk documents) : FollowUp
{
    public const string KindOf = "approvals.licence-annulment";

    public override string Kind => KindOf;

    public override async Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel)
    {
        var why = due.Read<AnnulmentDue>();
        var query = new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, due.Case), Limit = 10 };
        foreach (var licence in (await reader.List(LicenceIssue.Licences, query, cancel)).Records.Select(Typed<Licence>.Of))
        {
            if (licence.State == LicenceState.Making)
            {
                return new() { Waits = "the licence is being made", Pause = TimeSpan.FromMinutes(1) };
            }

            if (!LicenceState.Ends.Contains(licence.State))
            {
                var ended = await desk.End(Caller.Platform("licence"), licence.Key, new(LicenceState.Annulled, why.Reason, why.Basis, due.Case), cancel);
                if (ended.Any)
                {
                    throw new InvalidOperationException(ended.ToString());
                }
            }

            await desk.Void(licence.Key, cancel);
        }

        foreach (var document in (await reader.List(Definition.Of<Document>(), query with { Limit = 200 }, cancel)).Records.Select(Typed<Document>.Of)
            .Where(document => document is { Kind: "approvals." + ItemDocuments.Decision, State: DocumentState.Valid }))
        {
            await documents.Revoke(Caller.Platform("licence"), document.Key, why.Reason, due.Case, cancel);
        }

        return FollowUpDone.Yes;
    }
}

/// <summary>Why a licence is annulled.</summary>
internal sealed record AnnulmentDue(string Reason, string Basis);
