using Shali.Platform.Registry.Types;

namespace Shali.Platform.Registry.Load;

/// <summary>What one unknown column of a file looks like: gathered row by row, memory bounded.</summary>
internal sealed class ColumnSketch
{
    private const int Remembered = 50_000;
    private const int SamplesKept = 5;

    private readonly (FieldDefinition Field, int[] Accepted)[] _candidates;
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private bool _forgotten;

    public ColumnSketch(string heading, IEnumerable<FieldType> candidates)
    {
        Heading = heading;
        _candidates = [.. candidates.Select(type => (new FieldDefinition { Name = "c", Label = heading, Type = type, Scale = 10 }, new int[1]))];
    }

    public string Heading { get; }

    public long Rows { get; private set; }

    public long Filled { get; private set; }

    public int Longest { get; private set; }

    /// <summary>Numbers such as 007, whose zeros would be lost in a number.</summary>
    public bool LeadingZeros { get; private set; }

    public int LongestDigits { get; private set; }

    public int DecimalPlaces { get; private set; }

    public List<string> Samples { get; } = [];

    /// <summary>How often each value stands there; null when there are too many to say.</summary>
    public IReadOnlyDictionary<string, int>? Values => _forgotten ? null : _values;

    public bool AllDistinct => !_forgotten && Filled > 1 && _values.Count == Filled;

    public void Add(string? cell)
    {
        Rows++;
        var text = cell?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        Filled++;
        Longest = Math.Max(Longest, text.Length);
        Digits(text);
        Remember(text);
        foreach (var (field, accepted) in _candidates)
        {
            // A kind that fits hardly anything is not tried again and again.
            if (accepted[0] * 2 + 50 > Filled && field.Type.TryParse(field, text, out _, out _))
            {
                accepted[0]++;
            }
        }
    }

    /// <summary>Share of the filled cells that the kind accepts.</summary>
    public double Fits(string type)
    {
        foreach (var (field, accepted) in _candidates)
        {
            if (string.Equals(field.Type.Name, type, StringComparison.Ordinal))
            {
                return Filled == 0 ? 0 : (double)accepted[0] / Filled;
            }
        }

        return 0;
    }

    private void Digits(string text)
    {
        var digits = text.AsSpan().TrimStart('-');
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        if (whole.Length > 0 && whole.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            LeadingZeros |= whole.Length > 1 && whole[0] == '0';
            LongestDigits = Math.Max(LongestDigits, whole.Length);
            DecimalPlaces = Math.Max(DecimalPlaces, point < 0 ? 0 : digits.Length - point - 1);
        }
    }

    private void Remember(string text)
    {
        if (Samples.Count < SamplesKept && !Samples.Contains(text, StringComparer.Ordinal))
        {
            Samples.Add(text.Length <= 60 ? text : text[..60]);
        }

        if (_forgotten)
        {
            return;
        }

        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_values, text, out _)++;
        if (_values.Count > Remembered)
        {
            _forgotten = true;
            _values.Clear();
        }
    }
}
