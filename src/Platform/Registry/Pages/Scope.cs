namespace Shali.Platform.Registry.Pages;

/// <summary>Whether values lie in a caller's data scope: nobody writes a record that he could not read afterwards.</summary>
internal static class Scope
{
    public static bool Holds(Filter? scope, Func<string, string> written) => scope switch
    {
        null => true,
        Filter.Compare { Operator: Comparison.Equal } equal =>
            string.Equals(written(equal.Field), Convert.ToString(equal.Value, System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal),
        Filter.Like like when like.Pattern.EndsWith('%') && like.Pattern.IndexOfAny(['%', '_', '\\']) == like.Pattern.Length - 1 =>
            written(like.Field).StartsWith(like.Pattern[..^1], StringComparison.Ordinal),
        Filter.And and => and.Parts.All(part => Holds(part, written)),
        Filter.Or or => or.Parts.Any(part => Holds(part, written)),
        // A scope that cannot be judged here lets nothing through.
        _ => false,
    };
}
