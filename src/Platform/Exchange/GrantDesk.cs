using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange;

/// <summary>Makes grants of approved requests, and suspends, resumes and ends them (政务数据共享条例 art. 27).</summary>
public sealed class GrantDesk(
    RecordStore store, RecordReader reader, SharedResources shared, Outbox outbox, OutboxSignal signal, Colleagues colleagues, Offices offices, Revocations revocations)
{
    private const int ReasonMax = 2_000;

    private static readonly ResourceDefinition Resource = GrantResources.Grant;

    /// <summary>The grant of a request, in the transaction of the step that approves it.</summary>
    /// <param name="number">Of the request.</param>
    public async Task<Refusals> Make(WriteSession session, Caller who, string number, GrantTerms terms, CancellationToken cancel)
    {
        var refusals = GrantRules.Judge(terms, shared, session.At.Local().Day());
        if (refusals.Any)
        {
            return refusals;
        }

        var resource = shared.Find(terms.Resource)!;
        var grant = new Grant
        {
            Number = number,
            Resource = resource.Id,
            Provider = resource.Owner,
            Consumer = terms.Consumer,
            Fields = string.Join(',', terms.Fields.Distinct(StringComparer.Ordinal)),
            Clear = terms.Clear.Count == 0 ? null : string.Join(',', terms.Clear.Distinct(StringComparer.Ordinal)),
            Condition = string.IsNullOrWhiteSpace(terms.Condition) ? null : terms.Condition.Trim(),
            Scene = terms.Scene.Trim(),
            Basis = terms.Basis.Trim(),
            Ways = string.Join(',', terms.Ways.Distinct(StringComparer.Ordinal)),
            Rate = terms.Rate!.Value,
            Begins = terms.Begins!.Value,
            Ends = terms.Ends!.Value,
            State = GrantState.InForce,
            ChangedBy = who.Name,
        };
        refusals = (await session.Apply(new Change.Insert(Resource, number, Typed<Grant>.Values(grant)), cancel)).Refusals;
        if (!refusals.Any)
        {
            await session.Send(cancel);
            await GrantBook.Announce(session, cancel);
        }

        return refusals;
    }

    /// <summary>Suspends, resumes or ends a grant, with a reason that the consumer is told.</summary>
    /// <param name="seen">The version that he saw.</param>
    public async Task<Outcome<Written>> Change(
        Caller who, string number, GrantAct act, string? reason, int? seen, string? once, CancellationToken cancel = default)
    {
        var written = await store.Write(
            new Act(who, act.Kind, reason, number) { IdempotencyKey = once },
            Resource.Schema,
            async session =>
            {
                // One after the other: who comes second sees what the first did.
                if (await session.Get(Resource, number, cancel) is not { } record || Typed<Grant>.Of(record) is not { } before || SightOf(who, before) is not { } sight)
                {
                    return Refusals.Of(new Refusal("SHR-D01", "", Text.NoSuchGrant));
                }

                var refusals = Refusals.Of(
                    sight == GrantSight.Consumer ? new("SHR-D02", "", Text.NotYours) : null,
                    !act.From.Contains(before.State) ? new("SHR-D03", "", Text.WrongState(act.Label, GrantState.Codes.Find(before.State)!.Label)) : null,
                    string.IsNullOrWhiteSpace(reason) ? new("SHR-D04", "reason", Text.NoReason, new Basis("政务数据共享条例", "第二十七条")) : null,
                    reason?.Length > ReasonMax ? new("SHR-D05", "reason", Text.LongWords(ReasonMax)) : null);
                if (refusals.Any)
                {
                    return refusals;
                }

                var after = before with { State = act.To, Reason = reason!.Trim(), ChangedBy = $"{who.OfficeName} {who.Name}".Trim() };
                refusals = (await session.Apply(new Change.Update(Resource, number, seen, Typed<Grant>.Differences(before, after)), cancel)).Refusals;
                if (!refusals.Any)
                {
                    await session.Send(cancel);
                    await Tell(session, after, Text.ChangedSubject(act.Label), Text.Changed(act.Label, offices.NameOf(who.Office), shared.NameOf(after.Resource), number, after.Reason!), cancel);
                    await GrantBook.Announce(session, cancel);
                }

                return refusals;
            },
            cancel);
        if (written.Ok)
        {
            signal.Wake();
            await revocations.Read(cancel);
        }

        return written;
    }

    /// <summary>The consumer ends its use and reports what became of the data (art. 27); a grant in force ends with it.</summary>
    /// <param name="disposal">One of <see cref="GrantDisposal"/>.</param>
    public async Task<Outcome<Written>> Finish(
        Caller who, string number, string? disposal, string? words, int? seen, string? once, CancellationToken cancel = default)
    {
        var written = await store.Write(
            new Act(who, "sharing.finish", words, number) { IdempotencyKey = once },
            Resource.Schema,
            async session =>
            {
                if (await session.Get(Resource, number, cancel) is not { } record || Typed<Grant>.Of(record) is not { System: null } before || SightOf(who, before) is null)
                {
                    return Refusals.Of(new Refusal("SHR-D01", "", Text.NoSuchGrant));
                }

                var refusals = Refusals.Of(
                    before.Consumer != who.Office ? new("SHR-D06", "", Text.OnlyConsumer) : null,
                    before.Disposal is not null ? new("SHR-D07", "", Text.DisposedAlready) : null,
                    GrantDisposal.Codes.Find(disposal ?? "") is null ? new("SHR-D08", "disposal", Text.NoDisposal, Disposing) : null,
                    string.IsNullOrWhiteSpace(words) ? new("SHR-D09", "words", Text.NoDisposalWords, Disposing) : null,
                    words?.Length > ReasonMax ? new("SHR-D05", "words", Text.LongWords(ReasonMax)) : null);
                if (refusals.Any)
                {
                    return refusals;
                }

                var by = $"{who.OfficeName} {who.Name}".Trim();
                var after = before with { Disposal = disposal, DisposalWords = words!.Trim(), DisposedBy = by, DisposedAt = session.At };
                if (before.State != GrantState.Revoked && before.StateOn(session.At.Local().Day()) != GrantState.Expired)
                {
                    after = after with { State = GrantState.Revoked, Reason = Text.UseEnded, ChangedBy = by };
                }

                refusals = (await session.Apply(new Change.Update(Resource, number, seen, Typed<Grant>.Differences(before, after)), cancel)).Refusals;
                if (!refusals.Any)
                {
                    await session.Send(cancel);
                    await Tell(
                        session, after, Text.UseEnded,
                        Text.Finished(offices.NameOf(after.Consumer), shared.NameOf(after.Resource), number, GrantDisposal.Codes.Find(disposal!)!.Label, after.DisposalWords!), cancel, after.Provider);
                    await GrantBook.Announce(session, cancel);
                }

                return refusals;
            },
            cancel);
        if (written.Ok)
        {
            signal.Wake();
            await revocations.Read(cancel);
        }

        return written;
    }

    private static readonly Basis Disposing = new("政务数据共享条例", "第二十七条");

    /// <summary>The heads of an office are told, the consumer's unless another is named.</summary>
    private async Task Tell(WriteSession session, Grant grant, string subject, string words, CancellationToken cancel, string? office = null)
    {
        foreach (var head in await colleagues.Heads(office ?? grant.Consumer, cancel))
        {
            outbox.Add(session, new("sharing.grant", new(Receiver.OfAccount(head.Account), head.Name), subject, words, Address(grant.Number)) { Case = grant.Number });
        }
    }

    /// <summary>Null when there is none for this caller.</summary>
    public async Task<(Grant Grant, int Version, GrantSight Sight)?> Get(Caller who, string number, CancellationToken cancel = default) =>
        await reader.Get(Resource, number, null, cancel) is { } record && Typed<Grant>.Of(record) is var grant && SightOf(who, grant) is { } sight
            ? (grant, record.Version, sight) : null;

    /// <summary>Those that the caller may see, newest first.</summary>
    public async Task<(IReadOnlyList<Grant> Grants, string? Next)> List(Caller who, string? after, CancellationToken cancel = default)
    {
        Filter? mine = who.May(SharingRights.Manage) ? null : new Filter.Or(
        [
            new Filter.Compare("consumer", Comparison.Equal, who.Office),
            new Filter.Compare("provider", Comparison.Equal, who.Office),
        ]);
        var page = await reader.TryList(Resource, new RecordQuery { Where = mine, Sort = [new("number", Descending: true)], Limit = 50, After = after }, cancel);
        return page.Ok ? ([.. page.Value.Records.Select(Typed<Grant>.Of)], page.Value.Next) : ([], null);
    }

    /// <summary>As what somebody of an office sees a grant; null: he does not.</summary>
    public static GrantSight? SightOf(Caller who, Grant grant) =>
        who.Kind != CallerKind.Staff || who.Office.Length == 0 ? null
        : who.May(SharingRights.Manage) ? GrantSight.Authority
        : grant.Provider == who.Office && who.May(SharingRights.Answer) ? GrantSight.Provider
        : grant.Consumer == who.Office && who.May(SharingRights.Apply) ? GrantSight.Consumer
        : null;

    /// <summary>Where he sees a grant; null: he does not.</summary>
    public static string? AddressFor(Caller who, Grant grant) => who.May(SharingRights.Apply) && SightOf(who, grant) is not null ? Address(grant.Number) : null;

    public static string Address(string number) => "/sharing/grants/" + number;
}

