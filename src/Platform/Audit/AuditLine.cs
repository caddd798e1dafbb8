using System.Text.Json;

namespace Shali.Platform.Audit;

/// <summary>A record of the log as it is read again: everything that its body says.</summary>
public sealed record AuditLine(long Index, DateTimeOffset At, string Kind)
{
    public string WhoId { get; init; } = "";

    public string WhoName { get; init; } = "";

    /// <summary>The population key of who did it, when he is known there.</summary>
    public string Person { get; init; } = "";

    public string Office { get; init; } = "";

    public string OfficeName { get; init; } = "";

    /// <summary>As what it was done: <c>staff</c>, <c>client</c>, <c>resident</c>.</summary>
    public string As { get; init; } = "";

    /// <summary>Role of the post in which it was done.</summary>
    public string Role { get; init; } = "";

    public string Address { get; init; } = "";

    public string Resource { get; init; } = "";

    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>As in <see cref="AuditEntry.Fields"/>: a trailing <c>!</c> says that it was shown unmasked.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public IReadOnlyList<string> Subjects { get; init; } = [];

    public string Purpose { get; init; } = "";

    public string Case { get; init; } = "";

    /// <inheritdoc cref="AuditEntry.Grant"/>
    public string Grant { get; init; } = "";

    public bool Success { get; init; } = true;

    public string Note { get; init; } = "";

    /// <summary>For acts: <c>population 17</c>, its kind and number of rows.</summary>
    public (string Schema, long Id, string Kind, int Rows)? Act { get; init; }

    /// <summary>For <see cref="AuditKinds.Removal"/>.</summary>
    internal RemovedStretch? Removed { get; init; }

    public static AuditLine Read(long index, byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        var who = root.GetProperty("who");
        return new(index, root.GetProperty("at").GetDateTimeOffset(), Text(root, "kind"))
        {
            WhoId = Text(who, "id"),
            WhoName = Text(who, "name"),
            Person = Text(who, "person"),
            Office = Text(who, "office"),
            OfficeName = Text(who, "office_name"),
            As = Text(who, "as"),
            Role = Text(who, "role"),
            Address = Text(who, "address"),
            Resource = Text(root, "resource"),
            Keys = Texts(root, "keys"),
            Fields = Texts(root, "fields"),
            Subjects = Texts(root, "subjects"),
            Purpose = Text(root, "purpose"),
            Case = Text(root, "case"),
            Grant = Text(root, "grant"),
            Success = !root.TryGetProperty("success", out var success) || success.GetBoolean(),
            Note = Text(root, "note"),
            Removed = RemovedStretch.Read(root),
            Act = root.TryGetProperty("act", out var act)
                ? (Text(act, "schema"), act.GetProperty("id").GetInt64(), Text(act, "kind"), act.GetProperty("rows").GetInt32())
                : null,
        };
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string[] Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString() ?? "")] : [];
}
