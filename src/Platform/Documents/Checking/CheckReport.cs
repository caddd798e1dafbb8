using Shali.Platform.Ui;

namespace Shali.Platform.Documents.Checking;

/// <summary>What a check says in one word.</summary>
public enum CheckVerdict
{
    /// <summary>Issued by the office named, unchanged, in force today.</summary>
    Genuine,

    /// <summary>Issued and unchanged, but revoked, replaced, expired or not yet in force.</summary>
    NotInForce,

    /// <summary>It resembles a document of ours, and something in it is not as it was issued.</summary>
    Altered,

    /// <summary>Nothing shows that an office of this platform has issued it.</summary>
    NotOurs,
}

/// <summary>One thing that the check has found.</summary>
/// <param name="Code">Permanent: DOC-V01.</param>
public sealed record CheckFinding(string Code, Tone Tone, string Sentence);

/// <summary>The answer to who asks whether a document is genuine.</summary>
public sealed record CheckReport(CheckVerdict Verdict, IReadOnlyList<CheckFinding> Findings)
{
    /// <summary>The document that was issued, when it is known which one it is or pretends to be.</summary>
    public Document? Document { get; init; }

    /// <summary>Lines that are not as they were issued.</summary>
    public IReadOnlyList<ChangedLine> Changes { get; init; } = [];

    /// <summary>Whose certificate has signed the file, and when by the time stamp.</summary>
    public string? SignedBy { get; init; }

    public DateTimeOffset? SignedAt { get; init; }
}
