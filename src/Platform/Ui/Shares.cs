using System.Globalization;

namespace Shali.Platform.Ui;

/// <summary>Lengths in charts, as percentages that SVG understands.</summary>
internal static class Shares
{
    public static string Percent(double value, double largest) =>
        Write(largest <= 0 ? 0 : Math.Clamp(value / largest, 0, 1) * 100) + "%";

    public static string Write(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A round number at or above the value, for the top of an axis: 1, 2, 2.5 or 5 times a power of ten.</summary>
    public static double RoundUp(double value)
    {
        if (value <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 2, 2.5, 5, 10 }.Select(step => step * power).First(top => top >= value * 0.999999);
    }
}
