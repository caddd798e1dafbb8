using System.Text;

namespace Shali.Platform.Registry.Load;

/// <summary>Comma, semicolon or tab: the one that the first line has most of, outside quotes.</summary>
internal static class Delimiters
{
    private static readonly char[] Known = [',', '\t', ';'];

    public static char Detect(Stream stream, Encoding encoding)
    {
        stream.Position = 0;
        // The reader is not disposed: the stream stays open for the rows.
        var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, 4096, leaveOpen: true);
        var counts = new int[Known.Length];
        var quoted = false;
        for (var i = 0; i < 1 << 20; i++)
        {
            var c = reader.Read();
            if (c < 0 || (c == '\n' && !quoted && counts.Sum() > 0))
            {
                break;
            }

            quoted ^= c == '"';
            if (!quoted && Array.IndexOf(Known, (char)c) is >= 0 and var known)
            {
                counts[known]++;
            }
        }

        return Known[Array.IndexOf(counts, counts.Max())];
    }
}
