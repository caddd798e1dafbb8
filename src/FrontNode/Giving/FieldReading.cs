using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.FrontNode.Giving;

/// <summary>A row as the platform writes its values, and what names it.</summary>
/// <param name="Word">The naming values as one word; empty: they could not be read.</param>
internal sealed record GivenRow(string?[] Values, string Word, byte[] Hash, Refusals Refusals);

/// <summary>
/// Turns a row of the source into the values that the resource has, checked by the kinds of its fields: the same code that the centre
/// runs. Both sides write equal values equally, so their digests agree.
/// </summary>
internal sealed class FieldReading
{
    // What must be looked up in registers that only the centre has is judged there.
    private static readonly HashSet<string> AtCentre = new(StringComparer.Ordinal) { "region", "file", "link" };

    private readonly FieldDefinition[] _fields;
    private readonly int[] _order;
    private readonly int[] _keys;
    private readonly bool[] _required;
    private readonly RowDigest _digest;

    /// <param name="fields">Names of the fields that the flow gives.</param>
    public FieldReading(ResourceDefinition resource, IReadOnlyList<string> keys, IReadOnlyList<string> fields, SignatureSuite suite)
    {
        (Fields, KeyFields) = (fields, keys);
        _fields = [.. fields.Select(name => resource.Field(name)!)];
        _order = RowDigest.OrderOf(fields);
        _keys = [.. keys.Select(key => fields.ToList().IndexOf(key))];
        _required = [.. _fields.Select(field => field.Required || keys.Contains(field.Name, StringComparer.Ordinal))];
        _digest = new(suite);
    }

    public IReadOnlyList<string> Fields { get; }

    public IReadOnlyList<string> KeyFields { get; }

    /// <summary>What in the settings does not fit the resource.</summary>
    public static IEnumerable<string> Misfits(ResourceDefinition resource, KnownResource known, IReadOnlyCollection<string> fields) =>
    [
        .. known.Owns ? (string[])[] : [Text.NotOwn(resource.Name)],
        .. known.Keys.Count > 0 ? (string[])[] : [Text.NothingNames(resource.Name)],
        .. from name in fields where resource.Field(name) is null select Text.NoField(name, resource.Name),
        .. from name in known.Keys where !fields.Contains(name) select Text.KeyNotMapped(resource.Field(name)?.Label ?? name),
        .. from field in resource.Fields where field.Required && !fields.Contains(field.Name) && !known.Keys.Contains(field.Name, StringComparer.Ordinal) select Text.RequiredNotMapped(field.Label),
    ];

    public GivenRow Read(string?[] cells)
    {
        var values = new string?[cells.Length];
        List<Refusal>? refusals = null;
        for (var i = 0; i < cells.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(cells[i]))
            {
                if (_required[i])
                {
                    (refusals ??= []).Add(new("REG-F02", _fields[i].Name, Text.Missing(_fields[i].Label)));
                }

                continue;
            }

            var field = _fields[i];
            if (AtCentre.Contains(field.Type.Name))
            {
                values[i] = cells[i]!.Trim();
            }
            else if (field.Type.TryParse(field, cells[i], out var value, out var faults))
            {
                values[i] = value as string ?? field.Type.Write(field, value);
            }
            else
            {
                (refusals ??= []).AddRange(faults.Select(fault => fault.Field.Length > 0 ? fault : fault with { Field = field.Name }));
            }
        }

        var named = _keys.All(key => values[key] is { Length: > 0 });
        return new(
            values, named ? Reconciliations.Word([.. _keys.Select(key => values[key])]) : "",
            refusals is null ? _digest.Row(Fields, _order, values) : [], refusals is null ? Refusals.None : new(refusals));
    }

    /// <summary>The hash of a row that is gone.</summary>
    public byte[] Gone(IReadOnlyList<string> key) => _digest.GoneRow(KeyFields, RowDigest.OrderOf(KeyFields), [.. key]);
}
