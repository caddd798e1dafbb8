using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>What is being verified of a record, and who verifies it.</summary>
public sealed class OpenCorrections(Db db, Offices offices)
{
    /// <summary>The office whose word counts for a field of a record.</summary>
    public string Source(ResourceDefinition resource, FieldDefinition field, Record record) =>
        new[] { field.Authority, record.Sources.GetValueOrDefault(field.Name) }
            .FirstOrDefault(office => office is { Length: > 0 } && offices.Find(office) is not null) ?? resource.Owner;

    /// <summary>Corrections of the record that are being verified: number, field, office that reported it.</summary>
    public Task<List<(string Number, string Field, string By)>> Of(string resource, string key, CancellationToken cancel = default) => db.List(
        $"""
        select c.number, c.answers::jsonb ->> 'field', c.answers::jsonb ->> 'consumer'
        from casework.link l join casework."case" c on c.number = l."case"
        where l.target = {key} and l.resource = {resource} and c.type = {CorrectionType.Code} and c.state <> {CaseState.Ended}
        order by c.number
        """,
        row => (row.GetString(0), row.GetString(1), row.GetString(2)),
        cancel);
}
