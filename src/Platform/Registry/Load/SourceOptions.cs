namespace Shali.Platform.Registry.Load;

public enum FileKind
{
    Csv,
    Xlsx,
    GeoJson,
}

/// <summary>How a file is to be read. What is null is found out from the file itself.</summary>
public sealed record SourceOptions
{
    public FileKind? Kind { get; init; }

    /// <summary><c>utf-8</c>, <c>gb18030</c> or <c>utf-16</c>.</summary>
    public string? Encoding { get; init; }

    public char? Delimiter { get; init; }

    /// <summary>The first row names the columns.</summary>
    public bool Header { get; init; } = true;

    /// <summary>Sheet of a workbook; null: the first.</summary>
    public string? Sheet { get; init; }
}
