namespace Shali.Platform.Audit.Verification;

/// <summary>Something that is not as the platform wrote it.</summary>
/// <param name="Code">Permanent: LOG the log itself, ACT acts, JRN the journal, ROW records of resources.</param>
/// <param name="Place">Where: index in the log, schema and act, or resource, key and version.</param>
/// <param name="Sentence">What to tell the person who checks.</param>
public sealed record Finding(string Code, string Place, string Sentence)
{
    public override string ToString() => $"{Code} {Place}：{Sentence}";
}

/// <summary>What was checked, and what was found. Sound when nothing was found.</summary>
public sealed record VerificationReport(
    long Records, long Removed, long Checkpoints, long Acts, long JournalLines, long Rows, TimeSpan Took, IReadOnlyList<Finding> Findings)
{
    public bool Sound => Findings.Count == 0;
}

/// <summary>Collects findings; after a thousand it only counts, for a person reads no more.</summary>
internal sealed class Findings
{
    public const int Max = 1000;

    private readonly List<Finding> _items = [];

    public long Count { get; private set; }

    public IReadOnlyList<Finding> Items => _items;

    public void Add(string code, string place, string sentence)
    {
        Count++;
        if (_items.Count < Max)
        {
            _items.Add(new(code, place, sentence));
        }
    }
}
