using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit.Doors;

/// <summary>The days and the place in the list that somebody asks for.</summary>
public sealed record Period(DateOnly? From, DateOnly? To, long? Before, string FromText, string ToText, Refusals Refusals)
{
    public static readonly Period All = new(null, null, null, "", "", Refusals.None);

    public bool Active => FromText.Length > 0 || ToText.Length > 0;

    internal static Period Read(IQueryCollection query, params string[] known)
    {
        var refusals = new List<Refusal>();
        foreach (var name in query.Keys.Where(name => name != "done" && !known.Contains(name)))
        {
            refusals.Add(new("AUD-Q01", "", Text.UnknownParameter(name)));
        }

        var from = Day(query, "from", Text.FromLabel, refusals);
        var to = Day(query, "to", Text.ToLabel, refusals);
        if (from > to)
        {
            refusals.Add(new("AUD-Q03", "to", Text.PeriodReversed));
        }

        long? before = null;
        if (query["before"].ToString() is { Length: > 0 } place)
        {
            before = long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
            if (before is null)
            {
                refusals.Add(new("AUD-Q04", "", Text.NotANumber("before")));
            }
        }

        return new(from, to, before, query["from"].ToString(), query["to"].ToString(), new(refusals));
    }

    /// <summary>The address of the page that begins before an index, or of the first, with the same conditions.</summary>
    public string Address(string path, long? before, params (string Name, string Value)[] more)
    {
        var conditions = new List<(string Name, string Value)> { ("from", FromText), ("to", ToText) };
        conditions.AddRange(more);
        conditions.Add(("before", before?.ToString(CultureInfo.InvariantCulture) ?? ""));
        return path + "?" + string.Join('&', conditions.Where(one => one.Value.Length > 0)
            .Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"));
    }

    private static DateOnly? Day(IQueryCollection query, string name, string label, List<Refusal> refusals)
    {
        if (query[name].ToString() is not { Length: > 0 } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        refusals.Add(new("AUD-Q02", name, Text.NotADay(label)));
        return null;
    }
}
