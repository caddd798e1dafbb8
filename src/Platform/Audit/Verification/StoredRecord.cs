using System.Text.Json;
using Shali.Platform.Audit.Merkle;

namespace Shali.Platform.Audit.Verification;

/// <summary>A record as it was found. Records of an exported file have a body only; removed ones have none.</summary>
internal sealed record StoredRecord(long Index, byte[]? Body)
{
    public StoredColumns? Columns { get; init; }

    /// <summary>Of a removed record: the record that says so, and the leaf that is left of it.</summary>
    public (long Statement, byte[] Leaf)? Removed { get; init; }

    /// <summary>What the body says must hash and read as it did: the bodies are hashed on all cores.</summary>
    public CheckedRecord Check()
    {
        if (Body is null)
        {
            return Removed is { } removed
                ? new(Index, removed.Leaf) { Removed = removed.Statement, ColumnsFit = Columns is null || Columns.AreEmpty }
                : new(Index, Columns?.Leaf ?? MerkleHash.Empty) { Removed = -1 };
        }

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
                At = root.GetProperty("at").GetDateTimeOffset(),
                Stretch = root.GetProperty("kind").ValueEquals(AuditKinds.Removal) ? RemovedStretch.Read(root) : null,
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
    /// <summary>Nothing but kind and moment is left of a removed record.</summary>
    public bool AreEmpty => WhoId.Length == 0 && Resource is null && Subjects.Length == 0;

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

    /// <summary>The record that says that this one was removed; null for one that has its text.</summary>
    public long? Removed { get; init; }

    /// <summary>The moment that the body says.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What it says was removed.</summary>
    public RemovedStretch? Stretch { get; init; }
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
