using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Routing;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>
/// Every page of the route table, as everybody who may see it sees it. Pages are found as people find them, by links;
/// each route is looked at, and each part of which pages are made. A route that nobody reaches fails the test: new pages are looked at always.
/// </summary>
public sealed class EveryPage(City city, Chromium chromium)
{
    /// <summary>A page is read on a phone: with style, script and icon it stays under 150 KB.</summary>
    private const int LengthMax = 110 * 1024;

    private const int Windows = 2;

    /// <summary>Answers for programs: no link leads to them, and no person reads them.</summary>
    private static readonly string[] ForPrograms =
    [
        "/api/", "/connect/", "/health/", "/metrics", "/.well-known/", "/audit/", "/ui/", "/favicon.ico",
        "/records/{resource}/{key}/files/{field}", "/records/{resource}/loads/{id}/rejects", "/admin/audit/export",
        "/sign-in/passkey.js", "/catalogue/dcat.jsonld", "/ca/", "/desk/cases/{number}/materials/{key}", "/me/cases/{number}/materials/{key}",
        "/desk/cases/{number}/papers/{key}", "/desk/cases/{number}/relief/{key}/file", "/me/cases/{number}/papers/{key}", "/desk/licences/{key}/file", "/me/licences/{key}/file",
        "/desk/disclosure/{key}/files/{file}", "/disclosure/documents/{index}/files/{key}", "/disclosure/feed.json", "/supervision/efficiency/export",
        "/exchange/take", "/exchange/definition", "/exchange/receipts/{number}/file", "/exchange/manifests/",
    ];

    /// <summary>
    /// Steps of sign-on that a demo city does not have: <see cref="SignOnPages"/> takes them. Steps of an application,
    /// which begin with a POST: <see cref="CaseDeskPages"/>.
    /// </summary>
    private static readonly string[] Elsewhere =
    [
        "/sign-in/second-factor", "/sign-in/password", "/sign-in/enrol", "/sign-in/next",
        "/cases/new/{id}/", "/cases/new/{id}/applicant", "/cases/new/{id}/check", "/cases/new/{id}/materials", "/cases/new/{id}/questions/{name}", "/cases/new/{id}/known", "/cases/new/{id}/for",
    ];

    [Fact]
    public async Task Everybody_finds_every_page_whole_on_a_screen_and_on_a_phone()
    {
        var clock = Stopwatch.StartNew();
        var routes = city.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true).ToList();
        var fixedOnes = routes.Select(route => route.RoutePattern.RawText!).Where(raw => !raw.Contains('{', StringComparison.Ordinal)).ToList();
        var people = await new WalkedCity(city).People();
        var (frames, contents) = (new HashSet<string>(), new HashSet<string>());
        var (looked, parts) = (new HashSet<string>(), new HashSet<string>());
        var (shown, reached) = (new HashSet<string>(), new HashSet<string>());
        var looks = new List<(WalkedPage Page, bool Framed, IReadOnlyList<System.Net.Cookie> Cookies)>();
        var faults = new ConcurrentBag<string>();
        var walked = 0;
        foreach (var (who, http, cookies, starts) in people)
        {
            var walk = new Walk(who, routes, http);
            await foreach (var page in walk.Pages([.. starts, .. fixedOnes]))
            {
                walked++;
                if (page.Status >= 500 || page.Length > LengthMax)
                {
                    faults.Add($"{who} {page.Address}: status {page.Status}, {page.Length} characters");
                }

                // Each route once; of those whose forms or tables differ without end, what has a part that was never looked at.
                var framed = frames.Add(page.Frame);
                var fresh = false;
                if (contents.Add(page.Content))
                {
                    var known = parts.Count;
                    parts.UnionWith(page.Parts());
                    fresh = looked.Add(page.Route) || parts.Count > known;
                }

                if (framed || fresh)
                {
                    looks.Add((page, framed, cookies));
                }
            }

            shown.UnionWith(walk.Shown);
            reached.UnionWith(walk.Reached);
            http.Dispose();
        }

        TestContext.Current.SendDiagnosticMessage($"walked {walked}, to look {looks.Count}, {clock.Elapsed}");
        foreach (var route in routes.Select(route => route.RoutePattern.RawText!).Distinct())
        {
            var program = ForPrograms.Any(start => route.StartsWith(start, StringComparison.Ordinal));
            if (!program && !shown.Contains(route) && !Elsewhere.Contains(route))
            {
                faults.Add($"{route} was shown to nobody{(reached.Contains(route) ? " with status 200" : ", for no link leads to it")}.");
            }
        }

        var queue = new ConcurrentQueue<(WalkedPage Page, bool Framed, IReadOnlyList<System.Net.Cookie> Cookies)>(looks);
        await Task.WhenAll(Enumerable.Range(0, Windows).Select(_ => LookAt(queue, faults)));
        TestContext.Current.SendDiagnosticMessage($"looked {clock.Elapsed}");
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task What_is_wrong_with_a_page_is_found()
    {
        var window = await chromium.OpenUnpainted(city.Address);
        var faults = string.Join('\n', await Looks.Faults(
            window,
            "data:text/html,<title></title><h1>A</h1><h1 id=a>B</h1><p id=a style='width:500px;color:%23aaa'>grey words</p><input><img src=x>"));
        await window.Context.CloseAsync();
        foreach (var fault in new[]
        {
            "no language", "no title", "2 first headings", "no label: <input>", "twice the id a", "image-alt", "color-contrast", "wider than a phone",
        })
        {
            Assert.Contains(fault, faults, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("wider than a screen", faults, StringComparison.Ordinal);
    }

    private async Task LookAt(
        ConcurrentQueue<(WalkedPage Page, bool Framed, IReadOnlyList<System.Net.Cookie> Cookies)> queue, ConcurrentBag<string> faults)
    {
        var window = await chromium.OpenUnpainted(city.Address);
        while (queue.TryDequeue(out var look))
        {
            await window.Context.ClearCookiesAsync();
            await window.Context.AddCookiesAsync(look.Cookies.Select(cookie => new Microsoft.Playwright.Cookie
            {
                Name = cookie.Name,
                Value = cookie.Value,
                Url = city.Address.ToString(),
            }));
            foreach (var fault in await Looks.Faults(window, look.Page.Address, look.Framed ? "html" : "main"))
            {
                faults.Add($"{look.Page.Who} {look.Page.Address}: {fault}");
            }
        }

        await window.Context.CloseAsync();
    }
}
