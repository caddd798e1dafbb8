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

    public static void Message(Refusals refusals) => Messages.Add(1, new KeyValuePair<string, object?>("result", refusals.Any ? refusals[0].Code : "answered"));

    public static void Batch(string kind, ReceiptCounts counts)
    {
        Rows.Add(counts.Accepted, new KeyValuePair<string, object?>("kind", kind), new("result", "accepted"));
        Rows.Add(counts.Refused, new KeyValuePair<string, object?>("kind", kind), new("result", "refused"));
    }
}
