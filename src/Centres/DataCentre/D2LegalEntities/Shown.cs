using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>Values of governed records as people read them: masks as they are, codes and regions by name.</summary>
internal static class Shown
{
    /// <summary>Empty when there is no value or the reader may not see it.</summary>
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

    /// <summary>Empty also when it is masked: where a mask alone would say nothing.</summary>
    public static string OpenText(this ShownRecord record, string name)
    {
        var fields = record.Record.Definition.Fields;
        return Enumerable.Range(0, fields.Count).Any(i => fields[i].Name == name && record.Masked[i]) ? "" : record.Text(name);
    }

    /// <summary>The stored value, for links and conditions, never for the page.</summary>
    public static string? Raw(this ShownRecord record, string name) => record.Record[name] as string;

    public static DateOnly? Day(this ShownRecord record, string name) => record.Record[name] as DateOnly?;

    /// <summary>The name of a code in one of this system's lists or a national one.</summary>
    public static string Label(string list, string code) =>
        (Codes.All.FirstOrDefault(known => known.Name == list) ?? NationalCodes.Find(list))?.Find(code)?.Label ?? code;

    private static string Of(FieldDefinition field, object? value, bool masked) => value switch
    {
        null => "",
        string hidden when masked => hidden,
        decimal number => number.ToString("#,0.####", System.Globalization.CultureInfo.InvariantCulture),
        string code when field.CodeList is { } list => Label(list, code),
        _ => field.Type.Show(field, value),
    };
}
