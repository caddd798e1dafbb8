using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 电子证照标识, GB/T 36904-2018: root 1.2.156.3005.2, kind of licence (credit code of the body that defines it and
/// three digits), credit code of the issuer, serial, version, check by ISO 7064 MOD 37,36 over the four parts.
/// </summary>
public sealed partial class LicenceIdentifier : Identifier
{
    public static readonly LicenceIdentifier Kind = new();

    public const string Root = "1.2.156.3005.2";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private LicenceIdentifier()
    {
    }

    public override string Name => "licence-identifier";

    public override string Label => "电子证照标识";

    public override string Standard => "GB/T 36904-2018";

    public override string Pattern => Form().ToString();

    /// <param name="type">Credit code of the body that defines the kind, and its three digits.</param>
    /// <param name="issuer">Credit code of the issuing office.</param>
    /// <param name="serial">Digits and capital letters, by the issuer's own rule.</param>
    /// <param name="version">1 for the first, up to 999.</param>
    public static string Compose(string type, string issuer, string serial, int version)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, 999);
        var number = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Root}.{type}.{issuer}.{serial}.{version:D3}");
        return $"{number}.{CheckOf(type + issuer + serial + number[^3..])}";
    }

    /// <summary>ISO 7064 MOD 37,36 over digits and capital letters.</summary>
    public static char CheckOf(ReadOnlySpan<char> body)
    {
        var product = 36;
        foreach (var letter in body)
        {
            product = (product + Alphabet.IndexOf(letter, StringComparison.Ordinal)) % 36;
            product = (product == 0 ? 36 : product) * 2 % 37;
        }

        return Alphabet[(37 - product) % 36];
    }

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        if (!Form().IsMatch(number))
        {
            return [new(Flaws.Form, FlawKind.Shape, Text.Form(Label, $"{Root}.类型.颁发机构.流水号.版本.校验位"))];
        }

        var parts = number[(Root.Length + 1)..].Split('.');
        var flaws = new List<Flaw>();
        if (CheckOf(string.Concat(parts[..4])) != parts[4][0])
        {
            flaws.Add(new(Flaws.Check, FlawKind.Checksum, Text.Check(Label)));
        }

        // Identifiers in use carry other things here too; they are to be looked at, not lost.
        if (!CreditCode.IsValid(parts[0].AsSpan(0, 18)) || !CreditCode.IsValid(parts[1]))
        {
            flaws.Add(new(Flaws.InnerCheck, FlawKind.Warning, Text.LicenceInnerCode));
        }

        return flaws;
    }

    [GeneratedRegex(@"^1\.2\.156\.3005\.2\.[0-9A-Z]{18}[0-9]{3}\.[0-9A-Z]{6,18}\.[0-9A-Z]{1,64}\.[0-9]{3}\.[0-9A-Z]$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
