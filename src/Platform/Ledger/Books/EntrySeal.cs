using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shali.Platform.Ledger;

/// <summary>
/// The canonical form of the entries of an act, over which its digest is taken: one line an entry in the order of
/// their requests, its transfers after it. Lengths stand before texts, so that no two contents read alike.
/// </summary>
internal static class EntrySeal
{
    public static string Of(IEnumerable<(Entry Entry, DateOnly Day)> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder();
        foreach (var (entry, day) in entries.OrderBy(pair => pair.Entry.Request, StringComparer.Ordinal))
        {
            text.Clear();
            Add(text, entry.Request).Append(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)).Append(' ');
            Add(text, entry.Kind);
            Add(text, entry.About);
            Add(text, entry.Memo);
            text.Append(CultureInfo.InvariantCulture, $"{entry.Reverses ?? 0} {entry.Transfers.Count}\n");
            foreach (var transfer in entry.Transfers)
            {
                Add(text, transfer.Debit);
                Add(text, transfer.Credit);
                text.Append(transfer.Amount.Fen).Append('\n');
            }

            hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static StringBuilder Add(StringBuilder text, string part) =>
        text.Append(part.Length).Append(':').Append(part).Append(' ');
}
