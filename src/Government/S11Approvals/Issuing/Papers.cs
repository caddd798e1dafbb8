using System.Text.Json;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Documents;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>What the documents of an item's steps say. Pure: the same facts give the same words.</summary>
internal static class Papers
{
    public static DocumentContent Compose(PaperFacts facts)
    {
        var kind = PaperKind.Find(facts.Step.Produces) ?? throw new ArgumentException($"Nobody knows the document {facts.Step.Produces}.", nameof(facts));
        return new()
        {
            Form = DocumentForm.Decision,
            Office = facts.Office,
            Title = kind.Title(facts.Item.IsLicence),
            Number = facts.Number,
            Addressee = facts.Holder.Length > 0 ? facts.Holder : null,
            Paragraphs = [.. Body(kind, facts)],
            Fields = [.. Fields(kind, facts)],
            Notes = [.. Notes(kind, facts)],
            Date = facts.Date,
            SealUse = Text.SealUse,
        };
    }

    private static IEnumerable<string> Body(PaperKind kind, PaperFacts facts) => kind.Kind switch
    {
        ItemDocuments.Acceptance => Acceptance(facts),
        ItemDocuments.NotAccepted => NotAccepted(facts),
        ItemDocuments.Correction => Correction(facts),
        ItemDocuments.Special => [Text.Special(Asked(facts), Reason(facts), KindOf(facts.Step), facts.Length, facts.Step.Basis), Text.SpecialClock],
        ItemDocuments.Hearing => [Text.Hearing(Asked(facts), Reason(facts), facts.You, facts.Step.Basis), Text.HearingCost],
        ItemDocuments.Extension => [Text.Extension(Asked(facts), Reason(facts), facts.Item.Extension?.Approver ?? "", facts.Length, facts.Due, facts.Step.Basis)],
        ItemDocuments.Decision => Decision(facts),
        ItemDocuments.Refusal => [Text.Refusal(Asked(facts), Reason(facts), Grounds(facts), facts.Item.IsLicence)],
        ItemDocuments.Termination => [Text.Termination(Asked(facts), Reason(facts))],
        ItemDocuments.Delivery => [Text.Delivery(facts.You, facts.Item.Name)],
        _ => [Text.Revocation(facts.You, facts.Item.Name, Reason(facts), Grounds(facts), facts.Item.IsLicence)],
    };

    private static IEnumerable<string> Acceptance(PaperFacts facts)
    {
        yield return facts.Step.Code switch
        {
            ItemSteps.DeemAccepted => Text.DeemedAccepted(Asked(facts)),
            ItemSteps.AcceptJointly => Text.AcceptedTogether(Asked(facts), facts.Step.Basis),
            _ => Text.Acceptance(Asked(facts), facts.Item.IsLicence),
        };
        if (facts.Item.Legal is { } legal)
        {
            yield return Text.Limits(legal, facts.Item.Limit, facts.Due);
        }

        yield return facts.Item.Fees.Count == 0 ? Text.FreeOfCharge : Text.Charged;
    }

    private static IEnumerable<string> NotAccepted(PaperFacts facts)
    {
        yield return Text.NotAccepted(Asked(facts), Reason(facts), Grounds(facts));
        if (Detail(facts.Event, "competent") is { } competent)
        {
            yield return Text.Competent(competent);
        }
    }

    private static IEnumerable<string> Correction(PaperFacts facts)
    {
        yield return Text.Correction(Asked(facts), facts.Step.Basis);

        // What was told fault by fault is numbered already.
        var (number, told) = (0, CaseFaults.Of(facts.Event).Count > 0);
        foreach (var line in (facts.Event.Opinion ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(facts.Faults.Select(fault => $"{fault.Name}：{fault.Fault}")))
        {
            yield return told ? line : $"{++number}. {line}";
        }

        yield return Text.CorrectionDays(facts.Item.CorrectionDays);
    }

    private static IEnumerable<string> Decision(PaperFacts facts)
    {
        yield return facts.Step.Code == ItemSteps.DeemRenewed ? Text.DeemedRenewed(Asked(facts), facts.You)
            : Text.Decision(Asked(facts), facts.Item.IsLicence, facts.Step.Basis, facts.Item.Bases);
        if (facts.Item.Result is { Kind: not ResultKind.None } result)
        {
            yield return ItemStages.Issues(facts.Item) ? Text.WillIssue(result.Name, facts.You) : Text.Issues(result.Name);
        }
    }

    private static IEnumerable<ContentField> Fields(PaperKind kind, PaperFacts facts)
    {
        yield return new(Text.CaseLabel, CaseNumbers.Show(facts.Case.Number));
        switch (kind.Kind)
        {
            case ItemDocuments.Acceptance:
                yield return new(Text.AcceptedLabel, (facts.Case.AcceptedAt ?? facts.Event.At).Local().Day().InWords());
                break;
            case ItemDocuments.Decision:
                foreach (var field in LicenceFields.Of(facts.Item, CaseRules.AnswersOf(facts.Case)))
                {
                    yield return field;
                }

                break;
            case ItemDocuments.Delivery:
                yield return new(Text.ReceiverLabel, facts.Holder);
                yield return new(Text.DeliveredLabel, facts.Delivered.Count > 0 ? string.Join('；', facts.Delivered) : facts.Item.Result?.Name ?? "");
                yield return new(Text.DeliveredAtLabel, facts.Event.At.InWords());
                yield return new(Text.DeliveredByLabel, facts.Event.WhoName);
                break;
        }
    }

    private static IEnumerable<string> Notes(PaperKind kind, PaperFacts facts)
    {
        if (kind.Adverse)
        {
            yield return Text.Remedies(facts.Government);
        }
        else if (kind.Kind is ItemDocuments.Acceptance or ItemDocuments.Correction)
        {
            yield return Text.Follow(CaseNumbers.Show(facts.Case.Number));
        }
    }

    private static string Asked(PaperFacts facts) => Text.Asked(facts.You, facts.Case.ReceivedAt.Local().Day(), facts.Item.Name);

    private static string Reason(PaperFacts facts) => (facts.Event.Reason ?? facts.Event.Opinion ?? "").Trim().TrimEnd('。', '；', '，');

    private static string Grounds(PaperFacts facts) => facts.Event.Basis ?? facts.Step.Basis?.ToString() ?? "";

    private static string KindOf(CaseStep step) =>
        step.Clocks.Select(effect => SuspensionKinds.Find(effect.Kind)?.Label).FirstOrDefault(label => label is not null) ?? step.Label;

    private static string? Detail(CaseEvent one, string name) =>
        one.Details is { } details && JsonSerializer.Deserialize<Dictionary<string, string>>(details)?.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
