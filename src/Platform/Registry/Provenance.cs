using System.Collections.Concurrent;
using System.Text.Json;

namespace Shali.Platform.Registry;

/// <summary>
/// Which office each value of a record came from, where several offices feed one record: field name to office code.
/// </summary>
public static class Provenance
{
    private const int KnownMax = 1_000;

    /// <summary>Millions of records were fed by the same few offices in the same way.</summary>
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Known = new(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, string> Read(string json)
    {
        if (Known.TryGetValue(json, out var known))
        {
            return known;
        }

        var sources = JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
        if (Known.Count < KnownMax)
        {
            Known[json] = sources;
        }

        return sources;
    }

    public static string Write(IReadOnlyDictionary<string, string> sources) => JsonSerializer.Serialize(sources);

    /// <summary>The sources after <paramref name="office"/> has written <paramref name="fields"/>.</summary>
    public static Dictionary<string, string> After(
        IReadOnlyDictionary<string, string> before, IEnumerable<string> fields, string office)
    {
        var after = new Dictionary<string, string>(before, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            after[field] = office;
        }

        return after;
    }
}
