using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// A definition worked out from a department's spreadsheet: one field for each column, its kind found from the
/// values, with the reasons. Nothing is decided: the office corrects and publishes.
/// </summary>
/// <param name="Fields">In the order of the columns.</param>
/// <param name="Rows">How many rows were looked at.</param>
/// <param name="Warnings">What the file itself warned of.</param>
public sealed record DefinitionProposal(IReadOnlyList<ProposedField> Fields, long Rows, IReadOnlyList<string> Warnings)
{
    /// <summary>More rows than these say nothing new.</summary>
    public const int RowsRead = 200_000;

    /// <summary>The field by which a loaded row would find the record it means; null: no column is fit for it.</summary>
    public string? Match => Fields
        .Where(proposed => proposed.Field is { Unique: true, Required: true } found && found.Type.Name is not ("phone" or "email"))
        .OrderBy(proposed => proposed.Field.Type.Name is "text" or "integer" ? 1 : 0)
        .FirstOrDefault()?.Field.Name;

    /// <summary>Code lists that must be published before the definition.</summary>
    public IReadOnlyList<CodeList> CodeLists => [.. Fields.Select(proposed => proposed.Codes).OfType<CodeList>()];

    /// <summary>Looks at the rows of a file; <paramref name="known"/> are the code lists that the city already has.</summary>
    public static Outcome<DefinitionProposal> From(IRowSource rows, string id, IReadOnlyList<CodeList> known)
    {
        var sketches = rows.Columns.Select(column => new ColumnSketch(column, FieldKinds.Candidates)).ToArray();
        var kept = Enumerable.Range(0, sketches.Length).Where(i => !ColumnMapping.IsOurs(rows.Columns, i)).ToArray();
        if (kept.Length > ResourceRegistry.FieldsMax)
        {
            return new Refusal("LOAD-F02", "file", Text.TooManyColumns(ResourceRegistry.FieldsMax));
        }

        var row = new SourceRow();
        var read = 0L;
        while (read < RowsRead && rows.Read(row))
        {
            read++;
            foreach (var i in kept)
            {
                sketches[i].Add(row[i]);
            }
        }

        if (rows.Stopped is { } stopped)
        {
            return stopped;
        }

        if (read == 0)
        {
            return new Refusal("LOAD-F01", "file", Text.EmptyFile);
        }

        var names = new FieldNames();
        var fields = kept.Select((i, n) => FieldKinds.Propose(sketches[i], names.For(rows.Columns[i], n + 1), id, known));
        return new DefinitionProposal([.. fields], read, rows.Warnings);
    }

    /// <summary>The definition as proposed. The office fills in what a file cannot say.</summary>
    public ResourceDefinition Definition(string id, string name, string owner, string clause) => new()
    {
        Id = id,
        Name = name,
        Clause = clause,
        Owner = owner,
        Fields = [.. Fields.Select(proposed => proposed.Field)],
        Match = Match is { } match ? [match] : [],
        Title = Fields.FirstOrDefault(proposed => proposed.Field.Name is "name" or "title" or "organisation" or "entity_name")?.Field.Name,
        RunTime = true,
    };
}
