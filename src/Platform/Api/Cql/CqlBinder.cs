using System.Globalization;
using NetTopologySuite.Geometries;
using Shali.Platform.Geo;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Cql;

/// <summary>
/// Gives the names in a CQL2 expression their fields and the literals their types. What comes out is a typed
/// <see cref="Filter"/>; what does not fit is refused by position, field and value, all at once.
/// Nulls are judged by three values as in SQL: NOT is carried inwards and a field without a value is neither.
/// </summary>
/// <param name="masked">Fields that this caller sees masked: a condition on them would let him guess the value.</param>
internal sealed class CqlBinder(ResourceDefinition resource, Func<FieldDefinition, bool> masked, Crs crs)
{
    private readonly List<Refusal> _refusals = [];

    /// <summary>Null filter: everything.</summary>
    public static Outcome<Filter?> Bind(
        ResourceDefinition resource, string text, Func<FieldDefinition, bool> masked, Crs crs)
    {
        var parsed = CqlParser.Parse(text);
        if (!parsed.Ok)
        {
            return parsed.Refusals;
        }

        var binder = new CqlBinder(resource, masked, crs);
        var filter = binder.Bind(parsed.Value, false);
        return binder._refusals.Count > 0 ? new Refusals(binder._refusals) : Outcome.Of<Filter?>(filter);
    }

    /// <summary>A condition of the short form <c>?field=value</c>.</summary>
    public static Outcome<Filter?> Equal(ResourceDefinition resource, FieldDefinition field, string value, Func<FieldDefinition, bool> masked)
    {
        var binder = new CqlBinder(resource, masked, Crs.Crs84);
        var filter = binder.Compare(new(1, Comparison.Equal, new CqlValue.Property(1, field.Name), new CqlValue.Words(1, value)), false);
        return binder._refusals.Count > 0
            ? new Refusals([.. binder._refusals.Select(refusal => refusal with { Field = field.Name })])
            : Outcome.Of<Filter?>(filter);
    }

    private static readonly Filter Nothing = new Filter.Or([]);
    private static readonly Filter Everything = new Filter.And([]);

