using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Shali.Platform.Kernel;

/// <summary>
/// A piece of SQL. In <c>$"select ... where code = {code}"</c> every hole becomes a parameter, so text from
/// outside can never become SQL. A hole that is itself <see cref="Sql"/> is spliced in with its parameters.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sql
{
    private readonly StringBuilder _text = new();
    private readonly List<NpgsqlParameter> _parameters = [];

    public Sql(int literalLength, int formattedCount)
    {
        _ = formattedCount;
        _text.EnsureCapacity(literalLength + 16);
    }

    private Sql(string text) => _text.Append(text);

    public static Sql Empty => new(string.Empty);

    public bool IsEmpty => _text.Length == 0;

    public string Text => _text.ToString();

    internal IReadOnlyList<NpgsqlParameter> Parameters => _parameters;

    /// <summary>A table, column or schema name, always quoted.</summary>
    public static Sql Name(string identifier) => new($"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");

    /// <summary>A name in a schema.</summary>
    public static Sql Name(string schema, string identifier) => new($"{Name(schema).Text}.{Name(identifier).Text}");

    /// <summary>SQL text from our own constants and definitions; never from a request.</summary>
    public static Sql Trusted(string text) => new(text);

    public static Sql Join(string separator, IEnumerable<Sql> parts)
    {
        var joined = Empty;
        var first = true;
        foreach (var part in parts)
        {
            if (!first)
            {
                joined._text.Append(separator);
            }

            joined.AppendFormatted(part);
            first = false;
        }

        return joined;
    }

    /// <summary>A parameter whose PostgreSQL type is said, for nulls and for arrays.</summary>
    public static Sql Value(object? value, NpgsqlDbType type)
    {
        var sql = Empty;
        sql.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return sql;
    }

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(Sql part)
    {
        // Parameters are numbered $1, $2 ... in the order of the whole: a spliced part is renumbered.
        var text = part.Text;
        var shift = _parameters.Count;
        if (shift == 0 || part._parameters.Count == 0)
        {
            _text.Append(text);
        }
        else
        {
            AppendShifted(text, shift);
        }

        foreach (var parameter in part._parameters)
        {
            _parameters.Add(parameter.Clone());
        }
    }

    public void AppendFormatted<T>(T value) =>
        Add(value is null
            ? new NpgsqlParameter { Value = DBNull.Value }
            : new NpgsqlParameter<T> { TypedValue = value });

    public void AppendFormatted(object? value) => Add(new NpgsqlParameter { Value = value ?? DBNull.Value });

    public static Sql operator +(Sql left, Sql right)
    {
        var sum = Empty;
        sum.AppendFormatted(left);
        sum.AppendFormatted(right);
        return sum;
    }

    public static Sql Add(Sql left, Sql right) => left + right;

    /// <summary>Lets a call site write <c>Sql.Of($"...")</c> where the target type is not known.</summary>
    public static Sql Of(Sql sql) => sql;

    public override string ToString() => Text;

    private void Add(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        _text.Append('$').Append(_parameters.Count);
    }

    private void AppendShifted(string text, int shift)
    {
        for (var i = 0; i < text.Length; i++)
        {
            _text.Append(text[i]);
            if (text[i] != '$' || i + 1 >= text.Length || !char.IsAsciiDigit(text[i + 1]))
            {
                continue;
            }

            var number = 0;
            while (i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                number = (number * 10) + (text[++i] - '0');
            }

            _text.Append(number + shift);
        }
    }
}
