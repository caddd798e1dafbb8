namespace Shali.Platform.Registry.Load;

/// <summary>How much a file may ask of the machine. Beyond a limit the file is refused with a sentence.</summary>
public sealed record LoadLimits
{
    public long FileBytes { get; init; } = 4L << 30;

    public int Columns { get; init; } = 2_000;

    /// <summary>Characters in one cell.</summary>
    public int CellChars { get; init; } = 1 << 20;

    /// <summary>Characters in one record of a text file; a quote that is never closed ends here.</summary>
    public int RecordChars { get; init; } = 16 << 20;

    /// <summary>What all parts of a packed file may come to when unpacked.</summary>
    public long UnpackedBytes { get; init; } = 8L << 30;

    /// <summary>Unpacked bytes for each packed byte; honest spreadsheets stay under 100.</summary>
    public int UnpackRatio { get; init; } = 200;

    /// <summary>Characters of text that a workbook keeps in its shared table, which must be held in memory.</summary>
    public long SharedTextChars { get; init; } = 100L << 20;

    /// <summary>Source rows that are written in one transaction.</summary>
    public int ChunkRows { get; init; } = 10_000;

    /// <summary>Bad rows that the result page shows; all are in the file.</summary>
    public int RejectsShown { get; init; } = 100;
}
