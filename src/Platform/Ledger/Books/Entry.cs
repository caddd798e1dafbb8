using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>One business event in the books: at least one transfer, written once, never changed.</summary>
/// <param name="Request">Names the event for ever: the same request again changes nothing.</param>
/// <param name="Kind">What happened: <see cref="EntryKind"/>.</param>
/// <param name="About">What it is about: the number of a bill, an order, a card.</param>
/// <param name="Memo">摘要: in words, for the reader of the books.</param>
public sealed record Entry(string Request, string Kind, string About, string Memo, IReadOnlyList<Transfer> Transfers)
{
    /// <summary>The entry whose transfers this one takes back, side for side.</summary>
    public long? Reverses { get; init; }

    public Money Total => Money.Sum(Transfers.Select(transfer => transfer.Amount));
}

/// <summary>An amount that is debited to one account and credited to another.</summary>
public readonly record struct Transfer(string Debit, string Credit, Money Amount);

/// <summary>Kinds of entries; permanent.</summary>
public static class EntryKind
{
    public const string Charge = "charge";
    public const string Payment = "payment";
    public const string Unapplied = "unapplied";
    public const string Applied = "applied";
    public const string Refund = "refund";
    public const string PaidOut = "paid-out";
    public const string Settlement = "settlement";
    public const string Adjustment = "adjustment";
    public const string Reversal = "reversal";

    /// <summary>What was assessed and is let off.</summary>
    public const string Relief = "relief";
}

/// <summary>What became of an entry: its number in the books, and whether it stood there before.</summary>
public sealed record PostedEntry(long Id, DateOnly Day, bool Earlier);
