using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Contracts;

/// <summary>
/// Four thousand broken requests against every route of the whole host (pages, forms, uploads, sign-on, OpenID Connect,
/// interface) by four kinds of callers: no 5xx. With <see cref="ApiFuzz"/> these are the ten thousand. The city is one
/// of its own, so that what slips through hurts no other test.
/// </summary>
public sealed class RouteFuzz(City city) : IAsyncLifetime
{
    private const int Requests = 4_000;

    private static readonly string[] Values =
    [
        "", "1", "0", "-1", "99999999999999999999", "a", "population.person", "legal-entities.entity", "identity.post", "population/person", "no.such",
        "%00", "%", "%ff", "%ed%a0%80", "..", "../..", "%2F", "%2e%2e%2f", "'", "\"", "\\", "<script>", "中文", "𠮷", "\u202e", "json", "html", "csv", "xlsx",
        "2026-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "9999-12-31T23:59:59Z", "110101199003074514", "91411100MA12345695", "411102", "police", "city",
        "true", "NaN", "1e999", "[]", "{}", "client_credentials", "authorization_code", "refresh_token", "password", "code", "openid api.read", "S256", "http://127.0.0.1/cb",
        "//evil.example", "https://evil.example/", "javascript:alert(1)", "publish", "add", "remove:0", "up:99", "text", "confirm", "cancel",
    ];

    private static readonly string[] Names =
    [
        "q", "f", "page", "cursor", "sort", "asOf", "date", "day", "from", "to", "a", "b", "id", "key", "code", "name", "login", "password", "identity", "kind", "done", "region",
        "slug", "label", "note", "sharing", "fields", "f0.name", "f0.type", "f0.label", "_do", "_version", "_once", "_reason", "_case", "_purpose", "_valid_from", "_contested",
        "office", "role", "scope", "start", "reason", "decision", "citizen_number", "number", "person", "household", "event", "confirm", "mode", "encoding", "header", "sheet",
        "column_0", "grant_type", "client_id", "client_secret", "redirect_uri", "response_type", "state", "code_challenge", "code_challenge_method", "token", "refresh_token", "nonsense",
    ];

    private static readonly string[] Bodies =
    [
        "", "{}", "[]", "null", "{", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{\"\\ud800\":1}", "{\"id\":\"\\ud800\"}", "{\"id\":\"\\u0000\",\"response\":{}}",
        "{\"id\":\"d-city/x\",\"name\":\"x\",\"clause\":\"C1\",\"owner\":\"city\",\"fields\":[null]}", "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"name\":\"甲\"}}", "PK\u0003\u0004", "a,b\n1,2\n", "\u0000",
    ];

    private static readonly string[] Types =
        ["application/json", "application/geo+json", "application/merge-patch+json", "text/csv", "text/plain", "application/octet-stream", "application/json; charset=gbk", "nonsense", ""];

    private WebApplication _app = null!;
    private Uri _address = null!;
    private List<Visitor> _visitors = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await city.AnotherHost(await city.OwnDatabase());
        await _app.StartAsync();
        _address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var offices = _app.Services.GetRequiredService<Offices>();
        await offices.Save(
            new Platform.Registry.Act(Caller.Platform("test"), "identity.office.save"),
            [new("city", "测试市人民政府", "市政府", "government", null, "4111", new DateOnly(2000, 1, 1), null)]);
        await offices.Reload(CancellationToken.None);
        _visitors = [new("", ""), await Visit(Roles.Clerk), await Visit(Roles.InformationOfficer), await Visit(Roles.SecurityAdministrator)];
    }

