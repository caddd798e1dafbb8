namespace Shali.Platform.Registry;

/// <summary>A list of codes with their Chinese names: a national standard or an office's own.</summary>
/// <param name="Name">Permanent name in definitions: <c>sex</c>, <c>nationality</c>.</param>
/// <param name="Standard">The standard, such as GB/T 2261.1; empty when the city set it.</param>
public sealed record CodeList(string Name, string Label, string Standard, IReadOnlyList<Code> Codes)
{
    private readonly Dictionary<string, Code> _byValue = Codes.ToDictionary(code => code.Value, StringComparer.Ordinal);
    private readonly Dictionary<string, Code> _byLabel = Index(Codes);

    public Code? Find(string value) => _byValue.GetValueOrDefault(value);

    /// <summary>The code whose Chinese name somebody wrote.</summary>
    public Code? FindLabel(string label) => _byLabel.GetValueOrDefault(label);

    private static Dictionary<string, Code> Index(IReadOnlyList<Code> codes)
    {
        var index = new Dictionary<string, Code>(StringComparer.Ordinal);
        foreach (var code in codes)
        {
            index.TryAdd(code.Label, code);
        }

        // Other words come after all names: a name always means its own code.
        foreach (var code in codes)
        {
            if (code.Also is not null)
            {
                index.TryAdd(code.Also, code);
            }
        }

        return index;
    }
}

/// <summary>One code. A code that is no longer given stays readable: it has an end.</summary>
public sealed record Code(string Value, string Label, DateOnly? Until = null)
{
    /// <summary>Another word that people and files write for it: 汉 for 汉族.</summary>
    public string? Also { get; init; }
}
