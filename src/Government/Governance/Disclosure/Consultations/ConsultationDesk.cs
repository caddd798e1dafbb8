using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>
/// Asks the public about a draft. The text is a published document, and so is the summary of what became of the
/// answers: neither comes to the public by another way than two persons' review.
/// </summary>
public sealed class ConsultationDesk(RecordStore store, RecordReader reader, GovernedReader governed, TimeProvider time)
{
    /// <summary>Shortest period for rules that bind citizens (行政法规、规章制定程序: 30 days); notices may take less, but never none.</summary>
    public const int DaysLeast = 7;

    public const int DaysMost = 180;
    public const int WordsMost = 2000;
    private const int AnswersMost = 5000;
    private const int AnswersOfOne = 10;

    public async Task<IReadOnlyList<Consultation>> All(CancellationToken cancel = default) =>
        [.. (await governed.List(
            new(Caller.Anonymous, DisclosureResources.Consultation), new() { Sort = [new("closes_on", true)], Limit = 200 }, cancel)).Value.Records
            .Select(record => Typed<Consultation>.Of(record.Record))];

    public async Task<Consultation?> Get(string key, CancellationToken cancel = default) =>
        await reader.Get(DisclosureResources.Consultation, key, null, cancel) is { } record ? Typed<Consultation>.Of(record) : null;

    /// <summary>The answers, for the office that asks; reading them is recorded for those who gave them.</summary>
    public async Task<IReadOnlyList<ConsultationAnswer>> Answers(Caller who, Consultation of, CancellationToken cancel = default) =>
        of.Office != who.Office || !who.May(DisclosureSystem.Publish) ? [] :
        [.. (await governed.List(
            new(Caller.Platform("disclosure") with { Id = who.Id, Name = who.Name, Office = who.Office, OfficeName = who.OfficeName }, DisclosureResources.ConsultationAnswer, Text.HandleAnswers),
            new() { Where = new Filter.Compare("consultation", Comparison.Equal, of.Key), Sort = [new("at")], Limit = AnswersMost }, cancel)).Value.Records
            .Select(record => Typed<ConsultationAnswer>.Of(record.Record))];

