using System.Text.Json;
using NpgsqlTypes;

namespace Shali.FrontNode.Giving.Replication;

/// <summary>One thing that logical replication needs, and whether it is so.</summary>
/// <param name="Good">Null: it works, and somebody should think of it.</param>
internal sealed record Finding(bool? Good, string Sentence);

/// <summary>The slot as the database has it.</summary>
/// <param name="IsOurs">It is of this database and of the kind that the node makes.</param>
/// <param name="IsLost">The database has thrown away what it kept for it.</param>
/// <param name="IsActive">A connection reads it.</param>
/// <param name="Confirmed">What was committed before is not told any more.</param>
internal sealed record SlotState(bool IsOurs, bool IsLost, bool IsActive, ulong Confirmed);

/// <summary>What the database says of itself, asked in one statement.</summary>
internal sealed record SourceState
{
    private const int OldestVersion = 130_000;

    public required int Version { get; init; }

    public required bool IsStandby { get; init; }

    public required string WalLevel { get; init; }

    /// <summary>How much log a slot may hold; <c>-1</c>: without end.</summary>
    public required string KeptMost { get; init; }

    public required bool MayReplicate { get; init; }

    public required string Role { get; init; }

    /// <summary>Null: there is no such table.</summary>
    public required uint? Table { get; init; }

    public required string Schema { get; init; }

    public required string Name { get; init; }

    /// <summary><c>r</c>: a table; <c>p</c>: one in partitions.</summary>
    public required string Kind { get; init; }

    public required bool IsLogged { get; init; }

    /// <summary><c>f</c>: the whole old row, <c>n</c>: nothing, else <see cref="IdentityColumns"/>.</summary>
    public required string Identity { get; init; }

    public required IReadOnlyList<string> IdentityColumns { get; init; }

    /// <summary>Row of <c>pg_publication</c>; null: there is none.</summary>
    public required string? Publication { get; init; }

    /// <summary>Row of <c>pg_publication_tables</c>; null: the table is not in it.</summary>
    public required string? Published { get; init; }

    /// <summary>Row of <c>pg_replication_slots</c>; null: there is none.</summary>
    public required string? SlotRow { get; init; }

    public required string Database { get; init; }

    /// <summary>Up to here the log is on disk.</summary>
    public required ulong Place { get; init; }

    /// <summary>Bytes of log that the slot holds.</summary>
    public required long Held { get; init; }

    public SlotState? Slot
    {
        get
        {
            if (SlotRow is null)
            {
                return null;
            }

            using var row = JsonDocument.Parse(SlotRow);
            return new(
                Word(row, "plugin") == "pgoutput" && Word(row, "database") == Database,
                Word(row, "wal_status") == "lost" || Word(row, "invalidation_reason") is { Length: > 0 },
                Yes(row, "active"),
                Word(row, "confirmed_flush_lsn") is { Length: > 0 } place ? (ulong)NpgsqlLogSequenceNumber.Parse(place) : 0);
        }
    }

    /// <summary>Each thing that is needed, in the order in which a department's administrator sees to it.</summary>
    /// <param name="wanted">Columns that are read.</param>
    /// <param name="keys">Columns that name a row.</param>
    public IEnumerable<Finding> Findings(ChangesSettings settings, string table, IReadOnlyCollection<string> wanted, IReadOnlyCollection<string> keys)
    {
        if (Version < OldestVersion)
        {
            yield return new(false, Text.PostgreSqlTooOld);
            yield break;
        }

        yield return new(!IsStandby, IsStandby ? Text.SourceIsStandby : Text.SourceIsPrimary);
        yield return new(WalLevel == "logical", Text.WalLevel(WalLevel));
        yield return new(MayReplicate, Text.MayReplicate(Role, MayReplicate));
        if (Table is null || Kind is not ("r" or "p") || !IsLogged)
        {
            yield return new(false, Text.NotReplicable(table));
            yield break;
        }

        foreach (var finding in OfPublication(settings.Publication, table, wanted))
        {
            yield return finding;
        }

        var named = Identity == "f" || keys.All(key => IdentityColumns.Contains(key, StringComparer.Ordinal));
        yield return new(named, named ? Text.IdentityGood : Text.IdentityBad(table, keys));
        yield return Slot is not { } slot ? new(null, Text.SlotComes(settings.Slot))
            : slot.IsOurs ? new(slot.IsLost ? null : true, slot.IsLost ? Text.SlotLost(settings.Slot) : Text.SlotGood(settings.Slot, Held))
            : new(false, Text.SlotOfOthers(settings.Slot));
        if (KeptMost == "-1")
        {
            yield return new(null, Text.SlotUnbounded);
        }
    }

    private IEnumerable<Finding> OfPublication(string name, string table, IReadOnlyCollection<string> wanted)
    {
        if (Publication is null)
        {
            yield return new(false, Text.NoPublication(name, table));
            yield break;
        }

        using var publication = JsonDocument.Parse(Publication);
        if (!(Yes(publication, "pubinsert") && Yes(publication, "pubupdate") && Yes(publication, "pubdelete") && Yes(publication, "pubtruncate")))
        {
            yield return new(false, Text.PublicationPartly(name));
        }
        else if (Kind == "p" && !Yes(publication, "pubviaroot"))
        {
            yield return new(false, Text.PublicationOfParts(name));
        }
        else if (Published is null)
        {
            yield return new(false, Text.NotPublished(name, table));
        }
        else
        {
            using var published = JsonDocument.Parse(Published);
            var columns = published.RootElement.TryGetProperty("attnames", out var listed) && listed.ValueKind == JsonValueKind.Array ? listed.EnumerateArray().Select(column => column.GetString()!).ToList() : [];
            var untold = columns.Count == 0 ? [] : wanted.Where(column => !columns.Contains(column)).ToList();
            yield return Word(published, "rowfilter") is { Length: > 0 } ? new(false, Text.PublicationFilters(name))
                : untold.Count > 0 ? new(false, Text.PublicationLacks(name, untold))
                : new(true, Text.Published(name));
        }
    }

    private static string? Word(JsonDocument row, string name) =>
        row.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Yes(JsonDocument row, string name) => row.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
