using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>What somebody has begun to fill in and can come back to. Only he sees it; nobody keeps its history.</summary>
public sealed class Drafts(Db db, CaseTypes types, TimeProvider time)
{
    private const int DraftsMax = 50;

    /// <summary>Of whoever has signed in as himself.</summary>
    internal const string Own = "self";

    /// <summary>After so many days nobody comes back: what was typed is forgotten.</summary>
    internal const int DaysMax = 180;
    private const string Columns =
        "id, type, type_version, owner, acting, office, answers::text, materials::text, begun_at, saved_at, case_no, known::text, known_at";

    /// <summary>Begins one; a firm's and a person's are kept apart.</summary>
    public async Task<Draft> Begin(Caller who, CaseType type, IReadOnlyDictionary<string, string> answers, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        var draft = new Draft(Ulid.Next(time), type, who.Id, Acting(who), answers, [])
        {
            BegunAt = now,
            SavedAt = now,
        };
        await db.Run($"delete from casework.draft where saved_at < {now.AddDays(-DaysMax)}", cancel);
        await db.Run(
            $"""
            insert into casework.draft (id, type, type_version, owner, acting, office, answers, materials, begun_at, saved_at)
            values ({draft.Id}, {type.Code}, {type.Version}, {who.Id}, {draft.Acting}, {who.Office}, {Json(answers)}, {Json(draft.Materials)}, {now}, {now})
            """,
            cancel);
        return draft;
    }

    /// <summary>Null when it is not his, or was forgotten. One that was handed in names its case.</summary>
    public async Task<Draft?> Find(Caller who, string id, CancellationToken cancel = default)
    {
        var row = await db.One(
            $"select {Sql.Trusted(Columns)} from casework.draft where id = {id} and owner = {who.Id} and acting = {Acting(who)}", Read, cancel);
        return row is null ? null : await Whole(row, cancel);
    }

    /// <summary>Those that were not handed in yet, latest first.</summary>
    public async Task<IReadOnlyList<Draft>> Of(Caller who, CancellationToken cancel = default)
    {
        var rows = await db.List(
            $"""
            select {Sql.Trusted(Columns)} from casework.draft where owner = {who.Id} and acting = {Acting(who)} and case_no is null
            order by saved_at desc limit {DraftsMax}
            """,
            Read,
            cancel);
        var drafts = new List<Draft>(rows.Count);
        foreach (var row in rows)
        {
            drafts.Add(await Whole(row, cancel));
        }

        return drafts;
    }

    public Task Save(Draft draft, CancellationToken cancel = default) => db.Run(
        $"""
        update casework.draft set answers = {Json(draft.Answers)}, materials = {Json(draft.Materials)}, known = {Json(draft.Known)},
            known_at = {Sql.Value(draft.KnownAt, NpgsqlDbType.TimestampTz)}, saved_at = {time.GetUtcNow()}
        where id = {draft.Id} and case_no is null
        """,
        cancel);

    public Task Drop(Caller who, string id, CancellationToken cancel = default) =>
        db.Run($"delete from casework.draft where id = {id} and owner = {who.Id} and acting = {Acting(who)} and case_no is null", cancel);

    private static string Acting(Caller who) => who.Kind == CallerKind.Staff ? "office:" + who.Office : who.Entity is { } firm ? "firm:" + firm : Own;

    private async Task<Draft> Whole(Row row, CancellationToken cancel) =>
        new(row.Id, types.Find(row.Type) ?? await types.Of(row.Type, row.Version, cancel), row.Owner, row.Acting, row.Answers, row.Materials)
        {
            BegunAt = row.BegunAt,
            SavedAt = row.SavedAt,
            Case = row.Case,
            Known = row.Known,
            KnownAt = row.KnownAt,
        };

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(6))!,
        JsonSerializer.Deserialize<GivenMaterial[]>(row.GetString(7), DefinitionJson.Options)!,
        row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9), Works.Null(row, 10))
    {
        Known = JsonSerializer.Deserialize<Dictionary<string, KnownAnswer>>(row.GetString(11), DefinitionJson.Options)!,
        KnownAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
    };

    private static Sql Json<T>(T value) => Sql.Value(JsonSerializer.Serialize(value, DefinitionJson.Options), NpgsqlDbType.Jsonb);

    private sealed record Row(
        string Id, string Type, int Version, string Owner, string Acting, IReadOnlyDictionary<string, string> Answers, IReadOnlyList<GivenMaterial> Materials,
        DateTimeOffset BegunAt, DateTimeOffset SavedAt, string? Case)
    {
        public required IReadOnlyDictionary<string, KnownAnswer> Known { get; init; }

        public DateTimeOffset? KnownAt { get; init; }
    }
}

