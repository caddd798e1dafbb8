using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// Receipts: one for each office that received something, as each must give its own (财政票据管理办法). What they say
/// after a refund is what was kept.
/// </summary>
public sealed class Receipts(RecordReader reader)
{
    /// <summary>The receipt, for who knows both its number and its check code; the same nothing for any other.</summary>
    public async Task<Receipt?> Check(string? number, string? code, CancellationToken cancel = default)
    {
        var (wanted, given) = (Numbers.Typed(number), Numbers.Typed(code));
        return Numbers.IsNumber(wanted) && await reader.Get(Resources.Receipt, wanted, cancel: cancel) is { } record
            && Typed<Receipt>.Of(record) is var receipt && Secrets.Same(receipt.CheckCode, given)
                ? receipt
                : null;
    }

    internal static async Task<Refusals> Issue(WriteSession writing, Bill bill, IEnumerable<BillLine> lines, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        foreach (var office in lines.Where(line => line.Amount > 0).GroupBy(line => line.Office, StringComparer.Ordinal))
        {
            var receipt = new Receipt
            {
                Number = await Numbers.Receipt(writing, cancel),
                CheckCode = Numbers.CheckCode(),
                Bill = bill.Number,
                Office = office.Key,
                PayerName = bill.PayerName,
                Amount = office.Sum(line => line.Amount),
                Refunded = 0,
                State = ReceiptState.Valid,
                IssuedAt = writing.At,
            };
            refusals = refusals.And((await writing.Apply(new Change.Insert(Resources.Receipt, "", Typed<Receipt>.Values(receipt)), cancel)).Refusals);
        }

        return refusals;
    }

    internal static async Task<Refusals> Reduce(WriteSession writing, string bill, string office, decimal amount, CancellationToken cancel)
    {
        var query = new RecordQuery
        {
            Where = Filter.All(new Filter.Compare("bill", Comparison.Equal, bill), new Filter.Compare("office", Comparison.Equal, office)),
            Limit = 1,
        };
        var receipt = Typed<Receipt>.Of((await writing.List(Resources.Receipt, query, cancel))[0]);
        var refunded = receipt.Refunded + amount;
        var reduced = receipt with { Refunded = refunded, State = ReceiptState.After(receipt.Amount, refunded) };
        return (await writing.Apply(
            new Change.Update(Resources.Receipt, receipt.Number, null, Typed<Receipt>.Differences(receipt, reduced)), cancel)).Refusals;
    }
}
