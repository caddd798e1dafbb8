using System.Text;
using AngleSharp.Dom;

namespace Shali.Tests.Browser;

/// <summary>
/// How a page is built, without what it says: two pages of one shape need one look. Neighbours of the same shape (rows,
/// entries, options) count once.
/// </summary>
internal static class PageShape
{
    private static readonly string[] Telling = ["class", "role", "type", "aria-current", "aria-sort", "open", "disabled", "aria-invalid"];

    public static string Of(IElement element)
    {
        var shape = Head(element);
        var last = "";
        shape.Append('(');
        foreach (var child in element.Children.Select(Of))
        {
            if (child != last)
            {
                shape.Append(child);
                last = child;
            }
        }

        return shape.Append(')').ToString();
    }

    /// <summary>What a page is made of: each kind of element within its parent and the parent's parent.</summary>
    public static IEnumerable<string> PartsOf(IElement element) => element.QuerySelectorAll("*")
        .Select(one => $"{Name(one.ParentElement?.ParentElement)}>{Name(one.ParentElement)}>{Name(one)}").Distinct(StringComparer.Ordinal);

    private static string Name(IElement? element) => element is null ? "" : Head(element).ToString();

    private static StringBuilder Head(IElement element)
    {
        var shape = new StringBuilder(element.LocalName);
        foreach (var name in Telling)
        {
            if (element.GetAttribute(name) is { } value)
            {
                shape.Append('.').Append(value);
            }
        }

        return shape;
    }
}
