using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Audit.Doors;

/// <summary>
/// What one person of one office did with a resident's data on one day for one purpose. The log has a record for each
/// list and each table that was opened; a resident sees one thing that happened.
/// </summary>
/// <param name="Lines">The records of the log, newest first; never empty.</param>
/// <param name="Office">The name of the office, or of who acted when he acted for none.</param>
/// <param name="Who">Who acted and in which role; empty when that is what <paramref name="Office"/> says.</param>
/// <param name="Seen">The most telling kind of record first.</param>
public sealed record Consultation(IReadOnlyList<AuditLine> Lines, string Office, string Who, IReadOnlyList<SeenFields> Seen)
{
    private static readonly string[] Weightiest = ["export", "audit.export", "record.reveal", "record.feed", "record.read"];

    public DateOnly Day => Lines[0].At.Local().Day();

    public string Purpose => Lines[0].Purpose;

    public string Case => Lines[0].Case;

    /// <summary>The record to which an objection is tied: the one that weighs most.</summary>
    public AuditLine Main => Weightiest
        .Select(kind => Lines.FirstOrDefault(line => line.Kind == kind))
        .FirstOrDefault(line => line is not null) ?? Lines[0];

    public bool Exported => Lines.Any(line => line.Kind is "export" or "audit.export");

    /// <summary>A program of the office was given the data.</summary>
    public bool Forwarded => Lines.Any(line => line.Kind == "record.feed" || line.As == "client");

    public bool Unmasked => Seen.Any(seen => seen.Clear.Count > 0);

    /// <summary>Numbers of the grants by which another office's data was read.</summary>
    public IReadOnlyList<string> Grants => [.. Lines.Select(line => line.Grant).Where(number => number.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>Each way in which it was done, with how often.</summary>
    public IEnumerable<string> Ways => Lines.GroupBy(line => line.Kind).Select(kind => Text.Way(kind.Key, kind.Count()));

    public string Times => Text.Times(Lines[^1].At, Lines[0].At);

    /// <summary>
    /// The consultations behind the newest records, and the index before which the next page begins. A page ends
    /// before the consultation that would be one too many; only then can the same one go on there.
    /// </summary>
    internal static (IReadOnlyList<Consultation> Shown, long? Next) Of(
        IReadOnlyList<AuditLine> lines, long? next, int most, ResourceRegistry registry, Offices offices)
    {
        var groups = new Dictionary<(DateOnly, string, string, string, string), List<AuditLine>>();
        foreach (var line in lines)
        {
            var key = (line.At.Local().Day(), line.WhoId, line.Office, line.Purpose, line.Case);
            if (!groups.TryGetValue(key, out var group))
            {
                if (groups.Count == most)
                {
                    next = line.Index + 1;
                    break;
                }

                groups.Add(key, group = []);
            }

            group.Add(line);
        }

        return ([.. groups.Values.Select(group => Of(group, registry, offices))], next);
    }

    internal static Consultation Of(IReadOnlyList<AuditLine> lines, ResourceRegistry registry, Offices offices)
    {
        var first = lines[0];
        var office = ShownRead.OfficeOf(first, offices);
        var seen = lines.Where(line => line.Act is null && line.Resource.Length > 0)
            .GroupBy(line => line.Resource).Select(group => SeenFields.Of(group.Key, group, registry))
            .OrderByDescending(one => (one.Clear.Count, one.Masked.Count, one.Open.Count));
        return new(
            lines,
            office.Length > 0 ? office : first.WhoName,
            office.Length > 0 ? Text.Person(first.WhoName, Roles.Labels.GetValueOrDefault(first.Role, "")) : "",
            [.. seen]);
    }
}
