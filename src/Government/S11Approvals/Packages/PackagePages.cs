using Microsoft.AspNetCore.Http;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Identity;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>The guide of a package, for everybody.</summary>
internal static class PackagePages
{
    public const string Address = "/services/packages";

    public static string Of(string code) => $"{Address}/{Uri.EscapeDataString(code)}";

    public static async Task<IResult> Guide(HttpContext context, PackageReader packages, string code, CancellationToken cancel) =>
        await packages.InForce(code, cancel) is { } found
            ? context.Show<PackageGuidePage>(new { Model = await PackageGuideModel.Of(context, packages, found, cancel) })
            : Results.NotFound();

    /// <summary>Whether a package is what somebody looks for.</summary>
    public static bool Holds(ServiceSearch search, PublishedPackage package) =>
        (search.Theme is null || package.Themes.Split(' ').Contains(search.Theme, StringComparer.Ordinal))
        && (search.Office is null || package.Office == search.Office)
        && (search.Who is null || package.Applicants == search.Who || package.Applicants == "everyone")
        && search.Words.Split([' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries)
            .All(word => Texts(package).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)) || Reads(package, word));

    private static IEnumerable<string> Texts(PublishedPackage package) => [package.Name, package.Words ?? "", package.Summary ?? "", package.Series ?? ""];

    private static bool Reads(PublishedPackage package, string word) => word.Length > 1 && char.IsAsciiLetter(word[0])
        && (package.Words?.Split(' ') ?? []).Prepend(package.Name).Any(name =>
            Platform.Kernel.Pinyin.Initials(name).Contains(word.ToLowerInvariant(), StringComparison.Ordinal)
            || Platform.Kernel.Pinyin.Full(name).Contains(word.ToLowerInvariant(), StringComparison.Ordinal));
}

/// <summary>Packages in the one search line of the portal.</summary>
internal sealed class PackageSearch(PackageReader packages, Offices offices) : SearchSource
{
    public override string Label => Text.Packages;

    public override int Order => 4;

    public override async Task<SearchFound> Find(string words, Caller who, int limit, CancellationToken cancel)
    {
        var search = new ServiceSearch(words, null, null, null);
        var found = (await packages.All(cancel)).Where(package => PackagePages.Holds(search, package)).ToList();
        return new([.. found.Take(limit).Select(package => new SearchHit(package.Name, PackagePages.Of(package.Code), offices.NameOf(package.Office)))], null);
    }
}
