using Shali.Platform.Kernel;
using Shali.Platform.Registry.Sheets;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// A row against the definition, all reasons at once. Does what <see cref="RecordCheck"/> does, for millions of rows:
/// positions are worked out once, and values that repeat are parsed once.
/// </summary>
internal sealed class RowCheck
{
    private readonly FieldDefinition[] _fields;
    private readonly int[] _sources;
    private readonly ParsedValues[] _known;
    private readonly HashSet<string> _mapped;
    private readonly IReadOnlyList<string> _columns;
    private readonly bool[] _mustHave;
    private readonly bool _fromSheet;

    /// <param name="fromSheet">The cells come from a spreadsheet, which marks text with an apostrophe.</param>
    public RowCheck(ResourceDefinition resource, ColumnMapping mapping, IReadOnlyList<string> columns, bool fromSheet)
    {
        _fromSheet = fromSheet;
        _fields = [.. resource.Fields];
        _sources = mapping.Sources(resource);
        _known = [.. _fields.Select(_ => new ParsedValues())];
        _mapped = columns.Where((_, i) => i < mapping.Fields.Count && mapping.Fields[i] is not null).ToHashSet(StringComparer.Ordinal);
        var needed = resource.Match.Append(resource.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        _columns = columns;
        _mustHave = [.. _fields.Select(field => field.Required || needed.Contains(field.Name))];
    }

    /// <summary>Fills <paramref name="values"/>; what is wrong goes to <paramref name="reasons"/>.</summary>
    public void Check(SourceRow row, object?[] values, List<Refusal> reasons)
    {
        foreach (var fault in row.Faults)
        {
            // What is wrong in a column that is not loaded hurts nobody.
            if (fault.Field.Length == 0 || _mapped.Contains(fault.Field))
            {
                reasons.Add(fault);
            }
        }

        for (var i = 0; i < _fields.Length; i++)
        {
            var source = _sources[i];
            var text = source < 0 ? null : row[source];
            if (_fromSheet && text is ['\'', ..])
            {
                text = SheetText.Plain(text);
            }

            var before = reasons.Count;
            values[i] = string.IsNullOrEmpty(text) ? null : Parse(i, text, reasons);
            if (values[i] is null && _mustHave[i] && reasons.Count == before && !CellRefused(row, source))
            {
                reasons.Add(new("REG-F02", _fields[i].Name, Text.Missing(_fields[i].Label)));
            }
        }
    }

    private object? Parse(int i, string text, List<Refusal> reasons)
    {
        var known = _known[i];
        if (known.TryGet(text, out var value))
        {
            return value;
        }

        if (_fields[i].Type.TryParse(_fields[i], text, out value, out var refusals))
        {
            known.Keep(text, value);
            return value;
        }

        foreach (var refusal in refusals)
        {
            reasons.Add(refusal.Field.Length > 0 ? refusal : refusal with { Field = _fields[i].Name });
        }

        return null;
    }

    /// <summary>The cell had something that could not be read: the person is told that, not that it is empty.</summary>
    private bool CellRefused(SourceRow row, int source) =>
        source >= 0 && row.Faults.Exists(fault => string.Equals(fault.Field, _columns[source], StringComparison.Ordinal));

    /// <summary>Accepted texts of one column and their values, in a small table that is overwritten.</summary>
    private sealed class ParsedValues
    {
        private const int Slots = 2048;
        private const int Trial = 8192;

        private (string? Text, object? Value)[]? _slots;
        private int _asked;
        private int _found;

        public bool TryGet(string text, out object? value)
        {
            value = null;
            if (_asked < 0)
            {
                return false;
            }

            if (_asked++ == Trial)
            {
                if (_found * 4 < Trial)
                {
                    _asked = -1;
                    _slots = null;
                    return false;
                }

                (_asked, _found) = (0, 0);
            }

            if (_slots is null)
            {
                return false;
            }

            ref var slot = ref _slots[Slot(text)];
            if (!string.Equals(slot.Text, text, StringComparison.Ordinal))
            {
                return false;
            }

            _found++;
            value = slot.Value;
            return true;
        }

        public void Keep(string text, object? value)
        {
            if (_asked >= 0 && text.Length <= 64)
            {
                _slots ??= new (string?, object?)[Slots];
                _slots[Slot(text)] = (text, value);
            }
        }

        private static int Slot(string text) => text.GetHashCode(StringComparison.Ordinal) & (Slots - 1);
    }
}
