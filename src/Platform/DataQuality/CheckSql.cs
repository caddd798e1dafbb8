using System.Globalization;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.DataQuality;

/// <summary>
/// Check characters as the database computes them. Only of the identifiers that old registers hold with faults in them;
/// the same rules as in <c>Kernel/Identifiers</c>, which a test compares.
/// </summary>
internal static class CheckSql
{
    private static readonly int[] Citizen = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private static readonly int[] Credit = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    private static readonly int[] Organisation = [3, 7, 9, 10, 5, 8, 4, 2];

    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const string OrganisationAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The condition of a value that is misshapen or whose check character does not fit; null: no such kind.</summary>
    public static Sql? Of(string kind, Sql column)
    {
        var c = column.Text;
        return kind switch
        {
            FieldKind.CitizenNumber => Bad(
                c, "^[0-9]{17}[0-9X]$", 18, $"substr('10X98765432', 1 + ({Sum(Citizen, i => $"(ascii(substr({c}, {i}, 1)) - 48)")}) % 11, 1)"),
            FieldKind.CreditCode => Bad(
                c, "^[0-9A-HJ-NPQRTUWXY]{18}$", 18, $"substr('{CreditAlphabet}', 1 + (31 - ({Sum(Credit, i => $"(position(substr({c}, {i}, 1) in '{CreditAlphabet}') - 1)")}) % 31) % 31, 1)"),
            FieldKind.OrganisationCode => Bad(
                c, "^[0-9A-Z]{8}[0-9X]$", 9, $"substr('0123456789X0', 1 + (11 - ({Sum(Organisation, i => $"(position(substr({c}, {i}, 1) in '{OrganisationAlphabet}') - 1)")}) % 11), 1)"),
            _ => null,
        };
    }

    // The shape first: what has another one has no check character to compute.
    private static Sql Bad(string c, string shape, int place, string check) => Sql.Trusted(
        $"(case when {c} !~ '{shape}' then true else substr({c}, {place.ToString(CultureInfo.InvariantCulture)}, 1) <> {check} end)");

    private static string Sum(int[] weights, Func<string, string> value) => string.Join(
        " + ", weights.Select((weight, i) => $"{value((i + 1).ToString(CultureInfo.InvariantCulture))} * {weight.ToString(CultureInfo.InvariantCulture)}"));
}
