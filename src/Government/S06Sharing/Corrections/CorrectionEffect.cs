using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>What follows from a step of a correction, in its transaction: the link to the record, the writing, who is told.</summary>
internal sealed class CorrectionEffect(Outbox outbox, Colleagues colleagues, Offices offices, ResourceRegistry registry) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => type.Code == CorrectionType.Code;

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var (of, write) = (change.After, session.Write);
        var terms = CorrectionTerms.Of(CaseRules.AnswersOf(of));
        var resource = registry.Find(terms.Resource)?.Name ?? terms.Resource;
        var field = registry.Find(terms.Resource)?.Field(terms.Field)?.Label ?? terms.Field;
        switch (change.Step.Code)
        {
            case BuiltInSteps.Open:
                foreach (var head in await colleagues.Heads(terms.To, cancel))
                {
                    Tell(write, of, head.Account, head.Name, Text.ToVerify(offices.NameOf(terms.By), resource, field));
                }

                return await CaseParts.Link(write, of.Number, LinkKind.Concerns, terms.Resource, terms.Key, field, session.Who, cancel);
            case "correct":
                FollowUps.Leave(write, CorrectionWrite.Name, of.Number, of.Events, new CorrectionOrder(
                    session.Who.Id, session.Who.Name, session.Who.Office, CorrectionGuard.Target(request, terms)));
                break;
            case "uphold":
                foreach (var (account, name) in await Askers(colleagues, terms, cancel))
                {
                    Tell(write, of, account, name, Text.Upheld(resource, field, change.Event.Reason ?? ""));
                }

                break;
            default:
                break;
        }

        return Refusals.None;
    }

    /// <summary>Whoever reported it, when he is a person, and the heads of his office.</summary>
    internal static async Task<IReadOnlyList<(string Account, string Name)>> Askers(Colleagues colleagues, CorrectionTerms terms, CancellationToken cancel)
    {
        var heads = (await colleagues.Heads(terms.By, cancel)).Select(head => (head.Account, head.Name)).ToList();
        return await colleagues.Find(terms.Reporter, cancel) is { } reporter && heads.All(head => head.Account != reporter.Account)
            ? [.. heads, (reporter.Account, reporter.Name)] : heads;
    }

    private void Tell(WriteSession write, Case of, string account, string name, string words) =>
        outbox.Add(write, Message(of.Number, account, name, of.Title, words, CaseAddresses.Desk(of.Number)));

    internal static NewMessage Message(string number, string account, string name, string subject, string words, string address) =>
        new("sharing.correction", new(Receiver.OfAccount(account), name), subject, words, address) { Case = number };
}
