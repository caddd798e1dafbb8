using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>A time of the day without a day, such as an opening hour: 8:30, 08:30:00, 8时30分. Whole seconds, city time.</summary>
public sealed class TimeOfDayType : FieldType
{
    private static readonly string[] Forms = ["H:mm", "H:mm:ss", "H'时'm'分'", "H'时'm'分's'秒'", "H'时'"];

    public override string Name => "time";

    public override string Label => "时间";

    public override string Standard => "GB/T 7408";

    public override Type ClrType => typeof(TimeOnly);

    public override NpgsqlDbType DbType => NpgsqlDbType.Time;

    public override string Column(FieldDefinition field) => "time";

    public override string Write(FieldDefinition field, object? value) =>
        value is TimeOnly time ? time.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "";

    public override string Show(FieldDefinition field, object? value) =>
        value is TimeOnly time ? time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture) : "";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<TimeOnly>(column);

    public override void WriteTo(NpgsqlBinaryImporter importer, object? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write((TimeOnly)value, NpgsqlDbType.Time);
        }
    }

    // JSON Schema's own format "time" demands an offset, which a time of day does not have.
    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field) =>
        new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "string", ["pattern"] = "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$" };

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        if (TimeOnly.TryParseExact(Folding.Fold(text), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            value = time;
            return FieldCheck.Range(field, time);
        }

        value = null;
        return FieldCheck.Refuse(field, FieldCheck.NotTime, Text.NotTime(field.Label));
    }
}
