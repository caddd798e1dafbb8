using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Values of governed records as people read them: masks as they are, codes and regions by name.</summary>
internal static class Shown
{
    public static string Text(this ShownRecord record, string name)
    {
        var fields = record.Record.Definition.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            if (string.Equals(fields[i].Name, name, StringComparison.Ordinal))
            {
                return Of(fields[i], record.Values[i], record.Masked[i]);
            }
        }

        return "";
    }

    /// <summary>The stored value, for links and conditions, never for the page.</summary>
    public static string? Raw(this ShownRecord record, string name) => record.Record[name] as string;

    public static string Of(FieldDefinition field, object? value, bool masked) => value switch
    {
        null => "",
        string hidden when masked => hidden,
        string code when field.CodeList is { } list => CodeLists.Label(list, code),
        _ => field.Type.Show(field, value),
    };
}
