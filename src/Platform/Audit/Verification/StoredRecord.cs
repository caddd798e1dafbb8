using System.Text.Json;
using Shali.Platform.Audit.Merkle;

namespace Shali.Platform.Audit.Verification;

/// <summary>A record as it was found. Records of an exported file have a body only.</summary>
internal sealed record StoredRecord(long Index, byte[] Body)
{
    public StoredColumns? Columns { get; init; }

    /// <summary>What the body says must hash and read as it did: the bodies are hashed on all cores.</summary>
    public CheckedRecord Check()
    {
        var leaf = MerkleHash.Leaf(Body);
        try
        {
            using var json = JsonDocument.Parse(Body);
            var root = json.RootElement;
            return new(Index, leaf)
            {
                Stored = Columns?.Leaf,
                ColumnsFit = Columns is null || Columns.Fit(root),
                Act = root.TryGetProperty("act", out var act) ? SealedAct.Read(root, act) : null,
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new(Index, leaf) { Stored = Columns?.Leaf, Readable = false };
        }
    }
}

/// <summary>The columns beside the body, by which records are searched.</summary>
internal sealed record StoredColumns(DateTimeOffset At, string Kind, string WhoId, string? Resource, string[] Subjects, byte[] Leaf)
{
    public bool Fit(JsonElement body) =>
        body.GetProperty("at").GetDateTimeOffset() == At
        && body.GetProperty("kind").ValueEquals(Kind)
        && (body.GetProperty("who").TryGetProperty("id", out var who) ? who.GetString() : "") == WhoId
        && ResourceOf(body) == Resource
        && (body.TryGetProperty("subjects", out var subjects)
            ? subjects.EnumerateArray().Select(subject => subject.GetString()).Distinct(StringComparer.Ordinal).SequenceEqual(Subjects, StringComparer.Ordinal)
            : Subjects.Length == 0);

    private static string? ResourceOf(JsonElement body) =>
        body.TryGetProperty("act", out var act) ? act.GetProperty("schema").GetString()
        : body.TryGetProperty("resource", out var resource) ? resource.GetString() : null;
}

/// <summary>A record with its hash worked out anew.</summary>
internal sealed record CheckedRecord(long Index, byte[] Leaf)
{
    public byte[]? Stored { get; init; }

    public bool ColumnsFit { get; init; } = true;

    public bool Readable { get; init; } = true;

    public SealedAct? Act { get; init; }
}

/// <summary>An act as the log sealed it.</summary>
internal sealed record SealedAct(string Schema, long Id, DateTimeOffset At, string WhoId, string Kind, int Rows, string Digest)
{
    public string? Purpose { get; init; }

    public string? Case { get; init; }

    public static SealedAct Read(JsonElement body, JsonElement act) => new(
        act.GetProperty("schema").GetString()!,
        act.GetProperty("id").GetInt64(),
        body.GetProperty("at").GetDateTimeOffset(),
        Text(body.GetProperty("who"), "id") ?? "",
        act.GetProperty("kind").GetString()!,
        act.GetProperty("rows").GetInt32(),
        act.GetProperty("digest").GetString()!)
    {
        Purpose = Text(body, "purpose"),
        Case = Text(body, "case"),
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
