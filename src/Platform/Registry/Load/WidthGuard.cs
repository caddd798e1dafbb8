namespace Shali.Platform.Registry.Load;

/// <summary>
/// Text on its way to the reader of records, which stops before a record has so many fields that splitting it would cost
/// minutes: the cost grows with the square of their number. What is quoted may hold as many separators as it likes.
/// </summary>
internal sealed class WidthGuard(TextReader text, char delimiter, int fieldsMax) : TextReader
{
    private int _fields;
    private bool _quoted;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <exception cref="TooWideException">A record has more fields than that.</exception>
    public override int Read(Span<char> buffer)
    {
        var read = text.Read(buffer);
        foreach (var letter in buffer[..read])
        {
            if (letter == '"')
            {
                _quoted = !_quoted;
            }
            else if (_quoted)
            {
                continue;
            }
            else if (letter == delimiter && ++_fields >= fieldsMax)
            {
                throw new TooWideException(fieldsMax);
            }
            else if (letter == '\n')
            {
                _fields = 0;
            }
        }

        return read;
    }

    public override int Peek() => text.Peek();

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>A record has more fields than any table of ours.</summary>
internal sealed class TooWideException(int limit) : Exception
{
    public int Limit { get; } = limit;
}
