using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Shali.Platform.Exchange.Evidence;

namespace Shali.Platform.Exchange.Files;

/// <summary>
/// A file on its way out: counted and hashed as it passes, its rows too. What came last is kept back until <see cref="Finish"/>. Of the rows it keeps 32
/// bytes each, of the file nothing.
/// </summary>
internal sealed class OutgoingFile(Stream to, IReadOnlyList<string> columns) : Stream
{
    private const int Kept = 16 * 1024;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SM3Digest _sm3 = new();
    private readonly RowDigest _rows = new(SignatureSuite.P256);
    private readonly int[] _order = RowDigest.OrderOf(columns);
    private byte[] _last = [];
    private long _bytes;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _bytes;

    /// <summary>How much was written; writers of formats with addresses in them ask for it.</summary>
    public override long Position { get => _bytes; set => throw new NotSupportedException(); }

    /// <summary>One row, its cells as CSV writes them, in the order of the columns.</summary>
    public void Row(ReadOnlySpan<string?> cells) => _rows.Add(_rows.Row(columns, _order, cells));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0)
        {
            return;
        }

        _bytes += buffer.Length;
        _sha256.AppendData(buffer.Span);
        _sm3.BlockUpdate(buffer.Span);
        await to.WriteAsync(_last, cancellationToken);
        var keep = Math.Min(Kept, buffer.Length);
        await to.WriteAsync(buffer[..^keep], cancellationToken);
        _last = buffer[^keep..].ToArray();
    }

    /// <summary>The manifest with what is known now.</summary>
    public Manifest Complete(Manifest about)
    {
        var sm3 = new byte[_sm3.GetDigestSize()];
        _sm3.DoFinal(sm3, 0);
        return about with
        {
            Bytes = _bytes,
            Rows = _rows.Count,
            Sha256 = Convert.ToHexStringLower(_sha256.GetHashAndReset()),
            Sm3 = Convert.ToHexStringLower(sm3),
            RowsDigest = Convert.ToHexStringLower(_rows.Total()),
        };
    }

    /// <summary>Lets the end go.</summary>
    public async Task Finish(CancellationToken cancel) => await to.WriteAsync(_last, cancel);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sha256.Dispose();
        }

        base.Dispose(disposing);
    }
}
