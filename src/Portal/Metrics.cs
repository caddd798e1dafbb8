using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Portal;

/// <summary>
/// <c>/metrics</c>, in the text form of Prometheus: requests by route and status, connections to the database, the
/// log, loads, feeds, memory and collections. Only for those with the permission: behind a proxy on the same machine
/// every caller would seem to come from it.
/// </summary>
internal static class Metrics
{
    /// <summary>Who may read the figures of the operation.</summary>
    public const string Permission = "operation.metrics.read";

    /// <summary>By route and status, from a millisecond to ten seconds.</summary>
    private static readonly ExplicitBucketHistogramConfiguration Requests = new()
    {
        TagKeys = ["http.request.method", "http.route", "http.response.status_code"],
        Boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>Kinds of result, states of a pool, generations of memory: room for two thousand, which is the usual, is megabytes for nothing.</summary>
    private static readonly MetricStreamConfiguration Few = new() { CardinalityLimit = 100 };

    /// <summary>By service and by node: of both a city has as many as it has.</summary>
    private static readonly string[] Many = ["shali.gateway.duration", "shali.exchange.lag"];

    public static void Add(IServiceCollection services) => services
        .ConfigureOpenTelemetryMeterProvider((provider, metrics) => metrics.AddView(View(provider.GetRequiredService<IMeterFactory>())))
        .AddOpenTelemetry().ConfigureResource(resource => resource.AddService("shali")).WithMetrics(metrics => metrics
            .AddMeter(Measures.Name, "Microsoft.AspNetCore.Hosting", "Npgsql", "System.Runtime")
            .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics").Needs(Permission);

    /// <summary>
    /// A host counts its own requests. The instruments of another host in the same process have the same names: taken
    /// in too, they would be one figure with ours, and end it when that host ends.
    /// </summary>
    private static Func<Instrument, MetricStreamConfiguration?> View(IMeterFactory own) => instrument =>
        (instrument.Meter.Scope is IMeterFactory factory && factory != own) || !Kept(instrument.Meter.Name, instrument.Name) ? MetricStreamConfiguration.Drop
        : instrument.Name == "http.server.request.duration" ? Requests
        : Many.Contains(instrument.Name) ? null
        : Few;

    /// <summary>Every statement and every collection timed by itself would cost more than it tells.</summary>
    private static bool Kept(string meter, string instrument) => meter switch
    {
        "Npgsql" => instrument.StartsWith("db.client.connection.", StringComparison.Ordinal) && !instrument.EndsWith("_time", StringComparison.Ordinal),
        "System.Runtime" => instrument.StartsWith("dotnet.process.", StringComparison.Ordinal)
            || instrument.StartsWith("dotnet.gc.", StringComparison.Ordinal)
            || instrument is "dotnet.thread_pool.queue.length" or "dotnet.exceptions",
        _ => true,
    };
}
