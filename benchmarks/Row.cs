using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shali.Bench;

/// <summary>One line of the table: what was measured, beside what, and what it must reach.</summary>
/// <param name="Id">Stable: <c>read.governed</c>.</param>
/// <param name="Ratio">Of the baseline of the same run; null where the floor is a figure of its own.</param>
internal sealed record Row(
    string Id, string What, double Figure, string Unit, double? Baseline, double? Ratio, string Floor, string Aim, bool Met)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Id,-18} {Figure,12:N1} {Unit,-12} {(Baseline is null ? "" : $"of {Baseline:N1}"),-16} {(Ratio is null ? "" : $"{Ratio:N2}"),-6} floor {Floor,-10} {(Met ? "met" : "MISSED"),-7} {What}");

    public static string Json(IReadOnlyList<Row> rows) => JsonSerializer.Serialize(rows, Options);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };
}
