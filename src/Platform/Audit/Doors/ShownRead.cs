using Shali.Platform.Registry;

namespace Shali.Platform.Audit.Doors;

/// <summary>A record of the log in the words of people: names of offices, resources and fields instead of codes.</summary>
public sealed record ShownRead(AuditLine Line, string Kind, string Who, string Resource, IReadOnlyList<string> Masked, IReadOnlyList<string> Clear)
{
    internal static ShownRead Of(AuditLine line, ResourceRegistry registry)
    {
        var resource = line.Resource.Length > 0 ? registry.Find(line.Resource) : null;
        return new(
            line,
            AuditKinds.Label(line.Kind),
            line.OfficeName.Length > 0 ? line.OfficeName : line.Office.Length > 0 ? line.Office : line.WhoName,
            line.Act is { } act ? Text.ActOf(act) : resource?.Name ?? line.Resource,
            [.. line.Fields.Where(field => !IsClear(field)).Select(field => Label(resource, field))],
            [.. line.Fields.Where(IsClear).Select(field => Label(resource, field[..^1]))]);
    }

    private static bool IsClear(string field) => field.EndsWith('!');

    private static string Label(ResourceDefinition? resource, string field) => resource?.Field(field)?.Label ?? field;
}
