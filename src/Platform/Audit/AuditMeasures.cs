using System.Diagnostics.Metrics;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>How the log keeps up: what waits for it holds up an answer to somebody.</summary>
internal static class AuditMeasures
{
    public static readonly UpDownCounter<long> Waiting =
        Measures.Meter.CreateUpDownCounter<long>("shali.audit.waiting", "{record}", "Records that wait to be on disk.");

    public static readonly Counter<long> Records =
        Measures.Meter.CreateCounter<long>("shali.audit.records", "{record}", "Records that this node has written.");

    public static readonly Counter<long> Refused =
        Measures.Meter.CreateCounter<long>("shali.audit.refused", "{record}", "Records that could not be written; what waited for them did not happen.");

    public static readonly Histogram<double> Commit =
        Measures.Duration("shali.audit.commit.duration", "One commit of the log, however many records share it.");

    public static readonly Histogram<double> FeedLag =
        Measures.Duration("shali.feed.lag", "From the act of a writer to its place in the log, from which on change feeds show it.");
}
