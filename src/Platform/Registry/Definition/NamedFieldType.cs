using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Registry;

/// <summary>Stands for a field type by its name alone until the real types are there; stores text as it comes.</summary>
internal sealed class NamedFieldType(string name) : FieldType
{
    private static readonly Dictionary<string, (Type Clr, NpgsqlDbType Db, string Column)> Kinds = new(StringComparer.Ordinal)
    {
        [FieldKind.Integer] = (typeof(long), NpgsqlDbType.Bigint, "bigint"),
        [FieldKind.Decimal] = (typeof(decimal), NpgsqlDbType.Numeric, "numeric"),
        [FieldKind.Money] = (typeof(decimal), NpgsqlDbType.Numeric, "numeric(20,2)"),
        [FieldKind.Date] = (typeof(DateOnly), NpgsqlDbType.Date, "date"),
        [FieldKind.DateTime] = (typeof(DateTimeOffset), NpgsqlDbType.TimestampTz, "timestamptz"),
        [FieldKind.YesNo] = (typeof(bool), NpgsqlDbType.Boolean, "boolean"),
        [FieldKind.Geometry] = (typeof(NetTopologySuite.Geometries.Geometry), NpgsqlDbType.Geometry, "geometry"),
    };

    public override string Name { get; } = name;

    public override string Label => Name;

    public override Type ClrType => Kinds.TryGetValue(Name, out var kind) ? kind.Clr : typeof(string);

    public override NpgsqlDbType DbType => Kinds.TryGetValue(Name, out var kind) ? kind.Db : NpgsqlDbType.Text;

    public override string Column(FieldDefinition field) => Kinds.TryGetValue(Name, out var kind) ? kind.Column : "text";

    public override Outcome<object?> Parse(FieldDefinition field, string? text) => throw new NotSupportedException($"{Name} is only a name.");

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field) =>
        new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "string" };
}

internal static class FieldTypeByName
{
    public static FieldType? Find(string name) => new NamedFieldType(name);
}
