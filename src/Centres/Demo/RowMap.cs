using Shali.Platform.Registry;

namespace Shali.Centres.Demo;

/// <summary>
/// Puts values that are named here into the order of a definition's fields. A name that the definition does not have
/// is a mistake in the generator and told at once; fields that are not named stay empty.
/// </summary>
public sealed class RowMap
{
    private readonly int[] _positions;

    public RowMap(ResourceDefinition resource, params string[] fields)
    {
        Resource = resource;
        _positions = [.. fields.Select(field => Plan.Of(resource).Position(field))];
        var unknown = fields.Where((_, i) => _positions[i] < 0).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException($"{resource.Id} has no field {string.Join(", ", unknown)}.");
        }
    }

    public ResourceDefinition Resource { get; }

    public object?[] Row(params ReadOnlySpan<object?> values)
    {
        if (values.Length != _positions.Length)
        {
            throw new ArgumentException($"{Resource.Id}: {values.Length} values for {_positions.Length} fields.", nameof(values));
        }

        var row = new object?[Resource.Fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            row[_positions[i]] = values[i];
        }

        return row;
    }
}
