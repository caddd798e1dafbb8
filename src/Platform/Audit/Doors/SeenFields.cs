using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Audit.Doors;

/// <summary>What was seen of one kind of record, over several reads.</summary>
/// <param name="Resource">The name of the resource.</param>
/// <param name="Plain">The few words that tell a resident at once what it was: kinds of information, then single fields.</param>
/// <param name="Clear">Fields with a mask that was lifted.</param>
/// <param name="Masked">Fields of which the mask left a part.</param>
/// <param name="Open">Fields that have no mask.</param>
public sealed record SeenFields(
    string Resource, string Plain, IReadOnlyList<string> Clear, IReadOnlyList<string> Masked, IReadOnlyList<string> Open)
{
    /// <summary>Fields that stand for themselves in the short form, beside the kinds.</summary>
    private const int SingleMax = 3;

    /// <summary>Kinds of information in the order in which a resident asks for them.</summary>
    private static readonly (string Name, Func<FieldDefinition, bool> Holds)[] Kinds =
    [
        ("姓名", field => ReadView.MaskOf(field) == MaskShape.Name),
        ("证件号码", field => ReadView.MaskOf(field) == MaskShape.Identifier),
        ("住址", field => ReadView.MaskOf(field) == MaskShape.Address || field.Type == FieldTypes.Region),
        ("联系方式", field => field.Type == FieldTypes.Phone || field.Type == FieldTypes.Email),
        ("银行账号", field => ReadView.MaskOf(field) == MaskShape.Card),
        ("照片和文件", field => field.Type == FieldTypes.File),
    ];

    internal static SeenFields Of(string id, IEnumerable<AuditLine> lines, ResourceRegistry registry)
    {
        var names = lines.SelectMany(line => line.Fields).Distinct(StringComparer.Ordinal).ToList();
        var clear = names.Where(name => name.EndsWith('!')).Select(name => name[..^1]).ToList();
        var resource = registry.Find(id);
        var others = names.Where(name => !name.EndsWith('!')).Except(clear, StringComparer.Ordinal)
            .ToLookup(name => resource?.Field(name) is { } field && ReadView.MaskOf(field) != MaskShape.None);
        List<string> Labels(IEnumerable<string> fields) => [.. fields.Select(name => resource?.Field(name)?.Label ?? name)];
        return new(
            resource?.Name ?? id, Words(resource, [.. clear, .. others[true], .. others[false]]),
            Labels(clear), Labels(others[true]), Labels(others[false]));
    }

    private static string Words(ResourceDefinition? resource, IReadOnlyList<string> names)
    {
        var fields = names.Select(name => resource?.Field(name)).OfType<FieldDefinition>().ToList();
        if (fields.Count == 0)
        {
            return "";
        }

        var kinds = Kinds.Where(kind => fields.Any(kind.Holds)).ToList();
        var single = fields.Where(field => !kinds.Any(kind => kind.Holds(field))).Select(field => field.Label).Take(SingleMax);
        string[] words = [.. kinds.Select(kind => kind.Name), .. single];
        var whole = words.Length == fields.Count;
        return string.Join('、', words) + (whole ? "" : Text.AllTogether(fields.Count));
    }
}
