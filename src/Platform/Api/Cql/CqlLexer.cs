using System.Globalization;
using System.Text;

namespace Shali.Platform.Api.Cql;

internal enum CqlTokenKind
{
    Word,
    QuotedName,
    Words,
    Number,
    Sign,
    End,
}

/// <summary>One token; <paramref name="Position"/> counts from 1.</summary>
internal readonly record struct CqlToken(CqlTokenKind Kind, string Text, int Position, decimal Number = 0)
{
    public bool IsSign(string sign) => Kind == CqlTokenKind.Sign && Text == sign;

    public bool IsWord(string word) => Kind == CqlTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts CQL2 text into tokens. Says what it cannot read by throwing <see cref="CqlFault"/> inside the parser.</summary>
internal ref struct CqlLexer(string text)
{
    private static readonly string[] Signs = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/", "^", "%"];

    private int _at;

    public static List<CqlToken> Read(string text)
    {
        var lexer = new CqlLexer(text);
        var tokens = new List<CqlToken>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != CqlTokenKind.End);
        return tokens;
    }

    private CqlToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        if (_at >= text.Length)
        {
            return new(CqlTokenKind.End, "", text.Length + 1);
        }

        var start = _at;
        var first = text[start];
        if (first is '\'' or '"')
        {
            return new(first == '"' ? CqlTokenKind.QuotedName : CqlTokenKind.Words, Quoted(first), start + 1);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])))
        {
            return Number(start);
        }

        if (char.IsLetter(first) || first is '_' or ':')
        {
            while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or ':' or '.'))
            {
                _at++;
            }

            return new(CqlTokenKind.Word, text[start.._at], start + 1);
        }

        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, start, sign, 0, sign.Length) == 0)
            {
                _at += sign.Length;
                return new(CqlTokenKind.Sign, sign, start + 1);
            }
        }

        throw new CqlFault("API-Q02", start + 1, Text.CqlSign(start + 1, first));
    }

    private string Quoted(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            var next = text[_at++];
            if (next == quote)
            {
                if (_at >= text.Length || text[_at] != quote)
                {
                    return value.ToString();
                }

                _at++;
            }
            else if (next == '\\' && quote == '\'' && _at < text.Length && text[_at] == quote)
            {
                // The second way that the grammar has of writing a quote inside a literal.
                next = text[_at++];
            }

            value.Append(next);
        }

        throw new CqlFault("API-Q02", start + 1, Text.CqlUnclosed(start + 1));
    }

    private CqlToken Number(int start)
    {
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
        {
            _at++;
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            var exponent = _at + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-')
            {
                exponent++;
            }

            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                _at = exponent;
                while (_at < text.Length && char.IsAsciiDigit(text[_at]))
                {
                    _at++;
                }
            }
        }

        var written = text[start.._at];
        return decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new(CqlTokenKind.Number, written, start + 1, number)
            : throw new CqlFault("API-Q02", start + 1, Text.CqlNumber(start + 1, written));
    }
}

/// <summary>Leaves the parser at the first thing that it cannot read; never leaves <see cref="CqlParser"/>.</summary>
internal sealed class CqlFault(string code, int position, string sentence) : Exception(sentence)
{
    public string Code { get; } = code;

    public int Position { get; } = position;
}
