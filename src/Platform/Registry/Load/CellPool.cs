namespace Shali.Platform.Registry.Load;

/// <summary>
/// Codes and names repeat from row to row: the same text is made once. Columns whose values do not repeat are
/// noticed and left alone.
/// </summary>
internal sealed class CellPool(int columns)
{
    private const int Slots = 4096;
    private const int Longest = 24;
    private const int Trial = 4096;

    private readonly string?[]?[] _slots = new string?[]?[columns];
    private readonly int[] _asked = new int[columns];
    private readonly int[] _found = new int[columns];

    public string Get(int column, ReadOnlySpan<char> text)
    {
        if (text.Length > Longest || column >= columns || _asked[column] < 0)
        {
            return text.ToString();
        }

        if (_asked[column]++ == Trial)
        {
            // Fewer than a quarter repeated: looking costs more than it saves.
            var worth = _found[column] * 4 >= Trial;
            _asked[column] = worth ? 0 : -1;
            _found[column] = 0;
            if (!worth)
            {
                _slots[column] = null;
                return text.ToString();
            }
        }

        var slots = _slots[column] ??= new string?[Slots];
        ref var slot = ref slots[string.GetHashCode(text) & (Slots - 1)];
        if (slot is not null && text.SequenceEqual(slot))
        {
            _found[column]++;
            return slot;
        }

        return slot = text.ToString();
    }
}
