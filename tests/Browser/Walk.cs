using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Routing;

namespace Shali.Tests.Browser;

/// <summary>
/// One visitor who follows every link of every page that he is shown, each kind of page a few times. Links fill the
/// holes of addresses; a page that no link leads to is given as a start.
/// </summary>
internal sealed class Walk(string who, IReadOnlyList<RouteEndpoint> routes, HttpClient http)
{
    /// <summary>So many pages of one route and the same parameters: the forms of resources and events differ.</summary>
    private const int EachMax = 2;

    private static readonly HtmlParser Parser = new();

    private readonly IReadOnlyList<(Regex Address, string Route)> _patterns =
    [
        .. routes.Select(route => route.RoutePattern)
            .OrderByDescending(pattern => pattern.InboundPrecedence * -1)
            .Select(pattern => (Pattern(pattern.RawText!), pattern.RawText!)),
    ];

    private readonly Dictionary<string, string?> _routeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _next = new();

    /// <summary>Routes that answered with a page for people and status 200.</summary>
    public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

    /// <summary>Routes that answered anything else than 404.</summary>
    public HashSet<string> Reached { get; } = new(StringComparer.Ordinal);

    public string Who => who;

    /// <summary>Every page, with the shapes of its frame and of its content.</summary>
    public async IAsyncEnumerable<WalkedPage> Pages(IEnumerable<string> starts)
    {
        foreach (var start in starts)
        {
            Add(start);
        }

        while (_next.TryDequeue(out var address))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
            request.Headers.Accept.ParseAdd("text/html");
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.NotFound)
            {
                Reached.Add(RouteOf(address)!);
            }

            if (answer.Headers.Location is { } location)
            {
                Add(location.OriginalString);
                continue;
            }

            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Shown.Add(RouteOf(address)!);
            }

            var document = Parser.ParseDocument(html);
            foreach (var link in document.QuerySelectorAll("a[href]"))
            {
                Add(link.GetAttribute("href")!);
            }

            var main = document.QuerySelector("main");
            var content = main is null ? "" : PageShape.Of(main);
            main?.Remove();
            foreach (var here in document.QuerySelectorAll("[aria-current]"))
            {
                here.RemoveAttribute("aria-current");
            }

            yield return new(who, RouteOf(address)!, address, (int)answer.StatusCode, html.Length, PageShape.Of(document.Body!), content, () => main is null ? [] : PageShape.PartsOf(main));
        }
    }

    private void Add(string address)
    {
        address = address.Split('#')[0];
        if (!address.StartsWith('/') || address.StartsWith("//", StringComparison.Ordinal) || _seen.ContainsKey("address " + address) || RouteOf(address) is not { } route)
        {
            return;
        }

        var query = address.Contains('?', StringComparison.Ordinal) ? address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";
        var kind = route + " " + string.Join(' ', query.Split('&').Select(part => part.Split('=')[0]).Order(StringComparer.Ordinal));
        if (_seen.TryAdd("address " + address, 1) && (_seen[kind] = _seen.GetValueOrDefault(kind) + 1) <= EachMax)
        {
            _next.Enqueue(address);
        }
    }

    /// <summary>Menus lead from every page to the same addresses: each is matched with the table of routes once.</summary>
    private string? RouteOf(string address)
    {
        var path = address.Split('?')[0];
        if (!_routeOf.TryGetValue(path, out var route))
        {
            _routeOf[path] = route = _patterns.FirstOrDefault(pattern => pattern.Address.IsMatch(path)).Route;
        }

        return route;
    }

    private static Regex Pattern(string raw) => new(
        "^/?" + Regex.Replace(Regex.Escape(raw.Trim('/')), @"\\\{[^}]*?(:int|:long)?(\?)?}", match => match.Groups[1].Success ? @"\d+" : "[^/]+") + "$",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

/// <summary>A page as it was walked over.</summary>
/// <param name="Frame">The shape of head, menus and foot.</param>
/// <param name="Content">The shape of what stands between them.</param>
/// <param name="Parts">What that is made of.</param>
internal sealed record WalkedPage(string Who, string Route, string Address, int Status, int Length, string Frame, string Content, Func<IEnumerable<string>> Parts);
