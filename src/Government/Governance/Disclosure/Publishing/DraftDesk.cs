using System.Globalization;
using Shali.Platform.Calendar;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>
/// Writes drafts, takes them through review, publishes and withdraws. Draft, review record and published document
/// change in one act. The check runs again before each step, on what the step then writes.
/// </summary>
public sealed class DraftDesk(RecordStore store, DraftReader drafts, DraftCheck check, Offices offices, CurrentCalendar calendar, TimeProvider time)
{
    /// <summary>Working days within which information is published after it was made (政府信息公开条例 art. 26).</summary>
    public const int DaysToPublish = 20;

    public const int FilesMost = 30;

    public DateOnly DueOf(DateOnly madeOn) => calendar().Add(madeOn, DaysToPublish);

    /// <summary>A new draft of the caller's office; its key.</summary>
    public async Task<Outcome<string>> Begin(Caller who, DraftWords words, string? once, CancellationToken cancel = default)
    {
        var refusals = Words(words);
        if (refusals.Any)
        {
            return refusals;
        }

        var draft = words.Over(new Draft
        {
            Title = "",
            Summary = "",
            Class = "",
            Genre = "",
            Office = who.Office,
            MadeOn = default,
            Attribute = "",
            Body = "",
            State = DraftState.Writing,
            Author = who.Id,
            AuthorName = who.Name,
            Writers = who.Id,
        });
        var written = await store.Write(
            new Act(who, "disclosure.write", draft.Title) { IdempotencyKey = once },
            [new Change.Insert(DisclosureResources.Draft, "", Typed<Draft>.Values(draft))], cancel);
        return written.Ok ? written.Value.Records[0].Key : written.Refusals;
    }

    /// <summary>Only a draft that is being written changes; who changes it becomes its author, and no reviewer of it.</summary>
    public async Task<Refusals> Change(Caller who, string key, int expected, DraftWords words, CancellationToken cancel = default) =>
        Words(words) is var refusals && refusals.Any ? refusals : (await store.Write(
            new Act(who, "disclosure.write"), DisclosureResources.Schema,
            async session => await Open(session, who, key, cancel) is not { } draft ? Closed()
                : (await session.Apply(
                    new Change.Update(DisclosureResources.Draft, key, expected, Typed<Draft>.Differences(draft, words.Over(draft) with { Author = who.Id, AuthorName = who.Name, Writers = draft.WritersWith(who.Id) })),
                    cancel)).Refusals,
            cancel)).Refusals;

    public async Task<Refusals> Attach(Caller who, string key, string name, string file, CancellationToken cancel = default) => (await store.Write(
        new Act(who, "disclosure.attach", name), DisclosureResources.Schema,
        async session =>
        {
            if (await Open(session, who, key, cancel) is not { } draft)
            {
                return Closed();
            }

            var there = await session.List(DisclosureResources.DraftFile, DraftReader.OfDraft(key), cancel);
            return there.Count >= FilesMost ? Refusals.Of(new Refusal("G3-F03", "file", Text.TooManyFiles(FilesMost)))
                : (await session.Apply(
                    new Change.Insert(DisclosureResources.DraftFile, "", Typed<DraftFile>.Values(new() { Draft = key, Office = draft.Office, Name = name, File = file })), cancel)).Refusals
                    .And(await Wrote(session, draft, who, cancel));
        },
        cancel)).Refusals;

    public async Task<Refusals> Detach(Caller who, string key, string file, CancellationToken cancel = default) => (await store.Write(
        new Act(who, "disclosure.detach"), DisclosureResources.Schema,
        async session => await Open(session, who, key, cancel) is not { } draft || (await session.Get(DisclosureResources.DraftFile, file, cancel))?.Text("draft") != key
            ? Closed()
            : (await session.Apply(new Change.Delete(DisclosureResources.DraftFile, file, null), cancel)).Refusals.And(await Wrote(session, draft, who, cancel)),
        cancel)).Refusals;

