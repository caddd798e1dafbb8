using System.Text.RegularExpressions;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Design;

/// <summary>
/// Where an office's own definitions live: in a schema of its own whose name no system in code has, so that nobody
/// can define into another's tables.
/// </summary>
public static partial class Designer
{
    /// <summary>The right to make definitions for one's own office: its information officers have it.</summary>
    public const string Permission = "registry.define";

    /// <summary>Clause of the programme that run-time resources serve: the data centre.</summary>
    public const string Clause = "C1";

    private const int PrefixMax = 31;

    /// <summary><c>411102.police</c> defines under <c>d-411102-police/</c>. No system in code begins with <c>d-</c>.</summary>
    public static string Prefix(string office)
    {
        var prefix = "d-" + NotName().Replace(office.ToLowerInvariant(), "-").Trim('-');
        return prefix.Length <= PrefixMax ? prefix : prefix[..PrefixMax].TrimEnd('-');
    }

    public static string Id(string office, string slug) => $"{Prefix(office)}/{slug}";

    /// <summary>The part of an id that an office chooses.</summary>
    public static string Slug(ResourceDefinition resource) => resource.Id[(resource.Id.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether the caller may define at all, and this one.</summary>
    public static Refusals MayDefine(Caller who, ResourceDefinition? existing) => Refusals.Of(
        who.Office.Length == 0 ? new Refusal("REG-D10", "", Text.NoOffice) : null,
        existing is { RunTime: false } ? new Refusal("REG-S10", "", Text.CodeDefined)
        : existing is not null && existing.Owner != who.Office ? new Refusal("REG-D11", "", Text.NotYourOffice)
        : null);

    /// <summary>What the names of an office's own code lists begin with.</summary>
    public static string ListPrefix(Caller who) => Prefix(who.Office) + "-";

    public static bool IsOwnList(Caller who, string name) =>
        who.Office.Length > 0 && name.StartsWith(ListPrefix(who), StringComparison.Ordinal) && ListName().IsMatch(name);

    [GeneratedRegex("^[a-z][a-z0-9-]{1,119}$")]
    private static partial Regex ListName();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotName();
}
