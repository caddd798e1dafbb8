namespace Shali.Platform.Documents.Checking;

/// <summary>One place where two texts differ. An empty side has no such line.</summary>
/// <param name="Issued">As it was issued.</param>
/// <param name="Shown">As the file shows it.</param>
public sealed record ChangedLine(string Issued, string Shown)
{
    /// <summary>What the two have in common at both ends; between them is what was changed.</summary>
    public (int Head, int Tail) Common
    {
        get
        {
            var most = Math.Min(Issued.Length, Shown.Length);
            var head = 0;
            while (head < most && Issued[head] == Shown[head])
            {
                head++;
            }

            var tail = 0;
            while (tail < most - head && Issued[^(tail + 1)] == Shown[^(tail + 1)])
            {
                tail++;
            }

            // Half of a character outside of the basic plane is none.
            head -= head > 0 && char.IsHighSurrogate(Issued[head - 1]) ? 1 : 0;
            tail -= tail > 0 && char.IsLowSurrogate(Issued[^tail]) && (Issued.Length <= tail || char.IsHighSurrogate(Issued[^(tail + 1)])) ? 1 : 0;
            return (head, Math.Max(tail, 0));
        }
    }
}

/// <summary>Compares two texts line by line: longest common subsequence, then changed lines side by side.</summary>
internal static class LineDifference
{
    private const int LinesMost = 2_500;

    public static IReadOnlyList<ChangedLine> Of(IReadOnlyList<string> issued, IReadOnlyList<string> shown)
    {
        var (before, after) = (issued.Take(LinesMost).ToList(), shown.Take(LinesMost).ToList());
        var lengths = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                lengths[i, j] = before[i] == after[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        var changes = new List<ChangedLine>();
        var (gone, come) = (new List<string>(), new List<string>());
        void Flush()
        {
            changes.AddRange(Paired(gone, come));
            gone.Clear();
            come.Clear();
        }

        for (int i = 0, j = 0; i < before.Count || j < after.Count;)
        {
            if (i < before.Count && j < after.Count && before[i] == after[j])
            {
                Flush();
                (i, j) = (i + 1, j + 1);
            }
            else if (j == after.Count || (i < before.Count && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                gone.Add(before[i++]);
            }
            else
            {
                come.Add(after[j++]);
            }
        }

        Flush();
        return changes;
    }

    /// <summary>Lines that went and lines that came in one place: those that resemble one another side by side.</summary>
    private static IEnumerable<ChangedLine> Paired(List<string> gone, List<string> come)
    {
        var free = come.ToList();
        foreach (var line in gone)
        {
            var partner = free.Select(other => new ChangedLine(line, other)).MaxBy(pair => pair.Common.Head + pair.Common.Tail);
            if (partner is not null && partner.Common.Head + partner.Common.Tail >= Math.Min(4, Math.Max(line.Length / 4, 1)))
            {
                free.Remove(partner.Shown);
                yield return partner;
            }
            else
            {
                yield return new(line, "");
            }
        }

        foreach (var line in free)
        {
            yield return new("", line);
        }
    }
}
