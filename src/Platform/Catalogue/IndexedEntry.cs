using Shali.Platform.Kernel;

namespace Shali.Platform.Catalogue;

/// <summary>An entry prepared for search: its name in characters, first letters and syllables, and everything else.</summary>
internal sealed class IndexedEntry
{
    // Name, first letters, syllables and the rest, one after the other: a word that is nowhere is told by one look.
    private readonly string _text;
    private readonly int _initials;
    private readonly int _full;
    private readonly int _body;
    private readonly ushort[] _syllableStarts;

    public IndexedEntry(CatalogueEntry entry)
    {
        Entry = entry;
        var definition = entry.Definition;
        var name = definition.Name.ToLowerInvariant();
        var syllables = Pinyin.Syllables(name);
        var (initials, full) = (string.Concat(syllables.Select(syllable => syllable[0])), string.Concat(syllables));
        _syllableStarts = Starts(syllables);
        (_initials, _full, _body) = (name.Length + 1, name.Length + initials.Length + 2, name.Length + initials.Length + full.Length + 3);
        _text = string.Join(
            '\n',
            [
                name, initials, full,
                .. new[] { definition.Address, entry.Identifier, entry.Provider, definition.Note, definition.Theme, definition.Clause, Text.Base(definition.Base) }
                    .Concat(definition.Fields.Select(field => $"{field.Label} {field.Name} {field.Element}")).Select(text => text.ToLowerInvariant()),
            ]);
    }

    public CatalogueEntry Entry { get; }

    /// <summary>How well all words match; 0 when one does not. The words are in lower case.</summary>
    public int Rank(IReadOnlyList<string> words)
    {
        var sum = 0;
        foreach (var word in words)
        {
            var rank = Rank(word);
            if (rank == 0)
            {
                return 0;
            }

            sum += rank;
        }

        return sum;
    }

    private int Rank(string word)
    {
        if (!_text.Contains(word, StringComparison.Ordinal))
        {
            return 0;
        }

        var name = _text.AsSpan(0, _initials - 1);
        if (name.Contains(word, StringComparison.Ordinal))
        {
            return name.Length == word.Length ? 100 : name.StartsWith(word, StringComparison.Ordinal) ? 85 : 65;
        }

        if (char.IsAsciiLetter(word[0]))
        {
            var initials = _text.AsSpan(_initials, _full - _initials - 1);
            var place = initials.IndexOf(word, StringComparison.Ordinal);
            if (place >= 0)
            {
                return place > 0 ? 60 : initials.Length == word.Length ? 90 : 80;
            }

            if (SyllablesHold(_text.AsSpan(_full, _body - _full - 1), word))
            {
                return 70;
            }
        }

        return _text.AsSpan(_body).Contains(word, StringComparison.Ordinal) ? 30 : 0;
    }

    /// <summary>The word begins where a syllable begins: "an" does not find "lan".</summary>
    private bool SyllablesHold(ReadOnlySpan<char> full, string word)
    {
        for (var place = full.IndexOf(word, StringComparison.Ordinal); place >= 0;)
        {
            if (Array.BinarySearch(_syllableStarts, (ushort)place) >= 0)
            {
                return true;
            }

            var next = full[(place + 1)..].IndexOf(word, StringComparison.Ordinal);
            place = next < 0 ? -1 : place + 1 + next;
        }

        return false;
    }

    private static ushort[] Starts(IReadOnlyList<string> syllables)
    {
        var starts = new ushort[syllables.Count];
        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] = (ushort)(starts[i - 1] + syllables[i - 1].Length);
        }

        return starts;
    }
}
