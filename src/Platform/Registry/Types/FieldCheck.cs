using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Types;

/// <summary>
/// The rules that every kind of value shares: length, pattern, smallest and largest value; and the permanent codes
/// of refusals about values. REG-F01 (unknown field) and REG-F02 (missing) are told by <see cref="RecordCheck"/>.
/// </summary>
public static class FieldCheck
{
    public const string TooLong = "REG-F03";
    public const string Pattern = "REG-F04";
    public const string TooSmall = "REG-F05";
    public const string TooLarge = "REG-F06";
    public const string NotNumber = "REG-F07";
    public const string TooPrecise = "REG-F08";
    public const string UnknownCode = "REG-F09";
    public const string NotDate = "REG-F10";
    public const string NotMoment = "REG-F11";
    public const string NotTime = "REG-F19";
    public const string NotYesNo = "REG-F12";
    public const string NotReference = "REG-F13";
    public const string NotGeometry = "REG-F14";
    public const string OutsideEarth = "REG-F15";
    public const string InvalidGeometry = "REG-F16";
    public const string ControlCharacter = "REG-F17";
    public const string UnknownRegion = "REG-F18";

    private static readonly ConditionalWeakTable<FieldDefinition, Rules> Known = [];

    public static Refusals Refuse(FieldDefinition field, string code, string sentence) =>
        Refusals.Of(new Refusal(code, field.Name, sentence));

    /// <summary>Length, pattern and order of a text value; null when it may stand.</summary>
    public static Refusals Text(FieldDefinition field, string value, int lengthMax)
    {
        var max = field.LengthMax ?? lengthMax;
        if (value.Length > max && Length(value) is var length && length > max)
        {
            return Refuse(field, TooLong, Types.Text.TooLong(field.Label, max, length));
        }

        if (field.Pattern is not null && !Matches(field, value))
        {
            return Refuse(field, Pattern, Types.Text.Pattern(field.Label, field.Note));
        }

        return Refusals.None;
    }

    /// <summary>Smallest and largest value, which stand in the definition as text of the field's own kind.</summary>
    public static Refusals Range<T>(FieldDefinition field, T value)
        where T : IComparable<T>
    {
        if (field.Min is null && field.Max is null)
        {
            return Refusals.None;
        }

        var rules = Known.GetValue(field, static definition => new Rules(definition));
        if (rules.Min is T min && value.CompareTo(min) < 0)
        {
            return Refuse(field, TooSmall, Types.Text.TooSmall(field.Label, field.Type.Show(field, min)));
        }

        return rules.Max is T max && value.CompareTo(max) > 0
            ? Refuse(field, TooLarge, Types.Text.TooLarge(field.Label, field.Type.Show(field, max)))
            : Refusals.None;
    }

    /// <summary>The length as people count it: a rare character outside the basic plane is one.</summary>
    public static int Length(string value)
    {
        var pairs = 0;
        foreach (var letter in value)
        {
            pairs += char.IsHighSurrogate(letter) ? 1 : 0;
        }

        return value.Length - pairs;
    }

    /// <summary>The limit is of wall time: a machine that is busy elsewhere may pass it with any value, a pattern without end passes it each time.</summary>
    private static bool Matches(FieldDefinition field, string value)
    {
        var pattern = Known.GetValue(field, static definition => new Rules(definition)).Pattern!;
        for (var tries = 0; tries < 3; tries++)
        {
            try
            {
                return pattern.IsMatch(value);
            }
            catch (RegexMatchTimeoutException)
            {
                // Once more.
            }
        }

        return false;
    }

    // Worked out once for each definition: patterns are made by people, so they get a time limit.
    private sealed class Rules
    {
        public Rules(FieldDefinition field)
        {
            Pattern = field.Pattern is null
                ? null
                : new Regex($"^(?:{field.Pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
            var bare = field with { Min = null, Max = null, Pattern = null };
            Min = field.Type.Parse(bare, field.Min) is { Ok: true } min ? min.Value : null;
            Max = field.Type.Parse(bare, field.Max) is { Ok: true } max ? max.Value : null;
        }

        public Regex? Pattern { get; }

        public object? Min { get; }

        public object? Max { get; }
    }
}
