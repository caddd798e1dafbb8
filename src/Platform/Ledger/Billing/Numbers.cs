using System.Security.Cryptography;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>Numbers of bills and receipts: year, kind, serial, and a check digit (ISO 7064 MOD 11,10) against slips of the pen.</summary>
internal static class Numbers
{
    /// <summary>No letters and digits that are read for one another.</summary>
    private const string Signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private const int CheckCodeLength = 8;

    public static Task<string> Bill(WriteSession writing, CancellationToken cancel) => Next(writing, "1", Sql.Trusted("ledger.bill_number"), cancel);

    public static Task<string> Receipt(WriteSession writing, CancellationToken cancel) => Next(writing, "2", Sql.Trusted("ledger.receipt_number"), cancel);

    /// <summary>Known to the payer alone: with the number it opens the public page. 40 random bits.</summary>
    public static string CheckCode() => RandomNumberGenerator.GetString(Signs, CheckCodeLength);

    /// <summary>As people type it: small letters and blanks do not matter.</summary>
    public static string Typed(string? text) => new([.. (text ?? "").Where(sign => !char.IsWhiteSpace(sign) && sign != '-').Select(char.ToUpperInvariant)]);

    public static bool IsNumber(string text) =>
        text.Length == 16 && text.All(char.IsAsciiDigit) && CheckDigits.Mod1110(text.AsSpan(0, 15)) == text[15];

    private static async Task<string> Next(WriteSession writing, string kind, Sql sequence, CancellationToken cancel)
    {
        var serial = await writing.Session.Scalar<long>($"select nextval({sequence.Text}::regclass)", cancel);
        var digits = $"{writing.At.Local():yyyy}{kind}{serial:D10}";
        return digits + CheckDigits.Mod1110(digits);
    }
}
