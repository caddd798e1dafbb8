using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>The address of a catalogue page, read and written. A parameter that is not known is refused by name.</summary>
internal static class CatalogueRequest
{
    private const int WordsMax = 100;

    public static Outcome<CatalogueQuery> Read(IQueryCollection parameters)
    {
        var refusals = new List<Refusal>();
        var query = new CatalogueQuery();
        foreach (var (name, values) in parameters)
        {
            var value = values.ToString().Trim();
            switch (name)
            {
                case "q":
                    query = query with { Words = value };
                    if (value.Length > WordsMax)
                    {
                        refusals.Add(new("CAT-05", "q", Text.TooManyWords(WordsMax)));
                    }

                    break;
                case "base":
                    query = query with { Base = Given(value) };
                    break;
                case "office":
                    query = query with { Office = Given(value) };
                    break;
                case "theme":
                    query = query with { Theme = Given(value) };
                    break;
                case "sharing" when value.Length > 0:
                    query = query with { Sharing = ReadSharing(value, refusals) };
                    break;
                case "page" when value.Length > 0:
                    query = query with { Page = ReadPage(value, refusals) };
                    break;
                case "sharing" or "page":
                    break;
                default:
                    refusals.Add(new("CAT-01", "q", Text.UnknownParameter(name)));
                    break;
            }
        }

        return refusals.Count > 0 ? new Refusals(refusals) : query;
    }

    /// <summary>The address of the page that answers the query.</summary>
    public static string Address(CatalogueQuery query)
    {
        var parts = new (string Name, string? Value)[]
        {
            ("q", Given(query.Words)), ("base", query.Base), ("office", query.Office), ("theme", query.Theme),
            ("sharing", query.Sharing is { } sharing ? Write(sharing) : null),
            ("page", query.Page > 1 ? query.Page.ToString(CultureInfo.InvariantCulture) : null),
        };
        var written = string.Join('&', parts.Where(part => part.Value is not null)
            .Select(part => $"{part.Name}={UrlEncoder.Default.Encode(part.Value!)}"));
        return written.Length == 0 ? "/catalogue" : $"/catalogue?{written}";
    }

    /// <summary>The query with one facet's value chosen, or with it given up.</summary>
    public static CatalogueQuery Choose(CatalogueQuery query, string parameter, string? value) => parameter switch
    {
        "base" => query with { Base = value, Page = 1 },
        "office" => query with { Office = value, Page = 1 },
        "theme" => query with { Theme = value, Page = 1 },
        _ => query with { Sharing = value is null ? null : ReadSharing(value, []), Page = 1 },
    };

    public static string Write(SharingClass sharing) => sharing switch
    {
        SharingClass.Unconditional => "unconditional",
        SharingClass.Conditional => "conditional",
        _ => "not-shared",
    };

    private static string? Given(string value) => value.Length == 0 ? null : value;

    private static SharingClass? ReadSharing(string value, List<Refusal> refusals)
    {
        foreach (var sharing in Enum.GetValues<SharingClass>())
        {
            if (Write(sharing) == value)
            {
                return sharing;
            }
        }

        refusals.Add(new("CAT-02", "q", Text.UnknownChoice(Text.BySharing, value)));
        return null;
    }

    private static int ReadPage(string value, List<Refusal> refusals)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and <= 1_000_000)
        {
            return page;
        }

        refusals.Add(new("CAT-03", "q", Text.BadPage(value)));
        return 1;
    }
}
