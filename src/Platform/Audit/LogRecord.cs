using Shali.Platform.Audit.Merkle;

namespace Shali.Platform.Audit;

/// <summary>A record on its way into the log.</summary>
internal sealed class LogRecord
{
    /// <summary>Between the subjects of a record on the way to the database: no key contains it.</summary>
    public const char Separator = '\u001f';

    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LogRecord(DateTimeOffset at, string kind, string whoId, string? resource, string? subjects, byte[] body)
    {
        At = at;
        Kind = kind;
        WhoId = whoId;
        Resource = resource;
        Subjects = subjects;
        Body = body;
        Leaf = MerkleHash.Leaf(body);
    }

    public DateTimeOffset At { get; }

    public string Kind { get; }

    public string WhoId { get; }

    public string? Resource { get; }

    /// <summary>Joined by <see cref="Separator"/>; null for none.</summary>
    public string? Subjects { get; }

    public byte[] Body { get; }

    public byte[] Leaf { get; }

    /// <summary>The act that it seals, when it seals one.</summary>
    public (string Schema, long Id)? Act { get; init; }

    /// <summary>Its index in the log, once it is on disk.</summary>
    public Task<long> Durable => _done.Task;

    public void Complete(long index) => _done.TrySetResult(index);

    public void Fail(Exception why) => _done.TrySetException(why);
}

/// <summary>The database did not take the entry in time: what waited for it must not happen.</summary>
public sealed class AuditUnavailableException(Exception inner)
    : Exception("The audit log cannot be written; nothing may be read or done without it.", inner);
