using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Pages;

/// <summary>How a list can be searched by one field: it follows from the field's type and from what the caller sees.</summary>
public sealed record FieldFilter(FieldDefinition Field, FilterKind Kind)
{
    public const string Operator = ".op";
    public const string From = ".from";
    public const string To = ".to";

    /// <summary>All fields that can be searched. A value that the caller sees masked can only be asked for whole.</summary>
    public static IReadOnlyList<FieldFilter> Of(ResourceDefinition resource, Access access) =>
    [
        .. resource.Fields
            .Select(field => new FieldFilter(field, KindOf(field, access)))
            .Where(filter => filter.Kind != FilterKind.None),
    ];

    /// <summary>The parameter names that it reads.</summary>
    public IEnumerable<string> Parameters => Kind switch
    {
        FilterKind.Words => [Field.Name, Field.Name + Operator],
        FilterKind.Range or FilterKind.Days => [Field.Name + From, Field.Name + To],
        _ => [Field.Name],
    };

    private static FilterKind KindOf(FieldDefinition field, Access access)
    {
        if (access.Public && field.Closed)
        {
            return FilterKind.None;
        }

        var hidden = !access.Clear && access.MaskOf(field) != MaskShape.None;
        return field.Type.Name switch
        {
            FieldKind.Geometry or FieldKind.File => FilterKind.None,
            FieldKind.Integer or FieldKind.Decimal or FieldKind.Money or FieldKind.Date or FieldKind.Time => hidden ? FilterKind.None : FilterKind.Range,
            FieldKind.DateTime => hidden ? FilterKind.None : FilterKind.Days,
            FieldKind.YesNo => hidden ? FilterKind.None : FilterKind.YesNo,
            FieldKind.Code => hidden ? FilterKind.None : FilterKind.Code,
            FieldKind.Region => hidden ? FilterKind.Exact : FilterKind.Prefix,
            FieldKind.Text => hidden ? FilterKind.Exact : FilterKind.Words,
            _ => FilterKind.Exact,
        };
    }

    /// <summary>The condition that was asked for; null for none, or why it makes no sense.</summary>
    public (Filter? Filter, Refusal? Refusal) Read(Func<string, string> given) => Kind switch
    {
        FilterKind.Words => Words(given(Field.Name), given(Field.Name + Operator)),
        FilterKind.Range => Range(given(Field.Name + From), given(Field.Name + To)),
        FilterKind.Days => Days(given(Field.Name + From), given(Field.Name + To)),
        FilterKind.Prefix => given(Field.Name).Trim() is { Length: > 0 } text ? (new Filter.Like(Field.Name, Escape(text) + "%"), null) : default,
        _ => Equal(given(Field.Name)),
    };

    private (Filter?, Refusal?) Words(string text, string op)
    {
        if (text.Trim() is not { Length: > 0 } words)
        {
            return default;
        }

        return op switch
        {
            "" or "starts" => (new Filter.Like(Field.Name, Escape(words) + "%"), null),
            "contains" => (new Filter.Like(Field.Name, "%" + Escape(words) + "%"), null),
            "is" => (new Filter.Compare(Field.Name, Comparison.Equal, words), null),
            _ => (null, new Refusal("REG-P04", Field.Name + Operator, Text.NoSuchOption(op))),
        };
    }

    private (Filter?, Refusal?) Equal(string text)
    {
        if (text.Trim() is not { Length: > 0 } wanted)
        {
            return default;
        }

        var parsed = Field.Type.Parse(Field, wanted);
        if (parsed is { Ok: true, Value: { } value })
        {
            return (new Filter.Compare(Field.Name, Comparison.Equal, value), null);
        }

        // Numbers with a wrong check digit do stand in old records: they can be looked for as they are written.
        return Field.Type.ClrType == typeof(string)
            ? (new Filter.Compare(Field.Name, Comparison.Equal, wanted.ToUpperInvariant()), null)
            : (null, new Refusal("REG-P05", Field.Name, Text.BadValue(Field.Label)));
    }

    private (Filter?, Refusal?) Range(string from, string to)
    {
        var low = Bound(from, From, out var badLow);
        var high = Bound(to, To, out var badHigh);
        return (badLow ?? badHigh) is { } refusal
            ? (null, refusal)
            : (Filter.All(
                low is null ? null : new Filter.Compare(Field.Name, Comparison.GreaterOrEqual, low),
                high is null ? null : new Filter.Compare(Field.Name, Comparison.LessOrEqual, high)), null);
    }

    private object? Bound(string text, string suffix, out Refusal? refusal)
    {
        refusal = null;
        if (text.Trim().Length == 0)
        {
            return null;
        }

        var parsed = Field.Type.Parse(Field with { Min = null, Max = null, Pattern = null }, text.Trim());
        refusal = parsed.Ok ? null : new Refusal("REG-P05", Field.Name + suffix, Text.BadValue(Field.Label));
        return parsed.Ok ? parsed.Value : null;
    }

    private (Filter?, Refusal?) Days(string from, string to)
    {
        var low = Day(from, From, out var badLow);
        var high = Day(to, To, out var badHigh);
        return (badLow ?? badHigh) is { } refusal
            ? (null, refusal)
            : (Filter.All(
                low is null ? null : new Filter.Compare(Field.Name, Comparison.GreaterOrEqual, Start(low.Value)),
                high is null ? null : new Filter.Compare(Field.Name, Comparison.Less, Start(high.Value.AddDays(1)))), null);
    }

    private DateOnly? Day(string text, string suffix, out Refusal? refusal)
    {
        refusal = null;
        if (text.Trim().Length == 0)
        {
            return null;
        }

        var day = Moments.ReadDay(text) is { Year: < 9999 } good ? good : (DateOnly?)null;
        refusal = day is null ? new Refusal("REG-P05", Field.Name + suffix, Text.BadDay) : null;
        return day;
    }

    private static DateTimeOffset Start(DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}

/// <summary>The kinds of search conditions.</summary>
public enum FilterKind
{
    None,
    /// <summary>Contains, starts with, is.</summary>
    Words,
    Exact,
    Prefix,
    Code,
    YesNo,
    Range,
    /// <summary>A moment, searched by days.</summary>
    Days,
}