/// <summary>Rights in sharing; the system of sharing declares them.</summary>
public static class SharingRights
{
    /// <summary>Asks for other offices' data.</summary>
    public const string Apply = "sharing.request.apply";

    /// <summary>Answers for the own office's data, and looks after its grants.</summary>
    public const string Answer = "sharing.request.answer";

    /// <summary>Says that a value received from another office is wrong (校核).</summary>
    public const string Report = "sharing.correction.report";

    /// <summary>Looks at what others say is wrong in the own office's data, and answers.</summary>
    public const string Verify = "sharing.correction.verify";

    /// <summary>The authority for sharing (政务数据共享主管部门).</summary>
    public const string Manage = "sharing.manage";
}

/// <summary>As what somebody sees a grant.</summary>
public enum GrantSight
{
    Consumer,
    Provider,
    Authority,
}

/// <summary>What may be done to a grant.</summary>
/// <param name="Kind">Kind of the act in journal and log.</param>
public sealed record GrantAct(string Code, string Label, string Kind, IReadOnlyList<string> From, string To)
{
    public static readonly IReadOnlyList<GrantAct> All =
    [
        new("suspend", "暂停", "sharing.suspend", [GrantState.InForce], GrantState.Suspended),
        new("resume", "恢复", "sharing.resume", [GrantState.Suspended], GrantState.InForce),
        new("revoke", "终止", "sharing.revoke", [GrantState.InForce, GrantState.Suspended], GrantState.Revoked),
    ];

    public static GrantAct? Find(string code) => All.FirstOrDefault(act => act.Code == code);
}
