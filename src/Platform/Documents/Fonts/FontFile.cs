using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Shali.Platform.Documents.Fonts;

/// <summary>
/// An OpenType file or one face of a collection, read piece by piece: a Chinese face has 20 MB, a page needs a few
/// hundred glyphs of it.
/// </summary>
internal sealed class FontFile : IDisposable
{
    private const uint Collection = 0x74746366; // "ttcf"
    private const int FacesMax = 64;
    private const int Windows = 3;
    private const int TypographicFamily = 16;
    private const int Family = 1;

    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, (long Offset, int Length)> _tables = new(StringComparer.Ordinal);

    private FontFile(SafeFileHandle handle, long directory)
    {
        _handle = handle;
        var count = BinaryPrimitives.ReadUInt16BigEndian(Bytes(directory + 4, 2));
        var records = Bytes(directory + 12, count * 16);
        for (var i = 0; i < count; i++)
        {
            var record = records.AsSpan(i * 16, 16);
            _tables[Encoding.ASCII.GetString(record[..4])] = (
                BinaryPrimitives.ReadUInt32BigEndian(record[8..]), checked((int)BinaryPrimitives.ReadUInt32BigEndian(record[12..])));
        }
    }

    /// <summary>The face of that family in the file; null when the file is not there or has no such face.</summary>
    public static FontFile? Open(string path, string family)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var handle = File.OpenHandle(path);
        var found = Faces(handle).Select(directory => new FontFile(handle, directory)).FirstOrDefault(face => face.Names(family));
        if (found is null)
        {
            handle.Dispose();
        }

        return found;
    }

    public bool Has(string table) => _tables.ContainsKey(table);

    /// <summary>Where a table begins in the file.</summary>
    public long Start(string table) => _tables[table].Offset;

    public byte[] Table(string table) => Bytes(_tables[table].Offset, _tables[table].Length);

    public byte[] Bytes(long offset, int length)
    {
        var bytes = new byte[length];
        for (var done = 0; done < length;)
        {
            var read = RandomAccess.Read(_handle, bytes.AsSpan(done), offset + done);
            done += read > 0 ? read : throw new InvalidDataException("The font file ends too early.");
        }

        return bytes;
    }

    public void Dispose() => _handle.Dispose();

    private static List<long> Faces(SafeFileHandle handle)
    {
        var head = new byte[12 + (FacesMax * 4)];
        var length = RandomAccess.Read(handle, head, 0);
        if (length < 12 || BinaryPrimitives.ReadUInt32BigEndian(head) != Collection)
        {
            return [0];
        }

        var count = Math.Min((int)BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(8)), FacesMax);
        return [.. Enumerable.Range(0, count).Select(i => (long)BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(12 + (i * 4))))];
    }

    private bool Names(string family)
    {
        var table = Table("name");
        var count = BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(2));
        var strings = BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(4));
        for (var i = 0; i < count; i++)
        {
            var record = table.AsSpan(6 + (i * 12), 12);
            if (BinaryPrimitives.ReadUInt16BigEndian(record) == Windows && BinaryPrimitives.ReadUInt16BigEndian(record[6..]) is TypographicFamily or Family)
            {
                var name = Encoding.BigEndianUnicode.GetString(
                    table, strings + BinaryPrimitives.ReadUInt16BigEndian(record[10..]), BinaryPrimitives.ReadUInt16BigEndian(record[8..]));
                if (string.Equals(name, family, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
