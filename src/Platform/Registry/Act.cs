using Shali.Platform.Identity;

namespace Shali.Platform.Registry;

/// <summary>
/// Why something is written: who, for what purpose or case. Every write belongs to one act, and the act is
/// journaled in the same transaction.
/// </summary>
/// <param name="Who">The person, system or worker that writes.</param>
/// <param name="Kind">What kind of act: <c>record.edit</c>, <c>load</c>, <c>population.birth</c>. Permanent names, listed in docs.</param>
/// <param name="Purpose">The purpose in words, or null when the case says it.</param>
/// <param name="Case">The number of the case, when there is one.</param>
public sealed record Act(Caller Who, string Kind, string? Purpose = null, string? Case = null)
{
    /// <summary>A repeated request with the same key is answered with the first result and writes nothing.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Fingerprint of what was asked under the key: the same key with something else is refused, since its
    /// words would be lost. Null: the key alone says what was asked.</summary>
    public byte[]? Request { get; init; }

    /// <summary>The office that the values come from, when it is not the caller's own.</summary>
    public string? Source { get; init; }
}

/// <summary>One change to one record, inside an act.</summary>
public abstract record Change(ResourceDefinition Resource, string Key)
{
    /// <summary>A new record. With the empty key the platform makes one.</summary>
    public sealed record Insert(ResourceDefinition Resource, string Key, IReadOnlyDictionary<string, object?> Values)
        : Change(Resource, Key)
    {
        public DateOnly? ValidFrom { get; init; }

        public DateOnly? ValidTo { get; init; }

        /// <summary>The key was just made and never stood in the table: nobody looks for it. A bug here ends at the primary key.</summary>
        public bool Fresh { get; init; }
    }

    /// <summary>New values for some fields. <paramref name="Expected"/> is the version that the writer saw; null: any.</summary>
    public sealed record Update(ResourceDefinition Resource, string Key, int? Expected, IReadOnlyDictionary<string, object?> Values)
        : Change(Resource, Key)
    {
        public DateOnly? ValidFrom { get; init; }

        public DateOnly? ValidTo { get; init; }

        /// <summary>The end is taken back: it holds until further notice.</summary>
        public bool OpenEnded { get; init; }

        /// <summary>The record as this act has read and locked it: it is not read again.</summary>
        internal Record? Before { get; init; }
    }

    public sealed record Delete(ResourceDefinition Resource, string Key, int? Expected) : Change(Resource, Key);
}

/// <summary>What an act did.</summary>
/// <param name="Id">Number of the act in its schema; 0 when nothing was different and nothing was written.</param>
/// <param name="Records">Key and new version of each changed record, in the order of the changes.</param>
public sealed record Written(long Id, DateTimeOffset At, IReadOnlyList<(string Key, int Version)> Records);

/// <summary>One line of a record's history.</summary>
public sealed record HistoryEntry(
    Record Record, char Operation, DateTimeOffset At, string WhoId, string WhoName, string Office, string Kind, string? Purpose, string? Case);
