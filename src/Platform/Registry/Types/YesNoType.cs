using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>Yes or no, in the ways that forms and files write it.</summary>
public sealed class YesNoType : FieldType
{
    private static readonly object True = true;
    private static readonly object False = false;

    public override string Name => "yes-no";

    public override string Label => "是否";

    public override Type ClrType => typeof(bool);

    public override NpgsqlDbType DbType => NpgsqlDbType.Boolean;

    public override string Column(FieldDefinition field) => "boolean";

    public override string Write(FieldDefinition field, object? value) => value is bool yes ? (yes ? "true" : "false") : "";

    public override string Show(FieldDefinition field, object? value) => value is bool yes ? (yes ? Text.Yes : Text.No) : "";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetBoolean(column) ? True : False;

    public override void WriteTo(NpgsqlBinaryImporter importer, object? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write((bool)value, NpgsqlDbType.Boolean);
        }
    }

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field) =>
        new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "boolean" };

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        value = Folding.Fold(text) switch
        {
            "是" or "1" or "TRUE" or "T" or "YES" or "Y" or "ON" or "真" or "√" => True,
            "否" or "0" or "FALSE" or "F" or "NO" or "N" or "OFF" or "假" or "×" => False,
            _ => null,
        };
        return value is null
            ? FieldCheck.Refuse(field, FieldCheck.NotYesNo, Text.NotYesNo(field.Label))
            : Refusals.None;
    }
}
