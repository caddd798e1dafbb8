using System.Diagnostics.Metrics;

namespace Shali.Platform.Kernel;

/// <summary>
/// The meter of what the platform measures of itself; <c>/metrics</c> shows it beside those of the framework.
/// Durations are in seconds. Labels never carry what identifies a person.
/// </summary>
public static class Measures
{
    public const string Name = "Shali";

    public static readonly Meter Meter = new(Name);

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    public static Histogram<double> Duration(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, tags: null, Seconds);
}
