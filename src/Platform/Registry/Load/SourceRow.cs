using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// One row as the file has it. The object is filled again and again: whoever keeps a row copies what he keeps.
/// </summary>
public sealed class SourceRow
{
    /// <summary>1 for the first data row, without gaps: the place from which a broken load goes on.</summary>
    public long Ordinal { get; set; }

    /// <summary>The row as the person sees it in his program, the header included.</summary>
    public long Number { get; set; }

    /// <summary>Cells; those from <see cref="Count"/> on are left over from other rows.</summary>
    public string?[] Cells { get; private set; } = [];

    public int Count { get; set; }

    /// <summary>What is wrong with the row as a row: its number of columns, a formula, a cell without end.</summary>
    public List<Refusal> Faults { get; } = [];

    public string? this[int column] => column < Count ? Cells[column] : null;

    public void Clear(int columns)
    {
        Count = 0;
        Faults.Clear();
        Room(columns);
    }

    /// <summary>Sets a cell; those skipped before it are empty.</summary>
    public void Set(int column, string? text)
    {
        Room(column + 1);
        while (Count < column)
        {
            Cells[Count++] = null;
        }

        Cells[column] = text;
        Count = Math.Max(Count, column + 1);
    }

    private void Room(int columns)
    {
        if (Cells.Length < columns)
        {
            var cells = Cells;
            Array.Resize(ref cells, Math.Max(columns, cells.Length * 2));
            Cells = cells;
        }
    }
}
