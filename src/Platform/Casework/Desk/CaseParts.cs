using System.Globalization;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>What lies in the file of a case beside its steps: papers with their versions, links, words among colleagues.</summary>
public sealed class CaseParts(RecordStore store, RecordReader reader, TimeProvider time)
{
    private const int MaterialsMax = 500;

    /// <summary>Who may write it was asked before (<see cref="CaseSight"/>); what is written is judged here.</summary>
    public async Task<Outcome<Written>> Comment(Caller who, Case of, string words, string? once, CancellationToken cancel = default) =>
        string.IsNullOrWhiteSpace(words)
            ? new Refusal("CASE-P01", "words", Text.NoWords)
            : await store.Write(
                new Act(who, "case.comment", null, of.Number) { IdempotencyKey = once },
                [
                    new Change.Insert(CaseResources.Comment, $"{of.Number}-{Ulid.Next(time)}", Typed<CaseComment>.Values(new()
                    {
                        Case = of.Number,
                        Words = words.Trim(),
                        At = time.GetUtcNow(),
                        Who = who.Id,
                        WhoName = who.Name,
                        Office = who.Office,
                    })) { Fresh = true },
                ],
                cancel);

    /// <summary>A new paper, or a new version of one that is there.</summary>
    /// <param name="key">The paper that it replaces; null: a new one.</param>
    public Task<Outcome<Written>> Attach(Caller who, Case of, string? key, GivenMaterial given, string? once, CancellationToken cancel = default) =>
        store.Write(
            new Act(who, "case.attach", given.Name, of.Number) { IdempotencyKey = once },
            CaseResources.Schema,
            async session =>
            {
                var there = (await session.List(
                    CaseResources.Material, new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, of.Number), Limit = MaterialsMax }, cancel)).ToList();
                var before = there.Find(record => record.Key == key) ?? there.Find(record => given.Code is not null && record.Text("code") == given.Code);
                if (key is not null && before is null)
                {
                    return Refusals.Of(new Refusal("CASE-P02", "", Text.NoSuchPaper));
                }

                if (before is null && there.Count >= MaterialsMax)
                {
                    return Refusals.Of(new Refusal("CASE-P03", "", Text.TooManyPapers));
                }

                var name = string.IsNullOrWhiteSpace(given.Name) ? given.FileName ?? Text.Attachment : given.Name.Trim();
                var after = new CaseMaterial
                {
                    Case = of.Number,
                    Code = given.Code,
                    Name = before?.Text("name") ?? name,
                    How = given.How,
                    Source = given.Source,
                    File = given.File,
                    FileName = given.FileName,
                    State = MaterialState.Unchecked,
                    ByName = who.Name,
                    Person = of.Person,
                };
                return (await session.Apply(
                    before is null
                        ? new Change.Insert(CaseResources.Material, MaterialKey(of.Number, there.Count + 1), Typed<CaseMaterial>.Values(after))
                        : new Change.Update(CaseResources.Material, before.Key, before.Version,
                            Typed<CaseMaterial>.Differences(Typed<CaseMaterial>.Of(before), after with { Code = before.Text("code") })),
                    cancel)).Refusals;
            },
            cancel);

    /// <summary>What a clerk found of a paper.</summary>
    public Task<Outcome<Written>> Check(Caller who, Case of, string key, bool good, string? fault, CancellationToken cancel = default) =>
        !good && string.IsNullOrWhiteSpace(fault)
            ? Task.FromResult<Outcome<Written>>(new Refusal("CASE-P04", "fault", Text.NoFault))
            : store.Write(
                new Act(who, "case.check", null, of.Number),
                CaseResources.Schema,
                async session => await session.Get(CaseResources.Material, key, cancel) is { } record && record.Text("case") == of.Number
                    ? (await session.Apply(
                        new Change.Update(CaseResources.Material, key, null, new Dictionary<string, object?>(StringComparer.Ordinal)
                        {
                            ["state"] = good ? MaterialState.Good : MaterialState.Faulty,
                            ["fault"] = good ? null : fault,
                        }),
                        cancel)).Refusals
                    : Refusals.Of(new Refusal("CASE-P02", "", Text.NoSuchPaper)),
                cancel);

    /// <summary>Links a case with another one.</summary>
    public async Task<Outcome<Written>> Link(Caller who, Case of, string kind, string? other, string? note, string? once, CancellationToken cancel = default)
    {
        if (kind is not (LinkKind.Related or LinkKind.Repeated))
        {
            return new Refusal("CASE-P05", "kind", Text.NoSuchLink);
        }

        if (CaseNumbers.Read(other) is not { } number || number == of.Number || await reader.Get(CaseResources.Case, number, null, cancel) is null)
        {
            return new Refusal("CASE-R16", "other", Text.NoOtherCase);
        }

        return await store.Write(
            new Act(who, "case.link", null, of.Number) { IdempotencyKey = once },
            CaseResources.Schema,
            session => Link(session, of.Number, kind, CaseResources.Case.Id, number, note, who, cancel),
            cancel);
    }

    /// <summary>A link, in an act that is under way. The same link is written once.</summary>
    public static async Task<Refusals> Link(
        WriteSession session, string number, string kind, string resource, string target, string? note, Caller who, CancellationToken cancel)
    {
        var key = $"{number}-{kind}-{target}";
        if (await session.Get(CaseResources.Link, key, cancel) is not null)
        {
            return Refusals.None;
        }

        var link = new CaseLink
        {
            Case = number,
            Kind = kind,
            Resource = resource,
            Target = target,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            ByName = who.Name,
        };
        return (await session.Apply(new Change.Insert(CaseResources.Link, key, Typed<CaseLink>.Values(link)), cancel)).Refusals;
    }

    internal static string MaterialKey(string number, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{number}-{ordinal:000}");
}
