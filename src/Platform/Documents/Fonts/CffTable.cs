using System.Buffers.Binary;

namespace Shali.Platform.Documents.Fonts;

/// <summary>
/// The outlines of a CID-keyed font (Adobe Technical Note 5176): where each glyph's charstring lies, to which font
/// dictionary it belongs, and the subroutines that it calls.
/// </summary>
internal sealed class CffTable
{
    private const int CharStringsOperator = 17;
    private const int PrivateOperator = 18;
    private const int SubrsOperator = 19;
    private const int FdArrayOperator = 1236;
    private const int FdSelectOperator = 1237;

    private readonly FontFile _file;
    private readonly long _start;
    private readonly CffIndex _glyphs;
    private readonly byte[][] _global;
    private readonly Private[] _dictionaries;
    private readonly byte[] _select;

    public CffTable(FontFile file)
    {
        _file = file;
        _start = file.Start("CFF ");
        var names = CffIndex.At(file, _start + file.Bytes(_start + 2, 1)[0]);
        var tops = CffIndex.At(file, names.End);
        var strings = CffIndex.At(file, tops.End);
        _global = [.. CffIndex.At(file, strings.End).All(file)];
        var top = CffDictionary.Read(tops.Get(file, 0));
        if (!top.TryGetValue(FdArrayOperator, out var array))
        {
            throw new InvalidDataException("The font is not keyed by CID.");
        }

        _glyphs = CffIndex.At(file, _start + top[CharStringsOperator][0]);
        _dictionaries = [.. CffIndex.At(file, _start + array[0]).All(file).Select(ReadPrivate)];
        _select = Select(_start + top[FdSelectOperator][0]);
    }

    public int Glyphs => _glyphs.Count;

    /// <summary>Number of the font dictionary of a glyph.</summary>
    public int DictionaryOf(int glyph) => _select[glyph];

    /// <summary>A private dictionary without its subroutines: what its glyphs need of hints and widths.</summary>
    public byte[] PrivateOf(int dictionary) => _dictionaries[dictionary].Bare;

    /// <summary>The charstring of a glyph with every subroutine put in its place.</summary>
    public byte[] Flat(int glyph) =>
        CharString.Flatten(_glyphs.Get(_file, glyph), _global, _dictionaries[_select[glyph]].Subrs);

    private Private ReadPrivate(byte[] font)
    {
        var place = CffDictionary.Read(font)[PrivateOperator];
        var bytes = _file.Bytes(_start + place[1], place[0]);
        var subrs = CffDictionary.Read(bytes).TryGetValue(SubrsOperator, out var offset)
            ? CffIndex.At(_file, _start + place[1] + offset[0]).All(_file)
            : [];
        return new(CffDictionary.Without(bytes, SubrsOperator), [.. subrs]);
    }

    private byte[] Select(long at)
    {
        var select = new byte[_glyphs.Count];
        if (_file.Bytes(at, 1)[0] == 0)
        {
            return _file.Bytes(at + 1, select.Length);
        }

        var count = BinaryPrimitives.ReadUInt16BigEndian(_file.Bytes(at + 1, 2));
        var ranges = _file.Bytes(at + 3, (count * 3) + 2);
        for (var i = 0; i < count; i++)
        {
            var first = BinaryPrimitives.ReadUInt16BigEndian(ranges.AsSpan(i * 3));
            var next = BinaryPrimitives.ReadUInt16BigEndian(ranges.AsSpan((i * 3) + 3));
            select.AsSpan(first, next - first).Fill(ranges[(i * 3) + 2]);
        }

        return select;
    }

    private sealed record Private(byte[] Bare, byte[][] Subrs);
}

/// <summary>An INDEX of CFF: many byte strings one after the other.</summary>
internal sealed class CffIndex
{
    private readonly long _data;
    private readonly int[] _offsets;

    private CffIndex(long data, int[] offsets)
    {
        (_data, _offsets) = (data, offsets);
        End = data + (offsets.Length > 0 ? offsets[^1] : 0);
    }

    public int Count => Math.Max(_offsets.Length - 1, 0);

    /// <summary>The first byte after it.</summary>
    public long End { get; }

    public static CffIndex At(FontFile file, long at)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(file.Bytes(at, 2));
        if (count == 0)
        {
            return new(at + 2, []);
        }

        var size = file.Bytes(at + 2, 1)[0];
        var raw = file.Bytes(at + 3, (count + 1) * size);
        var offsets = new int[count + 1];
        for (var i = 0; i <= count; i++)
        {
            for (var b = 0; b < size; b++)
            {
                offsets[i] = (offsets[i] << 8) | raw[(i * size) + b];
            }

            offsets[i]--;
        }

        return new(at + 3 + raw.Length, offsets);
    }

    public byte[] Get(FontFile file, int i) => file.Bytes(_data + _offsets[i], _offsets[i + 1] - _offsets[i]);

    public IEnumerable<byte[]> All(FontFile file)
    {
        var all = Count > 0 ? file.Bytes(_data, _offsets[^1]) : [];
        return Enumerable.Range(0, Count).Select(i => all[_offsets[i].._offsets[i + 1]]);
    }
}

/// <summary>A DICT of CFF: operands, then their operator; 12 n is written 1200 + n.</summary>
internal static class CffDictionary
{
    private const int Escape = 12;

    public static Dictionary<int, int[]> Read(byte[] bytes) =>
        Entries(bytes).ToDictionary(entry => entry.Operator, entry => entry.Operands);

    /// <summary>The same bytes without one entry.</summary>
    public static byte[] Without(byte[] bytes, int unwanted) =>
        [.. Entries(bytes).Where(entry => entry.Operator != unwanted).SelectMany(entry => bytes[entry.Start..entry.End])];

    private static List<(int Operator, int[] Operands, int Start, int End)> Entries(byte[] bytes)
    {
        var entries = new List<(int, int[], int, int)>();
        var operands = new List<int>();
        for (int i = 0, start = 0; i < bytes.Length;)
        {
            var b = bytes[i];
            if (b <= 21)
            {
                var code = b == Escape ? 1200 + bytes[i + 1] : b;
                i += b == Escape ? 2 : 1;
                entries.Add((code, [.. operands], start, i));
                operands.Clear();
                start = i;
            }
            else
            {
                operands.Add(Operand(bytes, ref i));
            }
        }

        return entries;
    }

    private static int Operand(byte[] bytes, ref int i)
    {
        int b = bytes[i];
        switch (b)
        {
            case 28:
                i += 3;
                return BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(i - 2));
            case 29:
                i += 5;
                return BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(i - 4));
            case 30:
                // A real number; none of those that are read here is one.
                for (i++; (bytes[i] & 0x0F) != 0x0F && bytes[i] >> 4 != 0x0F; i++)
                {
                }

                i++;
                return 0;
            case >= 32 and <= 246:
                i++;
                return b - 139;
            case >= 247 and <= 250:
                i += 2;
                return ((b - 247) * 256) + bytes[i - 1] + 108;
            case >= 251 and <= 254:
                i += 2;
                return -((b - 251) * 256) - bytes[i - 1] - 108;
            default:
                throw new InvalidDataException($"Byte {b} in a dictionary of the font.");
        }
    }
}
