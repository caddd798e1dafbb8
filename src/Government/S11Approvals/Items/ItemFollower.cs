using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// What is built of items and goes along when they change; registered with
/// <c>services.AddSingleton&lt;ItemFollower, ...&gt;()</c>.
/// </summary>
public abstract class ItemFollower
{
    /// <summary>Why this edition of an item may not come into force; none when it may.</summary>
    public abstract Task<Refusals> Judge(ServiceItem item, CancellationToken cancel);

    /// <summary>An item has come into force, or is no longer.</summary>
    public abstract Task Changed(string item, Caller who, CancellationToken cancel);

    /// <summary>The items that a new city begins with are there.</summary>
    public abstract Task Seeded(CancellationToken cancel);
}
