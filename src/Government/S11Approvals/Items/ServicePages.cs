using Microsoft.AspNetCore.Http;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Items;

/// <summary>What can be done, for everybody: by event of life, by subject, by office, by words, and the guide of each item.</summary>
internal static class ServicePages
{
    public const string Address = "/services";

    private const int WordsMax = 100;

    public static string Of(string code) => $"{Address}/{Uri.EscapeDataString(code)}";

    public static async Task<IResult> List(
        HttpContext context, ItemReader items, PackageReader packages, Offices offices, CancellationToken cancel, string? q = null, string? theme = null, string? office = null, string? who = null)
    {
        var words = (q ?? "").Trim() is { Length: > WordsMax } many ? many[..WordsMax] : (q ?? "").Trim();
        var all = await items.All(cancel);
        var search = new ServiceSearch(words, Known(theme, code => ItemCodes.Themes.Find(code) is not null), Known(office, code => all.Any(item => item.Office == code)),
            Known(who, code => code is "persons" or "firms"));
        return context.Show<ServicesPage>(new
        {
            Search = search,
            Found = search.Any ? (IReadOnlyList<PublishedItem>)[.. all.Where(search.Holds)] : null,
            All = all,
            Packages = (IReadOnlyList<PublishedPackage>)[.. (await packages.All(cancel)).Where(package => PackagePages.Holds(search, package))],
            Offices = (IReadOnlyList<(string, string, int)>)[.. all.GroupBy(item => item.Office, StringComparer.Ordinal).Select(group => (group.Key, offices.NameOf(group.Key), group.Count()))],
            Names = (Func<string, string>)offices.NameOf,
        });
    }

    public static async Task<IResult> Guide(HttpContext context, ItemReader items, string code, CancellationToken cancel) =>
        await items.InForce(code, cancel) is { } found
            ? context.Show<ServiceGuidePage>(new { found.Record, Model = await GuideModel.Of(context, items, found.Item, cancel) })
            : Results.NotFound();

    private static string? Known(string? code, Func<string, bool> known) => code is not null && known(code) ? code : null;
}

/// <summary>What somebody looks for.</summary>
public sealed record ServiceSearch(string Words, string? Theme, string? Office, string? Who)
{
    public bool Any => Words.Length > 0 || Theme is not null || Office is not null || Who is not null;

    public bool Holds(PublishedItem item) =>
        (Theme is null || item.Themes.Split(' ').Contains(Theme, StringComparer.Ordinal))
        && (Office is null || item.Office == Office)
        && (Who is null || item.Applicants == Who || item.Applicants == "everyone")
        && Words.Split([' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries).All(word => Holds(item, word));

    private static bool Holds(PublishedItem item, string word) =>
        new[] { item.Name, item.Words, item.Summary, item.Result }.Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false)
        || (word.Length > 1 && char.IsAsciiLetter(word[0]) && Names(item).Any(name => IsRead(name, word.ToLowerInvariant())));

    private static IEnumerable<string> Names(PublishedItem item) => (item.Words?.Split(' ') ?? []).Prepend(item.Name);

    private static bool IsRead(string name, string letters) =>
        Pinyin.Initials(name).Contains(letters, StringComparison.Ordinal) || Pinyin.Full(name).Contains(letters, StringComparison.Ordinal);
}

/// <summary>Items in the one search line of the portal.</summary>
internal sealed class ItemSearch(ItemReader items, Offices offices) : SearchSource
{
    public override string Label => Text.Services;

    public override int Order => 5;

    public override async Task<SearchFound> Find(string words, Caller who, int limit, CancellationToken cancel)
    {
        var search = new ServiceSearch(words, null, null, null);
        var found = (await items.All(cancel)).Where(search.Holds).ToList();
        return new(
            [.. found.Take(limit).Select(item => new SearchHit(item.Name, ServicePages.Of(item.Code), offices.NameOf(item.Office)))],
            found.Count > limit ? $"{ServicePages.Address}?q={Uri.EscapeDataString(words)}" : null);
    }
}
