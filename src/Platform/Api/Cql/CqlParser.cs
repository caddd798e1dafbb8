using System.Globalization;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Cql;

/// <summary>
/// Reads CQL2 text (OGC 21-065r2, class cql2-text with basic, advanced comparison, case-insensitive and basic spatial
/// parts). Never throws for what people write: the answer is the expression or the place where it stops making sense.
/// </summary>
internal sealed class CqlParser
{
    public const int LengthMax = 16_000;
    public const int DepthMax = 64;
    public const int OptionsMax = 1_000;
    public const int NodesMax = 2_000;

    private static readonly string[] Shapes =
        ["POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION", "BBOX"];

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV",
    };

    private readonly List<CqlToken> _tokens;
    private int _at;
    private int _depth;
    private int _nodes;

    private CqlParser(List<CqlToken> tokens) => _tokens = tokens;

    public static Outcome<CqlNode> Parse(string text)
    {
        if (text.Length > LengthMax)
        {
            return new Refusal("API-Q01", "filter", Text.CqlTooLong(LengthMax));
        }

        try
        {
            var parser = new CqlParser(CqlLexer.Read(text));
            var expression = parser.Expression();
            return parser.Here.Kind == CqlTokenKind.End ? expression : throw parser.Expected(Text.CqlEnd);
        }
        catch (CqlFault fault)
        {
            return new Refusal(fault.Code, "filter", fault.Message);
        }
    }

    private CqlToken Here => _tokens[_at];

    private CqlToken Ahead => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    private CqlNode Expression()
    {
        var start = Here.Position;
        Deeper(start);
        var parts = new List<CqlNode> { Term() };
        while (Take("OR"))
        {
            parts.Add(Term());
        }

        _depth--;
        return parts.Count == 1 ? parts[0] : new CqlNode.Or(start, parts);
    }

    private CqlNode Term()
    {
        var start = Here.Position;
        var parts = new List<CqlNode> { Factor() };
        while (Take("AND"))
        {
            parts.Add(Factor());
        }

        return parts.Count == 1 ? parts[0] : new CqlNode.And(start, parts);
    }

    private CqlNode Factor()
    {
        var start = Here.Position;
        if (!Take("NOT"))
        {
            return Primary();
        }

        Deeper(start);
        var part = Factor();
        _depth--;
        return new CqlNode.Not(start, part);
    }

    private CqlNode Primary()
    {
        var start = Here;
        Count(start.Position);
        if (start.IsSign("("))
        {
            _at++;
            var inner = Expression();
            Close();
            return inner;
        }

        if (start.Kind == CqlTokenKind.Word && Ahead.IsSign("(") && start.Text.StartsWith("S_", StringComparison.OrdinalIgnoreCase))
        {
            return Spatial();
        }

        if ((start.IsWord("TRUE") || start.IsWord("FALSE")) && !IsComparison(Ahead))
        {
            _at++;
            return new CqlNode.Truth(start.Position, start.IsWord("TRUE"));
        }

        return Predicate(Value());
    }

    private CqlNode Predicate(CqlValue value)
    {
        var start = value.Position;
        if (IsComparison(Here))
        {
            var comparison = Comparison(_tokens[_at++].Text);
            return new CqlNode.Compare(start, comparison, value, Value());
        }

        if (Take("IS"))
        {
            var negated = Take("NOT");
            Demand("NULL");
            return Negated(negated, new CqlNode.IsNull(start, value));
        }

        var not = Take("NOT");
        if (Take("LIKE"))
        {
            return Negated(not, new CqlNode.Like(start, value, Value()));
        }

        if (Take("BETWEEN"))
        {
            var low = Value();
            Demand("AND");
            return Negated(not, new CqlNode.Between(start, value, low, Value()));
        }

        return Take("IN") ? Negated(not, new CqlNode.In(start, value, Options())) : throw Expected(Text.CqlOperator);
    }

    private List<CqlValue> Options()
    {
        Open();
        var options = new List<CqlValue> { Value() };
        while (TakeSign(","))
        {
            options.Add(Value());
            if (options.Count > OptionsMax)
            {
                throw new CqlFault("API-Q01", Here.Position, Text.CqlTooMany(OptionsMax));
            }
        }

        Close();
        return options;
    }

    private CqlNode.Intersects Spatial()
    {
        var name = Here;
        if (!name.IsWord("S_INTERSECTS"))
        {
            throw new CqlFault("API-Q04", name.Position, Text.CqlFunction(name.Position, name.Text));
        }

        _at++;
        Open();
        var left = Value();
        Demand(",", sign: true);
        var right = Value();
        Close();
        return new(name.Position, left, right);
    }

    private CqlValue Value()
    {
        var token = Here;
        switch (token.Kind)
        {
            case CqlTokenKind.Words:
                _at++;
                return new CqlValue.Words(token.Position, token.Text);
            case CqlTokenKind.Number:
                _at++;
                return new CqlValue.Number(token.Position, token.Number);
            case CqlTokenKind.Sign when token.Text is "-" or "+" && Ahead.Kind == CqlTokenKind.Number:
                _at += 2;
                return new CqlValue.Number(token.Position, token.Text == "-" ? -_tokens[_at - 1].Number : _tokens[_at - 1].Number);
            case CqlTokenKind.QuotedName:
                _at++;
                return Named(token);
            case CqlTokenKind.Word when token.IsWord("TRUE") || token.IsWord("FALSE"):
                _at++;
                return new CqlValue.Truth(token.Position, token.IsWord("TRUE"));
            case CqlTokenKind.Word when Shapes.Contains(token.Text.ToUpperInvariant()) && (Ahead.IsSign("(") || Ahead.IsWord("Z") || Ahead.IsWord("EMPTY")):
                return new CqlValue.Shape(token.Position, new CqlShapes(_tokens, ref _at).Read());
            case CqlTokenKind.Word when Ahead.IsSign("("):
                return Function();
            case CqlTokenKind.Word when !Reserved.Contains(token.Text):
                _at++;
                return Named(token);
            default:
                throw Expected(Text.CqlValue);
        }
    }

    private CqlValue.Property Named(CqlToken token) =>
        Here is { Kind: CqlTokenKind.Sign, Text: "+" or "-" or "*" or "/" or "^" or "%" }
            ? throw new CqlFault("API-Q04", Here.Position, Text.CqlArithmetic(Here.Position))
            : new(token.Position, token.Text);

    private CqlValue Function()
    {
        var name = _tokens[_at];
        _at++;
        Open();
        Deeper(name.Position);
        CqlValue value;
        if (name.IsWord("CASEI"))
        {
            value = Value() with { Folded = true };
        }
        else if (name.IsWord("DATE"))
        {
            value = Here.Kind == CqlTokenKind.Words && DateOnly.TryParseExact(Here.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new CqlValue.Day(name.Position, day)
                : throw Expected(Text.CqlDate);
            _at++;
        }
        else if (name.IsWord("TIMESTAMP"))
        {
            value = Here.Kind == CqlTokenKind.Words && Moments.TryInstant(Here.Text, out var moment)
                ? new CqlValue.Moment(name.Position, moment)
                : throw Expected(Text.CqlTimestamp);
            _at++;
        }
        else
        {
            throw new CqlFault("API-Q04", name.Position, Text.CqlFunction(name.Position, name.Text));
        }

        Close();
        _depth--;
        return value;
    }

    private static CqlNode Negated(bool not, CqlNode node) => not ? new CqlNode.Not(node.Position, node) : node;

    private static bool IsComparison(CqlToken token) =>
        token is { Kind: CqlTokenKind.Sign, Text: "=" or "<>" or "<" or "<=" or ">" or ">=" };

    private static Comparison Comparison(string sign) => sign switch
    {
        "=" => Registry.Comparison.Equal,
        "<>" => Registry.Comparison.NotEqual,
        "<" => Registry.Comparison.Less,
        "<=" => Registry.Comparison.LessOrEqual,
        ">" => Registry.Comparison.Greater,
        _ => Registry.Comparison.GreaterOrEqual,
    };

    private bool Take(string word)
    {
        if (!Here.IsWord(word))
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool TakeSign(string sign)
    {
        if (!Here.IsSign(sign))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Demand(string what, bool sign = false)
    {
        if (!(sign ? TakeSign(what) : Take(what)))
        {
            throw Expected(Text.CqlToken(what));
        }
    }

    private void Open() => Demand("(", sign: true);

    private void Close() => Demand(")", sign: true);

    private CqlFault Expected(string what) => new(
        "API-Q03", Here.Position, Text.CqlExpected(Here.Position, what, Here.Kind == CqlTokenKind.End ? null : Here.Text));

    private void Deeper(int position)
    {
        if (++_depth > DepthMax)
        {
            throw new CqlFault("API-Q01", position, Text.CqlTooDeep(DepthMax));
        }
    }

    private void Count(int position)
    {
        if (++_nodes > NodesMax)
        {
            throw new CqlFault("API-Q01", position, Text.CqlTooMany(NodesMax));
        }
    }
}
