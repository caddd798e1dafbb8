using Microsoft.AspNetCore.Components;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Portal.Site;

/// <summary>Pages for everybody.</summary>
internal static class PublicRoutes
{
    private const string Reason = "面向公众的门户页面";
    private const int HitsOfEachSource = 8;
    private const int WordsMax = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Home).Public(Reason);
        routes.MapGet("/search", Search).Public(Reason);
        routes.MapGet("/enquiries", (HttpContext context) => context.Show<EnquiriesPage>()).Public(Reason);
        routes.MapGet("/disclosure/programme", Programme).Public(Reason);
        routes.MapGet("/about", (HttpContext context) => Article(context, Text.About, Markdown.About)).Public(Reason);
        routes.MapGet("/about/accessibility", (HttpContext context) => Article(context, Text.Accessibility, Markdown.Accessibility)).Public(Reason);
        routes.MapGet("/about/privacy", (HttpContext context) => Article(context, Text.Privacy, Markdown.Privacy)).Public(Reason);
        routes.MapGet("/about/rules", Rules).Public(Reason);
        routes.MapGet("/about/refusals", (HttpContext context) => context.Show<RefusalsPage>(new { })).Public(Reason);
    }

    private static async Task<IResult> Home(HttpContext context, LivingFigures figures, IEnumerable<FrontSection> sections, CancellationToken cancel)
    {
        var shown = new List<(string Title, IReadOnlyList<FrontLink> Links)>();
        foreach (var section in sections.OrderBy(section => section.Order))
        {
            if (await section.Links(cancel) is { Count: > 0 } links)
            {
                shown.Add((section.Title, links));
            }
        }

        return context.Show<HomePage>(new { Figures = await figures.Now(cancel), Sections = (IReadOnlyList<(string, IReadOnlyList<FrontLink>)>)shown });
    }

    private static async Task<IResult> Search(
        HttpContext context, IEnumerable<SearchSource> sources, CancellationToken cancel, string? q = null)
    {
        var typed = (q ?? "").Trim();
        var words = typed.Length > WordsMax ? typed[..WordsMax] : typed;
        IReadOnlyList<(string Label, SearchFound Found)> found = [];
        if (words.Length > 0)
        {
            var caller = context.Caller();
            var answers = sources.OrderBy(source => source.Order)
                .Select(async source => (source.Label, await source.Find(words, caller, HitsOfEachSource, cancel)));
            found = [.. (await Task.WhenAll(answers)).Where(answer => answer.Item2.Hits.Count > 0)];
        }

        return context.Show<SearchPage>(new { Words = words, Found = found, Note = typed.Length > WordsMax ? Text.SearchCut(WordsMax) : "" });
    }

    private static IResult Programme(HttpContext context, IReadOnlyList<CitySystem> systems, ResourceRegistry registry) =>
        context.Show<ProgrammePage>(new { States = ClauseState.Of(systems, registry.All) });

    private static IResult Rules(HttpContext context, IReadOnlyList<CitySystem> systems) =>
        context.Show<RulesPage>(new { Systems = (IReadOnlyList<CitySystem>)[.. systems.Where(system => system.Rules.Count > 0)] });

    private static IResult Article(HttpContext context, string title, MarkupString content) =>
        context.Show<ArticlePage>(new { Title = title, Content = content });
}
