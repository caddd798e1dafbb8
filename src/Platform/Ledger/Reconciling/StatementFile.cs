using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>
/// A channel's statement of one day. Text, one line a movement; the first line says channel, day, number and net sum in
/// fen, the last the SHA-256 of all lines before it. Adapters bring other channels' files into this form.
/// </summary>
/// <example><code>
/// STATEMENT,1,test,2026-11-25,2,9000
/// pay,01k...,T1,10000,2026-11-25T09:00:00.0000000+08:00
/// refund,01k...,T2,1000,2026-11-25T10:00:00.0000000+08:00
/// END,9f86d0...
/// </code></example>
public sealed record StatementFile(string Channel, DateOnly Day, IReadOnlyList<StatementLine> Lines, string Digest)
{
    private const int LinesMax = 1_000_000;

    public static string Write(string channel, DateOnly day, IReadOnlyList<StatementLine> lines)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"STATEMENT,1,{channel},{day:yyyy-MM-dd},{lines.Count},{Net(lines).Fen}\n");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Kind},{line.Number},{line.Transaction},{line.Amount.Fen},{line.At:O}\n");
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        return text.Append("END,").Append(digest).Append('\n').ToString();
    }

    /// <summary>The file, or all that is wrong with it; a file that is wrong in one line is not used at all.</summary>
    public static Outcome<StatementFile> Read(string text, string channel, DateOnly day)
    {
        var rows = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (rows.Length < 2 || rows.Length - 2 > LinesMax || rows[0].Split(',') is not ["STATEMENT", "1", var code, var date, var count, var sum])
        {
            return new Refusal("LDG-S01", "file", Text.NoStatement);
        }

        var refusals = new List<Refusal>();
        if (code != channel || date != day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        {
            refusals.Add(new("LDG-S02", "file", Text.OtherStatement(code, date)));
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(rows[..^1].Select(row => row + "\n")))));
        if (rows[^1] != "END," + digest)
        {
            refusals.Add(new("LDG-S03", "file", Text.StatementAltered));
        }

        var lines = new List<StatementLine>(rows.Length - 2);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i < rows.Length - 1; i++)
        {
            if (Line(rows[i]) is { } line && seen.Add(line.Kind + line.Transaction))
            {
                lines.Add(line);
            }
            else if (refusals.Count < 20)
            {
                refusals.Add(new("LDG-S04", "file", Text.StatementLine(i + 1)));
            }
        }

        if (refusals.Count == 0 && (count != lines.Count.ToString(CultureInfo.InvariantCulture) || sum != Net(lines).Fen.ToString(CultureInfo.InvariantCulture)))
        {
            refusals.Add(new("LDG-S05", "file", Text.StatementSums));
        }

        return refusals.Count > 0 ? new Refusals(refusals) : new StatementFile(channel, day, lines, digest);
    }

    /// <summary>What came in less what went out.</summary>
    public static Money Net(IEnumerable<StatementLine> lines) => Money.Sum(lines.Select(line => line.Kind == StatementLine.Pay ? line.Amount : -line.Amount));

    private static StatementLine? Line(string row) =>
        row.Split(',') is [StatementLine.Pay or StatementLine.Refund, { Length: <= 60 }, { Length: > 0 and <= 60 }, _, _] parts
        && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var fen) && fen > 0
        && DateTimeOffset.TryParse(parts[4], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? new(parts[0], parts[1], parts[2], new(fen), at)
            : null;
}

/// <summary>One movement of money as the channel tells it.</summary>
/// <param name="Number">Our order, or our refund number.</param>
/// <param name="Transaction">The channel's number.</param>
public sealed record StatementLine(string Kind, string Number, string Transaction, Money Amount, DateTimeOffset At)
{
    public const string Pay = "pay";
    public const string Refund = "refund";
}
