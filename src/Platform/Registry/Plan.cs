using System.Runtime.CompilerServices;
using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// What follows from a definition and is needed with every request: column lists and positions, worked out once.
/// </summary>
public sealed class Plan
{
    private static readonly ConditionalWeakTable<ResourceDefinition, Plan> Plans = [];

    private readonly Dictionary<string, int> _positions;
    private readonly int _system;

    private Plan(ResourceDefinition definition)
    {
        Definition = definition;
        Fields = [.. definition.Fields];
        _positions = Fields.Select((field, i) => (field.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        Table = Sql.Name(definition.Schema, definition.Table).Text;
        Past = Sql.Name(definition.Schema, definition.Table + "__past").Text;
        KeyColumn = Sql.Name(definition.KeyColumn).Text;
        Title = definition.Title ?? Fields.FirstOrDefault(field => field.Type.Name == "text")?.Name ?? definition.Key;

        // System columns first, then the fields: Read below depends on this order.
        var system = new List<string> { KeyColumn, "_version", "_act", "_at" };
        if (definition.ValidTime)
        {
            system.AddRange(["_valid_from", "_valid_to"]);
        }

        if (definition.Provenance)
        {
            system.Add("_sources");
        }

        _system = system.Count;
        Stored = [.. system.Where(column => column != KeyColumn || definition.Key is null), .. Fields.Select(field => Sql.Name(field.Name).Text)];
        Columns = string.Join(", ", [.. system, .. Fields.Select(field => Sql.Name(field.Name).Text)]);
        SubjectPosition = definition.Subject is { Length: > 0 } subject ? _positions[subject] : -1;
    }

    public ResourceDefinition Definition { get; }

    public FieldDefinition[] Fields { get; }

    /// <summary>Quoted name of the table of current records.</summary>
    public string Table { get; }

    /// <summary>Quoted name of the table of superseded versions.</summary>
    public string Past { get; }

    public string KeyColumn { get; }

    /// <summary>The field that stands for the record in lists and links.</summary>
    public string? Title { get; }

    /// <summary>Select list that <see cref="Read"/> understands.</summary>
    public string Columns { get; }

    /// <summary>Every column of the table once, as in <c>insert into</c>.</summary>
    public IReadOnlyList<string> Stored { get; }

    /// <summary>Position of the field with the person's key; -1: the record is the person or is not personal.</summary>
    public int SubjectPosition { get; }

    public static Plan Of(ResourceDefinition definition) => Plans.GetValue(definition, static d => new Plan(d));

    public int Position(string field) => _positions.GetValueOrDefault(field, -1);

    /// <summary>The record in a row selected with <see cref="Columns"/>.</summary>
    public Record Read(NpgsqlDataReader reader)
    {
        var column = 4;
        DateOnly? from = null, to = null;
        if (Definition.ValidTime)
        {
            from = reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);
            to = reader.IsDBNull(column + 1) ? null : reader.GetFieldValue<DateOnly>(column + 1);
            column += 2;
        }

        var sources = Definition.Provenance && !reader.IsDBNull(column) ? Provenance.Read(reader.GetString(column)) : null;
        var values = new object?[Fields.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Fields[i].Type.Read(reader, _system + i);
        }

        var record = new Record(Definition, reader.GetString(0), values)
        {
            Version = reader.GetInt32(1),
            Act = reader.GetInt64(2),
            ChangedAt = reader.GetFieldValue<DateTimeOffset>(3),
            ValidFrom = from,
            ValidTo = to,
        };
        return sources is null ? record : record.With(sources);
    }

    /// <summary>The person that the record is about, when it is about one.</summary>
    public string? Subject(Record record) => Definition.Subject switch
    {
        null => null,
        "" => record.Key,
        _ => (string?)record.Values[SubjectPosition],
    };
}
