using System.Buffers.Binary;
using System.Text;

namespace Shali.Platform.Documents.Fonts;

/// <summary>
/// A font that carries only the glyphs of one document. Glyph n of it has CID n; glyph 0 is the empty one. The same
/// glyphs give the same bytes.
/// </summary>
internal static class CffSubset
{
    private static readonly string[] Strings = ["Adobe", "Identity"];

    private const int FirstString = 391;

    /// <param name="face">Where the outlines are.</param>
    /// <param name="glyphs">Glyphs of the face in the order of the subset; the first must be 0.</param>
    /// <param name="name">PostScript name with the tag of the subset.</param>
    public static byte[] Make(Face face, IReadOnlyList<int> glyphs, string name)
    {
        var outlines = face.Outlines;
        List<int> dictionaries = [.. glyphs.Select(outlines.DictionaryOf).Distinct().Order()];
        var head = new List<byte> { 1, 0, 4, 4 };
        Index(head, [Encoding.ASCII.GetBytes(name)]);
        var before = head.Count;

        // Offsets are written with five bytes each, so the length of the top dictionary does not depend on them.
        var topLength = Top(0, 0, 0, 0, glyphs.Count).Length;
        var rest = new List<byte>();
        Index(rest, [.. Strings.Select(Encoding.ASCII.GetBytes)]);
        rest.AddRange([0, 0]); // No global subroutines.
        var start = before + 2 + 1 + 2 + topLength + rest.Count;

        var body = new List<byte>();
        var charset = start;
        body.AddRange([2, 0, 1, .. Short(Math.Max(glyphs.Count - 2, 0))]);
        var select = start + body.Count;
        body.Add(0);
        body.AddRange(glyphs.Select(glyph => (byte)dictionaries.IndexOf(outlines.DictionaryOf(glyph))));
        var charStrings = start + body.Count;
        Index(body, [.. glyphs.Select(face.Flat)]);
        var privates = new List<(int Length, int Offset)>();
        foreach (var dictionary in dictionaries)
        {
            var bytes = outlines.PrivateOf(dictionary);
            privates.Add((bytes.Length, start + body.Count));
            body.AddRange(bytes);
        }

        var array = start + body.Count;
        Index(body, [.. privates.Select(place => (byte[])[.. Long(place.Length), .. Long(place.Offset), 18])]);

        Index(head, [Top(charset, select, charStrings, array, glyphs.Count)], offsetSize: 1);
        head.AddRange(rest);
        head.AddRange(body);
        return [.. head];
    }

    private static byte[] Top(int charset, int select, int charStrings, int array, int count) =>
    [
        .. Long(FirstString), .. Long(FirstString + 1), .. Long(0), 12, 30, // ROS
        .. Long(count), 12, 34, // CIDCount
        .. Long(charset), 15, .. Long(select), 12, 37, .. Long(charStrings), 17, .. Long(array), 12, 36,
    ];

    private static void Index(List<byte> to, IReadOnlyList<byte[]> items, int offsetSize = 0)
    {
        to.AddRange(Short(items.Count));
        var total = items.Sum(item => item.Length) + 1;
        var size = offsetSize > 0 ? offsetSize : total < 256 ? 1 : total < 65_536 ? 2 : 4;
        to.Add((byte)size);
        var offset = 1;
        foreach (var length in items.Select(item => item.Length).Prepend(0))
        {
            offset += length;
            for (var b = size - 1; b >= 0; b--)
            {
                to.Add((byte)((offset >> (8 * b)) & 0xFF));
            }
        }

        foreach (var item in items)
        {
            to.AddRange(item);
        }
    }

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)(value & 0xFF)];

    private static byte[] Long(int value)
    {
        var bytes = new byte[5];
        bytes[0] = 29;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), value);
        return bytes;
    }
}
