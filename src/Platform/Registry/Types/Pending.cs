namespace Shali.Platform.Registry.Types;

// Stands in until the field types land; delete this file then.
public static class FieldTypes
{
    public static Func<string, CodeList?> Codes { get; set; } = _ => null;

    public static FieldType? Find(string name) => null;
}

public static class Masks
{
    public static string Apply(MaskShape shape, string text) => "***";
}
