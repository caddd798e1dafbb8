using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>What front nodes send and what becomes of it.</summary>
internal static class ExchangeMeasures
{
    private static readonly Counter<long> Messages =
        Measures.Meter.CreateCounter<long>("shali.exchange.messages", "{message}", "Messages of front nodes, by what became of them: answered, or the code of the refusal.");

    private static readonly Counter<long> Rows =
        Measures.Meter.CreateCounter<long>("shali.exchange.rows", "{row}", "Rows that front nodes gave or took, accepted and refused.");

    private static readonly Counter<long> Batches =
        Measures.Meter.CreateCounter<long>("shali.exchange.batches", "{batch}", "Batches that front nodes gave or took, each once.");

    private static readonly Counter<long> Pushed =
        Measures.Meter.CreateCounter<long>("shali.push.events", "{event}", "Events sent to web hooks, by what the other side said: the class of its status, or that it could not be reached.");

    private static readonly Counter<long> Dead = Measures.Meter.CreateCounter<long>("shali.push.dead_letters", "{event}", "Events that were put aside after all tries.");

    private static readonly ConcurrentDictionary<string, double> Lags = new(StringComparer.Ordinal);

    static ExchangeMeasures() => Measures.Meter.CreateObservableGauge(
        "shali.exchange.lag", () => Lags.Select(lag => new Measurement<double>(lag.Value, new KeyValuePair<string, object?>("node", lag.Key))), "s",
        "How far the slowest flow of a front node is behind, by its last report to this host.");

    /// <summary>What a node said of itself.</summary>
    public static void Reported(string node, NodeReport report) => Lags[node] = report.Flows.Select(flow => flow.LagSeconds ?? 0).DefaultIfEmpty(0).Max();

    public static void Push(int events, string result) => Pushed.Add(events, new KeyValuePair<string, object?>("result", result));

    public static void DeadLetters(int events) => Dead.Add(events);

    public static void Message(Refusals refusals) => Messages.Add(1, new KeyValuePair<string, object?>("result", refusals.Any ? refusals[0].Code : "answered"));

    public static void Batch(string kind, ReceiptCounts counts)
    {
        Batches.Add(1, new KeyValuePair<string, object?>("kind", kind));
        Rows.Add(counts.Accepted, new KeyValuePair<string, object?>("kind", kind), new("result", "accepted"));
        Rows.Add(counts.Refused, new KeyValuePair<string, object?>("kind", kind), new("result", "refused"));
    }
}
