namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// What the centre says of a file that went out whole: whose data, to whom, by which grant, as of when, and by which digests the file is known.
/// </summary>
/// <param name="Number">Nobody guesses it: who has it may see the manifest, which shows no data.</param>
public sealed record Manifest(string Number, DateTimeOffset At)
{
    public const string FormNow = "shali-manifest-v1";

    public string Form { get; init; } = FormNow;

    /// <summary>Id of the resource, its name and the version of its definition.</summary>
    public required string Resource { get; init; }

    public required string ResourceName { get; init; }

    public required int Version { get; init; }

    public required string Provider { get; init; }

    /// <summary>Who asked: the office, or empty for a person.</summary>
    public required string Consumer { get; init; }

    /// <summary>Number of the grant; null: by a right of his own.</summary>
    public string? Grant { get; init; }

    public string? Purpose { get; init; }

    /// <summary>The moment whose state the file shows.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>What was asked, as the address says it.</summary>
    public required string Query { get; init; }

    /// <summary>csv, xlsx or parquet.</summary>
    public required string Format { get; init; }

    public required string FileName { get; init; }

    public required long Bytes { get; init; }

    public required long Rows { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Of the file, in lower hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    public required string Sm3 { get; init; }

    /// <summary>
    /// Of the rows, whatever their order (<see cref="RowDigest"/> with SHA-256), each by the names of its columns and its cells as CSV writes them: the same
    /// for all formats of the same rows.
    /// </summary>
    public required string RowsDigest { get; init; }
}

/// <summary>A manifest with all that is needed to check it without a network.</summary>
/// <param name="Manifest">The bytes that are sealed, JSON of a <see cref="Evidence.Manifest"/>.</param>
/// <param name="Seals">One of each suite of the centre.</param>
/// <param name="Certificates">Of the seals, in their order, PEM.</param>
public sealed record ManifestFile(byte[] Manifest, IReadOnlyList<GroupSeal> Seals, IReadOnlyList<string> Certificates)
{
    /// <inheritdoc cref="ReceiptFile.Log"/>
    public LogProof? Log { get; init; }

    public Manifest? Read() => EvidenceJson.Read<Manifest>(Manifest);
}
