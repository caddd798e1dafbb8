using System.Text.Json;

namespace Shali.Platform.Registry;

/// <summary>
/// Which office each value of a record came from, where several offices feed one record: field name to office code.
/// </summary>
public static class Provenance
{
    public static IReadOnlyDictionary<string, string> Read(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];

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
