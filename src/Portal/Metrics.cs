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

    private static readonly string[] RequestLabels = ["http.request.method", "http.route", "http.response.status_code"];

    public static void Add(IServiceCollection services) => services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("shali")).WithMetrics(metrics => metrics
        .AddMeter(Measures.Name, "Microsoft.AspNetCore.Hosting", "Npgsql", "System.Runtime")
        .AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration
        {
            TagKeys = RequestLabels,

            // Routes by methods by answers: the usual two thousand are soon used up, and the rest would have no route.
            CardinalityLimit = 20_000,
            Boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        })
        .AddView(instrument => Kept(instrument.Meter.Name, instrument.Name) ? null : MetricStreamConfiguration.Drop)
        .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics").Needs(Permission);

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
