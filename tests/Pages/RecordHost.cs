using System.Net;
using System.Text;
using AngleSharp;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shali.Platform.Api;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Systems;
using Shali.Platform.Ui;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>
/// The record pages on the city's own registry and database, with callers of the test's choice: who asks is a header,
/// so that a test needs no account. What sign-on does is tested elsewhere.
/// </summary>
public sealed class RecordHost : IAsyncDisposable
{
    private const string As = "X-Test-Caller";

    private readonly WebApplication _app;
    private readonly Dictionary<string, Caller> _callers = new(StringComparer.Ordinal);

    private RecordHost(WebApplication app) => _app = app;

    public static async Task<RecordHost> Start(City city, params Caller[] callers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(city.Db)
            .AddSingleton(city.Registry)
            .AddSingleton(city.Store)
            .AddSingleton(city.Reader)
            .AddSingleton(city.Service<GovernedReader>())
            .AddSingleton(city.Service<AuditLog>())
            .AddSingleton(city.Service<Platform.Exchange.Files.Manifests>())
            .AddSingleton(city.Service<Offices>())
            .AddSingleton(city.Service<LoadFiles>())
            .AddSingleton(city.Service<LoadJobs>())
            .AddSingleton(city.Service<LoadSettings>())
            .AddSingleton<IReadOnlyList<CitySystem>>([])
            .AddUi()
            .AddApi()
            .AddRecords();
        var app = builder.Build();
        var host = new RecordHost(app);
        foreach (var caller in callers)
        {
            host._callers[caller.Id] = caller;
        }

        app.UseErrorPages();
        app.Use((context, next) =>
        {
            if (context.Request.Headers[As].ToString() is { Length: > 0 } id)
            {
                context.Items[typeof(Caller)] = host._callers[id];
            }

            return next(context);
        });
        app.UseRouting();
        app.MapApi();
        app.MapRecords();
        app.MapUi();
        await app.StartAsync();
        return host;
    }

    public RecordVisitor Visit(Caller caller)
    {
        _callers[caller.Id] = caller;
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(address),
        };
        http.DefaultRequestHeaders.Add(As, caller.Id);
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        return new(http);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>Somebody with a browser that runs no script.</summary>
public sealed class RecordVisitor(HttpClient http)
{
    public HttpClient Http => http;

    public async Task<Page> Get(string address) => await Read(await http.GetAsync(address));

    public async Task<Page> Post(string address, params (string Name, string Value)[] fields) =>
        await Read(await http.PostAsync(address, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))));

    /// <summary>Sends the form of a page as a browser would, with some inputs filled in anew.</summary>
    public async Task<Page> Send(Page page, string action, params (string Name, string? Value)[] changes)
    {
        var form = page.Document.Forms.OfType<IHtmlFormElement>()
            .First(candidate => candidate.GetAttribute("action") == action && candidate.GetAttribute("method") == "post");
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(form, changes))
        {
            content.Add(new StringContent(value, Encoding.UTF8), name);
        }

        return await Read(await http.PostAsync(action, content));
    }

    public async Task<Page> SendFile(Page page, string action, string input, string name, byte[] bytes, params (string Name, string? Value)[] changes)
    {
        var form = page.Document.Forms.OfType<IHtmlFormElement>().First(candidate => candidate.GetAttribute("action") == action);
        var content = new MultipartFormDataContent();
        foreach (var (field, value) in Fields(form, changes))
        {
            content.Add(new StringContent(value, Encoding.UTF8), field);
        }

        content.Add(new ByteArrayContent(bytes), input, name);
        return await Read(await http.PostAsync(action, content));
    }

    private static IEnumerable<(string Name, string Value)> Fields(IHtmlFormElement form, (string Name, string? Value)[] changes)
    {
        foreach (var element in form.Elements)
        {
            var (name, value) = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => (null, ""),
                IHtmlInputElement { Type: "file" } => (null, ""),
                IHtmlInputElement input => (input.Name, input.Value),
                IHtmlSelectElement select => (select.Name, select.Value ?? ""),
                IHtmlTextAreaElement area => (area.Name, area.Value),
                _ => (null, ""),
            };
            if (!string.IsNullOrEmpty(name) && !changes.Any(change => change.Name == name))
            {
                yield return (name, value);
            }
        }

        foreach (var (name, value) in changes)
        {
            if (value is not null)
            {
                yield return (name, value);
            }
        }
    }

    private static async Task<Page> Read(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var document = await BrowsingContext.New(Configuration.Default).OpenAsync(request => request.Content(body));
        return new(response.StatusCode, response.Headers.Location?.ToString(), body, (IHtmlDocument)document);
    }
}

/// <summary>An answer, read.</summary>
public sealed record Page(HttpStatusCode Status, string? Location, string Body, IHtmlDocument Document)
{
    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public IReadOnlyList<string> Faults => [.. Document.QuerySelectorAll(".refusals li").Select(item => item.TextContent.Trim())];

    /// <summary>The first column of the first table.</summary>
    public IReadOnlyList<string> Rows => [.. Document.QuerySelectorAll("tbody tr th").Select(cell => cell.TextContent.Trim())];

    public string? Link(string rel) => Document.QuerySelector($"a[rel={rel}]")?.GetAttribute("href");

    public string Value(string label) => Document.QuerySelectorAll("dl.summary > div")
        .First(row => row.QuerySelector("dt")?.TextContent.Trim() == label)
        .QuerySelector("dd")!.TextContent.Trim();
}
