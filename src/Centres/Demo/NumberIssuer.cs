using System.Globalization;
using System.Runtime.InteropServices;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Centres.Demo;

/// <summary>
/// Gives citizen numbers that are right in every part and given only once in a city. They belong to nobody: the
/// sequence is counted from 800 up, which registries reach on hardly any day, and every person is made up.
/// </summary>
public sealed class NumberIssuer
{
    private const int First = 800;
    private const int High = 98;
    private readonly Dictionary<long, ushort> _given = [];

    public string Issue(string region, DateOnly birth, bool male)
    {
        var series = (((int.Parse(region, CultureInfo.InvariantCulture) * 4_000_000L) + birth.DayNumber) * 2) + (male ? 1 : 0);
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_given, series, out _);
        var turn = count++;

        // Scattered: numbers next to each other belong to those who were born together.
        var sequence = (turn < High ? First + (turn * 37 % High * 2) : (turn - High) * 2) + (male ? 1 : 0);
        return CitizenNumber.Compose(region, birth, sequence % 1000);
    }

    /// <summary>The number with a wrong check character, as copied by a hurried hand.</summary>
    public static string Spoiled(Dice dice, string number)
    {
        var right = number[17];
        var wrong = (char)('0' + dice.Next(10));
        return number[..17] + (wrong == right ? (wrong == '9' ? '0' : (char)(wrong + 1)) : wrong);
    }
}
