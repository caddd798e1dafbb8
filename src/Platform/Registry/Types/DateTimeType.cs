using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>
/// A moment. Without an offset the city's own time is meant; a day alone is its midnight. Values in memory are UTC to
/// the microsecond, as the database keeps them; they are written and shown in the city's time.
/// </summary>
public sealed class DateTimeType : FieldType
{
    private static readonly string[] Times =
    [
        "H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "H:mmzzz", "H:mm:sszzz", "H:mm:ss.FFFFFFFzzz",
        "H:mm'Z'", "H:mm:ss'Z'", "H:mm:ss.FFFFFFF'Z'", "H'时'm'分'", "H'时'm'分's'秒'",
    ];

    public override string Name => "datetime";

    public override string Label => "日期时间";

    public override string Standard => "GB/T 7408";

    public override Type ClrType => typeof(DateTimeOffset);

    public override NpgsqlDbType DbType => NpgsqlDbType.TimestampTz;

    public override string Column(FieldDefinition field) => "timestamptz";

    public override string Write(FieldDefinition field, object? value) => value is DateTimeOffset moment
        ? moment.ToOffset(CityTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture)
        : "";

    public override string Show(FieldDefinition field, object? value) => value is DateTimeOffset moment ? moment.InWords() : "";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    public override void WriteTo(NpgsqlBinaryImporter importer, object? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write(((DateTimeOffset)value).ToUniversalTime(), NpgsqlDbType.TimestampTz);
        }
    }

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field) =>
        new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "string", ["format"] = "date-time" };

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        if (TryRead(Folding.Fold(text), out var moment))
        {
            value = moment;
            return FieldCheck.Range(field, moment);
        }

        value = null;
        return FieldCheck.Refuse(field, FieldCheck.NotMoment, Text.NotMoment(field.Label));
    }

    private static bool TryRead(string text, out DateTimeOffset moment)
    {
        moment = default;
        if (!DateType.TryDay(text, out var day, out var rest))
        {
            return false;
        }

        var time = TimeSpan.Zero;
        var offset = CityTime.Offset;
        var clock = rest.TrimStart("T ");
        if (!clock.IsEmpty && !TryTime(clock, out time, out offset))
        {
            return false;
        }

        // Far years leave the calendar when they are moved to UTC or back to the city's time.
        var ticks = day.DayNumber * TimeSpan.TicksPerDay + time.Ticks - offset.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks - CityTime.Offset.Ticks)
        {
            return false;
        }

        moment = new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<char> clock, out TimeSpan time, out TimeSpan offset)
    {
        const string Day = "2000-01-01 ";
        offset = CityTime.Offset;
        var written = string.Concat(Day, clock);
        foreach (var format in Times)
        {
            if (DateTimeOffset.TryParseExact(
                written, "yyyy-MM-dd " + format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            {
                time = parsed.TimeOfDay;
                offset = format.EndsWith("zzz", StringComparison.Ordinal) ? parsed.Offset
                    : format.EndsWith("'Z'", StringComparison.Ordinal) ? TimeSpan.Zero
                    : CityTime.Offset;
                return true;
            }
        }

        time = default;
        return false;
    }
}
