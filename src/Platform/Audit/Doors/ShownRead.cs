using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Platform.Audit.Doors;

/// <summary>A record of the log in the words of people: names of offices, resources and fields instead of codes.</summary>
public sealed record ShownRead(AuditLine Line, string Kind, string Office, string Resource, SeenFields? Seen)
{
    /// <summary>The person and his role; for a program the name that its office gave it.</summary>
    public string Who => Text.Person(Line.WhoName, Roles.Labels.GetValueOrDefault(Line.Role, ""));

    internal static ShownRead Of(AuditLine line, ResourceRegistry registry, Offices offices) => new(
        line,
        AuditKinds.Label(line.Kind),
        OfficeOf(line, offices),
        line.Act is { } act ? Text.ActOf(act) : registry.Find(line.Resource)?.Name ?? line.Resource,
        line.Fields.Count > 0 ? SeenFields.Of(line.Resource, [line], registry) : null);

    /// <summary>The office as it was called then; an old record that holds its code only gets today's name.</summary>
    internal static string OfficeOf(AuditLine line, Offices offices) =>
        line.OfficeName.Length > 0 ? line.OfficeName : line.Office.Length > 0 ? offices.NameOf(line.Office) : "";
}
