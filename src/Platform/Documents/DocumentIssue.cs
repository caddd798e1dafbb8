namespace Shali.Platform.Documents;

/// <summary>What an office asks the platform to issue under its seal.</summary>
public sealed record DocumentIssue
{
    /// <summary>Code of the office whose seal is used.</summary>
    public required string Office { get; init; }

    /// <summary>Permanent name of the kind, by the system that issues: <c>approvals.licence</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Number of the case (or of the act in the sense of the law) for which the seal is used; never empty.</summary>
    public required string Case { get; init; }

    public required DocumentContent Content { get; init; }

    /// <summary>Name of the person or firm to whom it is issued.</summary>
    public required string Holder { get; init; }

    /// <summary>Key of the person in the population base, when he is known there.</summary>
    public string? HolderPerson { get; init; }

    /// <summary>Organisation code of the firm.</summary>
    public string? HolderEntity { get; init; }

    public string? Identifier { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidUntil { get; init; }

    /// <summary>Key of the document that this one takes the place of (换发).</summary>
    public string? Replaces { get; init; }

    /// <summary>A repeated request with the same key is answered with the document that was issued first.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>What was issued.</summary>
/// <param name="Code">The check code; it stands on the document and nowhere else.</param>
/// <param name="Missing">Characters that no face has and that are drawn as frames; the clerk should look at them.</param>
public sealed record IssuedDocument(string Key, string Code, Uri CheckAddress, byte[] File, string Digest, IReadOnlyList<string> Missing);
