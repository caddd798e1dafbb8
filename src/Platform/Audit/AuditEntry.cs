using Shali.Platform.Identity;

namespace Shali.Platform.Audit;

/// <summary>
/// One thing that somebody did or saw, for the log that nobody can change afterwards.
/// </summary>
/// <param name="Kind">Permanent name: <c>record.read</c>, <c>record.reveal</c>, <c>login</c>, <c>export</c>, <c>permission.grant</c>.</param>
public sealed record AuditEntry(string Kind, Caller Who)
{
    /// <summary>Resource id, for reads and exports.</summary>
    public string? Resource { get; init; }

    /// <summary>Keys of the records read, at most as many as a page holds.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Fields that were shown; those shown unmasked carry a trailing <c>!</c>.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Population keys of the persons it was about: they can see this entry.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    public string? Purpose { get; init; }

    public string? Case { get; init; }

    /// <summary>Number of the grant by which another office's data was read.</summary>
    public string? Grant { get; init; }

    /// <summary>False when it was refused or failed.</summary>
    public bool Success { get; init; } = true;

    public string? Note { get; init; }

    /// <summary>For <see cref="AuditKinds.Removal"/>: what was removed.</summary>
    internal RemovedStretch? Removed { get; init; }
}
