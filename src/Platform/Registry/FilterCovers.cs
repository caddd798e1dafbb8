namespace Shali.Platform.Registry;

/// <summary>Judges a record in memory by a filter, as the database would. Serves scopes: patterns are prefixes there.</summary>
internal static class FilterCovers
{
    public static bool Covers(this Filter filter, Record record) => filter switch
    {
        Filter.Compare { Operator: Comparison.Equal } compare => Equals(record[compare.Field], compare.Value),
        Filter.Compare { Operator: not Comparison.NotEqual } compare => record[compare.Field] is IComparable value && compare.Operator switch
        {
            Comparison.Less => value.CompareTo(compare.Value) < 0,
            Comparison.LessOrEqual => value.CompareTo(compare.Value) <= 0,
            Comparison.Greater => value.CompareTo(compare.Value) > 0,
            _ => value.CompareTo(compare.Value) >= 0,
        },
        Filter.Like { IgnoreCase: false } like when like.Pattern.IndexOfAny(['%', '_', '\\']) == like.Pattern.Length - 1 && like.Pattern[^1] == '%' =>
            record[like.Field] is string text && text.StartsWith(like.Pattern[..^1], StringComparison.Ordinal),
        Filter.In @in => @in.Values.Contains(record[@in.Field]),
        Filter.IsNull isNull => record[isNull.Field] is null,
        Filter.KeyIn keys => keys.Keys.Contains(record.Key),
        Filter.And and => and.Parts.All(part => part.Covers(record)),
        Filter.Or or => or.Parts.Any(part => part.Covers(record)),
        Filter.Not not => !not.Part.Covers(record),
        _ => throw new NotSupportedException($"A scope cannot be {filter}."),
    };
}
