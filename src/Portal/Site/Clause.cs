using System.Reflection;
using Shali.Platform.Kernel;

namespace Shali.Portal.Site;

/// <summary>One clause of the programme, in our own words.</summary>
/// <param name="Group">The part of the programme that it belongs to.</param>
public sealed record Clause(string Id, string Title, string Group, string Words)
{
    /// <summary>All clauses, in the order of the programme, from <c>Data/programme.md</c>.</summary>
    public static readonly IReadOnlyList<Clause> All = Read(Resource.Lines(Assembly.GetExecutingAssembly(), "Site/Data/programme.md"));

    internal static IReadOnlyList<Clause> Read(IEnumerable<string> lines)
    {
        var clauses = new List<Clause>();
        var group = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                group = line[2..];
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                var space = line.IndexOf(' ', 3);
                clauses.Add(new(line[3..space], line[(space + 1)..], group, ""));
            }
            else if (line.Length > 0)
            {
                clauses[^1] = clauses[^1] with { Words = clauses[^1].Words + line };
            }
        }

        return clauses;
    }
}
