using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S06Sharing.Disputes;

/// <summary>A dispute is about a refused request of the own office, one at a time.</summary>
internal sealed class DisputeGuard(RecordReader records) : StepGuard
{
    private static readonly Basis Law = new("政务数据共享条例", "第二十八条");

    public static readonly IReadOnlyList<RuleEntry> Rules =
        [new("SHR-P01", Text.OnlyRefused, Law), new("SHR-P02", Text.InYourName, Law), new("SHR-P03", Text.Already, Law)];

    public override bool Concerns(CaseType type, string step) => type.Code == DisputeType.Code && step == BuiltInSteps.Open;

    public override async Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel)
    {
        var number = CaseRules.AnswersOf(facts.Case).GetValueOrDefault(DisputeType.Request, "");
        await session.Lock("dispute:" + number, cancel);
        if (await records.Get(CaseResources.Case, number, null, cancel) is not { } record || Typed<Case>.Of(record) is not { Type: RequestType.Code, Stage: RequestType.Refused } of)
        {
            return Refusals.Of(new Refusal("SHR-P01", DisputeType.Request, Text.OnlyRefused, Law));
        }

        if (CaseRules.AnswersOf(of).GetValueOrDefault(RequestTerms.Consumer) != who.Office || CaseRules.AnswersOf(facts.Case).GetValueOrDefault(DisputeType.Consumer) != who.Office)
        {
            return Refusals.Of(new Refusal("SHR-P02", DisputeType.Request, Text.InYourName, Law));
        }

        return await Running(session, number, cancel) ? Refusals.Of(new Refusal("SHR-P03", DisputeType.Request, Text.Already, Law)) : Refusals.None;
    }

    private static Task<bool> Running(WriteSession session, string number, CancellationToken cancel) => session.Session.Scalar<bool>(
        $"""
        select exists (select 1 from casework.link l join casework."case" c on c.number = l."case"
            where l.target = {number} and l.kind = {LinkKind.Concerns} and c.type = {DisputeType.Code} and c.state <> {CaseState.Ended})
        """,
        cancel);
}

/// <summary>Who is told of a dispute, and the request's way back to its provider.</summary>
internal sealed class DisputeEffect(Outbox outbox, Colleagues colleagues, Offices offices) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => type.Code == DisputeType.Code;

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var of = change.After;
        var number = CaseRules.AnswersOf(of).GetValueOrDefault(DisputeType.Request, "");
        if (await session.Facts(number, cancel) is not { } disputed)
        {
            return Refusals.None;
        }

        var (terms, title) = (RequestTerms.Of(CaseRules.AnswersOf(disputed.Case)), disputed.Case.Title);
        var (provider, words) = (disputed.Case.Office, change.Event.Opinion ?? "");
        if (change.Step.Code == BuiltInSteps.Open)
        {
            await Tell(session, of, of.Office, Text.ToMediate(offices.NameOf(terms.Consumer), title), cancel);
            await Tell(session, of, provider, Text.Raised(offices.NameOf(terms.Consumer), title), cancel, CaseAddresses.Desk(number));
            return await CaseParts.Link(session.Write, of.Number, LinkKind.Concerns, CaseResources.Case.Id, number, null, session.Who, cancel);
        }

        if (!change.Ends)
        {
            return Refusals.None;
        }

        await Tell(session, of, terms.Consumer, Text.Ended(title, change.Step.Label, words), cancel);
        if (!DisputeType.Provide.Contains(change.Step.Code, StringComparer.Ordinal))
        {
            await Tell(session, of, provider, Text.Ended(title, change.Step.Label, words), cancel, CaseAddresses.Desk(number));
            return Refusals.None;
        }

        await Tell(session, of, provider, Text.AnswerAgain(title, words), cancel, CaseAddresses.Desk(number));
        return await session.Take(number, new StepRequest(RequestType.AnswerAgain) { Reason = $"{change.Step.Label}：{words}" }, cancel);
    }

    private async Task Tell(CaseSession session, Case of, string office, string words, CancellationToken cancel, string? address = null)
    {
        foreach (var head in await colleagues.Heads(office, cancel))
        {
            outbox.Add(session.Write, new("sharing.dispute", new(Receiver.OfAccount(head.Account), head.Name), of.Title, words, address ?? CaseAddresses.Desk(of.Number)) { Case = of.Number });
        }
    }
}
