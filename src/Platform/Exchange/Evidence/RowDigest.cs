using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// One number for a set of rows, whatever their order: the root of a tree over their hashes, sorted. Who holds one row can
/// be shown by a path that it was among them, and no two sets have the same number.
/// A row's hash covers the names and values of its fields that have one, in order of name, so that both sides count alike
/// whatever their columns are called.
/// </summary>
public sealed class RowDigest(SignatureSuite suite)
{
    private const byte State = (byte)'S';
    private const byte Gone = (byte)'D';

    private readonly List<RowHash> _rows = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    public SignatureSuite Suite { get; } = suite;

    public int Count => _rows.Count;

    public void Add(byte[] row) => _rows.Add(RowHash.Of(row));

    /// <summary>Hash of a row as it stands.</summary>
    /// <param name="order">Positions of the fields in order of name (<see cref="OrderOf"/>).</param>
    /// <param name="values">As the field types write them; null or empty: none.</param>
    public byte[] Row(IReadOnlyList<string> fields, int[] order, ReadOnlySpan<string?> values) => Row(State, fields, order, values);

    /// <summary>Hash of a row that is no longer there, by the fields that name it.</summary>
    public byte[] GoneRow(IReadOnlyList<string> fields, int[] order, ReadOnlySpan<string?> values) => Row(Gone, fields, order, values);

    public static int[] OrderOf(IReadOnlyList<string> fields) =>
        [.. Enumerable.Range(0, fields.Count).OrderBy(i => fields[i], StringComparer.Ordinal)];

    /// <summary>The digest of all rows added.</summary>
    public byte[] Total()
    {
        var hashes = _rows.ToArray();
        Array.Sort(hashes);
        return HashTree.RootOf(Suite, MemoryMarshal.AsBytes(hashes.AsSpan()));
    }

    private byte[] Row(byte kind, IReadOnlyList<string> fields, int[] order, ReadOnlySpan<string?> values)
    {
        _buffer.ResetWrittenCount();
        _buffer.GetSpan(1)[0] = kind;
        _buffer.Advance(1);
        foreach (var i in order)
        {
            if (values[i] is { Length: > 0 } value)
            {
                Text(fields[i]);
                Text(value);
            }
        }

        return HashTree.Leaf(Suite, _buffer.WrittenSpan);
    }

    // The length goes first: no value can be written so that it reads as two.
    private void Text(string text)
    {
        var span = _buffer.GetSpan(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var bytes = Encoding.UTF8.GetBytes(text, span[4..]);
        BinaryPrimitives.WriteInt32BigEndian(span, bytes);
        _buffer.Advance(4 + bytes);
    }
}

/// <summary>A hash as it is kept of each row: 32 bytes and nothing more, in the order of their bytes.</summary>
[InlineArray(SignatureSuite.HashSize)]
internal struct RowHash : IComparable<RowHash>
{
    private byte _first;

    public static RowHash Of(ReadOnlySpan<byte> hash)
    {
        var made = default(RowHash);
        hash.CopyTo(made);
        return made;
    }

    public readonly int CompareTo(RowHash other) => ((ReadOnlySpan<byte>)this).SequenceCompareTo(other);
}
