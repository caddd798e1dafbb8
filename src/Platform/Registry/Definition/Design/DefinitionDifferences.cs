using System.Globalization;

namespace Shali.Platform.Registry.Design;

/// <summary>What changed from one version of a definition to the next, in sentences.</summary>
public static class DefinitionDifferences
{
    public static IReadOnlyList<string> Between(ResourceDefinition before, ResourceDefinition after)
    {
        var lines = new List<string>();
        foreach (var (what, old, now) in Whole(before).Zip(Whole(after), (a, b) => (a.What, a.Value, b.Value)))
        {
            if (old != now)
            {
                lines.Add(Text.ChangedWhole(what, old, now));
            }
        }

        foreach (var field in after.Fields)
        {
            if (before.Field(field.Name) is not { } old)
            {
                lines.Add(Text.Added(field.Label));
                continue;
            }

            lines.AddRange(Members(old).Zip(Members(field))
                .Where(pair => pair.First.Value != pair.Second.Value)
                .Select(pair => Text.Changed(field.Label, pair.First.What, pair.First.Value, pair.Second.Value)));
        }

        lines.AddRange(before.Fields.Where(field => after.Field(field.Name) is null).Select(field => Text.Removed(field.Label)));
        return lines;
    }

    private static IEnumerable<(string What, string Value)> Whole(ResourceDefinition resource) =>
    [
        (Text.NameLabel, resource.Name),
        (Text.NoteLabel, resource.Note),
        (Text.ThemeLabel, resource.Theme),
        (Text.SharingLabel, Text.SharingName(resource.Sharing.Class)),
        (Text.ConditionsLabel, resource.Sharing.Conditions),
        (Text.BasisLabel, resource.Sharing.Basis?.ToString() ?? ""),
        (Text.RhythmLabel, Text.RhythmName(resource.Rhythm)),
        (Text.RetentionLabel, resource.RetentionYears?.ToString(CultureInfo.InvariantCulture) ?? ""),
        (Text.TitleLabel, resource.Title ?? ""),
        (Text.MatchLabel, string.Join(' ', resource.Match)),
        (Text.SubjectLabel, resource.Subject ?? ""),
        (Text.ImpactLabel, resource.Impact ?? ""),
        (Text.ScopeLabel, resource.ScopeField ?? ""),
        (Text.OpenLabel, Text.YesNo(resource.Open)),
    ];

    private static IEnumerable<(string What, string Value)> Members(FieldDefinition field) =>
    [
        (Text.LabelLabel, field.Label),
        (Text.TypeLabel, field.Type.Label),
        (Text.RequiredLabel, Text.YesNo(field.Required)),
        (Text.UniqueLabel, Text.YesNo(field.Unique)),
        (Text.IndexedLabel, Text.YesNo(field.Indexed)),
        (Text.CodesLabel, field.CodeList ?? ""),
        (Text.TargetLabel, field.Target ?? ""),
        (Text.LengthLabel, field.LengthMax?.ToString(CultureInfo.InvariantCulture) ?? ""),
        (Text.PatternLabel, field.Pattern ?? ""),
        (Text.Smallest, field.Min ?? ""),
        (Text.Largest, field.Max ?? ""),
        (Text.GradeLabel, Text.GradeName(field.Grade)),
        (Text.MaskLabel, Text.MaskName(field.Mask)),
        (Text.NoteLabel, field.Note ?? ""),
        (Text.ElementLabel, field.Element ?? ""),
        (Text.StandardLabel, field.Standard ?? ""),
    ];
}
