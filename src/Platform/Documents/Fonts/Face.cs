using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Shali.Platform.Documents.Fonts;

/// <summary>
/// One face as a page needs it: which glyph a character has, how wide it is, and its outline. Characters outside of
/// the basic plane are characters like any other.
/// </summary>
internal sealed class Face : IDisposable
{
    private readonly FontFile _file;
    private readonly CffTable _outlines;
    private readonly ConcurrentDictionary<int, byte[]> _flat = [];
    private readonly (uint First, uint Last, uint Glyph)[] _groups;
    private readonly ushort[] _advances;

    private Face(FontFile file, string name)
    {
        _file = file;
        Name = name;
        var head = file.Table("head");
        UnitsPerEm = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(18));
        Box = [.. Enumerable.Range(0, 4).Select(i => Scale(BinaryPrimitives.ReadInt16BigEndian(head.AsSpan(36 + (i * 2)))))];
        var lines = file.Table("hhea");
        Ascent = Scale(BinaryPrimitives.ReadInt16BigEndian(lines.AsSpan(4)));
        Descent = Scale(BinaryPrimitives.ReadInt16BigEndian(lines.AsSpan(6)));
        _advances = Advances(file.Table("hmtx"), BinaryPrimitives.ReadUInt16BigEndian(lines.AsSpan(34)));
        _groups = Groups(file.Table("cmap"));
        _outlines = new CffTable(file);
    }

    /// <summary>PostScript name without the tag of a subset.</summary>
    public string Name { get; }

    public int UnitsPerEm { get; }

    /// <summary>In thousandths of the size, as PDF counts.</summary>
    public int Ascent { get; }

    public int Descent { get; }

    public IReadOnlyList<int> Box { get; }

    public CffTable Outlines => _outlines;

    /// <summary>The face, or null when the file is not there or is not OpenType with PostScript outlines.</summary>
    public static Face? Open(string path, string family, string name)
    {
        var file = FontFile.Open(path, family);
        if (file is null || !file.Has("CFF "))
        {
            file?.Dispose();
            return null;
        }

        return new(file, name);
    }

    /// <summary>0 when the face has no such character.</summary>
    public int Glyph(int character)
    {
        var (low, high) = (0, _groups.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (first, last, glyph) = _groups[middle];
            if (character < first)
            {
                high = middle - 1;
            }
            else if (character > last)
            {
                low = middle + 1;
            }
            else
            {
                return (int)(glyph + ((uint)character - first));
            }
        }

        return 0;
    }

    /// <summary>In thousandths of the size.</summary>
    public int Advance(int glyph) => Scale(_advances[Math.Min(glyph, _advances.Length - 1)]);

    /// <summary>The outline without calls of subroutines; kept, for documents of one office use the same characters.</summary>
    public byte[] Flat(int glyph) => _flat.GetOrAdd(glyph, _outlines.Flat);

    public void Dispose() => _file.Dispose();

    private int Scale(int units) => units * 1000 / UnitsPerEm;

    private static ushort[] Advances(byte[] table, int count)
    {
        var advances = new ushort[count];
        for (var i = 0; i < count; i++)
        {
            advances[i] = BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(i * 4));
        }

        return advances;
    }

    /// <summary>Format 12 of the full repertoire.</summary>
    private static (uint First, uint Last, uint Glyph)[] Groups(byte[] table)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(2));
        for (var i = 0; i < count; i++)
        {
            var offset = (int)BinaryPrimitives.ReadUInt32BigEndian(table.AsSpan(8 + (i * 8)));
            if (BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(offset)) == 12)
            {
                var groups = new (uint, uint, uint)[BinaryPrimitives.ReadUInt32BigEndian(table.AsSpan(offset + 12))];
                for (var g = 0; g < groups.Length; g++)
                {
                    var group = table.AsSpan(offset + 16 + (g * 12));
                    groups[g] = (
                        BinaryPrimitives.ReadUInt32BigEndian(group), BinaryPrimitives.ReadUInt32BigEndian(group[4..]),
                        BinaryPrimitives.ReadUInt32BigEndian(group[8..]));
                }

                return groups;
            }
        }

        throw new InvalidDataException("The font has no table of the full repertoire (cmap format 12).");
    }
}
