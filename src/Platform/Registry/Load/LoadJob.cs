using Shali.Platform.Identity;

namespace Shali.Platform.Registry.Load;

/// <summary>What is done when some rows of a file are bad. The person chooses.</summary>
public enum LoadMode
{
    /// <summary>Write the good rows, keep the bad ones to be corrected.</summary>
    GoodRows,

    /// <summary>Write nothing unless every row is good.</summary>
    AllOrNothing,
}

public enum LoadState
{
    /// <summary>The file is here; columns and mode are still to be confirmed.</summary>
    Draft,
    Waiting,
    Checking,
    Loading,
    Done,
    Failed,
    Cancelled,
}

/// <summary>How a file is to be read and loaded.</summary>
public sealed record LoadOptions
{
    public SourceOptions Source { get; init; } = new();

    public LoadMode Mode { get; init; }

    /// <summary>For each column the field that it fills, or null; null as a whole: by the headings.</summary>
    public IReadOnlyList<string?>? Mapping { get; init; }

    /// <summary>What the data are loaded for, as it stands in the journal.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The office that the values come from, when it is not the caller's own.</summary>
    public string? SourceOffice { get; init; }
}

/// <summary>Rows counted. Read is the sum of the others.</summary>
public sealed record LoadCounts(long Read, long Bad, long New, long Changed, long Unchanged)
{
    public static readonly LoadCounts None = new(0, 0, 0, 0, 0);

    public long Good => New + Changed + Unchanged;
}

/// <summary>A bad row as the result page shows it.</summary>
public sealed record Reject(long Row, IReadOnlyList<RejectReason> Reasons);

/// <param name="Column">Label of the field or heading of the column; empty when the row as a whole is wrong.</param>
public sealed record RejectReason(string Code, string Column, string Sentence);

/// <summary>One file that somebody brought, and how far it has got.</summary>
public sealed record LoadJob
{
    public required string Id { get; init; }

    /// <summary>Resource id, <c>population/person</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>What the person called the file.</summary>
    public required string FileName { get; init; }

    /// <summary>What it is called in the data folder.</summary>
    public required string File { get; init; }

    public long Bytes { get; init; }

    public string Sha256 { get; init; } = "";

    public required LoadOptions Options { get; init; }

    public LoadState State { get; init; }

    /// <summary>Why it failed, in a sentence.</summary>
    public string? Note { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The first bad rows; the file has all.</summary>
    public IReadOnlyList<Reject> Rejects { get; init; } = [];

    public LoadCounts Counts { get; init; } = LoadCounts.None;

    /// <summary>0 to 1, of the pass that is running.</summary>
    public double Progress { get; init; }

    public required Caller Who { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool CancelAsked { get; init; }

    /// <summary>Rises each time a worker takes the job: a worker that lost it can no longer write.</summary>
    public int Attempt { get; init; }

    public bool Running => State is LoadState.Waiting or LoadState.Checking or LoadState.Loading;
}
