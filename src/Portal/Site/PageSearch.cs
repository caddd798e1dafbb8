using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;

namespace Shali.Portal.Site;

/// <summary>The public pages and the clauses of the programme, in the one search line.</summary>
internal sealed class PageSearch(IReadOnlyList<CitySystem> systems) : SearchSource
{
    public override string Label => Text.PagesLabel;

    public override int Order => 10;

    public override Task<SearchFound> Find(string words, Caller who, int limit, CancellationToken cancel)
    {
        var parts = words.ToLowerInvariant().Split(
            (char[])[' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries);
        var hits = Places(who)
            .Where(page => parts.All(part => Holds(page, part)))
            .Select(page => new SearchHit(page.Title, page.Address, page.Note))
            .DistinctBy(hit => hit.Address)
            .Take(limit)
            .ToList();
        return Task.FromResult(new SearchFound(hits));
    }

    private IEnumerable<PublicPage> Places(Caller who) =>
    [
        .. Text.PublicPages,
        .. systems.SelectMany(system => system.Menu)
            .Where(entry => entry.Permission is null ? entry.Place is MenuPlace.Portal or MenuPlace.Me : who.May(entry.Permission))
            .Select(entry => new PublicPage(entry.Label, entry.Address, entry.Note ?? "")),
        .. Clause.All.Select(clause => new PublicPage($"{clause.Id} {clause.Title}", $"/disclosure/programme#{clause.Id}", clause.Words)),
    ];

    private static bool Holds(PublicPage page, string part) =>
        page.Title.Contains(part, StringComparison.OrdinalIgnoreCase)
        || page.Note.Contains(part, StringComparison.OrdinalIgnoreCase)
        || (part.Length > 1 && char.IsAsciiLetter(part[0])
            && (Pinyin.Initials(page.Title).Contains(part, StringComparison.Ordinal)
                || Pinyin.Full(page.Title).StartsWith(part, StringComparison.Ordinal)));
}
