using System.IO.Compression;
using System.Xml;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// The packed parts of a workbook, unpacked under a watch: what comes out is counted while it comes, because the
/// sizes that a malicious file declares are not its sizes.
/// </summary>
internal sealed class XlsxPackage : IDisposable
{
    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly LoadLimits _limits;

    private XlsxPackage(FileStream file, ZipArchive zip, LoadLimits limits) => (_file, _zip, _limits) = (file, zip, limits);

    /// <summary>Bytes unpacked so far.</summary>
    public long Unpacked { get; private set; }

    public static Outcome<XlsxPackage> Open(string path, LoadLimits limits)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        if (file.Length == 0)
        {
            file.Dispose();
            return new Refusal("LOAD-F01", "file", Text.EmptyFile);
        }

        Span<byte> head = stackalloc byte[4];
        file.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (head.SequenceEqual<byte>([0xd0, 0xcf, 0x11, 0xe0]))
        {
            file.Dispose();
            return new Refusal("LOAD-F10", "file", Text.LockedOrOldWorkbook);
        }

        try
        {
            var package = new XlsxPackage(file, new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false), limits);
            if (package._zip.GetEntry("xl/workbook.xml") is not null)
            {
                return package;
            }

            package.Dispose();
        }
        catch (InvalidDataException)
        {
            file.Dispose();
        }

        return new Refusal("LOAD-F11", "file", Text.NotAWorkbook);
    }

    /// <summary>Null when the workbook has no such part.</summary>
    public XmlReader? Part(string name)
    {
        var entry = _zip.GetEntry(name.TrimStart('/'));
        return entry is null
            ? null
            : XmlReader.Create(
                new Watched(this, entry.Open(), Math.Max(entry.CompressedLength, 1)),
                new XmlReaderSettings
                {
                    DtdProcessing = DtdProcessing.Prohibit,
                    XmlResolver = null,
                    IgnoreComments = true,
                    IgnoreProcessingInstructions = true,
                    CloseInput = true,
                });
    }

    public long Length(string name) => _zip.GetEntry(name.TrimStart('/'))?.Length ?? 0;

    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }

    private sealed class Watched(XlsxPackage package, Stream inner, long packed) : Stream
    {
        // Small parts are highly regular; a bomb is not small.
        private const long RatioCounts = 16L << 20;

        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            _read += read;
            package.Unpacked += read;
            if (package.Unpacked > package._limits.UnpackedBytes
                || (_read > RatioCounts && _read / packed > package._limits.UnpackRatio))
            {
                throw new ZipBombException();
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>A packed file unpacks to far more than it may. Caught where the file is read and told as a refusal.</summary>
internal sealed class ZipBombException() : IOException("Unpacks to more than the limit.");
