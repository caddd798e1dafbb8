using Shali.Platform.Documents.Pdf;

namespace Shali.Platform.Documents.Layout;

/// <summary>A horizontal strip of a page: a line of text, a row of a table.</summary>
/// <param name="Height">In points.</param>
/// <param name="Draw">Draws it below the given height.</param>
internal sealed record Strip(double Height, Action<Canvas, double> Draw)
{
    /// <summary>Must stand on the same page as the strip after it: a heading, a rule.</summary>
    public bool WithNext { get; init; }
}

/// <summary>Puts strips on pages one below the other, so that what is signed never stands alone on the last page.</summary>
internal static class PageFlow
{
    /// <summary>How many strips go over with the block at the end when it has no room.</summary>
    private const int Company = 2;

    /// <param name="room">Height of a page's text area.</param>
    /// <param name="block">Height of what stands at the end: signature, seal, check code.</param>
    public static List<List<Strip>> Pages(IReadOnlyList<Strip> strips, double room, double block)
    {
        var pages = new List<List<Strip>> { new() };
        double used = 0;
        foreach (var strip in strips)
        {
            if (used + strip.Height > room && pages[^1].Count > 0)
            {
                var over = Held(pages[^1]);
                pages.Add(over);
                used = over.Sum(each => each.Height);
            }

            pages[^1].Add(strip);
            used += strip.Height;
        }

        if (used + block > room)
        {
            var last = pages[^1];
            var count = Math.Min(Company, last.Count - 1);
            pages.Add(last[^count..]);
            last.RemoveRange(last.Count - count, count);
        }

        return pages;
    }

    private static List<Strip> Held(List<Strip> page)
    {
        var from = page.Count;
        while (from > 1 && page[from - 1].WithNext)
        {
            from--;
        }

        var held = page[from..];
        page.RemoveRange(from, page.Count - from);
        return held;
    }
}