    /// <summary>Takes a step, or says everything that speaks against it. The index number where something was published.</summary>
    public async Task<Outcome<Draft>> Take(Caller who, string key, DraftRequest request, CancellationToken cancel = default)
    {
        if (await drafts.File(who, key, cancel) is not { } seen)
        {
            return new Refusal("G3-F04", "", Text.NoDraft);
        }

        // Files are read outside of the transaction; what it then writes is this version or none.
        var report = await check.Of(seen.Draft, seen.Files, cancel);
        var (expected, digest) = (request.Expected ?? seen.Version, DraftCheck.Digest(seen.Draft, seen.Files));
        var after = seen.Draft;
        var written = await store.Write(
            new Act(who, $"disclosure.{request.Step}", request.Opinion, key), DisclosureResources.Schema,
            async session =>
            {
                await session.Lock("draft:" + key, cancel);
                if (await session.Get(DisclosureResources.Draft, key, cancel) is not { } record || record.Version != expected || seen.Version != expected)
                {
                    return Refusals.Of(new Refusal("G3-F05", "", Text.Changed));
                }

                var files = (await session.List(DisclosureResources.DraftFile, DraftReader.OfDraft(key), cancel)).Select(Typed<DraftFile>.Of).ToList();
                if (DraftCheck.Digest(Typed<Draft>.Of(record), files) != digest)
                {
                    return Refusals.Of(new Refusal("G3-F05", "", Text.Changed));
                }

                var refusals = DraftRules.Judge(seen.Draft, digest, report, request, who, time.Today());
                if (refusals.Any)
                {
                    return refusals;
                }

                var review = new Review
                {
                    Draft = key,
                    Step = request.Step,
                    At = session.At,
                    Who = who.Id,
                    WhoName = who.Name,
                    Office = who.Office,
                    Opinion = Trim(request.Opinion),
                    Secrecy = request.Step == DraftStep.Pass ? request.Secrecy : null,
                    Digest = digest,
                    Findings = Text.Summarise(report),
                    Word = report.NeedsWord ? Trim(request.Word) : null,
                };
                refusals = (await session.Apply(new Change.Insert(DisclosureResources.Review, $"{key}-{Ulid.Next(time)}", Typed<Review>.Values(review)), cancel)).Refusals;
                after = After(seen.Draft, request, who, digest);
                if (request.Step == DraftStep.Publish)
                {
                    var index = await NextIndex(session, seen.Draft, cancel);
                    after = after with { Document = index };
                    refusals = refusals.And(await Publish(session, after, files, cancel));
                }
                else if (request.Step is DraftStep.Withdraw or DraftStep.Validity)
                {
                    refusals = refusals.And(await Amend(session, seen.Draft, request, cancel));
                }

                return refusals.And((await session.Apply(
                    new Change.Update(DisclosureResources.Draft, key, expected, Typed<Draft>.Differences(seen.Draft, after)), cancel)).Refusals);
            },
            cancel);
        return written.Ok ? after : written.Refusals;
    }

    private static Draft After(Draft draft, DraftRequest request, Caller who, string digest) => request.Step switch
    {
        DraftStep.Submit => draft with { State = DraftState.Department, Reviewer = null, ReviewerName = null, ReviewedDigest = null },
        DraftStep.Pass => draft with { State = DraftState.Office, Reviewer = who.Id, ReviewerName = who.Name, ReviewedDigest = digest },
        DraftStep.Return => draft with { State = DraftState.Writing, Reviewer = null, ReviewerName = null, ReviewedDigest = null },
        DraftStep.Publish => draft with { State = DraftState.Published },
        DraftStep.Keep => draft with { State = DraftState.Kept, AssessOn = request.AssessOn },
        DraftStep.Withdraw => draft with { State = DraftState.Withdrawn },
        DraftStep.Assess => draft with { AssessOn = request.AssessOn },
        _ => draft,
    };

