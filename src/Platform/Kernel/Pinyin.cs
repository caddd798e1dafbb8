using System.Text;

namespace Shali.Platform.Kernel;

/// <summary>
/// How Chinese is read, in Latin letters without tones: people who type on a phone or a number pad search by the
/// first letters of the syllables. Readings stand in <c>Data/pinyin.txt</c>; a word whose characters read otherwise
/// together (银行, 会计) goes before the single characters.
/// </summary>
public static class Pinyin
{
    private const char First = '\u4e00';
    private const char Last = '\u9fff';

    private static readonly Table Readings = Table.Load();

    /// <summary>First letters of the syllables; letters and digits stay, everything else is left out: rkjbxx.</summary>
    public static string Initials(string text)
    {
        var initials = new StringBuilder(text.Length);
        foreach (var syllable in Syllables(text))
        {
            initials.Append(syllable[0]);
        }

        return initials.ToString();
    }

    /// <summary>The syllables one after the other: renkoujibenxinxi.</summary>
    public static string Full(string text) => string.Concat(Syllables(text));

    /// <summary>One syllable a character; a letter or digit is a syllable of its own, in lower case.</summary>
    public static IReadOnlyList<string> Syllables(string text)
    {
        var syllables = new List<string>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (Readings.Word(text, i) is { } word)
            {
                syllables.AddRange(word);
                i += word.Length;
                continue;
            }

            var character = text[i++];
            if (Readings.Of(character) is { } reading)
            {
                syllables.Add(reading);
            }
            else if (char.IsAsciiLetterOrDigit(character))
            {
                syllables.Add(char.ToLowerInvariant(character).ToString());
            }
        }

        return syllables;
    }

    private sealed class Table
    {
        private readonly string?[] _characters = new string?[Last - First + 1];
        private readonly Dictionary<string, string[]> _words = new(StringComparer.Ordinal);
        private readonly HashSet<char> _beginnings = [];
        private int _longest;

        public static Table Load()
        {
            var table = new Table();
            foreach (var line in Resource.Lines(typeof(Pinyin).Assembly, "Kernel/Data/pinyin.txt"))
            {
                var parts = line.Split(' ');
                switch (parts[0])
                {
                    case "#":
                        break;
                    case "=":
                        table.Add(parts[1], parts[2..]);
                        break;
                    default:
                        table.Add(parts[0], parts[1]);
                        break;
                }
            }

            return table;
        }

        public string? Of(char character) => character is >= First and <= Last ? _characters[character - First]
            : character == '\u3007' ? "ling" : null;

        /// <summary>The longest known word that begins at the place.</summary>
        public string[]? Word(string text, int at)
        {
            if (!_beginnings.Contains(text[at]))
            {
                return null;
            }

            for (var length = Math.Min(_longest, text.Length - at); length > 1; length--)
            {
                if (_words.TryGetValue(text.Substring(at, length), out var syllables))
                {
                    return syllables;
                }
            }

            return null;
        }

        private void Add(string word, string[] syllables)
        {
            _words[word] = syllables;
            _beginnings.Add(word[0]);
            _longest = Math.Max(_longest, word.Length);
        }

        private void Add(string syllable, string characters)
        {
            foreach (var character in characters.Where(character => character is >= First and <= Last))
            {
                _characters[character - First] = syllable;
            }
        }
    }
}
