using Shali.Platform.Kernel;

namespace Shali.Platform.Catalogue;

/// <summary>An entry prepared for search: its name in characters, first letters and syllables, and everything else.</summary>
internal sealed class IndexedEntry
{
    private readonly string _name;
    private readonly string _initials;
    private readonly string _full;
    private readonly ushort[] _syllableStarts;
    private readonly string _body;

    public IndexedEntry(CatalogueEntry entry)
    {
        Entry = entry;
        var definition = entry.Definition;
        _name = definition.Name.ToLowerInvariant();
        var syllables = Pinyin.Syllables(_name);
        _initials = string.Concat(syllables.Select(syllable => syllable[0]));
        _full = string.Concat(syllables);
        _syllableStarts = Starts(syllables);
        _body = string.Join(
            '\n',
            [
                definition.Address, entry.Identifier, entry.Provider, definition.Note, definition.Theme, definition.Clause,
                Text.Base(definition.Base), .. definition.Fields.Select(field => $"{field.Label} {field.Name} {field.Element}"),
            ]).ToLowerInvariant();
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
        if (_name.Contains(word, StringComparison.Ordinal))
        {
            return _name.Length == word.Length ? 100 : _name.StartsWith(word, StringComparison.Ordinal) ? 85 : 65;
        }

        if (char.IsAsciiLetter(word[0]))
        {
            var place = _initials.IndexOf(word, StringComparison.Ordinal);
            if (place >= 0)
            {
                return place > 0 ? 60 : _initials.Length == word.Length ? 90 : 80;
            }

            if (SyllablesHold(word))
            {
                return 70;
            }
        }

        return _body.Contains(word, StringComparison.Ordinal) ? 30 : 0;
    }

    /// <summary>The word begins where a syllable begins: "an" does not find "lan".</summary>
    private bool SyllablesHold(string word)
    {
        for (var place = _full.IndexOf(word, StringComparison.Ordinal); place >= 0;
            place = _full.IndexOf(word, place + 1, StringComparison.Ordinal))
        {
            if (Array.BinarySearch(_syllableStarts, (ushort)place) >= 0)
            {
                return true;
            }
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
