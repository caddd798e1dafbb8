using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// Bills for those who may see them: who knows number and check code, the payer in his own space, the office that issued it,
/// the finance office. Names are masked except in the payer's own space; every other look at a person's bill is on record.
/// </summary>
public sealed class BillReading(RecordReader reader, AuditLog log)
{
    public const int PageSize = 50;

    private const int OwnMax = 200;

    private static readonly string[] Fields = ["number", "state", "case", "payer_name", "amount"];

    /// <summary>For who knows the check code; the same nothing whether number or code is wrong.</summary>
    public async Task<BillView?> ByCode(Caller who, string? number, string? code, CancellationToken cancel = default)
    {
        var wanted = Numbers.Typed(number);
        if (!Numbers.IsNumber(wanted) || await reader.Get(Resources.Bill, wanted, cancel: cancel) is not { } record)
        {
            return null;
        }

        var bill = Typed<Bill>.Of(record);
        return Secrets.Same(bill.CheckCode, Numbers.Typed(code)) ? await Noted(who, bill, cancel) : null;
    }

    /// <summary>The payer's own.</summary>
    public async Task<BillView?> Own(Caller who, string number, CancellationToken cancel = default) =>
        await reader.Get(Resources.Bill, number, cancel: cancel) is { } record && Typed<Bill>.Of(record) is var bill && IsOwn(who, bill)
            ? await View(bill, cancel)
            : null;

    public async Task<IReadOnlyList<Bill>> OwnList(Caller who, CancellationToken cancel = default)
    {
        var (field, value) = who.Entity is { Length: > 0 } firm ? ("payer_entity", firm) : ("payer_person", who.Person ?? "");
        if (value.Length == 0)
        {
            return [];
        }

        var query = new RecordQuery { Where = new Filter.Compare(field, Comparison.Equal, value), Sort = [new("issued_at", true)], Limit = OwnMax };
        return [.. (await reader.List(Resources.Bill, query, cancel)).Records.Select(Typed<Bill>.Of)];
    }

    /// <summary>At the desk: the finance office sees all, others what they issued.</summary>
    public async Task<BillView?> AtDesk(Caller who, string number, CancellationToken cancel = default) =>
        await reader.Get(Resources.Bill, number, cancel: cancel) is { } record && Typed<Bill>.Of(record) is var bill && Bills.Sees(who, bill)
            ? await Noted(who, bill, cancel)
            : null;

    /// <summary>By number or case, newest first.</summary>
    public async Task<(IReadOnlyList<Bill> Bills, string? Next)> Find(
        Caller who, string words, string? state, string? after, CancellationToken cancel = default)
    {
        var query = new RecordQuery
        {
            Where = Filter.All(
                who.May(LedgerSystem.Cashier) ? null : new Filter.Compare("office", Comparison.Equal, who.Office),
                words.Length == 0 ? null : new Filter.Or(
                    [new Filter.Compare("number", Comparison.Equal, words), new Filter.Compare("case", Comparison.Equal, words)]),
                state is null ? null : new Filter.Compare("state", Comparison.Equal, state)),
            Sort = [new("issued_at", true)],
            Limit = PageSize,
            After = after,
        };
        var page = await reader.TryList(Resources.Bill, query, cancel);
        if (!page.Ok)
        {
            return ([], null);
        }

        var bills = page.Value.Records.Select(Typed<Bill>.Of).ToList();
        if (bills.Count > 0)
        {
            await Note("record.list", who, bills, cancel);
        }

        return (bills, page.Value.Next);
    }

    public static bool IsOwn(Caller who, Bill bill) => who.Entity is { Length: > 0 } firm
        ? bill.PayerEntity == firm
        : who.Person is { Length: > 0 } person && bill.PayerPerson == person;

    private async Task<BillView> Noted(Caller who, Bill bill, CancellationToken cancel)
    {
        await Note("record.read", who, [bill], cancel);
        return await View(bill, cancel);
    }

    private Task Note(string kind, Caller who, IReadOnlyList<Bill> bills, CancellationToken cancel) => log.Append(
        new AuditEntry(kind, who)
        {
            Resource = Resources.Bill.Id,
            Keys = [.. bills.Select(bill => bill.Number)],
            Fields = Fields,
            Subjects = [.. bills.Select(bill => bill.PayerPerson).OfType<string>().Distinct(StringComparer.Ordinal)],
            Purpose = Text.ReadPurpose,
        },
        cancel);

    private async Task<BillView> View(Bill bill, CancellationToken cancel)
    {
        var query = Bills.LinesQuery(bill.Number);
        return new(
            bill,
            [.. (await reader.List(Resources.BillLine, query, cancel)).Records.Select(Typed<BillLine>.Of).OrderBy(line => line.Ordinal)],
            [.. (await reader.List(Resources.Receipt, query, cancel)).Records.Select(Typed<Receipt>.Of).OrderBy(receipt => receipt.Number, StringComparer.Ordinal)],
            [.. (await reader.List(Resources.Payment, query, cancel)).Records.Select(Typed<Payment>.Of).OrderBy(payment => payment.AskedAt)],
            [.. (await reader.List(Resources.Refund, query, cancel)).Records.Select(Typed<Refund>.Of).OrderBy(refund => refund.AskedAt)],
            [.. (await reader.List(Resources.Problem, query, cancel)).Records.Select(Typed<Problem>.Of).OrderBy(problem => problem.At)]);
    }
}

/// <summary>A bill with everything that belongs to it.</summary>
public sealed record BillView(
    Bill Bill, IReadOnlyList<BillLine> Lines, IReadOnlyList<Receipt> Receipts, IReadOnlyList<Payment> Payments, IReadOnlyList<Refund> Refunds,
    IReadOnlyList<Problem> Problems);
