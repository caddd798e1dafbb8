using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Design;

/// <summary>
/// What an office's definition must satisfy beyond being well formed: it lies in the office's own schema, people can
/// tell its fields apart, its limits make sense, its sharing class says what 政务数据共享条例 asks for. Refusals name
/// the field by its name, or the member of the definition.
/// </summary>
public static class DesignRules
{
    public const int ImpactMax = 4_000;

    private const int NameMax = 60;
    private const int NoteMax = 1_000;
    private const int PatternMax = 200;
    private const int LengthMost = 100_000;
    private const int ScaleMost = 10;
    private const int RetentionMost = 100;

    // Parameters of the interface: a field of that name could not be asked for.
    private static readonly HashSet<string> Reserved = new(
        ["f", "limit", "bbox", "datetime", "filter", "sortby", "properties", "crs", "cursor", "token", "q", "after"], StringComparer.Ordinal);

    private static readonly HashSet<string> ReservedSlugs = new(["new", "upload", "code-lists", "load", "act", "journal"], StringComparer.Ordinal);

    public static Refusals Check(ResourceDefinition definition, Caller who)
    {
        var refusals = new List<Refusal>();
        void Refuse(bool wrong, string code, string field, string sentence, Basis? basis = null)
        {
            if (wrong)
            {
                refusals.Add(new(code, field, sentence, basis));
            }
        }

        Refuse(!definition.Id.StartsWith(Designer.Prefix(who.Office) + "/", StringComparison.Ordinal), "REG-D12", "id", Text.IdOfOthers(Designer.Prefix(who.Office)));
        Refuse(definition.Owner != who.Office, "REG-D11", "owner", Text.NotYourOffice);
        Refuse(ReservedSlugs.Contains(Designer.Slug(definition)), "REG-D13", "id", Text.Reserved(Designer.Slug(definition)));
        Refuse(definition.Name.Length > NameMax, "REG-D14", "name", Text.LongName);
        Refuse(definition.Note.Length > NoteMax, "REG-D15", "note", Text.LongNote);
        Refuse(definition.RetentionYears is < 1 or > RetentionMost, "REG-D16", "retention_years", Text.BadRetention);
        var sharing = definition.Sharing;
        Refuse(sharing.Class == SharingClass.Conditional && string.IsNullOrWhiteSpace(sharing.Conditions), "REG-D17", "sharing", Text.NoConditions, SharingLaw);
        Refuse(
            sharing.Class == SharingClass.NotShared && (string.IsNullOrWhiteSpace(sharing.Basis?.Act) || string.IsNullOrWhiteSpace(sharing.Basis.Article)),
            "REG-D18", "sharing", Text.NoBasis, SharingLaw);
        Refuse(definition.Subject is not null && string.IsNullOrWhiteSpace(definition.Impact), "REG-D59", "impact", Text.NoImpact, ImpactLaw);
        Refuse(definition.Impact?.Length > ImpactMax, "REG-D66", "impact", Text.LongImpact(ImpactMax));
        if (definition.Key is { } key && definition.Field(key) is { Required: false } optional)
        {
            refusals.Add(new("REG-D19", "key", Text.KeyNotRequired(optional.Label)));
        }

        foreach (var twice in definition.Fields.GroupBy(field => field.Label.Trim(), StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1))
        {
            refusals.Add(new("REG-D20", twice.Last().Name, Text.DoubleLabel(twice.Key)));
        }

        foreach (var field in definition.Fields)
        {
            refusals.AddRange(Field(field));
        }

        return new(refusals);
    }

    private static readonly Basis ImpactLaw = new("个人信息保护法", "第五十五条");

    private static readonly Basis SharingLaw = new("政务数据共享条例", "第十五条");

    private static IEnumerable<Refusal> Field(FieldDefinition field)
    {
        if (Reserved.Contains(field.Name))
        {
            yield return new("REG-D21", field.Name, Text.Reserved(field.Name));
        }

        if (field.Label.Length > NameMax)
        {
            yield return new("REG-D22", field.Name, Text.LongLabel(field.Label));
        }

        if (field.Type.Name is FieldKind.Decimal && field.Scale is < 0 or > ScaleMost)
        {
            yield return new("REG-D23", field.Name, Text.BadScale(field.Label));
        }

        if (field.LengthMax is < 1 or > LengthMost)
        {
            yield return new("REG-D24", field.Name, Text.BadLength(field.Label));
        }

        if (field.Pattern is { Length: > PatternMax })
        {
            yield return new("REG-D25", field.Name, Text.SlowPattern(field.Label));
        }

        if (field.Srid is not (4490 or 4326))
        {
            yield return new("REG-D26", field.Name, Text.BadSrid(field.Label));
        }

        foreach (var refusal in Bounds(field))
        {
            yield return refusal;
        }
    }

    private static IEnumerable<Refusal> Bounds(FieldDefinition field)
    {
        if (field.Min is null && field.Max is null)
        {
            yield break;
        }

        if (field.Type.Name is not (FieldKind.Integer or FieldKind.Decimal or FieldKind.Money or FieldKind.Date or FieldKind.DateTime or FieldKind.Time))
        {
            yield return new("REG-D29", field.Name, Text.NoBounds(field.Label, field.Type.Label));
            yield break;
        }

        var bare = field with { Min = null, Max = null, Pattern = null, Required = false };
        var min = field.Type.Parse(bare, field.Min);
        var max = field.Type.Parse(bare, field.Max);
        if (!min.Ok)
        {
            yield return new("REG-D27", field.Name, Text.BadBound(field.Label, Text.Smallest));
        }

        if (!max.Ok)
        {
            yield return new("REG-D27", field.Name, Text.BadBound(field.Label, Text.Largest));
        }

        if (min.Ok && max.Ok && min.Value is IComparable low && max.Value is { } high && low.CompareTo(high) > 0)
        {
            yield return new("REG-D28", field.Name, Text.BoundsCrossed(field.Label));
        }
    }
}
