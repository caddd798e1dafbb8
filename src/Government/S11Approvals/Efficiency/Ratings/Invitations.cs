using Shali.Platform.Casework;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Asks for a rating in the act that ends the case.</summary>
internal sealed class InvitesToRate(Invitations invitations) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => ApprovalCases.Concerns(type);

    public override Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        if (change.Ends && Invitations.Wanted(change.After))
        {
            invitations.Add(session.Write, change.After, Invitations.First);
        }

        return Task.FromResult(Refusals.None);
    }
}

/// <summary>Asks once more when nothing has come after a day. Nobody is asked a third time.</summary>
public sealed class Invitations(
    Db db, RecordStore store, RecordReader reader, Outbox outbox, TrackingCodes codes, DocumentSettings settings, StandardBook standards, TimeProvider time)
{
    internal const string First = "approvals.rating.invite";
    internal const string Second = "approvals.rating.invite-again";
    private const int Some = 200;

    /// <summary>Parts of a case are rated with it; what was withdrawn or merged was not served.</summary>
    internal static bool Wanted(Case of) => of is { Parent: null, MergedInto: null, Result: not null };

    internal void Add(WriteSession session, Case of, string @event)
    {
        var link = $"/rate/{of.Number}-{codes.For(RatingDesk.CodeUse, of.Number)}";
        outbox.Add(session, new(
            @event,
            of.ReceiverOn(time.Today()),
            Text.InviteSubject,
            Text.InviteText(of.Title, new Uri(settings.PublicAddress, link).AbsoluteUri),
            link)
        {
            Case = of.Number,
            Channels = [Channel.Sms, Channel.Email],
        });
    }

    /// <summary>Those who were asked a day ago and have not answered; how many it asked again.</summary>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var set = await standards.Today(cancel);
        var (now, pause) = (time.GetUtcNow(), TimeSpan.FromHours((double)set[StandardKinds.InviteAgain]));
        var due = await db.List(
            $"""
            select distinct case_no from casework.outbox
            where id >= {Ulid.Floor(now - pause - TimeSpan.FromDays(2))} and id < {Ulid.Floor(now - pause)} and event = {First}
              and not exists (select 1 from casework.outbox later where later.case_no = outbox.case_no and later.event = {Second})
            order by case_no limit {Some}
            """,
            row => row.GetString(0),
            cancel);
        var asked = 0;
        foreach (var number in due)
        {
            if (await reader.Get(Definition.Of<Rating>(), number, null, cancel) is null)
            {
                asked += await Again(number, cancel);
            }
        }

        return asked;
    }

    private async Task<int> Again(string number, CancellationToken cancel)
    {
        var asked = 0;
        await store.Write(
            new Act(Caller.Platform("rating"), "approvals.rating.invite", Case: number),
            CaseResources.Schema,
            async session =>
            {
                await session.Lock("invite:" + number, cancel);
                var done = await session.Session.Scalar<bool>(
                    $"select exists (select 1 from casework.outbox where case_no = {number} and event = {Second})", cancel);
                if (!done && await reader.Get(CaseResources.Case, number, null, cancel) is { } record)
                {
                    Add(session, Typed<Case>.Of(record), Second);

                    // No record changes with it: the outbox row is the whole act.
                    await session.Send(cancel);
                    asked = 1;
                }

                return Refusals.None;
            },
            cancel);
        return asked;
    }
}
