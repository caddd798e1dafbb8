using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>Exact numbers with as many digits after the point as the definition says; never rounded silently.</summary>
public class DecimalType : FieldType
{
    private const int Digits = 28;

    public override string Name => "decimal";

    public override string Label => "小数";

    public override Type ClrType => typeof(decimal);

    public override NpgsqlDbType DbType => NpgsqlDbType.Numeric;

    public override string Column(FieldDefinition field) => $"numeric({Digits},{ScaleOf(field)})";

    public override string Write(FieldDefinition field, object? value) => value is decimal number
        ? number.ToString("F" + ScaleOf(field).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : "";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDecimal(column);

    public override void WriteTo(NpgsqlBinaryImporter importer, object? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write((decimal)value, NpgsqlDbType.Numeric);
        }
    }

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field) =>
        Numbers.Limits(field, new(StringComparer.Ordinal) { ["type"] = "number" });

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        value = null;
        if (!Numbers.TryRead(Cleaned(text), out var number))
        {
            return FieldCheck.Refuse(field, FieldCheck.NotNumber, NotNumber(field));
        }

        var scale = ScaleOf(field);
        if (!Numbers.TryScale(number, scale, out var scaled))
        {
            return FieldCheck.Refuse(field, FieldCheck.TooPrecise, Text.TooPrecise(field.Label, scale));
        }

        if (Math.Abs(decimal.Truncate(scaled)) >= Bound(DigitsOf - scale))
        {
            return FieldCheck.Refuse(field, FieldCheck.TooLarge, Text.NumberTooLarge(field.Label));
        }

        value = scaled;
        return FieldCheck.Range(field, scaled);
    }

    protected virtual int ScaleOf(FieldDefinition field) => Math.Clamp(field.Scale, 0, 12);

    protected virtual int DigitsOf => Digits;

    protected virtual string Cleaned(string text) => Folding.Fold(text);

    protected virtual string NotNumber(FieldDefinition field) => Text.NotNumber(field.Label);

    private static decimal Bound(int digits)
    {
        var bound = 1m;
        for (var i = 0; i < digits; i++)
        {
            bound *= 10;
        }

        return bound;
    }
}
