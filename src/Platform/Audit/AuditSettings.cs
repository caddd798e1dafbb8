namespace Shali.Platform.Audit;

/// <summary>How the log is kept.</summary>
public sealed record AuditSettings
{
    /// <summary>Name of the log in its checkpoints, as C2SP asks: an address without scheme.</summary>
    public string Origin { get; init; } = "shali.city/audit";

    /// <summary>
    /// File outside the database to which every signed checkpoint is appended: the witness that a database
    /// administrator cannot rewrite. Null: none is kept.
    /// </summary>
    public string? Witness { get; init; }

    /// <summary>While the log grows, a checkpoint is signed so often.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Checkpoints are all kept so long; of older ones the last of each day.</summary>
    public TimeSpan KeepCheckpoints { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How soon acts of other nodes, and of before a crash, are taken into the log.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How soon a record can be found by person, account, resource and kind.</summary>
    public TimeSpan IndexEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a reader waits for a database that is away before he is told that he cannot read.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long records of reads and sign-ons keep their text; acts, exports and changes of rights are kept for good
    /// (政务数据共享条例 art. 29, 个人信息保护法 art. 19 and 56).
    /// </summary>
    public TimeSpan Keep { get; init; } = KeepDefault;

    /// <summary>Three years.</summary>
    public static readonly TimeSpan KeepDefault = TimeSpan.FromDays(1096);

    /// <summary>Six months, whatever is asked for (网络安全法 art. 23).</summary>
    public static readonly TimeSpan KeepMin = TimeSpan.FromDays(184);

    /// <summary>Most records in one commit.</summary>
    public int BatchMax { get; init; } = 2000;
}
