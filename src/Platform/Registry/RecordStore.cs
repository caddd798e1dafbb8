using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// The one write path. Checks every value against the definition, writes rows, past versions and journal in one
/// transaction, and wakes the feed. Knows nothing of permissions: the doors and the systems ask those.
/// </summary>
public sealed class RecordStore
{
    /// <summary>All changes or none.</summary>
    public Task<Outcome<Written>> Write(Act act, IReadOnlyList<Change> changes, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    /// <summary>
    /// For rules that must read what they judge inside the transaction that writes: <paramref name="work"/> reads
    /// and adds changes; when it returns refusals nothing is written. All resources must be of one schema.
    /// </summary>
    public Task<Outcome<Written>> Write(Act act, string schema, Func<WriteSession, Task<Refusals>> work, CancellationToken cancel = default) =>
        throw new NotImplementedException();
}

/// <summary>Reads and writes inside one act. Reads lock what they return and see the changes added so far.</summary>
public sealed class WriteSession
{
    public DateTimeOffset At => throw new NotImplementedException();

    public Task<Record?> Get(ResourceDefinition resource, string key, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    public Task<IReadOnlyList<Record>> List(ResourceDefinition resource, RecordQuery query, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    /// <summary>Serialises all acts that lock the same words, until the end of the transaction.</summary>
    public Task Lock(string words, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>Writes at once inside the transaction; the key that was used, or why the values are refused.</summary>
    public Task<Outcome<string>> Apply(Change change, CancellationToken cancel = default) => throw new NotImplementedException();
}
