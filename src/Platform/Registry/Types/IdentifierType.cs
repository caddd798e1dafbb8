using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>
/// An identifier of a national or international standard, stored in its normal form as text. A check character that
/// does not fit is refused unless the definition is <see cref="FieldDefinition.Lenient"/>.
/// </summary>
public class IdentifierType(Identifier kind, MaskShape mask = MaskShape.None) : FieldType
{
    public Identifier Kind { get; } = kind;

    public override string Name => Kind.Name;

    public override string Label => Kind.Label;

    public override string Standard => Kind.Standard;

    public override MaskShape Mask { get; } = mask;

    public override Type ClrType => typeof(string);

    public override NpgsqlDbType DbType => NpgsqlDbType.Text;

    public override string Column(FieldDefinition field) => "text";

    public override string Show(FieldDefinition field, object? value) => value is string number ? Kind.Show(number) : "";

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field)
    {
        var schema = new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = "string" };
        if (Kind.Pattern is { } pattern)
        {
            schema["pattern"] = pattern;
        }

        return schema;
    }

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        var number = Kind.Normalise(text);
        value = number;
        var flaws = Kind.Check(number, FieldTypes.Clock.Today());
        if (flaws.Count == 0)
        {
            return FieldCheck.Text(field, number, int.MaxValue);
        }

        var refused = flaws
            .Where(flaw => flaw.Kind != FlawKind.Warning && !(field.Lenient && flaw.Kind == FlawKind.Checksum))
            .Select(flaw => new Refusal(flaw.Code, field.Name, $"{field.Label}：{flaw.Sentence}", Basis()))
            .ToList();
        return refused.Count > 0 ? new(refused) : FieldCheck.Text(field, number, int.MaxValue);
    }

    private Basis? Basis() => Kind.Standard.Length > 0 ? new(Kind.Standard, "") : null;
}
