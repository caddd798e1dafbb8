using System.Globalization;
using System.Text;

namespace Shali.Platform.Audit;

/// <summary>
/// What the log looked like at one moment: how many records, and the root over all of them. Signed, it binds the
/// city to its past: no record below <paramref name="Size"/> can change without the root changing.
/// Text form: C2SP tlog-checkpoint.
/// </summary>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed: origin, size and root in base64, a line each.</summary>
    public string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>Null when the text is not a checkpoint.</summary>
    public static Checkpoint? Parse(string text)
    {
        var lines = text.Split('\n');
        var root = new byte[Merkle.MerkleHash.Size];
        return lines.Length >= 4
            && lines[0].Length > 0
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && Convert.TryFromBase64String(lines[2], root, out var length)
            && length == root.Length
                ? new(lines[0], size, root)
                : null;
    }
}

/// <summary>
/// A text with signatures below it, in the form of C2SP signed-note: a blank line, then an em dash, the name of the
/// key and the signature, a line each.
/// </summary>
public sealed record SignedNote(string Text, IReadOnlyList<(string Key, byte[] Signature)> Signatures)
{
    private const string Dash = "\u2014 ";

    /// <summary>Null when it is not a note.</summary>
    public static SignedNote? Parse(string note)
    {
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0)
        {
            return null;
        }

        var signatures = new List<(string, byte[])>();
        foreach (var line in note[(blank + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
            var bytes = new byte[line.Length];
            if (parts.Length != 2 || !Convert.TryFromBase64String(parts[1], bytes, out var length) || length < 5)
            {
                return null;
            }

            signatures.Add((parts[0], bytes[..length]));
        }

        return new(note[..(blank + 1)], signatures);
    }

    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var (key, signature) in Signatures)
        {
            note.Append(Dash).Append(key).Append(' ').Append(Convert.ToBase64String(signature)).Append('\n');
        }

        return note.ToString();
    }
}
