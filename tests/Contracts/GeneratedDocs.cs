using System.Globalization;
using System.Text;
using Shali.Platform.Registry;
using Shali.Platform.Systems;
using Shali.Tests.Support;

namespace Shali.Tests.Contracts;

/// <summary>
/// docs/resources.md and docs/rules.md are written from the systems of the city; SHALI_WRITE_DOCS=1 writes them anew.
/// </summary>
public sealed class GeneratedDocs(City city)
{
    private IReadOnlyList<CitySystem> Systems => city.Service<IReadOnlyList<CitySystem>>();

    [Fact]
    public void Resources_stand_as_they_are_defined() => Holds("resources.md", Resources());

    [Fact]
    public void Rules_stand_as_they_are_judged() => Holds("rules.md", Rules());

    [Fact]
    public void No_code_of_a_rule_is_used_twice()
    {
        var codes = Systems.SelectMany(system => system.Rules).Select(rule => rule.Code).ToList();
        Assert.NotEmpty(codes);
        Assert.Equal(codes.Distinct(StringComparer.Ordinal), codes);
    }

    private static void Holds(string name, string page)
    {
        var path = Path.Combine(Root(), "docs", name);
        if (Environment.GetEnvironmentVariable("SHALI_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path));
    }

    private string Resources()
    {
        var page = new StringBuilder(
            """
            # Resources defined in code

            Written from the systems; a test compares them. Offices define more at run time, in the same form. Beside these
            fields every record has a key, a version, the moment and act of its last change. Words: [terms.md](terms.md).

            """);
        foreach (var system in Systems.Where(system => system.Resources.Count > 0))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {system.Clause} {system.Name}\n");
            foreach (var resource in system.Resources)
            {
                Append(page, resource);
            }
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, ResourceDefinition resource)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### `{resource.Id}` {resource.Name}\n\n{string.Join(" · ", Facts(resource))}\n\n");
        if (resource.Note.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"{resource.Note}\n\n");
        }

        page.Append("| Field | Label | Kind | | Mask | Standard |\n|---|---|---|---|---|---|\n");
        foreach (var field in resource.Fields)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{field.Name}` | {field.Label} | {Kind(field)} | {Marks(resource, field)} | {Mask(field)} | {Cell(field.Standard)} |\n");
        }
    }

    private static IEnumerable<string> Facts(ResourceDefinition resource)
    {
        yield return $"owner `{resource.Owner}`";
        yield return resource.Sharing.Class switch
        {
            SharingClass.Unconditional => "shared without conditions",
            SharingClass.Conditional => $"shared on conditions: {resource.Sharing.Conditions}",
            _ => $"not shared: {resource.Sharing.Basis}",
        };
        if (resource.Open)
        {
            yield return "open to everyone, masked";
        }

        if (resource.Subject is { } subject)
        {
            yield return subject.Length == 0 ? "about the person himself" : $"about the person in `{subject}`";
        }

        if (resource.ScopeField is { } scope)
        {
            yield return $"scope by `{scope}`";
        }

        if (resource.ValidTime)
        {
            yield return "valid time";
        }

        if (resource.Provenance)
        {
            yield return "sources kept";
        }

        if (!resource.Editable)
        {
            yield return "written by the system's own acts only";
        }
    }

    private static string Kind(FieldDefinition field) => field switch
    {
        { CodeList: { } codes } => $"{field.Type.Name} `{codes}`",
        { Target: { } target } => $"{field.Type.Name} to `{target}`",
        _ => field.Type.Name,
    };

    private static string Marks(ResourceDefinition resource, FieldDefinition field) => string.Join(", ", new[]
    {
        resource.Key == field.Name ? "key" : "", field.Required ? "required" : "", field.Unique ? "unique" : "", field.Indexed ? "indexed" : "",
    }.Where(mark => mark.Length > 0));

    private static string Mask(FieldDefinition field) => field.Mask == MaskShape.None ? "" : field.Mask.ToString().ToLowerInvariant();

    private string Rules()
    {
        var page = new StringBuilder(
            """
            # Rules that can say no

            Written from the systems; a test compares them. The page `/about/rules` shows the same. All codes: [errors.md](errors.md).

            """);
        foreach (var system in Systems.Where(system => system.Rules.Count > 0))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {system.Clause} {system.Name}\n\n| Code | Rule | Basis |\n|---|---|---|\n");
            foreach (var rule in system.Rules)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {rule.Code} | {Cell(rule.Sentence)} | {rule.Basis} |\n");
            }
        }

        return page.ToString();
    }

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);

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
