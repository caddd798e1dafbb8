using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// Permanent field names for Chinese headings. Headings that government tables commonly have are known by an English
/// word, whole or by their end (<c>*编号</c>); the others are numbered, and the office may say better.
/// </summary>
internal sealed class FieldNames
{
    private static readonly Lazy<string[][]> Lines = new(() =>
        [.. Resource.Lines(typeof(FieldNames).Assembly, "Registry/Load/Data/column-names.csv").Select(line => line.Split(',')).Where(parts => parts.Length == 2)]);

    private static readonly Lazy<Dictionary<string, string>> Known = new(() => Lines.Value
        .Where(parts => !parts[0].StartsWith('*'))
        .DistinctBy(parts => ColumnNames.Fold(parts[0]), StringComparer.Ordinal)
        .ToDictionary(parts => ColumnNames.Fold(parts[0]), parts => parts[1], StringComparer.Ordinal));

    private static readonly Lazy<(string End, string Name)[]> Ends = new(() =>
        [.. Lines.Value.Where(parts => parts[0].StartsWith('*')).Select(parts => (ColumnNames.Fold(parts[0][1..]), parts[1]))]);

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>A name that no other column has.</summary>
    public string For(string heading, int position)
    {
        var folded = ColumnNames.Fold(heading);
        var name = Known.Value.GetValueOrDefault(folded)
            ?? Ends.Value.FirstOrDefault(known => folded.EndsWith(known.End, StringComparison.Ordinal)).Name
            ?? Latin(folded)
            ?? $"c{position}";
        var free = name;
        for (var n = 2; !_used.Add(free); n++)
        {
            free = $"{name}_{n}";
        }

        return free;
    }

    private static string? Latin(string folded)
    {
        var name = folded.Trim('_');
        return name.Length is > 0 and <= 40 && name[0] is >= 'a' and <= 'z' && name.All(c => c is '_' or >= 'a' and <= 'z' or >= '0' and <= '9')
            ? name
            : null;
    }
}
