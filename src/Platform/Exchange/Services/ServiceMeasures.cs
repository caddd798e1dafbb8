using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Services;

/// <summary>Calls of services through the gateway.</summary>
internal static class ServiceMeasures
{
    private static readonly Counter<long> Calls =
        Measures.Meter.CreateCounter<long>("shali.gateway.calls", "{call}", "Calls of offices' services, by what became of them: the class of the answer's status, or the code of the refusal.");

    private static readonly Histogram<double> Lasted = Measures.Duration("shali.gateway.duration", "From the admission of a call to its last byte, of calls that were answered.");

    public static void Answered(string service, int status, long started)
    {
        Calls.Add(1, new KeyValuePair<string, object?>("result", string.Create(CultureInfo.InvariantCulture, $"{status / 100}xx")));
        Lasted.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("service", service));
    }

    public static void Refused(string code) => Calls.Add(1, new KeyValuePair<string, object?>("result", code));
}
