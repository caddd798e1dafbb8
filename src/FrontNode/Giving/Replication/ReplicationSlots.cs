using System.Text.Json;
using Npgsql;
using Shali.Platform.Exchange.Evidence;

namespace Shali.FrontNode.Giving.Replication;

/// <summary>A slot that this node has made somewhere. One that nobody reads fills the disk of its server: none may be forgotten.</summary>
/// <param name="Where">Server and database, without the password.</param>
internal sealed record KnownSlot(string Flow, string Slot, string Where);

/// <summary>The slots that the node has at its sources, and their end.</summary>
internal static class ReplicationSlots
{
    private const string Key = "slot:";

    public static void Remember(NodeStore store, GiveSettings give)
    {
        var at = new NpgsqlConnectionStringBuilder(give.Source.Connection);
        store.Meta(Key + give.Flow, JsonSerializer.Serialize(new KnownSlot(give.Flow, give.Source.Changes!.Slot, $"{at.Host}:{at.Port}/{at.Database}"), EvidenceJson.Options));
    }

    /// <summary>Those that no flow of the configuration uses any more.</summary>
    public static IReadOnlyList<KnownSlot> Unused(NodeStore store, Configuration configuration) =>
    [
        .. store.Metas(Key).Select(text => JsonSerializer.Deserialize<KnownSlot>(text, EvidenceJson.Options)!)
            .Where(known => !configuration.Gives.Any(give => give.Flow == known.Flow && give.Source.Changes?.Slot == known.Slot)),
    ];

    /// <summary><c>shali-node retire FILE FLOW</c>: the flow's slot is dropped at the source; what the flow has given stays at the centre.</summary>
    /// <returns>What was done, in words.</returns>
    /// <exception cref="NodeRefusedException">The node has no slot for the flow.</exception>
    public static async Task<string> Retire(Configuration configuration, NodeStore store, string flow, CancellationToken cancel)
    {
        var known = await store.Together(each => each.Meta(Key + flow), cancel) is { Length: > 0 } text ? JsonSerializer.Deserialize<KnownSlot>(text, EvidenceJson.Options)! : null;
        if (configuration.Gives.FirstOrDefault(give => give.Flow == flow && give.Source.Changes is not null) is { } give)
        {
            await Drop(give, cancel);
            known = new(flow, give.Source.Changes!.Slot, "");
        }
        else if (known is null)
        {
            throw new NodeRefusedException(Text.NoSlotOf(flow));
        }

        await store.Together(
            each =>
            {
                each.Unmeta(Key + flow);
                each.Unmeta(ChangePoint.KeyOf(flow));
            },
            cancel);
        return known.Where.Length == 0 ? Text.SlotDropped(known.Slot) : Text.SlotForgotten(known.Slot, known.Where);
    }

    private static async Task Drop(GiveSettings give, CancellationToken cancel)
    {
        try
        {
            await using var source = await ReplicatedTable.OpenAt(give.Source, cancel);
            await source.DropSlot(cancel);
        }
        catch (Exception away) when (away is SourceAwayException or NpgsqlException)
        {
            throw new NodeRefusedException(away.Message);
        }
    }
}
