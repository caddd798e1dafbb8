using System.Globalization;

namespace Shali.Platform.Registry.Types;

/// <summary>Reading numbers as people write them: sign, thousands separators, exponent from spreadsheets.</summary>
internal static class Numbers
{
    private const NumberStyles Written = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>Reads folded text. A comma counts only between groups of three digits: 1,5 is not 15.</summary>
    public static bool TryRead(string text, out decimal number)
    {
        if (decimal.TryParse(text, Written, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        if (text.Contains('E', StringComparison.Ordinal))
        {
            return decimal.TryParse(text, Written | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
        }

        return Grouped(text)
            && decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), Written, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A number with exactly <paramref name="scale"/> digits after the point; false when it has more.</summary>
    public static bool TryScale(decimal number, int scale, out decimal scaled)
    {
        scaled = decimal.Round(number, scale);
        if (scaled != number)
        {
            return false;
        }

        scaled += new decimal(0, 0, 0, false, (byte)scale);
        return true;
    }

    /// <summary>Adds the smallest and largest value to a JSON Schema.</summary>
    public static Dictionary<string, object> Limits(FieldDefinition field, Dictionary<string, object> schema)
    {
        if (field.Min is not null && decimal.TryParse(field.Min, Written, CultureInfo.InvariantCulture, out var min))
        {
            schema["minimum"] = min;
        }

        if (field.Max is not null && decimal.TryParse(field.Max, Written, CultureInfo.InvariantCulture, out var max))
        {
            schema["maximum"] = max;
        }

        return schema;
    }

    private static bool Grouped(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var groups = (point < 0 ? text : text[..point]).TrimStart('+', '-').Split(',');
        return groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3);
    }
}
