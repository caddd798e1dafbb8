using System.Text.RegularExpressions;

namespace Shali.Tests.Contracts;

/// <summary>docs/errors.md explains every code that the sources can give, and no other.</summary>
public sealed partial class ErrorCodes
{
    // What looks like a code and is none.
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "SHA-256", "UTF-16" };

    [Fact]
    public void Every_code_in_the_sources_is_explained_once()
    {
        var root = Root();
        var used = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Codes(File.ReadAllText(file), Quoted()))
            .Where(code => !Names.Contains(code))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(used.Count > 300, "Too few codes were found: has their form changed?");

        var explained = Codes(File.ReadAllText(Path.Combine(root, "docs", "errors.md")), Row()).ToList();
        Assert.Equal(explained.Distinct(StringComparer.Ordinal), explained);
        Assert.Empty(used.Except(explained, StringComparer.Ordinal).Select(code => $"{code} is not in docs/errors.md"));
        Assert.Empty(explained.Except(used, StringComparer.Ordinal).Select(code => $"{code} is not in the sources"));
    }

    private static IEnumerable<string> Codes(string text, Regex form) => form.Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("\"([A-Z][A-Z0-9]*-[A-Z]?[0-9]{2,3})\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\| ([A-Z][A-Z0-9]*-[A-Z]?[0-9]{2,3}) \| \S", RegexOptions.Multiline)]
    private static partial Regex Row();

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
