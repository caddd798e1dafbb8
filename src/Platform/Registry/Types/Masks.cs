using System.Globalization;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>What stays readable of a value for those who may not see it whole.</summary>
public static class Masks
{
    private const string Hidden = "***";

    public static string Apply(MaskShape shape, string value) => value.Length == 0 ? value : shape switch
    {
        MaskShape.None => value,
        MaskShape.Name => Name(value),
        MaskShape.Identifier => Identifier(value),
        MaskShape.Phone => Phone(value),
        MaskShape.Card => Card(value),
        MaskShape.Address => Address(value),
        _ => Hidden,
    };

    // The first character; one star for each further one, but no more than two, so that long names do not stand out.
    private static string Name(string value)
    {
        var letters = new StringInfo(value);
        return letters.SubstringByTextElements(0, 1) + new string('*', Math.Clamp(letters.LengthInTextElements - 1, 1, 2));
    }

    private static string Identifier(string value) => value.Length switch
    {
        >= 12 => Keep(value, 6, 4),
        >= 6 => Keep(value, 2, 2),
        _ => Hidden,
    };

    private static string Phone(string value)
    {
        var national = Kernel.Identifiers.Phone.Kind.Show(Kernel.Identifiers.Phone.Kind.Normalise(value));
        var line = national.IndexOf('-', StringComparison.Ordinal);
        return line > 0 && national.Length - line > 6 ? Keep(national, line + 1, 4)
            : national.Length == 11 ? Keep(national, 3, 4)
            : national.Length > 7 ? Keep(national, 3, 2)
            : Hidden;
    }

    private static string Card(string value)
    {
        var number = Folding.Without(value, " -");
        return number.Length < 12 ? Hidden : $"{number[..4]} **** **** {number[^4..]}";
    }

    // Down to the street or town; without one, down to the county.
    private static string Address(string value)
    {
        var end = -1;
        foreach (var level in (ReadOnlySpan<string>)["街道办事处", "街道", "镇", "乡", "区", "县", "市"])
        {
            var at = value.IndexOf(level, StringComparison.Ordinal);
            if (at > 0)
            {
                end = at + level.Length;
                break;
            }
        }

        return end > 0 && end < value.Length ? value[..end] + Hidden : value.Length > 8 && end < 0 ? value[..3] + Hidden : Hidden;
    }

    private static string Keep(string value, int first, int last) =>
        string.Concat(value.AsSpan(0, first), new string('*', value.Length - first - last), value.AsSpan(value.Length - last));
}
