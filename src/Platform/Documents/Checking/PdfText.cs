using System.Collections.Concurrent;
using System.IO.Compression;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Shali.Platform.Documents.Checking;

/// <summary>What a person sees of a file, as far as a program can: lines of text, pictures, notes.</summary>
/// <param name="Lines">From top to bottom, page by page.</param>
public sealed record PdfLook(IReadOnlyList<string> Lines, int Pages, int Pictures, int Annotations)
{
    /// <summary>What no page shows: title, author, subject, key words, the words of notes.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Files that are attached to it.</summary>
    public int Attachments { get; init; }
}

/// <summary>
/// Reads the look of a file that a stranger sent. Sizes while unpacking, pages, depth and time are bounded; what cannot
/// be read within them counts as unreadable.
/// </summary>
public sealed class PdfText : IDisposable
{
    private const int PagesMost = 200;
    private const int LettersMost = 200_000;
    private const int StackBytes = 16 << 20;
    private const int AtOnce = 2;

    private static readonly TimeSpan TimeMost = TimeSpan.FromSeconds(10);

    private const int KeptMost = 64;

    private readonly SemaphoreSlim _readers = new(AtOnce);
    private readonly ConcurrentDictionary<string, PdfLook> _kept = new(StringComparer.Ordinal);

    /// <summary>The look of a file that was issued, kept for a while: forgeries of one document come together.</summary>
    public async Task<PdfLook?> Issued(string digest, Func<Task<byte[]>> file, CancellationToken cancel)
    {
        if (_kept.TryGetValue(digest, out var known))
        {
            return known;
        }

        if (await Read(await file(), cancel) is not { } look)
        {
            return null;
        }

        if (_kept.Count >= KeptMost)
        {
            _kept.Clear();
        }

        return _kept[digest] = look;
    }

    /// <summary>Null when it cannot be read.</summary>
    public async Task<PdfLook?> Read(byte[] file, CancellationToken cancel)
    {
        // A reader that does not come back keeps its place: two such files, and texts are not compared until a restart.
        if (!await _readers.WaitAsync(TimeMost, cancel))
        {
            return null;
        }

        var done = new TaskCompletionSource<PdfLook?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                var look = Tried(file);
                Leave();
                done.TrySetResult(look);
            },
            StackBytes)
        { IsBackground = true, Name = "pdf" };
        thread.Start();
        try
        {
            return await done.Task.WaitAsync(TimeMost, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void Dispose() => _readers.Dispose();

    /// <summary>The city may have ended while the reader was at it: nobody waits for the place any more.</summary>
    private void Leave()
    {
        try
        {
            _readers.Release();
        }
        catch (ObjectDisposedException)
        {
            // What a thread throws ends the program.
        }
    }

    private static PdfLook? Tried(byte[] file)
    {
        try
        {
            return Open(file);
        }
#pragma warning disable CA1031 // The library says a broken file in many ways; all of them mean that it cannot be read.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static PdfLook? Open(byte[] file)
    {
        using var document = PdfDocument.Open(file, new ParsingOptions
        {
            UseLenientParsing = true,
            SkipMissingFonts = true,
            ClipPaths = false,
            MaxStackDepth = 100,
            FilterProvider = new BoundedFilters(),
            UseActualText = true,
        });
        if (document.NumberOfPages > PagesMost)
        {
            return null;
        }

        var lines = new List<string>();
        var (pictures, annotations, letters) = (0, 0, 0);
        var information = document.Information;
        var hidden = new List<string?> { information.Title, information.Author, information.Subject, information.Keywords, information.Creator };
        foreach (var page in document.GetPages())
        {
            letters += page.Letters.Count;
            if (letters > LettersMost)
            {
                return null;
            }

            lines.AddRange(Lines(page));
            pictures += page.NumberOfImages;
            var notes = page.GetAnnotations().ToList();
            annotations += notes.Count;
            hidden.AddRange(notes.Select(note => note.Content));
        }

        return new(lines, document.NumberOfPages, pictures, annotations)
        {
            Hidden = [.. hidden.OfType<string>().Where(words => words.Length > 0)],
            Attachments = document.Advanced.TryGetEmbeddedFiles(out var files) ? files.Count : 0,
        };
    }

    /// <summary>Letters on one base line, from left to right.</summary>
    private static IEnumerable<string> Lines(Page page) => page.Letters
        .Where(letter => !string.IsNullOrWhiteSpace(letter.Value))
        .GroupBy(letter => Math.Round(letter.StartBaseLine.Y))
        .OrderByDescending(line => line.Key)
        .Select(line => Join([.. line.OrderBy(letter => letter.StartBaseLine.X)]))
        .Where(line => line.Length > 0);

    private static string Join(List<Letter> letters)
    {
        var line = new System.Text.StringBuilder();
        for (var i = 0; i < letters.Count; i++)
        {
            // A gap of most of a character is a gap: between columns, not between characters.
            if (i > 0 && letters[i].StartBaseLine.X - letters[i - 1].EndBaseLine.X > letters[i].PointSize * 0.6)
            {
                line.Append(' ');
            }

            line.Append(letters[i].Value);
        }

        return line.ToString();
    }

    /// <summary>Unpacks no more than a bound, and not at all what our own documents do not use.</summary>
    private sealed class BoundedFilters : IFilterProvider
    {
        private readonly IFilterProvider _all = DefaultFilterProvider.Instance;
        private readonly Budget _budget = new();

        public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Bounded(_all.GetFilters(dictionary));

        public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Bounded(_all.GetNamedFilters(names));

        public IReadOnlyList<IFilter> GetAllFilters() => Bounded(_all.GetAllFilters());

        private List<IFilter> Bounded(IReadOnlyList<IFilter> filters) => [.. filters.Select(filter => filter switch
        {
            FlateFilter flate => new BoundedFlate(flate, _budget),
            LzwFilter or RunLengthFilter => new Refused(),
            _ => filter,
        })];
    }

    private sealed class Budget
    {
        public const int EachMost = 24 << 20;

        public int Left { get; set; } = 96 << 20;
    }

    private sealed class BoundedFlate(FlateFilter inner, Budget budget) : IFilter
    {
        public bool IsSupported => true;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            var most = Math.Min(budget.Left, Budget.EachMost);
            budget.Left -= Size(input, most);
            return inner.Decode(input, streamDictionary, filterProvider, filterIndex);
        }

        /// <summary>However broken the beginning is, and whichever way the inner filter then takes.</summary>
        private static int Size(Memory<byte> input, int most)
        {
            var bytes = input.ToArray();
            return Math.Max(
                Measure(new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress), most),
                Math.Max(
                    Measure(new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress), most),
                    Measure(new DeflateStream(new MemoryStream(bytes, Math.Min(2, bytes.Length), Math.Max(bytes.Length - 2, 0)), CompressionMode.Decompress), most)));
        }

        private static int Measure(Stream unpacked, int most)
        {
            var buffer = new byte[1 << 16];
            var size = 0;
            using (unpacked)
            {
                try
                {
                    for (int read; (read = unpacked.Read(buffer)) > 0;)
                    {
                        size += read;
                        if (size > most)
                        {
                            throw new NotSupportedException("The file unpacks to more than a document needs.");
                        }
                    }
                }
                catch (InvalidDataException)
                {
                    // Broken from here on.
                }
            }

            return size;
        }
    }

    private sealed class Refused : IFilter
    {
        public bool IsSupported => false;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex) =>
            throw new NotSupportedException();
    }
}
