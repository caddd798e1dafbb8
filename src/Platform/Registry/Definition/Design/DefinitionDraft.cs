using System.Globalization;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Design;

/// <summary>
/// A definition while an office still works at it. The whole of it travels in the form, so that nothing is kept of
/// what was never published.
/// </summary>
public sealed record DefinitionDraft
{
    public string Slug { get; init; } = "";

    public string Name { get; init; } = "";

    public string Note { get; init; } = "";

    public string Theme { get; init; } = "";

    public string Sharing { get; init; } = "";

    public string Conditions { get; init; } = "";

    public string BasisAct { get; init; } = "";

    public string BasisArticle { get; init; } = "";

    public string Rhythm { get; init; } = "";

    public string Retention { get; init; } = "";

    public string Key { get; init; } = "";

    public string Title { get; init; } = "";

    public string Match { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Impact { get; init; } = "";

    public string ScopeField { get; init; } = "";

    public bool ValidTime { get; init; }

    public bool Open { get; init; }

    public IReadOnlyList<FieldDraft> Fields { get; init; } = [];

    /// <summary>The upload that it was proposed from: after publishing its rows can be loaded.</summary>
    public string Upload { get; init; } = "";

    public static DefinitionDraft Of(ResourceDefinition resource, bool published) => new()
    {
        Slug = Designer.Slug(resource),
        Name = resource.Name,
        Note = resource.Note,
        Theme = resource.Theme,
        Sharing = FieldDraft.Word(resource.Sharing.Class),
        Conditions = resource.Sharing.Conditions,
        BasisAct = resource.Sharing.Basis?.Act ?? "",
        BasisArticle = resource.Sharing.Basis?.Article ?? "",
        Rhythm = FieldDraft.Word(resource.Rhythm),
        Retention = resource.RetentionYears?.ToString(CultureInfo.InvariantCulture) ?? "",
        Key = resource.Key ?? "",
        Title = resource.Title ?? "",
        Match = resource.Match.Count > 0 ? resource.Match[0] : "",
        Subject = resource.Subject ?? "",
        Impact = resource.Impact ?? "",
        ScopeField = resource.ScopeField ?? "",
        ValidTime = resource.ValidTime,
        Open = resource.Open,
        Fields = [.. resource.Fields.Select(field => FieldDraft.Of(field, published))],
    };

    /// <summary>Adds, removes or moves a field: <c>add</c>, <c>remove:2</c>, <c>up:2</c>, <c>down:2</c>. Else as it is.</summary>
    public DefinitionDraft After(string action)
    {
        var fields = Fields.ToList();
        var parts = action.Split(':');
        var at = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < fields.Count
            ? index
            : -1;
        switch (parts[0])
        {
            case "add" when fields.Count < ResourceRegistry.FieldsMax:
                fields.Add(new());
                break;
            case "remove" when at >= 0 && !fields[at].Published:
                fields.RemoveAt(at);
                break;
            case "up" when at > 0:
                (fields[at - 1], fields[at]) = (fields[at], fields[at - 1]);
                break;
            case "down" when at >= 0 && at + 1 < fields.Count:
                (fields[at + 1], fields[at]) = (fields[at], fields[at + 1]);
                break;
        }

        return this with { Fields = fields };
    }

    /// <summary>The definition that the draft describes, or all that is in the way. Refusals name the inputs of the form.</summary>
    public Outcome<ResourceDefinition> Read(ResourceRegistry registry, Caller who, ResourceDefinition? before)
    {
        var refusals = Designer.MayDefine(who, before).ToList();
        void Refuse(bool wrong, string code, string field, string sentence)
        {
            if (wrong)
            {
                refusals.Add(new(code, field, sentence));
            }
        }

        var sharing = FieldDraft.Choice(Sharing, SharingClass.NotShared);
        var rhythm = FieldDraft.Choice(Rhythm, UpdateRhythm.AsNeeded);
        var retention = Retention.Trim().Length == 0 ? 0
            : int.TryParse(Retention.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var years) ? years : -1;
        Refuse(before is null && Slug.Trim().Length == 0, "REG-D40", "slug", Text.NoSlug);
        Refuse(Name.Trim().Length == 0, "REG-S21", "name", Text.NoName);
        Refuse(sharing is null || Sharing.Length == 0, "REG-D41", "sharing", Text.BadClass);
        Refuse(rhythm is null, "REG-D42", "rhythm", Text.BadRhythm);
        Refuse(retention < 0, "REG-D16", "retention_years", Text.BadRetention);
        Refuse(Fields.Count == 0, "REG-S22", "fields", Text.NoFields);
        Refuse(Fields.Count > ResourceRegistry.FieldsMax, "REG-S23", "fields", Text.TooManyFields(Fields.Count, ResourceRegistry.FieldsMax));
        var id = before?.Id ?? Designer.Id(who.Office, Slug.Trim());
        Refuse(before is null && registry.Find(id) is not null, "REG-D43", "slug", Text.AlreadyThere);
        var fields = Fields.Select((field, i) => field.Read(Input(i), i + 1, before?.Field(field.Name.Trim()), refusals)).ToList();
        if (refusals.Count > 0)
        {
            return new Refusals(refusals);
        }

        var definition = Definition(before, who, id, [.. fields.OfType<FieldDefinition>()], sharing!.Value, rhythm!.Value, retention);
        var lists = NewLists(registry, who);
        var fresh = lists.Ok ? lists.Value.Select(list => list.Name).ToHashSet(StringComparer.Ordinal) : [];
        var wrong = lists.Refusals.And(DesignRules.Check(definition, who)).And(new(
        [
            // The code lists that come with the draft are not there yet.
            .. registry.Check(definition with { RunTime = true })
                .Where(refusal => refusal.Code != "REG-S27" || definition.Field(refusal.Field) is not { CodeList: { } name } || !fresh.Contains(name)),
        ]));
        return wrong.Any ? new Refusals([.. wrong.Select(OnForm).DistinctBy(refusal => refusal.Sentence)]) : definition;
    }

    /// <summary>The code lists that are to be published before the definition: those its fields bring along.</summary>
    public Outcome<IReadOnlyList<CodeList>> NewLists(ResourceRegistry registry, Caller who)
    {
        var lists = new List<CodeList>();
        var refusals = new List<Refusal>();
        for (var i = 0; i < Fields.Count; i++)
        {
            var field = Fields[i];
            if (field.Type != FieldKind.Code || field.NewCodes.Trim().Length == 0 || registry.Codes(field.CodeList) is not null)
            {
                continue;
            }

            var codes = CodeLines.Read(field.NewCodes);
            refusals.AddRange(codes.Refusals.Select(refusal => refusal with { Field = $"{Input(i)}.new_codes" }));
            if (!Designer.IsOwnList(who, field.CodeList))
            {
                refusals.Add(new("REG-D55", $"{Input(i)}.codes", Text.BadListName));
            }
            else if (codes.Ok && !lists.Exists(list => list.Name == field.CodeList))
            {
                lists.Add(new(field.CodeList, field.Label.Trim(), "", codes.Value));
            }
        }

        return refusals.Count > 0 ? new Refusals(refusals) : Outcome.Of<IReadOnlyList<CodeList>>(lists);
    }

    /// <summary>The beginning of the names of a field's inputs.</summary>
    public static string Input(int index) => $"f{index.ToString(CultureInfo.InvariantCulture)}";

    private ResourceDefinition Definition(
        ResourceDefinition? before, Caller who, string id, IReadOnlyList<FieldDefinition> fields, SharingClass sharing, UpdateRhythm rhythm, int retention) =>
        (before ?? new() { Id = id, Name = Name, Clause = Designer.Clause, Owner = who.Office, Fields = fields, RunTime = true }) with
        {
            Name = Name.Trim(),
            Note = Note.Trim(),
            Theme = Theme.Trim(),
            Fields = fields,
            Sharing = new(
                sharing,
                sharing == SharingClass.Conditional ? Conditions.Trim() : "",
                sharing == SharingClass.NotShared ? new Basis(BasisAct.Trim(), BasisArticle.Trim()) : null),
            Rhythm = rhythm,
            RetentionYears = retention == 0 ? null : retention,
            Key = Or(Key),
            Title = Or(Title),
            Match = Or(Match) is { } match ? [match] : [],
            Subject = Or(Subject),
            Impact = Or(Impact),
            ScopeField = Or(ScopeField),
            ValidTime = ValidTime,
            Open = Open,
        };

    // The rules name fields by their names; the form has an input for each of a field's members.
    private Refusal OnForm(Refusal refusal)
    {
        var index = Fields.ToList().FindIndex(field => field.Name.Trim() == refusal.Field);
        return index >= 0 ? refusal with { Field = $"{Input(index)}.name" }
            : refusal.Field == "id" ? refusal with { Field = "slug" }
            : refusal;
    }

    private static string? Or(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
