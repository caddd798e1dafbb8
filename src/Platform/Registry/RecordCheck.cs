using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// Whether values can stand in a record of a definition, and everything that is wrong with them if not.
/// Values come as text (forms, files) or already of the field type's CLR type (systems, JSON).
/// </summary>
public static class RecordCheck
{
    /// <summary>
    /// A complete new record, in the order of the fields. Names that the definition does not have are refused.
    /// </summary>
    public static Outcome<object?[]> Whole(ResourceDefinition resource, IReadOnlyDictionary<string, object?> values) =>
        Check(resource, values, new object?[resource.Fields.Count]);

    /// <summary>The values of <paramref name="before"/> with some replaced.</summary>
    public static Outcome<object?[]> Changed(
        ResourceDefinition resource, object?[] before, IReadOnlyDictionary<string, object?> values) =>
        Check(resource, values, [.. before]);

    private static Outcome<object?[]> Check(
        ResourceDefinition resource, IReadOnlyDictionary<string, object?> given, object?[] values)
    {
        var plan = Plan.Of(resource);
        var refusals = new List<Refusal>();
        foreach (var (name, value) in given)
        {
            var position = plan.Position(name);
            if (position < 0)
            {
                refusals.Add(new("REG-F01", name, Text.UnknownField(name, resource.Name)));
                continue;
            }

            var parsed = Typed(plan.Fields[position], value);
            refusals.AddRange(parsed.Refusals);
            values[position] = parsed.Ok ? parsed.Value : null;
        }

        for (var i = 0; i < values.Length; i++)
        {
            var field = plan.Fields[i];
            if (field.Required && values[i] is null && !refusals.Exists(refusal => refusal.Field == field.Name))
            {
                refusals.Add(new("REG-F02", field.Name, Text.Missing(field.Label)));
            }
        }

        return refusals.Count > 0 ? new Refusals(refusals) : values;
    }

    private static Outcome<object?> Typed(FieldDefinition field, object? value) => value switch
    {
        null => Outcome.Of<object?>(null),
        string text => field.Type.Parse(field, text),
        // What systems and JSON hand over is judged by the same rules as text, so that no door is wider.
        _ => field.Type.ClrType.IsInstanceOfType(value)
            ? field.Type.Parse(field, field.Type.Write(field, value)) is { Ok: false } refused ? refused : Outcome.Of<object?>(value)
            : field.Type.Parse(field, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
