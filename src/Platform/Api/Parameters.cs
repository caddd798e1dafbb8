using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;

namespace Shali.Platform.Api;

/// <summary>
/// The parameters of a request, taken one by one. What nobody took at the end is unknown and refused by name: nothing
/// is silently ignored (OGC API Features, /req/core/query-param-unknown).
/// </summary>
internal sealed class Parameters
{
    public const int ValueMax = 16_000;

    private readonly IQueryCollection _query;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<Refusal> _refusals = [];

    public Parameters(HttpRequest request)
    {
        _query = request.Query;
        foreach (var (name, values) in _query)
        {
            if (values.Count > 1)
            {
                Refuse("API-P02", name, Text.Twice(name));
            }
            else if (values[0] is { } value && (value.Length > ValueMax || !Words.Clean(value)))
            {
                Refuse("API-P03", name, Text.BadValue(name));
            }
        }
    }

    public IEnumerable<string> Names => _query.Keys;

    /// <summary>The value, or null when the parameter is absent. An empty value is a value.</summary>
    public string? Take(string name)
    {
        if (!_query.TryGetValue(name, out var values) || values.Count == 0)
        {
            return null;
        }

        _taken.Add(name);
        return values[0] is { } value && value.Length <= ValueMax && Words.Clean(value) ? value : "";
    }

    /// <summary>True or false; anything else is refused.</summary>
    public bool Flag(string name)
    {
        switch (Take(name))
        {
            case null or "false":
                return false;
            case "true":
                return true;
            default:
                Refuse("API-P03", name, Text.NotFlag(name));
                return false;
        }
    }

    public int? Whole(string name, int least, int most)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number >= least)
        {
            return (int)Math.Min(number, most);
        }

        Refuse("API-P03", name, Text.NotWhole(name, least));
        return null;
    }

    public void Refuse(string code, string name, string sentence) => _refusals.Add(new(code, name, sentence));

    public void Refuse(Refusals refusals) => _refusals.AddRange(refusals);

    /// <summary>Everything that was wrong, unknown names included.</summary>
    public Refusals End()
    {
        foreach (var name in _query.Keys)
        {
            if (!_taken.Contains(name))
            {
                Refuse("API-P01", name, Text.UnknownParameter(name));
            }
        }

        return new(_refusals);
    }
}
