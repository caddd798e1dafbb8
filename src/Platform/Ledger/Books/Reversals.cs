using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// 红字冲销 by hand: only of what was adjusted by hand. What follows from a bill, a payment or a refund is taken back by
/// cancelling or refunding, so that record and books go together.
/// </summary>
public sealed class Reversals(RecordStore store, BookReading reading)
{
    public static bool ByHand(ShownEntry entry) => entry is { Kind: EntryKind.Adjustment, ReversedBy: null };

    public async Task<Outcome<Written>> Reverse(Caller who, long id, string reason, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("LDG-B08", "reason", Text.ReasonMissing);
        }

        if (await reading.Entry(id, cancel) is not { } entry || !ByHand(entry))
        {
            return new Refusal("LDG-E08", "reverses", Text.NotByHand);
        }

        var reversal = new Entry(
            $"reverse:{id}", EntryKind.Reversal, entry.About, Text.ReversalMemo,
            [.. entry.Transfers.Select(transfer => new Transfer(transfer.Credit, transfer.Debit, transfer.Amount))])
        { Reverses = id };
        return await store.Write(
            new Act(who, "ledger.entry.reverse", reason), Resources.Schema, writing => Books.Must(writing, cancel, reversal), cancel);
    }
}