    public async Task<Outcome<string>> Begin(Caller who, string document, DateOnly? closes, string? once, CancellationToken cancel = default)
    {
        var today = time.Today();
        var found = await reader.Get(DisclosureResources.Document, document, null, cancel) is { } record ? Typed<Document>.Of(record) : null;
        var refusals = Refusals.Of(
            found is not { WithdrawnOn: null, Genre: "draft" } || found.Office != who.Office ? new("G3-C01", "document", Text.NoDraftDocument) : null,
            closes is not { } day || day < today.AddDays(DaysLeast) || day > today.AddDays(DaysMost) ? new("G3-C02", "closes_on", Text.BadPeriod(DaysLeast, DaysMost)) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        var written = await store.Write(
            new Act(who, "disclosure.consult") { IdempotencyKey = once },
            [
                new Change.Insert(DisclosureResources.Consultation, document, Typed<Consultation>.Values(new()
                {
                    Title = found!.Title, Office = who.Office, Document = document, OpensOn = today, ClosesOn = closes!.Value,
                })),
            ],
            cancel);
        return written.Ok ? document : written.Refusals;
    }

    public async Task<Refusals> Answer(Caller who, string key, string? words, string? once, CancellationToken cancel = default)
    {
        var today = time.Today();
        if (await Get(key, cancel) is not { } of || of.OpensOn > today || of.ClosesOn < today)
        {
            return Refusals.Of(new Refusal("G3-C03", "words", Text.ConsultationClosed));
        }

        if (who.Kind != CallerKind.Resident)
        {
            return Refusals.Of(new Refusal("G3-C04", "words", Text.ResidentsAnswer));
        }

        if (string.IsNullOrWhiteSpace(words) || words.Length > WordsMost)
        {
            return Refusals.Of(new Refusal("G3-C05", "words", Text.BadWords(WordsMost)));
        }

        return (await store.Write(
            new Act(who, "disclosure.answer") { IdempotencyKey = once },
            DisclosureResources.Schema,
            async session =>
            {
                await session.Lock($"answers:{key}:{who.Id}", cancel);
                var own = Filter.All(new Filter.Compare("consultation", Comparison.Equal, key), new Filter.Compare("account", Comparison.Equal, who.Id));
                var given = await session.List(DisclosureResources.ConsultationAnswer, new RecordQuery { Where = own, Limit = AnswersOfOne }, cancel);
                var answer = new ConsultationAnswer { Consultation = key, Words = words.Trim(), At = session.At, Account = who.Id, Person = who.Person };
                return given.Count >= AnswersOfOne
                    ? Refusals.Of(new Refusal("G3-C11", "words", Text.EnoughAnswers(AnswersOfOne)))
                    : (await session.Apply(new Change.Insert(DisclosureResources.ConsultationAnswer, "", Typed<ConsultationAnswer>.Values(answer)), cancel)).Refusals;
            },
            cancel)).Refusals;
    }

    /// <summary>What becomes of one answer. Until the outcome is published it may be judged anew.</summary>
    public async Task<Refusals> Handle(Caller who, string key, string answer, string? handling, string? reply, CancellationToken cancel = default) => (await store.Write(
        new Act(who, "disclosure.handle-answer"), DisclosureResources.Schema,
        async session =>
        {
            if (await Own(session, who, key, cancel) is not { Outcome: null } || await session.Get(DisclosureResources.ConsultationAnswer, answer, cancel) is not { } record
                || record.Text("consultation") != key)
            {
                return Refusals.Of(new Refusal("G3-C06", "", Text.NoSuchAnswer));
            }

            return Codes.Handling.Find(handling ?? "") is null || string.IsNullOrWhiteSpace(reply)
                ? Refusals.Of(new Refusal("G3-C07", "reply", Text.NoHandling))
                : (await session.Apply(
                    new Change.Update(DisclosureResources.ConsultationAnswer, answer, null, new Dictionary<string, object?> { ["handling"] = handling, ["reply"] = reply.Trim() }), cancel)).Refusals;
        },
        cancel)).Refusals;

    /// <summary>Publishes what became of the answers: a document of the office, after the period, when all are handled.</summary>
    public async Task<Refusals> Finish(Caller who, string key, string? document, CancellationToken cancel = default) => (await store.Write(
        new Act(who, "disclosure.consult-outcome"), DisclosureResources.Schema,
        async session =>
        {
            if (await Own(session, who, key, cancel) is not { Outcome: null } of)
            {
                return Refusals.Of(new Refusal("G3-C06", "", Text.NoSuchAnswer));
            }

            var answers = (await session.List(
                DisclosureResources.ConsultationAnswer, new RecordQuery { Where = new Filter.Compare("consultation", Comparison.Equal, key), Limit = AnswersMost }, cancel))
                .Select(Typed<ConsultationAnswer>.Of).ToList();
            var outcome = await session.Get(DisclosureResources.Document, document ?? "", cancel) is { } record ? Typed<Document>.Of(record) : null;
            var refusals = Refusals.Of(
                of.ClosesOn >= time.Today() ? new("G3-C08", "", Text.StillOpen) : null,
                answers.Exists(answer => answer.Handling is null) ? new("G3-C09", "", Text.NotAllHandled(answers.Count(answer => answer.Handling is null))) : null,
                outcome is not { WithdrawnOn: null, Genre: "outcome" } || outcome.Office != who.Office ? new("G3-C10", "document", Text.NoOutcomeDocument) : null);
            return refusals.Any ? refusals : (await session.Apply(
                new Change.Update(DisclosureResources.Consultation, key, null, new Dictionary<string, object?>
                {
                    ["outcome"] = document,
                    ["received"] = (long)answers.Count,
                    ["adopted"] = (long)answers.Count(answer => answer.Handling is "adopted" or "partly"),
                }),
                cancel)).Refusals;
        },
        cancel)).Refusals;

    private static async Task<Consultation?> Own(WriteSession session, Caller who, string key, CancellationToken cancel) =>
        await session.Get(DisclosureResources.Consultation, key, cancel) is { } record && record.Text("office") == who.Office ? Typed<Consultation>.Of(record) : null;
}