    [Fact]
    public async Task No_request_to_any_route_makes_the_host_fail()
    {
        var routes = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (Method: method, route.RoutePattern)))
            // Whoever signs out or ends his sessions is anonymous from there on, who is tried anyway.
            .Where(route => route.RoutePattern.RawText?.Contains("sign-out", StringComparison.Ordinal) != true)
            .OrderBy(route => route.RoutePattern.RawText, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal)
            .ToList();
        Assert.True(routes.Count > 100, "The routes were not found.");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _address };
        var failed = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Requests),
            new ParallelOptions { MaxDegreeOfParallelism = 6 },
            async (seed, cancel) =>
            {
                // Each route in turn, so that none is left out.
                var (method, pattern) = routes[seed % routes.Count];
                using var request = Request(new Random(seed), method, pattern);
                using var response = await client.SendAsync(request, cancel);
                var body = await response.Content.ReadAsStringAsync(cancel);
                if ((int)response.StatusCode >= 500)
                {
                    failed.Enqueue($"seed {seed}: {(int)response.StatusCode} {request.Method} {request.RequestUri} {body[..Math.Min(200, body.Length)]}");
                }
            });
        Assert.True(failed.IsEmpty, $"{failed.Count} of {Requests} on {routes.Count} routes\n" + string.Join('\n', failed.Take(20)));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<Visitor> Visit(string role)
    {
        var account = new DemoAccount(
            $"fuzz.{role}", "测试人员", null, [new Post("", "", "city", role, DataScope.All, "", "", new DateOnly(2020, 1, 1), null)]);
        var login = (await _app.Services.GetRequiredService<DemoAccounts>().Create([account], Caller.Platform("test")))[0];
        using var browser = new IdentityBrowser(_address);
        await browser.SignIn(login.Login, login.Password);
        var page = await browser.Get("/me/sessions");
        Assert.True(page.IsSuccessStatusCode, $"{role}: {(int)page.StatusCode}");
        var token = System.Text.RegularExpressions.Regex.Match(browser.Page, "name=\"__token\" value=\"([^\"]+)\"").Groups[1].Value;
        return new(browser.Cookies.GetCookieHeader(_address), System.Net.WebUtility.HtmlDecode(token));
    }

    private HttpRequestMessage Request(Random random, string method, RoutePattern pattern)
    {
        string Value() => random.Next(5) == 0 ? Mutated(Values[random.Next(Values.Length)], random) : Values[random.Next(Values.Length)];
        var parts = pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            // Half of the time a resource that is there: else the handler is never reached.
            RoutePatternParameterPart { Name: "resource" or "collection" or "address" } when random.Next(2) == 0 => Values[6 + random.Next(3)],
            _ => Escaped(Value()),
        })));
        var address = new StringBuilder("/" + string.Join('/', parts));
        for (int i = 0, count = random.Next(4); i < count; i++)
        {
            address.Append(i == 0 ? '?' : '&').Append(Names[random.Next(Names.Length)]).Append('=').Append(Escaped(Value()));
        }

        var visitor = _visitors[random.Next(_visitors.Count)];
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri("/" + address.ToString().TrimStart('/', '\\'), UriKind.Relative));
        if (visitor.Cookie.Length > 0)
        {
            request.Headers.Add("Cookie", visitor.Cookie);
            request.Headers.Add("RequestVerificationToken", visitor.Token);
        }

        if (method is "POST" or "PUT" or "PATCH" or "DELETE")
        {
            request.Content = Body(random, Value, visitor);
        }

        foreach (var header in (string[])["Accept", "If-Match", "Idempotency-Key", "Shali-Purpose", "Authorization", "Accept-Language", "If-None-Match", "Range", "X-Forwarded-For"])
        {
            if (random.Next(8) == 0)
            {
                request.Headers.TryAddWithoutValidation(header, string.Concat(Value().Where(letter => letter is >= ' ' and < '\x7f')));
            }
        }

        return request;
    }

    private static HttpContent Body(Random random, Func<string> value, Visitor visitor)
    {
        switch (random.Next(4))
        {
            case 0:
                var raw = new ByteArrayContent(Encoding.UTF8.GetBytes(random.Next(3) == 0 ? Mutated(Bodies[random.Next(Bodies.Length)], random) : Bodies[random.Next(Bodies.Length)]));
                raw.Headers.TryAddWithoutValidation("Content-Type", Types[random.Next(Types.Length)]);
                return raw;
            case 1:
                var form = new MultipartFormDataContent { { new StringContent(visitor.Token), "__token" } };
                for (var i = random.Next(6); i > 0; i--)
                {
                    form.Add(new StringContent(value()), Names[random.Next(Names.Length)]);
                }

                form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(Bodies[random.Next(Bodies.Length)])), random.Next(2) == 0 ? "file" : "_upload.scan", random.Next(2) == 0 ? "a.csv" : "a.xlsx");
                return form;
            default:
                var fields = new List<KeyValuePair<string, string>> { new("__token", visitor.Token) };
                for (var i = random.Next(8); i > 0; i--)
                {
                    fields.Add(new(Names[random.Next(Names.Length)], value()));
                }

                return new FormUrlEncodedContent(fields);
        }
    }

    private static string Escaped(string text) => text.Contains('%', StringComparison.Ordinal) && !text.Any(char.IsSurrogate) ? text : Uri.EscapeDataString(text);

    private static string Mutated(string text, Random random)
    {
        const string Noise = "%'\"\\/<>(){}[],;:=&?*+-_. \t0aZ中é";
        var changed = new StringBuilder(text);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            changed.Insert(random.Next(changed.Length + 1), Noise[random.Next(Noise.Length)]);
        }

        return changed.ToString();
    }

    private sealed record Visitor(string Cookie, string Token);
}
