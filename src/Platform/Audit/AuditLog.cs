namespace Shali.Platform.Audit;

/// <summary>The log of everything that was done and seen. Many callers share one commit to disk.</summary>
public sealed class AuditLog
{
    /// <summary>Completes when the entry is on disk; the answer must not leave before. Returns its index in the log.</summary>
    public Task<long> Append(AuditEntry entry, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>Acts were committed: give them their positions.</summary>
    public void Wake() => throw new NotImplementedException();
}