/// <summary>A case that is being filled in.</summary>
public sealed record Draft(
    string Id, CaseType Type, string Owner, string Acting, IReadOnlyDictionary<string, string> Answers, IReadOnlyList<GivenMaterial> Materials)
{
    public DateTimeOffset BegunAt { get; init; }

    public DateTimeOffset SavedAt { get; init; }

    /// <summary>The case that it became.</summary>
    public string? Case { get; init; }

    /// <summary>What the government knew of the applicant, by code, and when it was asked; null: not yet.</summary>
    public IReadOnlyDictionary<string, KnownAnswer> Known { get; init; } = new Dictionary<string, KnownAnswer>();

    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>The first question that has no answer yet; null when all that must be answered is.</summary>
    public CaseQuestion? Open => Type.Form.Asked(Answers).FirstOrDefault(question => question.Field.Required && !Answers.ContainsKey(question.Field.Name));

    /// <summary>The materials that this case needs. An answer whose question no longer comes up decides nothing.</summary>
    public IReadOnlyList<MaterialRule> Needed
    {
        get
        {
            var counted = Type.Form.Counted(Answers);
            return [.. Type.Materials.Where(material => material.When?.Holds(counted) ?? true)];
        }
    }

    /// <summary>Those that nobody has to bring: had from data or made of the answers, and none was given in their place.</summary>
    public IReadOnlyList<MaterialRule> Had => [.. Needed.Where(material => FactOf(material) is not null)];

    /// <summary>Those of them that he would have had to bring: had from data.</summary>
    public IReadOnlyList<MaterialRule> Saved => [.. Needed.Where(material => FactOf(material) is { } fact && MaterialSource.IsSaved(fact.How))];

    /// <summary>Something of this application is known: an answer or a paper.</summary>
    public bool HasKnown => Saved.Count > 0 || Type.Form.Asked(Answers).Any(question => FactOf(question) is not null);

    public GivenMaterial? Given(MaterialRule material) => Materials.FirstOrDefault(one => one.Code == material.Code);

    /// <summary>What is known in place of this material; null: it must be given, or was.</summary>
    public KnownAnswer? FactOf(MaterialRule material) => Given(material) is null && material.Known is { } code ? Known.GetValueOrDefault(code) : null;

    /// <summary>Where the answer to this question was taken from; null: he gave it himself.</summary>
    public KnownAnswer? FactOf(CaseQuestion question) =>
        question.Known is { } code && Known.TryGetValue(code, out var fact)
        && question.Read(fact.Value) is { Ok: true } read && Answers.GetValueOrDefault(question.Field.Name) == read.Value ? fact : null;

    /// <summary>
    /// With what is known now: answers that came from what was known before give way, what he wrote himself stays.
    /// </summary>
    public Draft Knowing(IReadOnlyDictionary<string, KnownAnswer> known, DateTimeOffset at)
    {
        var answers = new Dictionary<string, string>(Answers, StringComparer.Ordinal);
        foreach (var question in Type.Form.Questions.Where(question => question.Known is not null))
        {
            var name = question.Field.Name;
            if (FactOf(question) is not null)
            {
                answers.Remove(name);
            }

            if (!answers.ContainsKey(name) && known.TryGetValue(question.Known!, out var fact) && question.Read(fact.Value) is { Ok: true, Value.Length: > 0 } read)
            {
                answers[name] = read.Value;
            }
        }

        return this with { Answers = answers, Known = known, KnownAt = at };
    }
}
