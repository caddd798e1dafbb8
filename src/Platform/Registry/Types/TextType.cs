using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Types;

/// <summary>Words, trimmed; of one line or of several. Characters that cannot be stored or seen are refused.</summary>
public sealed class TextType(string name, string label, int lengthMax, bool severalLines) : FieldType
{
    public override string Name => name;

    public override string Label => label;

    public override Type ClrType => typeof(string);

    public override NpgsqlDbType DbType => NpgsqlDbType.Text;

    public override string Column(FieldDefinition field) => "text";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field)
    {
        var schema = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = "string",
            ["maxLength"] = field.LengthMax ?? lengthMax,
        };
        if (field.Pattern is not null)
        {
            schema["pattern"] = $"^(?:{field.Pattern})$";
        }

        return schema;
    }

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        var trimmed = text.Trim();
        if (severalLines && trimmed.Contains('\r', StringComparison.Ordinal))
        {
            trimmed = trimmed.ReplaceLineEndings("\n");
        }

        value = trimmed;
        for (var i = 0; i < trimmed.Length; i++)
        {
            var letter = trimmed[i];
            if (letter >= ' ' && letter is < '\u007F' or > '\u009F' && !char.IsSurrogate(letter))
            {
                continue;
            }

            if (char.IsHighSurrogate(letter) && i + 1 < trimmed.Length && char.IsLowSurrogate(trimmed[i + 1]))
            {
                i++;
            }
            else if (letter == '\n' && !severalLines)
            {
                return FieldCheck.Refuse(field, FieldCheck.ControlCharacter, Text.SeveralLines(field.Label));
            }
            else if (letter is not ('\n' or '\t'))
            {
                return FieldCheck.Refuse(field, FieldCheck.ControlCharacter, Text.ControlCharacter(field.Label));
            }
        }

        return FieldCheck.Text(field, trimmed, lengthMax);
    }
}
