using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

internal enum Fate
{
    /// <summary>Nothing wrong so far.</summary>
    Good,
    New,
    Changed,
    Unchanged,
    Bad,

    /// <summary>The record that it names ends: its source no longer has it.</summary>
    Gone,
}

/// <summary>A row on its way into the registry. Used again and again.</summary>
internal sealed class LoadRow
{
    private Fate _fileFate;
    private int _fileReasons;
    private string _fileKey = "";
    private DateOnly? _fileValidFrom;

    public SourceRow Source { get; } = new();

    public object?[] Values { get; private set; } = [];

    public List<Refusal> Reasons { get; } = [];

    public Fate Fate { get; set; }

    /// <summary>The key of the record; made by the platform or read from the row.</summary>
    public string Key { get; set; } = "";

    public int Version { get; set; }

    public DateOnly? ValidFrom { get; set; }

    public DateOnly? ValidTo { get; set; }

    public byte[]? Digest { get; set; }

    /// <summary>The record as it stands, when the row changes it.</summary>
    public Record? Before { get; set; }

    public void Clear(int fields)
    {
        if (Values.Length != fields)
        {
            Values = new object?[fields];
        }

        Reasons.Clear();
        Fate = Fate.Good;
        Key = "";
        Version = 1;
        Digest = null;
        Before = null;
        ValidFrom = null;
        ValidTo = null;
    }

    /// <summary>The file has said what it can say of this row: from here it may be judged again.</summary>
    public void Settle() => (_fileFate, _fileReasons, _fileKey, _fileValidFrom) = (Fate, Reasons.Count, Key, ValidFrom);

    /// <summary>Forgets what the recorded data said of the row. Fields that the file does not fill are empty again.</summary>
    public void Reconsider(int[] unfilled)
    {
        (Fate, Key, ValidFrom, ValidTo) = (_fileFate, _fileKey, _fileValidFrom, null);
        Reasons.RemoveRange(_fileReasons, Reasons.Count - _fileReasons);
        (Version, Digest, Before) = (1, null, null);
        foreach (var i in unfilled)
        {
            Values[i] = null;
        }
    }

    public void Refuse(Refusal reason)
    {
        Reasons.Add(reason);
        Fate = Fate.Bad;
    }
}

/// <summary>The rows that are written together.</summary>
internal sealed class Chunk(int capacity)
{
    private readonly LoadRow?[] _rows = new LoadRow?[capacity];

    public int Count { get; private set; }

    public bool Full => Count == capacity;

    public double Progress { get; set; }

    public IEnumerable<LoadRow> Rows => _rows.Take(Count)!;

    /// <summary>The last source row in it.</summary>
    public long LastOrdinal => Count == 0 ? 0 : _rows[Count - 1]!.Source.Ordinal;

    /// <summary>The row after the last; it becomes part of the chunk with <see cref="Take"/>.</summary>
    public LoadRow Next => _rows[Count] ??= new LoadRow();

    public void Take() => Count++;

    public void Clear() => Count = 0;
}
