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

    /// <summary>After so many days nobody comes back: what was typed is forgotten.</summary>
    private const int DaysMax = 180;
    private const string Columns = "id, type, type_version, owner, acting, office, answers::text, materials::text, begun_at, saved_at, case_no";

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

    /// <summary>Null when it is not his, or was handed in.</summary>
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
        update casework.draft set answers = {Json(draft.Answers)}, materials = {Json(draft.Materials)}, saved_at = {time.GetUtcNow()}
        where id = {draft.Id} and case_no is null
        """,
        cancel);

    public Task Drop(Caller who, string id, CancellationToken cancel = default) =>
        db.Run($"delete from casework.draft where id = {id} and owner = {who.Id} and acting = {Acting(who)} and case_no is null", cancel);

    private static string Acting(Caller who) => who.Kind == CallerKind.Staff ? "office:" + who.Office : who.Entity is { } firm ? "firm:" + firm : "self";

    private async Task<Draft> Whole(Row row, CancellationToken cancel) =>
        new(row.Id, types.Find(row.Type) ?? await types.Of(row.Type, row.Version, cancel), row.Owner, row.Acting, row.Answers, row.Materials)
        {
            BegunAt = row.BegunAt,
            SavedAt = row.SavedAt,
            Case = row.Case,
        };

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(6))!,
        JsonSerializer.Deserialize<GivenMaterial[]>(row.GetString(7), DefinitionJson.Options)!,
        row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9), Works.Null(row, 10));

    private static Sql Json<T>(T value) => Sql.Value(JsonSerializer.Serialize(value, DefinitionJson.Options), NpgsqlDbType.Jsonb);

    private sealed record Row(
        string Id, string Type, int Version, string Owner, string Acting, IReadOnlyDictionary<string, string> Answers, IReadOnlyList<GivenMaterial> Materials,
        DateTimeOffset BegunAt, DateTimeOffset SavedAt, string? Case);
}

/// <summary>A case that is being filled in.</summary>
public sealed record Draft(
    string Id, CaseType Type, string Owner, string Acting, IReadOnlyDictionary<string, string> Answers, IReadOnlyList<GivenMaterial> Materials)
{
    public DateTimeOffset BegunAt { get; init; }

    public DateTimeOffset SavedAt { get; init; }

    /// <summary>The case that it became.</summary>
    public string? Case { get; init; }

    /// <summary>The first question that has no answer yet; null when all that must be answered is.</summary>
    public CaseQuestion? Open => Type.Form.Asked(Answers).FirstOrDefault(question => question.Field.Required && !Answers.ContainsKey(question.Field.Name));
}
