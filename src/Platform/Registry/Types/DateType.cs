using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>A day: 2026-11-23, 2026/11/23, 2026.11.23, 2026年11月23日 or 20261123; always year, month, day.</summary>
public sealed class DateType : FieldType
{
    public override string Name => "date";

    public override string Label => "日期";

    public override string Standard => "GB/T 7408";

    public override Type ClrType => typeof(DateOnly);

    public override NpgsqlDbType DbType => NpgsqlDbType.Date;

    public override string Column(FieldDefinition field) => "date";

    public override string Write(FieldDefinition field, object? value) =>
        value is DateOnly day ? day.ToString("O", CultureInfo.InvariantCulture) : "";

    public override string Show(FieldDefinition field, object? value) => value is DateOnly day ? day.InWords() : "";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);

    public override void WriteTo(NpgsqlBinaryImporter importer, object? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write((DateOnly)value, NpgsqlDbType.Date);
        }
    }

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field) =>
        new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "string", ["format"] = "date" };

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        if (TryRead(text, out var day))
        {
            value = day;
            return FieldCheck.Range(field, day);
        }

        value = null;
        return FieldCheck.Refuse(field, FieldCheck.NotDate, Text.NotDate(field.Label));
    }

    /// <summary>Reads a day; a midnight that spreadsheets add behind it is dropped.</summary>
    internal static bool TryRead(string text, out DateOnly day)
    {
        if (TryDay(text, out day, out var rest) || TryDay(Folding.Fold(text), out day, out rest))
        {
            return rest.IsEmpty || rest.TrimStart("T ") is "00:00:00" or "0:00:00" or "00:00";
        }

        return false;
    }

    /// <summary>Reads the day at the front; what follows it is left in <paramref name="rest"/>.</summary>
    internal static bool TryDay(ReadOnlySpan<char> text, out DateOnly day, out ReadOnlySpan<char> rest)
    {
        day = default;
        rest = text;
        var year = Digits(ref rest, 8, out var length);
        int month, date;
        if (length == 8)
        {
            (year, month, date) = (year / 10000, year / 100 % 100, year % 100);
        }
        else if (length != 4 || !Part(ref rest, "-/.年", out month) || !Part(ref rest, "-/.月", out date))
        {
            return false;
        }
        else if (rest is ['日', ..])
        {
            rest = rest[1..];
        }

        if (year is < 1 or > 9999 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, date);
        return true;
    }

    private static bool Part(ref ReadOnlySpan<char> rest, ReadOnlySpan<char> separators, out int number)
    {
        number = 0;
        if (rest.IsEmpty || !separators.Contains(rest[0]))
        {
            return false;
        }

        rest = rest[1..];
        number = Digits(ref rest, 2, out var length);
        return length > 0;
    }

    private static int Digits(ref ReadOnlySpan<char> rest, int most, out int length)
    {
        var number = 0;
        length = 0;
        while (length < most && length < rest.Length && char.IsAsciiDigit(rest[length]))
        {
            number = (number * 10) + rest[length++] - '0';
        }

        rest = rest[length..];
        return number;
    }
}
