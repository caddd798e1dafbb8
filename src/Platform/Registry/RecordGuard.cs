using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// A system's own say in every write to one of its resources, whichever door it comes through. Runs inside the
/// writing transaction, after the definition's own checks.
/// </summary>
public abstract class RecordGuard
{
    /// <summary>Id of the resource that it guards.</summary>
    public abstract string Resource { get; }

    /// <summary>
    /// Why the change may not be. It may also add changes to <paramref name="session"/> that follow from this one.
    /// </summary>
    /// <param name="before">Null for a new record.</param>
    /// <param name="after">Null for a deletion.</param>
    public abstract Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel);

    /// <summary>
    /// Called once for each chunk of a bulk load, after its rows stand in the table and before the chunk commits.
    /// What it finds becomes reviewable states; it cannot refuse.
    /// </summary>
    public virtual Task AfterLoad(WriteSession session, IReadOnlyList<string> keys, CancellationToken cancel) => Task.CompletedTask;
}
