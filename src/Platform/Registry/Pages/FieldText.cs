namespace Shali.Platform.Registry.Pages;

/// <summary>Values as people read them: codes by their names, regions by theirs, masks as they are.</summary>
internal static class FieldText
{
    /// <summary>Empty for no value.</summary>
    public static string Of(ResourceRegistry registry, FieldDefinition field, object? value, bool masked)
    {
        if (value is null)
        {
            return "";
        }

        if (masked && value is string hidden)
        {
            return hidden;
        }

        return field.CodeList is { } list && value is string code
            ? registry.Codes(list)?.Find(code)?.Label ?? code
            : field.Type.Show(field, value);
    }

    /// <summary>The name of a record: the value of its title field, or its key.</summary>
    public static string Title(ResourceRegistry registry, ShownRecord record)
    {
        var plan = Plan.Of(record.Record.Definition);
        var position = plan.Title is null ? -1 : plan.Position(plan.Title);
        var text = position < 0 ? "" : Of(registry, plan.Fields[position], record.Values[position], record.Masked[position]);
        return text.Length == 0 ? record.Key : text;
    }
}
