using System.Globalization;

namespace Shali.Platform.Registry.Pages;

/// <summary>
/// Writes a condition as CQL2 text, so that the export of a list gives the rows that the list shows.
/// </summary>
internal static class CqlText
{
    public static string Of(ResourceDefinition resource, Filter filter) => filter switch
    {
        Filter.Compare compare =>
            $"{compare.Field} {Sign(compare.Operator)} {Literal(resource, compare.Field, compare.Value)}",
        Filter.Like like => $"{like.Field} LIKE {Quote(like.Pattern)}",
        Filter.Between between =>
            $"{between.Field} BETWEEN {Literal(resource, between.Field, between.Low)} AND {Literal(resource, between.Field, between.High)}",
        Filter.In @in => $"{@in.Field} IN ({string.Join(", ", @in.Values.Select(value => Literal(resource, @in.Field, value)))})",
        Filter.IsNull isNull => $"{isNull.Field} IS NULL",
        Filter.And and => Group(resource, and.Parts, " AND "),
        Filter.Or or => Group(resource, or.Parts, " OR "),
        Filter.Not not => $"NOT ({Of(resource, not.Part)})",
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static string Group(ResourceDefinition resource, IReadOnlyList<Filter> parts, string word) =>
        $"({string.Join(word, parts.Select(part => Of(resource, part)))})";

    private static string Literal(ResourceDefinition resource, string name, object value) => value switch
    {
        bool yes => yes ? "TRUE" : "FALSE",
        long or int or decimal or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        DateOnly day => $"DATE('{Moments.Write(day)}')",
        DateTimeOffset moment =>
            $"TIMESTAMP('{moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}')",
        string text => Quote(text),
        _ => Quote(resource.Field(name)!.Type.Write(resource.Field(name)!, value)),
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "<>",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };
}
