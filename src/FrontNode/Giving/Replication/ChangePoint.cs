using System.Text.Json;
using Shali.Platform.Exchange.Evidence;

namespace Shali.FrontNode.Giving.Replication;

/// <summary>
/// How far a flow has taken the changes of its source. It is written together with what was queued of them, and only afterwards the source is
/// told: so after whatever death the source tells again what was not taken, and what was taken is known here.
/// </summary>
/// <param name="Server">Which server and which life of it (system and timeline): places of another mean nothing.</param>
/// <param name="Place">Everything that was committed before this place in the log is taken.</param>
internal sealed record ChangePoint(string Server, ulong Place)
{
    private const int RecentMost = 64;

    /// <summary>Where the transaction was committed of which only a part is taken yet; 0: none.</summary>
    public ulong Within { get; init; }

    /// <summary>How many changes of that transaction are taken, and how many of them ended rows.</summary>
    public long Taken { get; init; }

    /// <inheritdoc cref="Taken"/>
    public long Ended { get; init; }

    /// <summary>The last look at all rows: what it saw is taken, though the log tells it still. Null: the log has passed it.</summary>
    public Moment? Whole { get; init; }

    /// <summary>The same for single rows that were read again, by what names them.</summary>
    public IReadOnlyDictionary<string, Moment> Again { get; init; } = new Dictionary<string, Moment>(StringComparer.Ordinal);

    /// <summary>The last transactions that were taken. The log can tell of one a moment before others see it: a look at all rows has to see these.</summary>
    public IReadOnlyList<uint> Recent { get; init; } = [];

    public static string KeyOf(string flow) => "changes:" + flow;

    public static ChangePoint? Read(NodeStore store, string flow) =>
        store.Meta(KeyOf(flow)) is { Length: > 0 } text ? JsonSerializer.Deserialize<ChangePoint>(text, EvidenceJson.Options) : null;

    public void Write(NodeStore store, string flow) => store.Meta(KeyOf(flow), JsonSerializer.Serialize(this, EvidenceJson.Options));

    /// <summary>All rows were looked at: what that saw need not be taken from the log.</summary>
    public ChangePoint AfterLook(Moment seen) => this with { Whole = seen, Within = 0, Taken = 0, Ended = 0, Again = new Dictionary<string, Moment>(StringComparer.Ordinal) };

    /// <summary>A transaction is over.</summary>
    /// <param name="transaction">Its number; null: nothing of it was taken.</param>
    public ChangePoint Past(ulong place, uint? transaction) => At(place) with
    {
        Within = 0,
        Taken = 0,
        Ended = 0,
        Recent = transaction is { } number ? [.. Recent.TakeLast(RecentMost - 1), number] : Recent,
    };

    /// <summary>The log says nothing of this table up to here.</summary>
    public ChangePoint At(ulong place) => this with
    {
        Place = place,
        Whole = Whole is { } whole && whole.Place > place ? whole : null,
        Again = Again.Count == 0 ? Again : Again.Where(row => row.Value.Place > place).ToDictionary(StringComparer.Ordinal),
    };
}
