using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// A file of rows, read from first to last without holding more than one row. Reading the same file again gives the
/// same rows with the same ordinals.
/// </summary>
public interface IRowSource : IDisposable
{
    /// <summary>The header, or 列1, 列2 ... where the file has none.</summary>
    IReadOnlyList<string> Columns { get; }

    bool HasHeader { get; }

    /// <summary>Fills <paramref name="row"/>; false at the end, or when the file cannot be read further.</summary>
    bool Read(SourceRow row);

    /// <summary>Why reading stopped before the end; null at the honest end.</summary>
    Refusal? Stopped { get; }

    /// <summary>Things the person should know although the rows are taken.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    double Progress { get; }
}
