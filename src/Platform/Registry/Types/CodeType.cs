using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>
/// A code of a list. Code and Chinese name are both accepted, the code is stored, the name is shown. A leading zero
/// that a spreadsheet dropped is put back when all codes of the list are equally long.
/// </summary>
public sealed class CodeType : FieldType
{
    public override string Name => "code";

    public override string Label => "代码";

    public override Type ClrType => typeof(string);

    public override NpgsqlDbType DbType => NpgsqlDbType.Text;

    public override string Column(FieldDefinition field) => "text";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public override string Show(FieldDefinition field, object? value) => value is string code
        ? List(field)?.Find(code)?.Label ?? code
        : "";

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field)
    {
        var schema = new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "string" };
        if (List(field) is { Codes.Count: > 0 and <= 200 } list)
        {
            schema["oneOf"] = list.Codes
                .Select(code => new Dictionary<string, object>(StringComparer.Ordinal) { ["const"] = code.Value, ["title"] = code.Label })
                .ToArray();
        }

        return schema;
    }

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        value = null;
        if (List(field) is not { } list)
        {
            return FieldCheck.Refuse(field, FieldCheck.UnknownCode, Text.NoCodeList(field.Label));
        }

        var code = list.Find(text) ?? Loosely(list, text.Trim());
        if (code is null)
        {
            return FieldCheck.Refuse(field, FieldCheck.UnknownCode, Text.UnknownCode(field.Label, list.Label, Short(text)));
        }

        value = code.Value;
        return Refusals.None;
    }

    private static Code? Loosely(CodeList list, string text)
    {
        if ((list.Find(text) ?? list.FindLabel(text)) is { } plain)
        {
            return plain;
        }

        var folded = Folding.Fold(text);
        if (list.Find(folded) is { } found)
        {
            return found;
        }

        var length = list.Codes.Count == 0 ? 0 : list.Codes[0].Value.Length;
        return folded.Length < length && !folded.AsSpan().ContainsAnyExceptInRange('0', '9')
            && list.Codes.All(code => code.Value.Length == length)
                ? list.Find(folded.PadLeft(length, '0'))
                : null;
    }

    private static CodeList? List(FieldDefinition field) => field.CodeList is { } name ? FieldTypes.Codes(name) : null;

    private static string Short(string text) => text.Length <= 40 ? text.Trim() : text.Trim()[..Math.Min(40, text.Trim().Length)] + "…";
}
