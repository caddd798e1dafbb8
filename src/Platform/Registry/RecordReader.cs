namespace Shali.Platform.Registry;

/// <summary>
/// Reads records as they are stored: no permission, no mask, no read record. For systems' own rules and workers;
/// what goes to a caller goes through <see cref="GovernedReader"/>.
/// </summary>
public sealed class RecordReader
{
    public Task<Record?> Get(ResourceDefinition resource, string key, DateTimeOffset? asOf = null, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    public Task<RecordPage> List(ResourceDefinition resource, RecordQuery query, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    /// <summary>All matching records one by one; <see cref="RecordQuery.Limit"/> is not applied.</summary>
    public IAsyncEnumerable<Record> Stream(ResourceDefinition resource, RecordQuery query, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    /// <summary>All versions, newest first, each with the act that wrote it.</summary>
    public Task<IReadOnlyList<HistoryEntry>> History(ResourceDefinition resource, string key, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    /// <summary>The planner's estimate: never counts.</summary>
    public Task<long> Estimate(ResourceDefinition resource, CancellationToken cancel = default) =>
        throw new NotImplementedException();
}
