using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;

namespace Shali.Government.S06Sharing.Requests;

/// <summary>What follows from a step of a request, in its transaction: the grant, and who is told.</summary>
internal sealed class RequestEffect(GrantDesk grants, Outbox outbox, Colleagues colleagues, SharedResources shared) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => RequestType.Is(type);

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var (of, step) = (change.After, change.Step.Code);
        var terms = RequestTerms.Of(CaseRules.AnswersOf(of));
        var refusals = Refusals.None;
        if (step == "agree" || (step == "approve" && of.Type == RequestType.UnconditionalCode))
        {
            refusals = await grants.Make(session.Write, session.Who, of.Number, terms, cancel);
            var next = step != "agree" ? "give" : terms.Ways.Contains(GrantWay.Batch, StringComparer.Ordinal) ? null : "supply-at-once";
            if (!refusals.Any && next is not null)
            {
                refusals = await session.Take(of.Number, new StepRequest(next), cancel);
            }
        }

        if (!refusals.Any)
        {
            await Tell(session, change, terms, cancel);
        }

        return refusals;
    }

    /// <summary>The heads of the office whose turn it is, or who waits for the answer.</summary>
    private async Task Tell(CaseSession session, CaseChange change, GrantTerms terms, CancellationToken cancel)
    {
        var name = shared.NameOf(terms.Resource);
        var words = (change.Event.Opinion ?? change.Event.Reason ?? "") + (change.Event.Basis is { } basis ? $"（{basis}）" : "");
        var (office, sentence) = change.Step.Code switch
        {
            BuiltInSteps.Open => (terms.Consumer, Text.ToApprove(name)),
            "pass-on" => (change.After.Office, Text.ToAnswer(name)),
            "ask-correction" => (terms.Consumer, Text.ToCorrect(name, words)),
            "ask-extension" => (RequestType.Authority, Text.ToExtend(name, words)),
            "extend" => (terms.Consumer, Text.Extended(name, words)),
            "agree" or "give" => (terms.Consumer, Text.Agreed(name, RequestTerms.Day(terms.Ends))),
            "refuse" => (terms.Consumer, Text.Refused(name, words)),
            "supply" => (terms.Consumer, Text.Supplied(name, words)),
            _ => ("", ""),
        };
        if (office.Length == 0)
        {
            return;
        }

        foreach (var head in await colleagues.Heads(office, cancel))
        {
            outbox.Add(session.Write, new(
                "sharing." + change.Step.Code, new(Receiver.OfAccount(head.Account), head.Name), $"{Text.Request}：{name}", sentence, CaseAddresses.Desk(change.After.Number))
            {
                Case = change.After.Number,
            });
        }
    }
}
