using Shali.Platform.Identity;

namespace Shali.Platform.Registry;

/// <summary>
/// What every door reads through: rights, scope and masks of the caller are applied, and a read of personal data is
/// durable in the audit log before anything is returned.
/// </summary>
public sealed class GovernedReader
{
    /// <summary>What the caller may do with the resource; null when he may not even know its records.</summary>
    public Access? AccessOf(Caller caller, ResourceDefinition resource) => throw new NotImplementedException();

    /// <summary>Null when there is no such record for this caller.</summary>
    public Task<ShownRecord?> Get(ReadRequest request, string key, DateTimeOffset? asOf = null, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    public Task<ShownPage> List(ReadRequest request, RecordQuery query, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    /// <summary>For exports: the export is recorded once, before the first row is given.</summary>
    public IAsyncEnumerable<ShownRecord> Stream(ReadRequest request, RecordQuery query, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    public Task<IReadOnlyList<(HistoryEntry Entry, ShownRecord Shown)>> History(ReadRequest request, string key, CancellationToken cancel = default) =>
        throw new NotImplementedException();
}

/// <summary>Who reads what, and for what.</summary>
/// <param name="Clear">Asks for masked values in clear: needs the <c>.clear</c> permission and a purpose or case.</param>
public sealed record ReadRequest(Caller Who, ResourceDefinition Resource, string? Purpose = null, string? Case = null, bool Clear = false)
{
    /// <summary>Only these fields; null: all that the caller may see.</summary>
    public IReadOnlyList<string>? Fields { get; init; }
}

/// <summary>What one caller may do with one resource.</summary>
/// <param name="Scope">Restricts to the caller's office or area; null: all records.</param>
public sealed record Access(bool Read, bool Clear, bool Write, bool Load, bool Export, Filter? Scope);

/// <summary>A record as one caller may see it.</summary>
/// <param name="Values">In the order of the definition's fields; masked values are the masked text.</param>
/// <param name="Masked">True where the value is masked.</param>
public sealed record ShownRecord(Record Record, IReadOnlyList<object?> Values, IReadOnlyList<bool> Masked)
{
    public string Key => Record.Key;
}

public sealed record ShownPage(IReadOnlyList<ShownRecord> Records, string? Next);
