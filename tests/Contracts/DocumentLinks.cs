using System.Text.RegularExpressions;

namespace Shali.Tests.Contracts;

/// <summary>What the documents point to is there.</summary>
public sealed partial class DocumentLinks
{
    [Fact]
    public void Every_link_and_every_named_path_leads_to_a_file()
    {
        var root = Root();
        var pages = Directory.EnumerateFiles(root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)).ToList();
        Assert.True(pages.Count > 15, "Too few documents were found.");

        var missing = pages.SelectMany(page => Targets(root, page).Where(target => !Path.Exists(target)).Select(target => $"{page}: {target}"));
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Targets(string root, string page)
    {
        var text = File.ReadAllText(page);
        var links = Link().Matches(text).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal))
            .Select(link => Path.Combine(Path.GetDirectoryName(page)!, link));
        var paths = Named().Matches(text).Select(match => match.Groups[1].Value)
            .Where(path => !path.Contains('*', StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(path => Path.Combine(root, path));
        return links.Concat(paths);
    }

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("`((?:src|tests|docs|benchmarks)/[^`\\s]*)`")]
    private static partial Regex Named();

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
