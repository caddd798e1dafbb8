namespace Shali.Platform.Kernel;

/// <summary>Numbers of cases and of what is known by the number of its case, in groups as they are read out and printed.</summary>
public static class NumberGroups
{
    private const int Length = 16;

    /// <summary>Sixteen digits as 20261125-0000012-3; anything else as it is.</summary>
    public static string Of(string number) =>
        number.Length == Length && number.All(char.IsAsciiDigit) ? $"{number[..8]}-{number[8..15]}-{number[15]}" : number;
}
