using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Services;

/// <summary>
/// Between the service's answer and the consumer: counts, hashes and bounds it, and lets nothing out before it is on record. It keeps back
/// what came last until the record of the whole is on disk. Memory is the same for an answer of any length.
/// </summary>
internal sealed class RecordedAnswer(HttpContext context, GatewayCall call, Stream to, long most) : Stream
{
    private const int Size = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _kept = ArrayPool<byte>.Shared.Rent(Size);
    private int _count;
    private bool _begun;
    private bool _ended;

    public long Bytes { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Bytes += buffer.Length;
        if (Bytes > most)
        {
            throw Stop(new("SVC-F05", "", ServiceText.AnswerTooLarge(call.Service.Service.Megabytes)));
        }

        _hash.AppendData(buffer.Span);
        if (!_begun && _count + buffer.Length <= Size)
        {
            Keep(buffer);
            return;
        }

        if (!_begun)
        {
            StillMay();
            await call.Begin(context.Response.StatusCode);
            _begun = true;
        }

        await to.WriteAsync(_kept.AsMemory(0, _count), cancellationToken);
        _count = 0;
        var last = Math.Min(buffer.Length, Size);
        await to.WriteAsync(buffer[..^last], cancellationToken);
        Keep(buffer[^last..]);
    }

    /// <summary>The service has said all: what was kept back goes out when the record of the whole is on disk.</summary>
    public async Task Finish(CancellationToken cancel)
    {
        StillMay();
        await Record(null);
        if (!_begun && context.Response.ContentLength is null && context.Response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            context.Response.ContentLength = _count;
        }

        if (_count > 0)
        {
            await to.WriteAsync(_kept.AsMemory(0, _count), cancel);
        }
    }

    /// <summary>It did not come to its end.</summary>
    public Task Fail(string why) => _ended ? Task.CompletedTask : Record(why);

    public override Task FlushAsync(CancellationToken cancellationToken) => _begun ? to.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException();

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
            _hash.Dispose();
            ArrayPool<byte>.Shared.Return(_kept);
        }

        base.Dispose(disposing);
    }

    private void Keep(ReadOnlyMemory<byte> buffer)
    {
        buffer.Span.CopyTo(_kept.AsSpan(_count));
        _count += buffer.Length;
    }

    private async Task Record(string? why)
    {
        await call.End(context.Response.StatusCode, Bytes, _hash.GetHashAndReset(), why);
        _ended = true;
    }

    private void StillMay()
    {
        if (call.Ended() is { } why)
        {
            throw Stop(why);
        }
    }

    private AnswerStoppedException Stop(Refusal why)
    {
        call.Stopped = why;
        return new(why.Sentence);
    }
}

/// <summary>The answer may not go on to the consumer; the call says why.</summary>
internal sealed class AnswerStoppedException(string sentence) : IOException(sentence);
