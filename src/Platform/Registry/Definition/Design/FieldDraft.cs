using System.Globalization;
using System.Text.Json;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Registry.Design;

/// <summary>A field while somebody still works at it: everything is text, nothing needs to be right.</summary>
public sealed record FieldDraft
{
    public string Name { get; init; } = "";

    public string Label { get; init; } = "";

    public string Type { get; init; } = FieldKind.Text;

    public bool Required { get; init; }

    public bool Unique { get; init; }

    public bool Indexed { get; init; }

    public string CodeList { get; init; } = "";

    public string Target { get; init; } = "";

    public string Scale { get; init; } = "2";

    public string Srid { get; init; } = "4490";

    public string LengthMax { get; init; } = "";

    public string Pattern { get; init; } = "";

    public string Min { get; init; } = "";

    public string Max { get; init; } = "";

    public string Grade { get; init; } = "";

    public string Mask { get; init; } = "";

    public string Note { get; init; } = "";

    public string Element { get; init; } = "";

    public string Standard { get; init; } = "";

    /// <summary>Lines of a code list that is to be published with the definition, under the name in <see cref="CodeList"/>.</summary>
    public string NewCodes { get; init; } = "";

    /// <summary>It is published already: its name and kind stay.</summary>
    public bool Published { get; init; }

    public static FieldDraft Of(FieldDefinition field, bool published) => new()
    {
        Name = field.Name,
        Label = field.Label,
        Type = field.Type.Name,
        Required = field.Required,
        Unique = field.Unique,
        Indexed = field.Indexed,
        CodeList = field.CodeList ?? "",
        Target = field.Target ?? "",
        Scale = field.Scale.ToString(CultureInfo.InvariantCulture),
        Srid = field.Srid.ToString(CultureInfo.InvariantCulture),
        LengthMax = field.LengthMax?.ToString(CultureInfo.InvariantCulture) ?? "",
        Pattern = field.Pattern ?? "",
        Min = field.Min ?? "",
        Max = field.Max ?? "",
        Grade = Word(field.Grade),
        Mask = Word(field.Mask),
        Note = field.Note ?? "",
        Element = field.Element ?? "",
        Standard = field.Standard ?? "",
        Published = published,
    };

    /// <summary>Reads the draft; refusals name the input <c>{input}.type</c> and so on.</summary>
    internal FieldDefinition? Read(string input, int number, FieldDefinition? before, List<Refusal> refusals)
    {
        var label = Label.Trim().Length > 0 ? Label.Trim() : Text.FieldNumber(number);
        var type = FieldTypes.Find(Type);
        var start = refusals.Count;
        void Refuse(bool wrong, string code, string member, string sentence)
        {
            if (wrong)
            {
                refusals.Add(new(code, $"{input}.{member}", sentence));
            }
        }

        Refuse(Name.Trim().Length == 0, "REG-D30", "name", Text.NoFieldName(number));
        Refuse(Label.Trim().Length == 0, "REG-D31", "label", Text.NoLabel(number));
        Refuse(type is null, "REG-D32", "type", Text.BadType(label, Type));
        Refuse(Type == FieldKind.Code && CodeList.Length == 0, "REG-D33", "codes", Text.NeedsCodes(label));
        Refuse(Type == FieldKind.Link && Target.Length == 0, "REG-D34", "target", Text.NeedsTarget(label));
        var scale = Number(Scale, 2);
        var length = Number(LengthMax, null);
        Refuse(!scale.Ok, "REG-D35", "scale", Text.BadNumber(label, Text.ScaleLabel));
        Refuse(!length.Ok, "REG-D35", "length", Text.BadNumber(label, Text.LengthLabel));
        var grade = Choice(Grade, Registry.Grade.Internal);
        var mask = Choice(Mask, type?.Mask ?? MaskShape.None);
        Refuse(grade is null, "REG-D36", "grade", Text.BadChoice(label, Text.GradeLabel));
        Refuse(mask is null, "REG-D36", "mask", Text.BadChoice(label, Text.MaskLabel));
        if (refusals.Count > start)
        {
            return null;
        }

        // What the form does not show stays as it was.
        return (before ?? new() { Name = Name.Trim(), Label = label, Type = type! }) with
        {
            Name = Name.Trim(),
            Label = label,
            Type = type!,
            Required = Required,
            Unique = Unique,
            Indexed = Indexed,
            CodeList = Type == FieldKind.Code ? Or(CodeList) : null,
            Target = Type == FieldKind.Link ? Or(Target) : null,
            Scale = scale.Value ?? 2,
            Srid = Srid == "4326" ? 4326 : 4490,
            LengthMax = length.Value,
            Pattern = Or(Pattern),
            Min = Or(Min),
            Max = Or(Max),
            Grade = grade!.Value,
            Mask = mask!.Value,
            Note = Or(Note),
            Element = Or(Element),
            Standard = Or(Standard),
        };
    }

    internal static string Word<T>(T choice)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(choice.ToString());

    /// <summary>The default for nothing, null for what is no choice.</summary>
    internal static T? Choice<T>(string word, T otherwise)
        where T : struct, Enum
    {
        if (word.Length == 0)
        {
            return otherwise;
        }

        foreach (var choice in Enum.GetValues<T>())
        {
            if (Word(choice) == word)
            {
                return choice;
            }
        }

        return null;
    }

    private static (bool Ok, int? Value) Number(string text, int? otherwise) =>
        text.Trim().Length == 0 ? (true, otherwise)
        : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (true, number)
        : (false, null);

    private static string? Or(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
