using Shali.Platform.Registry.Design;

namespace Shali.Platform.Registry.Pages;

/// <summary>The draft of a definition as the designer's form carries it.</summary>
internal static class DraftForm
{
    /// <summary>The button that was pressed: <c>publish</c>, <c>check</c>, <c>add</c>, <c>remove:2</c> ...</summary>
    public const string Action = "_do";

    /// <summary>The name that a field had when the form was shown.</summary>
    public const string Was = ".was";

    public static DefinitionDraft Read(Posted form, ResourceDefinition? before)
    {
        var fields = new List<FieldDraft>();
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i <= ResourceRegistry.FieldsMax && form.Has(DefinitionDraft.Input(i) + ".label"); i++)
        {
            fields.Add(Field(form, DefinitionDraft.Input(i), before));
            renamed.TryAdd(form[DefinitionDraft.Input(i) + Was], fields[^1].Name.Trim());
        }

        // A choice of a field that was given another name in the same form still means that field.
        string Named(string input) => form[input] is { Length: > 0 } name ? renamed.GetValueOrDefault(name, name) : "";

        return new()
        {
            Slug = form["slug"],
            Name = form["name"],
            Note = form["note"],
            Theme = form["theme"],
            Sharing = form["sharing"],
            Conditions = form["conditions"],
            BasisAct = form["basis_act"],
            BasisArticle = form["basis_article"],
            Rhythm = form["rhythm"],
            Retention = form["retention_years"],
            Key = Named("key"),
            Title = Named("title"),
            Match = Named("match"),
            Subject = Named("subject"),
            Impact = form["impact"],
            ScopeField = Named("scope_field"),
            ValidTime = form.Has("valid_time"),
            Open = form.Has("open"),
            Upload = form["_upload"],
            Fields = fields,
        };
    }

    private static FieldDraft Field(Posted form, string input, ResourceDefinition? before) => new()
    {
        Name = form[input + ".name"],
        Label = form[input + ".label"],
        Type = form[input + ".type"],
        Required = form.Has(input + ".required"),
        Unique = form.Has(input + ".unique"),
        Indexed = form.Has(input + ".indexed"),
        CodeList = form[input + ".codes"],
        NewCodes = form[input + ".new_codes"],
        Target = form[input + ".target"],
        Scale = form[input + ".scale"],
        Srid = form[input + ".srid"],
        LengthMax = form[input + ".length"],
        Pattern = form[input + ".pattern"],
        Min = form[input + ".min"],
        Max = form[input + ".max"],
        Grade = form[input + ".grade"],
        Mask = form[input + ".mask"],
        Note = form[input + ".note"],
        Element = form[input + ".element"],
        Standard = form[input + ".standard"],
        Published = before?.Field(form[input + ".name"].Trim()) is not null,
    };
}
