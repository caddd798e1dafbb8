using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>
/// The last gate, whichever door a write comes through: no document without a completed secrecy review of exactly
/// this text and these files by somebody who is not the author, and none that disappears.
/// </summary>
internal sealed class DocumentGuard : RecordGuard
{
    public override string Resource => "disclosure/document";

    public override async Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel)
    {
        if (after is null)
        {
            return Refusals.Of(DraftRules.Of(15, "", Text.RuleKept));
        }

        if (before is not null)
        {
            // What was published is changed by publishing something new; only its end and its validity move.
            return after.Definition.Fields.Select(field => field.Name).Where(name => name is not ("withdrawn_on" or "validity"))
                .Any(name => !Equals(before[name], after[name])) || before["withdrawn_on"] is not null && after["withdrawn_on"] is null
                ? Refusals.Of(DraftRules.Of(5, "", Text.NotReviewed)) : Refusals.None;
        }

        var document = Typed<Document>.Of(after);
        if (await session.Get(DisclosureResources.Draft, document.Draft, cancel) is not { } record)
        {
            return Refusals.Of(DraftRules.Of(5, "", Text.NotReviewed));
        }

        var draft = Typed<Draft>.Of(record);
        var files = (await session.List(DisclosureResources.DraftFile, DraftReader.OfDraft(draft.Key), cancel)).Select(Typed<DraftFile>.Of);
        var digest = DraftCheck.Digest(draft, files);
        var reviews = (await session.List(DisclosureResources.Review, DraftReader.OfDraft(draft.Key), cancel)).Select(Typed<Review>.Of).ToList();
        var passed = reviews.Exists(review => review is { Step: DraftStep.Pass, Secrecy: DraftRules.Clear } && review.Digest == digest && !draft.WrittenBy(review.Who));
        var same = (document.Title, document.Body, document.Summary, document.Office, document.Attribute)
            == (draft.Title, draft.Body, draft.Summary, draft.Office, Attributes.Proactive);
        return passed && same && draft.State == DraftState.Office && draft.Attribute == Attributes.Proactive
            ? Refusals.None : Refusals.Of(DraftRules.Of(5, "", Text.NotReviewed));
    }
}

/// <summary>A file is published with its document, as it was reviewed, and not otherwise.</summary>
internal sealed class DocumentFileGuard : RecordGuard
{
    public override string Resource => "disclosure/document-file";

    public override async Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel)
    {
        if (after is null)
        {
            return Refusals.Of(DraftRules.Of(15, "", Text.RuleKept));
        }

        if (before is not null)
        {
            return (before.Text("file"), before.Text("name"), before.Text("document")) == (after.Text("file"), after.Text("name"), after.Text("document"))
                ? Refusals.None : Refusals.Of(DraftRules.Of(5, "", Text.NotReviewed));
        }

        var document = await session.Get(DisclosureResources.Document, after.Text("document")!, cancel);
        var files = document is null ? [] : await session.List(DisclosureResources.DraftFile, DraftReader.OfDraft(document.Text("draft")!), cancel);
        return files.Any(file => file.Text("file") == after.Text("file") && file.Text("name") == after.Text("name"))
            ? Refusals.None : Refusals.Of(DraftRules.Of(5, "", Text.NotReviewed));
    }
}
