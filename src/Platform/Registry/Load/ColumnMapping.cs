using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>Which column fills which field. A column that fills none is left out on purpose.</summary>
/// <param name="Fields">For each column of the file the field's name, or null.</param>
public sealed record ColumnMapping(IReadOnlyList<string?> Fields)
{
    /// <summary>The two columns that a file of rejected rows has in front; they are not data.</summary>
    public const string RowColumn = "行号";
    public const string ReasonColumn = "原因";

    private static readonly string[] Exported = [GeoJsonRows.IdColumn, "version", "changed_at"];

    /// <summary>By field name or Chinese label, whatever the width, spaces and brackets.</summary>
    public static ColumnMapping Propose(ResourceDefinition resource, IReadOnlyList<string> columns, bool header)
    {
        if (!header)
        {
            // Without a header the columns stand in the order of the fields.
            return new([.. columns.Select((_, i) => i < resource.Fields.Count ? resource.Fields[i].Name : null)]);
        }

        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in resource.Fields)
        {
            byName.TryAdd(ColumnNames.Fold(field.Name), field.Name);
        }

        foreach (var field in resource.Fields)
        {
            byName.TryAdd(ColumnNames.Fold(field.Label), field.Name);
        }

        // The geometry of a feature is that of the resource, whatever the field is called: as the interface has it.
        if (resource.Fields.FirstOrDefault(field => field.Type.Name == FieldKind.Geometry) is { } place)
        {
            byName.TryAdd(GeoJsonRows.GeometryColumn, place.Name);
        }

        var exact = resource.Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        return new([.. columns.Select(column =>
            exact.ContainsKey(column) ? column : byName.GetValueOrDefault(ColumnNames.Fold(column)))]);
    }

    /// <summary>
    /// Everything that stands against loading with this mapping: fields named twice, required fields that no column
    /// fills, and columns that fit no field unless <paramref name="ignored"/> says they are left out on purpose.
    /// </summary>
    public Refusals Check(ResourceDefinition resource, IReadOnlyList<string> columns, IReadOnlySet<int> ignored)
    {
        var refusals = new List<Refusal>();
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            var name = i < Fields.Count ? Fields[i] : null;
            if (name is null)
            {
                if (!IsOurs(columns, i) && !ignored.Contains(i))
                {
                    refusals.Add(new("LOAD-M02", Input(i), Text.UnknownColumn(columns[i], i + 1)));
                }
            }
            else if (resource.Field(name) is not { } field)
            {
                refusals.Add(new("LOAD-M03", Input(i), Text.NoSuchField(name)));
            }
            else if (!used.TryAdd(name, i))
            {
                refusals.Add(new("LOAD-M01", Input(i), Text.FieldTwice(field.Label, columns[used[name]], columns[i])));
            }
        }

        foreach (var field in resource.Fields.Where(field => MustHave(resource, field) && !used.ContainsKey(field.Name)))
        {
            refusals.Add(new("LOAD-M04", "columns", Text.RequiredMissing(field.Label)));
        }

        return new(refusals);
    }

    /// <summary>For each field of the definition the column that fills it, or -1.</summary>
    public int[] Sources(ResourceDefinition resource)
    {
        var sources = new int[resource.Fields.Count];
        for (var f = 0; f < sources.Length; f++)
        {
            sources[f] = -1;
            for (var c = 0; c < Fields.Count; c++)
            {
                if (string.Equals(Fields[c], resource.Fields[f].Name, StringComparison.Ordinal))
                {
                    sources[f] = c;
                    break;
                }
            }
        }

        return sources;
    }

    /// <summary>The form field in which the person corrects the mapping of a column.</summary>
    public static string Input(int column) => $"column_{column}";

    /// <summary>
    /// The column is of our own making: what a file of bad rows has in front, what an export says of each record
    /// (all three, else one of them may be somebody's data), the id of a GeoJSON feature.
    /// </summary>
    public static bool IsOurs(IReadOnlyList<string> columns, int column) => columns[column] switch
    {
        RowColumn or ReasonColumn => true,
        GeoJsonRows.IdColumn when column == 1 && columns[0] == GeoJsonRows.GeometryColumn => true,
        var name => Exported.Contains(name, StringComparer.Ordinal) && Exported.All(own => columns.Contains(own, StringComparer.Ordinal)),
    };

    private static bool MustHave(ResourceDefinition resource, FieldDefinition field) =>
        field.Required || field.Name == resource.Key || resource.Match.Contains(field.Name, StringComparer.Ordinal);
}
