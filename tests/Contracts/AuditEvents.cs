using System.Text;
using Shali.Platform.Audit;

namespace Shali.Tests.Contracts;

/// <summary>docs/audit-events.md is written from the catalogue; SHALI_WRITE_DOCS=1 writes it anew.</summary>
public sealed class AuditEvents
{
    [Fact]
    public void The_page_lists_every_kind_as_it_is()
    {
        var path = Path.Combine(Root(), "docs", "audit-events.md");
        var page = Page();
        if (Environment.GetEnvironmentVariable("SHALI_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path));
    }

    [Fact]
    public void Kinds_in_the_code_are_in_the_catalogue()
    {
        var known = AuditKinds.All.Select(kind => kind.Code).ToHashSet(StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        var used = files.SelectMany(file => System.Text.RegularExpressions.Regex
            .Matches(File.ReadAllText(file), "new AuditEntry\\(\\s*\"([^\"]+)\"").Select(match => match.Groups[1].Value)).ToList();
        Assert.NotEmpty(used);
        Assert.Empty(used.Where(kind => !known.Contains(kind)).Distinct());
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Kinds of audit records

            Written from `AuditKinds`; a test compares them. Kinds are permanent. How the log is kept: [audit-log.md](audit-log.md).

            | Kind | Name | What it says |
            |---|---|---|

            """);
        foreach (var kind in AuditKinds.All)
        {
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{kind.Code}` | {kind.Label} | {kind.Meaning} |\n");
        }

        return page.ToString();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Shali.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