    private async Task<Refusals> Publish(WriteSession session, Draft draft, IReadOnlyList<DraftFile> files, CancellationToken cancel)
    {
        var document = new Document
        {
            Index = draft.Document!,
            Title = draft.Title,
            DocumentNumber = draft.DocumentNumber,
            Summary = draft.Summary,
            Class = draft.Class,
            Genre = draft.Genre,
            Office = draft.Office,
            OfficeName = offices.NameOf(draft.Office),
            MadeOn = draft.MadeOn,
            PublishedOn = session.At.Local().Day(),
            DueOn = DueOf(draft.MadeOn),
            Attribute = draft.Attribute,
            Validity = "valid",
            Keywords = draft.Keywords,
            Body = draft.Body,
            Draft = draft.Key,
        };
        var refusals = (await session.Apply(new Change.Insert(DisclosureResources.Document, document.Index, Typed<Document>.Values(document)), cancel)).Refusals;
        for (var i = 0; i < files.Count && !refusals.Any; i++)
        {
            var file = new DocumentFile { Document = document.Index, Name = files[i].Name, File = files[i].File };
            var key = string.Create(CultureInfo.InvariantCulture, $"{document.Index}-{i + 1:00}");
            refusals = (await session.Apply(new Change.Insert(DisclosureResources.DocumentFile, key, Typed<DocumentFile>.Values(file)), cancel)).Refusals;
        }

        return refusals;
    }

    private static async Task<Refusals> Amend(WriteSession session, Draft draft, DraftRequest request, CancellationToken cancel)
    {
        if (request.Step == DraftStep.Validity)
        {
            return (await session.Apply(
                new Change.Update(DisclosureResources.Document, draft.Document!, null, new Dictionary<string, object?> { ["validity"] = request.Validity }), cancel)).Refusals;
        }

        var gone = new Dictionary<string, object?> { ["withdrawn_on"] = session.At.Local().Day() };
        var refusals = (await session.Apply(new Change.Update(DisclosureResources.Document, draft.Document!, null, gone), cancel)).Refusals;
        foreach (var file in await session.List(DisclosureResources.DocumentFile, DocumentReader.FilesOf(draft.Document!), cancel))
        {
            refusals = refusals.And((await session.Apply(new Change.Update(DisclosureResources.DocumentFile, file.Key, null, gone), cancel)).Refusals);
        }

        return refusals;
    }

    /// <summary>Year, class, and a serial number within them.</summary>
    private static async Task<string> NextIndex(WriteSession session, Draft draft, CancellationToken cancel)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{session.At.Local().Year}-{draft.Class}-");
        await session.Lock("index:" + head, cancel);
        var last = await session.List(
            DisclosureResources.Document,
            new RecordQuery { Where = new Filter.Like("index", head + "%"), Sort = [new SortBy("index", Descending: true)], Limit = 1 }, cancel);
        var next = last.Count == 0 ? 1 : int.Parse(last[0].Key[head.Length..], CultureInfo.InvariantCulture) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{head}{next:00000}");
    }

    private static async Task<Draft?> Open(WriteSession session, Caller who, string key, CancellationToken cancel) =>
        await session.Get(DisclosureResources.Draft, key, cancel) is { } record && Typed<Draft>.Of(record) is var draft
            && draft.Office == who.Office && who.May(DisclosureSystem.Write) && draft.State == DraftState.Writing ? draft : null;

    private static async Task<Refusals> Wrote(WriteSession session, Draft draft, Caller who, CancellationToken cancel) =>
        (await session.Apply(
            new Change.Update(DisclosureResources.Draft, draft.Key, null, Typed<Draft>.Differences(draft, draft with { Writers = draft.WritersWith(who.Id) })), cancel)).Refusals;

    private static Refusals Closed() => Refusals.Of(DraftRules.Of(1, "", Text.NotWritable));

    private Refusals Words(DraftWords words) => words.MadeOn > time.Today() ? Refusals.Of(DraftRules.Of(14, "made_on", Text.MadeLater)) : Refusals.None;

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What an author writes.</summary>
public sealed record DraftWords(string Title, string Summary, string Class, string Genre, DateOnly MadeOn, string Attribute, string Body)
{
    public string? DocumentNumber { get; init; }

    public string? Basis { get; init; }

    public string? Keywords { get; init; }

    internal Draft Over(Draft draft) => draft with
    {
        Title = Title,
        Summary = Summary,
        Class = Class,
        Genre = Genre,
        MadeOn = MadeOn,
        Attribute = Attribute,
        Body = Body,
        DocumentNumber = DocumentNumber,
        Basis = Basis,
        Keywords = Keywords,
    };
}
