using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Types;

/// <summary>
/// The key of something kept elsewhere: a record of another resource, a stored file. Whether it is there is asked by
/// the write path, which may look.
/// </summary>
public sealed class ReferenceType(string name, string label) : FieldType
{
    private const int LengthMax = 128;

    public override string Name => name;

    public override string Label => label;

    public override Type ClrType => typeof(string);

    public override NpgsqlDbType DbType => NpgsqlDbType.Text;

    public override string Column(FieldDefinition field) => "text";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field) =>
        new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "string", ["maxLength"] = LengthMax };

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        var key = text.Trim();
        value = key;
        foreach (var letter in key)
        {
            if (letter <= ' ' || char.IsWhiteSpace(letter) || char.IsControl(letter) || char.IsSurrogate(letter))
            {
                return FieldCheck.Refuse(field, FieldCheck.NotReference, Text.NotReference(field.Label));
            }
        }

        return key.Length > LengthMax
            ? FieldCheck.Refuse(field, FieldCheck.NotReference, Text.NotReference(field.Label))
            : Refusals.None;
    }
}
