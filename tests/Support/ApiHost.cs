using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shali.Platform.Api;
using Shali.Platform.Audit;
using Shali.Platform.Exchange.Files;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Tests.Support;

/// <summary>
/// The interface alone, on the shared city's own registry and store: a test says in a header which rights its caller
/// has, so that it can tell what follows from rights without going through sign-on.
/// </summary>
public sealed class ApiHost(City city) : IAsyncLifetime
{
    private WebApplication _app = null!;

    public City City => city;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 4L * 1024 * 1024);
        Share<Db>(builder.Services);
        Share<ResourceRegistry>(builder.Services);
        Share<RecordStore>(builder.Services);
        Share<RecordReader>(builder.Services);
        Share<GovernedReader>(builder.Services);
        Share<AuditLog>(builder.Services);
        Share<Manifests>(builder.Services);
        Share<TimeProvider>(builder.Services);
        Share<IReadOnlyList<CitySystem>>(builder.Services);
        builder.Services.AddUi().AddApi();
        _app = builder.Build();
        _app.UseErrorPages();
        _app.Use((context, next) =>
        {
            var rights = context.Request.Headers.Authorization.ToString();
            if (rights.StartsWith("Bearer ", StringComparison.Ordinal))
            {
                context.Items[typeof(Caller)] = CallerOf(rights["Bearer ".Length..]);
            }

            return Watched(context, next);
        });
        _app.UseRouting();
        _app.UseAntiforgery();
        _app.MapApi();
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>What went wrong inside, for the message of a test.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<Exception> Faults { get; } = [];

    private async Task Watched(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault)
        {
            Faults.Enqueue(fault);
            throw;
        }
    }

    /// <summary>A caller with these rights on everything under the address: <c>api-test.thing:read,write;area=411102</c>.</summary>
    public HttpClient As(string? rights)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (rights is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", rights);
        }

        return client;
    }

    public async Task<ResourceDefinition> Publish(ResourceDefinition definition)
    {
        var outcome = await city.Registry.Publish(definition, Caller.Platform("test"));
        return outcome.Ok ? outcome.Value : throw new InvalidOperationException(outcome.Refusals.ToString());
    }

    public static async Task<JsonElement> Json(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).Clone();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();

        // The shared services belong to the city.
    }

    private void Share<T>(IServiceCollection services)
        where T : class => services.AddSingleton(city.Service<T>());

    // Callers of the same rights share a set: what is worked out for a set of rights is kept.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Caller> Callers = new(StringComparer.Ordinal);

    private static Caller CallerOf(string rights) => Callers.GetOrAdd(rights, static text =>
    {
        var parts = text.Split(';');
        var permissions = parts[0].Split('|')
            .SelectMany(part => part.Split(':')[1].Split(',').Select(right => $"{part.Split(':')[0]}.{right}"))
            .ToHashSet(StringComparer.Ordinal);
        var area = parts.FirstOrDefault(part => part.StartsWith("area=", StringComparison.Ordinal))?[5..];
        return new()
        {
            Id = "api-test",
            Name = "接口测试",
            Kind = CallerKind.Client,
            Office = "data",
            Permissions = permissions,
            Scope = area is null ? DataScope.All : DataScope.Area,
            Area = area ?? "",
            Address = "127.0.0.1",
        };
    });
}
