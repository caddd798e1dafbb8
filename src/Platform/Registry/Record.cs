namespace Shali.Platform.Registry;

/// <summary>
/// One record of a resource at one version. Values stand in the order of the definition's fields, each of its
/// field type's CLR type or null.
/// </summary>
public sealed class Record(ResourceDefinition definition, string key, object?[] values)
{
    public ResourceDefinition Definition { get; } = definition;

    public string Key { get; } = key;

    public object?[] Values { get; } = values;

    /// <summary>1 for a new record; each change adds one. 0: not yet stored.</summary>
    public int Version { get; init; }

    /// <summary>When this version was written.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The act that wrote this version.</summary>
    public long Act { get; init; }

    /// <summary>From when to when it holds in the world; null without valid time or when open.</summary>
    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    /// <summary>Field name to the code of the office whose value stands there, where the definition keeps provenance.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = EmptySources;

    public object? this[string field] => Plan.Of(Definition).Position(field) is >= 0 and var position
        ? Values[position]
        : throw new ArgumentException($"{Definition.Id} has no field {field}.", nameof(field));

    public string? Text(string field) => (string?)this[field];

    public string ETag => $"\"{Version}\"";

    internal Record With(IReadOnlyDictionary<string, string> sources) => new(Definition, Key, Values)
    {
        Version = Version,
        ChangedAt = ChangedAt,
        Act = Act,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Sources = sources,
    };

    private static readonly Dictionary<string, string> EmptySources = [];
}
