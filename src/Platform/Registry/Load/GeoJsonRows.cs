using System.Text.Json;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// The features of a FeatureCollection as rows: one column for each property that any feature has, one for the
/// geometry as its own GeoJSON text, one for the feature's id.
/// </summary>
public sealed class GeoJsonRows : IRowSource
{
    public const string GeometryColumn = "geometry";
    public const string IdColumn = "id";

    private static readonly string[] KnownSystems = ["4326", "4490", "CRS84"];

    private readonly JsonFeatures _features;
    private readonly Dictionary<string, int> _positions;
    private readonly LoadLimits _limits;
    private long _ordinal;

    private GeoJsonRows(JsonFeatures features, List<string> columns, LoadLimits limits)
    {
        _features = features;
        _limits = limits;
        Columns = columns;
        _positions = columns.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Columns { get; }

    public bool HasHeader => true;

    public Refusal? Stopped { get; private set; }

    public IReadOnlyList<string> Warnings => [];

    public double Progress => _features.Progress;

    public static Outcome<IRowSource> Open(string path, LoadLimits limits)
    {
        var columns = Names(path, limits);
        return columns.Ok
            ? Outcome.Of<IRowSource>(new GeoJsonRows(new JsonFeatures(path, limits.RecordChars), columns.Value, limits))
            : columns.Refusals;
    }

    public bool Read(SourceRow row)
    {
        if (Stopped is not null)
        {
            return false;
        }

        using var feature = _features.Next();
        if (feature is null)
        {
            Stopped = _features.Fault;
            return false;
        }

        row.Clear(Columns.Count);
        row.Ordinal = ++_ordinal;
        row.Number = _ordinal;
        Fill(row, feature.RootElement);
        return true;
    }

    public void Dispose() => _features.Dispose();

    /// <summary>A first pass over the file: every feature may bring new properties.</summary>
    private static Outcome<List<string>> Names(string path, LoadLimits limits)
    {
        using var features = new JsonFeatures(path, limits.RecordChars);
        var names = new List<string> { GeometryColumn, IdColumn };
        var known = new HashSet<string>(names, StringComparer.Ordinal);
        var any = false;
        var ids = false;
        while (features.Next() is { } feature)
        {
            using (feature)
            {
                any = true;
                ids |= feature.RootElement.TryGetProperty("id", out _);
                foreach (var property in Properties(feature.RootElement))
                {
                    if (known.Add(property.Name))
                    {
                        names.Add(property.Name);
                    }
                }
            }

            if (names.Count > limits.Columns)
            {
                return new Refusal("LOAD-F02", "file", Text.TooManyColumns(limits.Columns));
            }
        }

        if (features.Fault is { } fault)
        {
            return fault;
        }

        if (features.Crs is { } crs && !KnownSystems.Any(system => crs.EndsWith(system, StringComparison.OrdinalIgnoreCase)))
        {
            return new Refusal("LOAD-F22", "file", Text.UnknownSystem(crs));
        }

        if (!any)
        {
            return new Refusal("LOAD-F01", "file", Text.EmptyFile);
        }

        if (!ids && names.Count(name => name == IdColumn) == 1)
        {
            names.Remove(IdColumn);
        }

        return names;
    }

    private void Fill(SourceRow row, JsonElement feature)
    {
        if (feature.TryGetProperty("geometry", out var geometry) && geometry.ValueKind == JsonValueKind.Object)
        {
            Set(row, GeometryColumn, geometry.GetRawText());
        }

        if (_positions.ContainsKey(IdColumn) && feature.TryGetProperty("id", out var id))
        {
            Set(row, IdColumn, Plain(id));
        }

        foreach (var property in Properties(feature))
        {
            Set(row, property.Name, Plain(property.Value));
        }
    }

    private void Set(SourceRow row, string column, string? text)
    {
        if (text?.Length > _limits.CellChars)
        {
            row.Faults.Add(new("LOAD-R02", column, Text.CellTooLong(column, _limits.CellChars)));
            return;
        }

        if (_positions.TryGetValue(column, out var position))
        {
            row.Set(position, text is { Length: 0 } ? null : text);
        }
    }

    private static IEnumerable<JsonProperty> Properties(JsonElement feature) =>
        feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject()
            : [];

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "是",
        JsonValueKind.False => "否",
        _ => value.GetRawText(),
    };
}