    private Filter Bind(CqlNode node, bool not) => node switch
    {
        CqlNode.Truth truth => truth.Value != not ? Everything : Nothing,
        CqlNode.And and => Group([.. and.Parts.Select(part => Bind(part, not))], !not),
        CqlNode.Or or => Group([.. or.Parts.Select(part => Bind(part, not))], not),
        CqlNode.Not inner => Bind(inner.Part, !not),
        CqlNode.Compare compare => Compare(compare, not),
        CqlNode.Like like => Like(like, not),
        CqlNode.Between between => Between(between, not),
        CqlNode.In @in => In(@in, not),
        CqlNode.IsNull isNull => IsNull(isNull, not),
        CqlNode.Intersects intersects => Intersects(intersects, not),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static Filter Group(IReadOnlyList<Filter> parts, bool all) => all ? new Filter.And(parts) : new Filter.Or(parts);

    private Filter Compare(CqlNode.Compare compare, bool not)
    {
        var (left, right, comparison) = (compare.Left, compare.Right, compare.Operator);
        if (left is not CqlValue.Property && right is CqlValue.Property)
        {
            (left, right, comparison) = (right, left, Mirrored(comparison));
        }

        if (left is not CqlValue.Property property)
        {
            return Refuse("API-Q06", left.Position, Text.CqlNoField(left.Position));
        }

        if (right is CqlValue.Property)
        {
            return Refuse("API-Q04", right.Position, Text.CqlTwoFields(right.Position));
        }

        if (Scalar(property) is not { } field)
        {
            return Nothing;
        }

        comparison = not ? Opposite(comparison) : comparison;
        if (property.Folded)
        {
            return comparison is Comparison.Equal or Comparison.NotEqual
                ? Folded(field, right, comparison == Comparison.NotEqual)
                : Refuse("API-Q07", right.Position, Text.CqlFoldedOrder(right.Position));
        }

        return Value(field, right, comparison is Comparison.Equal or Comparison.NotEqual) is { } value
            ? new Filter.Compare(field.Name, comparison, value)
            : Nothing;
    }

    private Filter Folded(FieldDefinition field, CqlValue value, bool not) =>
        value is CqlValue.Words words && TextOnly(field, value.Position)
            ? Guarded(new Filter.Like(field.Name, Escaped(words.Value), IgnoreCase: true), field, not)
            : Unfit(field, value);

    private Filter Like(CqlNode.Like like, bool not)
    {
        if (Property(like.Value) is not { } field)
        {
            return Nothing;
        }

        if (like.Pattern is not CqlValue.Words pattern || !Clean(pattern.Value))
        {
            return Refuse("API-Q07", like.Pattern.Position, Text.CqlPattern(like.Pattern.Position));
        }

        if (pattern.Value.Length > 0 && EndsInEscape(pattern.Value))
        {
            return Refuse("API-Q07", like.Pattern.Position, Text.CqlPatternEscape(like.Pattern.Position));
        }

        return TextOnly(field, like.Position)
            ? Guarded(new Filter.Like(field.Name, pattern.Value, like.Value.Folded || pattern.Folded), field, not)
            : Nothing;
    }

    private Filter Between(CqlNode.Between between, bool not)
    {
        if (Property(between.Value) is not { } field)
        {
            return Nothing;
        }

        if (between.Value.Folded)
        {
            return Refuse("API-Q07", between.Position, Text.CqlFoldedOrder(between.Position));
        }

        var low = Value(field, between.Low, whole: false);
        var high = Value(field, between.High, whole: false);
        return low is null || high is null ? Nothing : Guarded(new Filter.Between(field.Name, low, high), field, not);
    }

    private Filter In(CqlNode.In options, bool not)
    {
        if (Property(options.Value) is not { } field)
        {
            return Nothing;
        }

        if (options.Value.Folded)
        {
            return Group([.. options.Options.Select(option => Folded(field, option, not))], not);
        }

        var values = options.Options.Select(option => Value(field, option, whole: true)).ToList();
        return values.Contains(null) ? Nothing : Guarded(new Filter.In(field.Name, [.. values.OfType<object>()]), field, not);
    }

    private Filter IsNull(CqlNode.IsNull isNull, bool not)
    {
        if (isNull.Value is not CqlValue.Property property)
        {
            return Refuse("API-Q06", isNull.Position, Text.CqlNoField(isNull.Position));
        }

        // Whether there is a value at all shows in the masked answer too.
        if (resource.Field(property.Name) is not { } field)
        {
            return Unknown(property);
        }

        var filter = new Filter.IsNull(field.Name);
        return not ? new Filter.Not(filter) : filter;
    }

    private Filter Intersects(CqlNode.Intersects intersects, bool not)
    {
        var (left, right) = intersects.Left is CqlValue.Property
            ? (intersects.Left, intersects.Right)
            : (intersects.Right, intersects.Left);
        if (left is not CqlValue.Property property)
        {
            return Refuse("API-Q06", left.Position, Text.CqlNoField(left.Position));
        }

        if (Known(property) is not { } field)
        {
            return Nothing;
        }

        if (field.Type.ClrType != typeof(Geometry))
        {
            return Refuse("API-Q07", property.Position, Text.CqlNotSpatial(property.Position, field.Label));
        }

        if (right is not CqlValue.Shape shape)
        {
            return Refuse("API-Q07", right.Position, Text.CqlShapeWanted(right.Position));
        }

        var geometry = crs.Read(shape.Value, field.Srid);
        return geometry.Ok
            ? Guarded(new Filter.Intersects(field.Name, geometry.Value), field, not)
            : Refuse("API-Q05", shape.Position, Text.CqlBadGeometry(shape.Position, geometry.Refusals[0].Sentence));
    }

    // NOT of a condition on a field without a value is not true: three-valued, as CQL2 and SQL have it.
    private static Filter Guarded(Filter filter, FieldDefinition field, bool not) =>
        not ? new Filter.And([new Filter.Not(filter), new Filter.Not(new Filter.IsNull(field.Name))]) : filter;

    private FieldDefinition? Property(CqlValue value)
    {
        if (value is CqlValue.Property property)
        {
            return Scalar(property);
        }

        Refuse("API-Q06", value.Position, Text.CqlNoField(value.Position));
        return null;
    }

    private FieldDefinition? Scalar(CqlValue.Property property)
    {
        if (Known(property) is not { } field)
        {
            return null;
        }

        if (field.Type.ClrType != typeof(Geometry))
        {
            return field;
        }

        Refuse("API-Q07", property.Position, Text.CqlSpatial(property.Position, field.Label));
        return null;
    }

    private FieldDefinition? Known(CqlValue.Property property)
    {
        if (resource.Field(property.Name) is not { } field)
        {
            Unknown(property);
            return null;
        }

        if (!masked(field))
        {
            return field;
        }

        Refuse("API-Q09", property.Position, Text.MaskedCondition(field.Label));
        return null;
    }

    private Filter Unknown(CqlValue.Property property) =>
        Refuse("API-Q08", property.Position, Text.CqlUnknownField(property.Position, property.Name, resource.Name));

    private bool TextOnly(FieldDefinition field, int position)
    {
        if (field.Type.ClrType == typeof(string))
        {
            return true;
        }

        Refuse("API-Q07", position, Text.CqlTextOnly(position, field.Label));
        return false;
    }

    /// <summary>A literal in the field's CLR type. Whole values obey the field's rules; bounds of a range need not.</summary>
    private object? Value(FieldDefinition field, CqlValue literal, bool whole)
    {
        var type = field.Type.ClrType;
        object? value = (literal, type) switch
        {
            (CqlValue.Words { Value: var words }, _) when !Clean(words) || words.Length == 0 => type == typeof(string) && words.Length == 0 ? "" : null,
            (CqlValue.Words words, _) when type == typeof(string) && !whole => words.Folded ? words.Value.ToLowerInvariant() : words.Value,
            (CqlValue.Words words, _) => Parsed(field, words.Folded ? words.Value.ToLowerInvariant() : words.Value),
            (CqlValue.Number number, _) when IsNumeric(type) => Parsed(field, Plain(number.Value, type)),
            (CqlValue.Truth truth, _) when type == typeof(bool) => truth.Value,
            (CqlValue.Day day, _) when type == typeof(DateOnly) => day.Value,
            (CqlValue.Day day, _) when type == typeof(DateTimeOffset) && day.Value.Year is > 1 and < 9999 => Moments.Of(day.Value).Start,
            (CqlValue.Moment moment, _) when type == typeof(DateTimeOffset) => moment.Value,
            (CqlValue.Moment moment, _) when type == typeof(DateTime) => moment.Value.UtcDateTime,
            _ => null,
        };
        if (value is null)
        {
            Unfit(field, literal);
        }

        return value;
    }

    private static object? Parsed(FieldDefinition field, string text)
    {
        var parsed = field.Type.Parse(field, text);
        return parsed.Ok ? parsed.Value : null;
    }

    private static string Plain(decimal number, Type type) =>
        type != typeof(decimal) && type != typeof(double) && number == decimal.Truncate(number)
            ? decimal.Truncate(number).ToString(CultureInfo.InvariantCulture)
            : number.ToString(CultureInfo.InvariantCulture);

    private static bool IsNumeric(Type type) =>
        type == typeof(decimal) || type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(double);

    private Filter Unfit(FieldDefinition field, CqlValue literal) => Refuse(
        "API-Q07", literal.Position, Text.CqlUnfit(literal.Position, Written(literal), field.Label, field.Type.Label));

    private static string Written(CqlValue literal) => literal switch
    {
        CqlValue.Words words => $"'{Shorter(words.Value)}'",
        CqlValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        CqlValue.Truth truth => truth.Value ? "TRUE" : "FALSE",
        CqlValue.Day day => day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CqlValue.Moment moment => moment.Value.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        CqlValue.Property property => property.Name,
        _ => "…",
    };

    private static string Shorter(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private Filter Refuse(string code, int position, string sentence)
    {
        _ = position;
        if (_refusals.Count < 50)
        {
            _refusals.Add(new(code, "filter", sentence));
        }

        return Nothing;
    }

    private static bool Clean(string text) => Words.Clean(text);

    private static bool EndsInEscape(string pattern)
    {
        var count = 0;
        while (count < pattern.Length && pattern[^(count + 1)] == '\\')
        {
            count++;
        }

        return count % 2 == 1;
    }

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);

    private static Comparison Mirrored(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        _ => comparison,
    };

    private static Comparison Opposite(Comparison comparison) => comparison switch
    {
        Comparison.Equal => Comparison.NotEqual,
        Comparison.NotEqual => Comparison.Equal,
        Comparison.Less => Comparison.GreaterOrEqual,
        Comparison.LessOrEqual => Comparison.Greater,
        Comparison.Greater => Comparison.LessOrEqual,
        _ => Comparison.Less,
    };
}
