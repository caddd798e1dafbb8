using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Audit;

/// <summary>
/// A person objects to a read of his data: he asks the office that read to say why. The office answers, he sees the
/// answer, and the security administrator sees both. 个人信息保护法 art. 44 (right to know and to refuse), 48
/// (right to an explanation), 50 (a refusal gives its reasons).
/// </summary>
public sealed class Objections(Db db, RecordStore store, RecordReader reader, AuditSearch search, TimeProvider time)
{
    public const int ReasonMax = 500;
    public const int AnswerMax = 1000;

    /// <summary>An answer is due in thirty days (GB/T 35273-2020, 8.7).</summary>
    public const int AnswerDays = 30;

    private const string Open = "open";
    private const string Answered = "answered";

    private static readonly Basis RightToExplanation = new("中华人民共和国个人信息保护法", "第四十八条");

    public static readonly CodeList States = new("audit-objection-state", "异议状态", "",
        [new(Open, "待答复"), new(Answered, "已答复")]);

    public static readonly ResourceDefinition Resource = new()
    {
        Id = "audit/objection",
        Name = "查阅异议",
        Note = "居民对查阅其个人信息提出的异议，以及查阅单位的答复。",
        Clause = "C2",
        Owner = "data",
        Subject = "person",
        ScopeField = "office",
        Title = "reason",
        Editable = false,
        Sharing = Sharing.NotShared(RightToExplanation),
        Theme = "安全管理",
        RetentionYears = 3,
        Fields =
        [
            new() { Name = "person", Label = "提出人", Type = FieldTypes.Text, Required = true, Indexed = true, Grade = Grade.Sensitive },
            new() { Name = "record", Label = "日志序号", Type = FieldTypes.Integer, Required = true, Indexed = true },
            new() { Name = "read_at", Label = "查阅时间", Type = FieldTypes.DateTime },
            new() { Name = "office", Label = "查阅单位", Type = FieldTypes.Text, Indexed = true },
            new() { Name = "office_name", Label = "查阅单位名称", Type = FieldTypes.Text },
            new() { Name = "reason", Label = "异议理由", Type = FieldTypes.LongText, Required = true, LengthMax = ReasonMax, Grade = Grade.Sensitive },
            new() { Name = "made_at", Label = "提出时间", Type = FieldTypes.DateTime, Required = true },
            new() { Name = "state", Label = "状态", Type = FieldTypes.Code, CodeList = "audit-objection-state", Required = true, Indexed = true },
            new() { Name = "answer", Label = "答复", Type = FieldTypes.LongText, LengthMax = AnswerMax, Grade = Grade.Sensitive },
            new() { Name = "answered_by", Label = "答复人", Type = FieldTypes.Text },
            new() { Name = "answered_at", Label = "答复时间", Type = FieldTypes.DateTime },
        ],
    };

    /// <summary>The read as the person may object to it; null when it is not about him.</summary>
    public async Task<AuditLine?> ReadOf(Caller caller, long index, CancellationToken cancel) =>
        caller.Person is { } person && await search.At(index, cancel) is { } line && line.Subjects.Contains(person) ? line : null;

    public async Task<Outcome<string>> Make(Caller caller, AuditLine line, string? reason, CancellationToken cancel)
    {
        var refusals = Required("AUD-O01", "reason", reason, Text.ReasonMissing, ReasonMax);
        if ((await Of(caller.Person!, cancel)).Any(own => (long)own["record"]! == line.Index))
        {
            refusals = refusals.And(Refusals.Of(new Refusal("AUD-O02", "", Text.ObjectedAlready)));
        }

        if (refusals.Any)
        {
            return refusals;
        }

        var written = await store.Write(
            new Act(caller, "audit.objection", Text.ObjectionPurpose),
            [
                new Change.Insert(Resource, "", new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["person"] = caller.Person,
                    ["record"] = line.Index,
                    ["read_at"] = line.At,
                    ["office"] = line.Office,
                    ["office_name"] = line.OfficeName,
                    ["reason"] = reason!.Trim(),
                    ["made_at"] = time.GetUtcNow(),
                    ["state"] = Open,
                }),
            ],
            cancel);
        return written.Ok ? written.Value.Records[0].Key : written.Refusals;
    }

    /// <summary>The person's own, newest first.</summary>
    public async Task<IReadOnlyList<Record>> Of(string person, CancellationToken cancel) =>
        (await reader.List(Resource, Newest(new Filter.Compare("person", Comparison.Equal, person)), cancel)).Records;

    /// <summary>
    /// A page of those that the caller's office is to answer, the oldest first, or has answered, the newest first; the
    /// security administrator sees all.
    /// </summary>
    public Task<Outcome<RecordPage>> For(Caller caller, bool open, string? after, CancellationToken cancel) => reader.TryList(
        Resource,
        new RecordQuery
        {
            Where = Filter.All(
                new Filter.Compare("state", Comparison.Equal, open ? Open : Answered),
                SeesAll(caller) ? null : new Filter.Compare("office", Comparison.Equal, caller.Office)),
            Sort = [new SortBy("made_at", Descending: !open)],
            Limit = 30,
            After = after,
        },
        cancel);

    public async Task<Record?> Get(Caller caller, string key, CancellationToken cancel) =>
        await reader.Get(Resource, key, null, cancel) is { } objection
            && (SeesAll(caller) || objection.Text("office") == caller.Office) ? objection : null;

    public async Task<Refusals> Answer(Caller caller, Record objection, string? answer, CancellationToken cancel)
    {
        var refusals = Required("AUD-O03", "answer", answer, Text.AnswerMissing, AnswerMax);
        if (!IsOpen(objection))
        {
            refusals = refusals.And(Refusals.Of(new Refusal("AUD-O04", "", Text.AnsweredAlready)));
        }

        if (refusals.Any)
        {
            return refusals;
        }

        return (await store.Write(
            new Act(caller, "audit.objection.answer", Text.AnswerPurpose),
            [
                new Change.Update(Resource, objection.Key, objection.Version, new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["state"] = Answered,
                    ["answer"] = answer!.Trim(),
                    ["answered_by"] = caller.Name,
                    ["answered_at"] = time.GetUtcNow(),
                }),
            ],
            cancel)).Refusals;
    }

    public static bool IsOpen(Record objection) => objection.Text("state") == Open;

    /// <summary>The last day on which the answer is in time.</summary>
    public static DateOnly DueOn(Record objection) => ((DateTimeOffset)objection["made_at"]!).Local().Day().AddDays(AnswerDays);

    public static bool IsLate(Record objection, DateOnly today) => IsOpen(objection) && today > DueOn(objection);

    /// <summary>How many wait for an answer: shown to the security administrator.</summary>
    public Task<long> Waiting(CancellationToken cancel) =>
        db.Scalar<long>($"select count(*) from audit.objection where state = {Open}", cancel);

    private static bool SeesAll(Caller caller) => caller.Role == Roles.SecurityAdministrator;

    private static RecordQuery Newest(Filter? where) => new() { Where = where, Sort = [new SortBy("made_at", Descending: true)], Limit = 200 };

    private static Refusals Required(string code, string field, string? text, string missing, int max) =>
        string.IsNullOrWhiteSpace(text) ? Refusals.Of(new Refusal(code, field, missing, RightToExplanation))
        : text.Length > max ? Refusals.Of(new Refusal(code, field, Text.TooLong(max)))
        : Refusals.None;
}
