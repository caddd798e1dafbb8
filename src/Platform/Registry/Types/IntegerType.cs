using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>Whole numbers of 64 bits. Thousands separators and a fraction of zeros are accepted.</summary>
public sealed class IntegerType : FieldType
{
    public override string Name => "integer";

    public override string Label => "整数";

    public override Type ClrType => typeof(long);

    public override NpgsqlDbType DbType => NpgsqlDbType.Bigint;

    public override string Column(FieldDefinition field) => "bigint";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public override void WriteTo(NpgsqlBinaryImporter importer, object? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write((long)value, NpgsqlDbType.Bigint);
        }
    }

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field) =>
        Numbers.Limits(field, new(StringComparer.Ordinal) { ["type"] = "integer", ["format"] = "int64" });

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            value = whole;
            return FieldCheck.Range(field, whole);
        }

        value = null;
        if (!Numbers.TryRead(Folding.Fold(text), out var number))
        {
            return FieldCheck.Refuse(field, FieldCheck.NotNumber, Text.NotInteger(field.Label));
        }

        if (number is < long.MinValue or > long.MaxValue)
        {
            return FieldCheck.Refuse(field, FieldCheck.TooLarge, Text.NumberTooLarge(field.Label));
        }

        if (number != decimal.Truncate(number))
        {
            return FieldCheck.Refuse(field, FieldCheck.TooPrecise, Text.TooPrecise(field.Label, 0));
        }

        value = (long)number;
        return FieldCheck.Range(field, (long)number);
    }
}
