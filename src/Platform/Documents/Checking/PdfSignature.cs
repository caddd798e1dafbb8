using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Shali.Platform.Documents.Checking;

/// <summary>
/// A signature as it lies in the bytes of a PDF file: which bytes it covers and the CMS structure. Found in the bytes
/// themselves, not through the file's own tables, which whoever altered the file could have written.
/// </summary>
/// <param name="Covered">The bytes that are signed.</param>
/// <param name="Cms">The signature with its padding.</param>
/// <param name="End">First byte after the covered part: what follows was added later.</param>
internal sealed partial record PdfSignature(byte[] Covered, byte[] Cms, int End)
{
    private const int Most = 16;

    /// <summary>Every signature whose range fits the file, in the order of the file.</summary>
    public static IReadOnlyList<PdfSignature> In(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        var found = new List<PdfSignature>();
        foreach (var match in Range().EnumerateMatches(text))
        {
            if (found.Count < Most && Read(file, text.AsSpan(match.Index, match.Length)) is { } signature)
            {
                found.Add(signature);
            }
        }

        return found;
    }

    private static PdfSignature? Read(byte[] file, ReadOnlySpan<char> match)
    {
        var numbers = new long[4];
        var i = 0;
        foreach (var part in Number().EnumerateMatches(match))
        {
            if (i < 4)
            {
                numbers[i++] = long.Parse(match.Slice(part.Index, part.Length), NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        var (first, length, second, rest) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        if (first != 0 || length < 1 || second <= length + 2 || second + rest > file.Length || second - length > 1 << 20
            || file[length] != '<' || file[second - 1] != '>')
        {
            return null;
        }

        var hex = file.AsSpan((int)length + 1, (int)(second - length - 2));
        var digits = new byte[hex.Length / 2];
        return Convert.FromHexString(Encoding.Latin1.GetString(hex), digits, out _, out var written) == System.Buffers.OperationStatus.Done && written > 0
            ? new([.. file.AsSpan(0, (int)length), .. file.AsSpan((int)second, (int)rest)], digits[..written], (int)(second + rest))
            : null;
    }

    [GeneratedRegex(@"/ByteRange\s{0,9}\[\s{0,9}[0-9]{1,10}\s{1,9}[0-9]{1,10}\s{1,9}[0-9]{1,10}\s{1,9}[0-9]{1,10}\s{0,60}\]", RegexOptions.CultureInvariant)]
    private static partial Regex Range();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
