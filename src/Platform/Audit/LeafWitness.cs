using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// Beside the checkpoints, outside the database: the first eight bytes of each leaf hash, at eight times its index.
/// A checkpoint proves that something was altered; with these it is also known which record, even when its hash was
/// altered with it.
/// </summary>
public sealed class LeafWitness
{
    private const int Width = 8;

    private readonly string _path;
    private byte[] _page = [];
    private long _pageBegin = -1;

    public LeafWitness(string path) => _path = path;

    /// <summary>The file that goes with a checkpoint file.</summary>
    public static LeafWitness Beside(string checkpoints) => new(Path.ChangeExtension(checkpoints, ".leaves"));

    public bool Exists => File.Exists(_path);

    public long Count => Exists ? new FileInfo(_path).Length / Width : 0;

    /// <summary>Writes down the leaves that the log has grown by, up to the size that was just signed.</summary>
    public async Task Extend(Db db, long size, CancellationToken cancel)
    {
        await using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        for (var begin = file.Length / Width; begin < size;)
        {
            var end = Math.Min(size, begin + 50_000);
            var leaves = await db.List(
                $"select index, leaf from audit.record where index >= {begin} and index < {end} order by index", Read, cancel);
            var bytes = new byte[(end - begin) * Width];
            foreach (var (index, leaf) in leaves)
            {
                leaf.AsSpan(0, Width).CopyTo(bytes.AsSpan((int)(index - begin) * Width));
            }

            file.Position = begin * Width;
            await file.WriteAsync(bytes, cancel);
            begin = end;
        }
    }

    /// <summary>True when the witness knows this hash, false when it knows another, null when it does not reach so far.</summary>
    public bool? Fits(long index, ReadOnlySpan<byte> leaf)
    {
        const int records = 8192;
        var begin = index - (index % records);
        if (begin != _pageBegin)
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Position = begin * Width;
            var page = new byte[records * Width];
            _page = page[..file.ReadAtLeast(page, page.Length, throwOnEndOfStream: false)];
            _pageBegin = begin;
        }

        var offset = (int)(index - begin) * Width;
        return offset + Width > _page.Length ? null : leaf[..Width].SequenceEqual(_page.AsSpan(offset, Width));
    }

    private static (long Index, byte[] Leaf) Read(NpgsqlDataReader row) => (row.GetInt64(0), row.GetFieldValue<byte[]>(1));
}
