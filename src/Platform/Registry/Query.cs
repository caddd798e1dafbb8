namespace Shali.Platform.Registry;

/// <summary>
/// A condition on records, typed: every door (CQL2, list pages, domain code) makes one of these, and only the
/// registry turns it into SQL. Values are of the field type's CLR type.
/// </summary>
public abstract record Filter
{
    public sealed record Compare(string Field, Comparison Operator, object Value) : Filter;

    /// <summary>SQL LIKE: % and _ are wild, backslash escapes. Text fields only.</summary>
    public sealed record Like(string Field, string Pattern, bool IgnoreCase = false) : Filter;

    public sealed record Between(string Field, object Low, object High) : Filter;

    public sealed record In(string Field, IReadOnlyList<object> Values) : Filter;

    public sealed record IsNull(string Field) : Filter;

    public sealed record And(IReadOnlyList<Filter> Parts) : Filter;

    public sealed record Or(IReadOnlyList<Filter> Parts) : Filter;

    public sealed record Not(Filter Part) : Filter;

    /// <summary>Shares a point with the geometry; its SRID is set.</summary>
    public sealed record Intersects(string Field, NetTopologySuite.Geometries.Geometry Geometry) : Filter;

    /// <summary>Records with exactly this key.</summary>
    public sealed record KeyIn(IReadOnlyList<string> Keys) : Filter;

    /// <summary>All of these; null for none.</summary>
    public static Filter? All(params Filter?[] parts)
    {
        var present = parts.OfType<Filter>().ToArray();
        return present.Length switch { 0 => null, 1 => present[0], _ => new And(present) };
    }
}

public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

public sealed record SortBy(string Field, bool Descending = false);

/// <summary>Which records, in which order, as of when.</summary>
public sealed record RecordQuery
{
    public Filter? Where { get; init; }

    /// <summary>What the record must meet as it stands now, whatever moment is asked for. One that is gone meets nothing.</summary>
    public Filter? Now { get; init; }

    /// <summary>The key is always the last criterion, so that the order is total.</summary>
    public IReadOnlyList<SortBy> Sort { get; init; } = [];

    /// <summary>At most 10,000.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>The <see cref="RecordPage.Next"/> of the page before.</summary>
    public string? After { get; init; }

    /// <summary>As the registry knew it at that moment.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>As it held in the world on that day, for definitions with valid time.</summary>
    public DateOnly? ValidOn { get; init; }
}

/// <summary>One page of records.</summary>
/// <param name="Next">Give it as <see cref="RecordQuery.After"/> for the next page; null on the last.</param>
public sealed record RecordPage(IReadOnlyList<Record> Records, string? Next);
