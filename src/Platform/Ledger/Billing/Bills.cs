using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>Issues and ends bills. Amounts come from the published fee items, never from whoever asks.</summary>
public sealed class Bills(RecordStore store, Chart chart, Offices offices, TimeProvider time)
{
    private const int LinesMax = 100;
    private const int DaysMax = 366;

    /// <summary>Nothing that is charged may be left out of this sentence of the law.</summary>
    internal static readonly Basis FeeBasis = new("行政许可法", "第五十八条、第五十九条");

    /// <summary>
    /// One bill over all fees of a case. The same <paramref name="once"/> (case and step, for instance) gives the same
    /// bill again, so a caller that was killed asks again without fear.
    /// </summary>
    public async Task<Outcome<Bill>> Issue(Caller who, BillRequest request, string once, CancellationToken cancel = default)
    {
        Bill? bill = null;
        var act = new Act(who, "ledger.bill.issue", null, request.Case) { IdempotencyKey = "issue|" + once };
        var written = await store.Write(
            act,
            Resources.Schema,
            async writing =>
            {
                var (refusals, lines) = await Lines(writing, request, cancel);
                refusals = Check(request).And(refusals);
                if (refusals.Any)
                {
                    return refusals;
                }

                bill = Draft(writing, request, await Numbers.Bill(writing, cancel), Money.Sum(lines.Select(line => Money.OfYuan(line.Amount))), Money.Sum(lines.Select(line => Money.OfYuan(line.Relieved ?? 0))));
                refusals = (await writing.Apply(new Change.Insert(Resources.Bill, "", Typed<Bill>.Values(bill)), cancel)).Refusals;
                foreach (var line in lines.Select(line => line with { Bill = bill.Number }))
                {
                    refusals = refusals.And((await writing.Apply(
                        new Change.Insert(Resources.BillLine, $"{bill.Number}-{line.Ordinal}", Typed<BillLine>.Values(line)), cancel)).Refusals);
                }

                refusals = refusals.And(await chart.OpenOffices(writing, lines.Select(line => line.Office), cancel));
                return refusals.Any ? refusals : await Books.Must(writing, cancel, [Charge(bill, lines), .. lines.Where(IsRelieved).Select(line => Reliefs.Entry(bill.Number, line))]);
            },
            cancel);
        return !written.Ok ? written.Refusals : bill ?? await Again(written.Value.Records[0].Key, cancel);
    }

    /// <summary>Cancels an unpaid bill with a reason; what was charged is reversed.</summary>
    public async Task<Outcome<Written>> Cancel(Caller who, string number, string reason, CancellationToken cancel = default) =>
        string.IsNullOrWhiteSpace(reason)
            ? new Refusal("LDG-B08", "reason", Text.ReasonMissing)
            : await store.Write(
                new Act(who, "ledger.bill.cancel", reason),
                Resources.Schema,
                writing => End(writing, number, BillState.Cancelled, reason, cancel),
                cancel);

    /// <summary>Ends bills whose day has passed; called by the worker. Attempts under way are waited for.</summary>
    internal async Task<int> Expire(Db db, CancellationToken cancel)
    {
        var numbers = await db.List(
            $"select number from ledger.bill where state = {BillState.Issued} and expires_on < {time.Today()} order by expires_on limit 500",
            row => row.GetString(0),
            cancel);
        foreach (var number in numbers)
        {
            await store.Write(
                new Act(Caller.Platform("ledger"), "ledger.bill.expire"),
                Resources.Schema,
                writing => End(writing, number, BillState.Expired, null, cancel),
                cancel);
        }

        return numbers.Count;
    }

    internal static async Task<Bill?> Get(WriteSession writing, string number, CancellationToken cancel) =>
        await writing.Get(Resources.Bill, number, cancel) is { } record ? Typed<Bill>.Of(record) : null;

    internal static async Task<List<BillLine>> LinesOf(WriteSession writing, string number, CancellationToken cancel) =>
        [.. (await writing.List(Resources.BillLine, LinesQuery(number), cancel)).Select(Typed<BillLine>.Of).OrderBy(line => line.Ordinal)];

    internal static RecordQuery LinesQuery(string number) =>
        new() { Where = new Filter.Compare("bill", Comparison.Equal, number), Limit = LinesMax };

    internal static async Task<Refusals> Change(WriteSession writing, Bill before, Bill after, CancellationToken cancel) =>
        (await writing.Apply(new Change.Update(Resources.Bill, before.Number, null, Typed<Bill>.Differences(before, after)), cancel)).Refusals;

    private static async Task<Refusals> End(WriteSession writing, string number, string state, string? reason, CancellationToken cancel)
    {
        if (await Get(writing, number, cancel) is not { } bill || !Sees(writing.Act.Who, bill))
        {
            return Refusals.Of(new Refusal("LDG-B01", "number", Text.NoBill));
        }

        if (bill.State != BillState.Issued)
        {
            return Refusals.Of(new Refusal("LDG-B07", "number", Text.CannotEnd(Codes.BillStates.Find(bill.State)!.Label)));
        }

        var lines = await LinesOf(writing, number, cancel);
        var memo = state == BillState.Expired ? Text.ExpiredMemo : Text.CancelledMemo;
        var reversals = new List<Entry>();
        foreach (var made in lines.Where(IsRelieved).Select(line => Reliefs.Entry(number, line)).Prepend(Charge(bill, lines)))
        {
            reversals.Add(new(
                made.Request == ChargeRequest(number) ? $"end:{number}" : $"end:{made.Request}", EntryKind.Reversal, number, memo,
                [.. made.Transfers.Select(transfer => new Transfer(transfer.Credit, transfer.Debit, transfer.Amount))])
            {
                Reverses = await writing.Session.Scalar<long>($"select id from ledger.entry where request = {made.Request}", cancel),
            });
        }

        return (await Change(writing, bill, bill with { State = state, Note = reason }, cancel))
            .And(await Books.Must(writing, cancel, [.. reversals]));
    }

    private static bool IsRelieved(BillLine line) => line.Relieved > 0;

    /// <summary>Whose bills a caller sees and may act on: the cashiers' all, others' what their office issued.</summary>
    internal static bool Sees(Caller who, Bill bill) =>
        who.Kind == CallerKind.Platform || who.May(LedgerSystem.Cashier) || (bill.Office.Length > 0 && bill.Office == who.Office);

    private Refusals Check(BillRequest request) => Refusals.Of(
        request.Lines.Count is 0 or > LinesMax ? new("LDG-B02", "lines", Text.LineCount(LinesMax), FeeBasis) : null,
        string.IsNullOrWhiteSpace(request.Payer.Name) ? new("LDG-B03", "payer", Text.PayerMissing) : null,
        request.ExpiresOn < time.Today() || request.ExpiresOn > time.Today().AddDays(DaysMax)
            ? new("LDG-B04", "expires", Text.ExpiresRange(DaysMax)) : null,
        offices.Find(request.Office) is null ? new("LDG-B05", "office", Text.NoOffice(request.Office)) : null);

    private async Task<(Refusals, List<BillLine>)> Lines(WriteSession writing, BillRequest request, CancellationToken cancel)
    {
        var refusals = new List<Refusal?>();
        var lines = new List<BillLine>();
        foreach (var asked in request.Lines.Take(LinesMax))
        {
            var query = new RecordQuery { Where = new Filter.KeyIn([asked.FeeItem]), ValidOn = time.Today(), Limit = 1 };
            var item = (await writing.List(Resources.FeeItem, query, cancel)) is [var record] ? Typed<FeeItem>.Of(record) : null;
            if (item is not { State: FeeState.Published })
            {
                refusals.Add(new("LDG-B06", "lines", Text.NoFeeItem(asked.FeeItem), FeeBasis));
                continue;
            }

            var amount = asked.Quantity > 0 && asked.Quantity < 1_000_000 ? Money.Rounded(item.Price * asked.Quantity) : Money.Zero;
            if (amount <= Money.Zero || decimal.Round(asked.Quantity, 3) != asked.Quantity)
            {
                refusals.Add(new("LDG-B09", "lines", Text.BadQuantity(item.Name)));
                continue;
            }

            var line = new BillLine
            {
                Bill = "",
                Ordinal = lines.Count + 1,
                Office = item.Office,
                FeeItem = item.Code,
                Name = item.Name,
                Basis = $"{new Basis(item.BasisAct, item.BasisArticle)}；{item.StandardNumber}",
                Quantity = asked.Quantity,
                Unit = item.Unit,
                Price = item.Price,
                Amount = amount.Yuan,
                Refunded = 0,
                Part = asked.Part,
            };
            var reduced = asked.Relief is { } key ? await Reliefs.Carried(writing, line, key, request.Case, cancel) : line;
            if (reduced is null)
            {
                refusals.Add(new("LDG-L02", "lines", Text.NoRelief, FeeBasis));
                continue;
            }

            lines.Add(reduced);
        }

        return (Refusals.Of([.. refusals]), lines);
    }

    private static Bill Draft(WriteSession writing, BillRequest request, string number, Money amount, Money relieved) => new()
    {
        Number = number,
        CheckCode = Numbers.CheckCode(),
        State = amount > Money.Zero ? BillState.Issued : BillState.Waived,
        Case = request.Case,
        Office = request.Office,
        PayerName = request.Payer.Name.Trim(),
        PayerPerson = request.Payer.Person,
        PayerEntity = request.Payer.Entity,
        Amount = amount.Yuan,
        Relieved = relieved > Money.Zero ? relieved.Yuan : null,
        Refunded = 0,
        IssuedAt = writing.At,
        ExpiresOn = request.ExpiresOn,
        Replaces = request.Replaces,
    };

    private static string ChargeRequest(string number) => $"charge:{number}";

    private static Entry Charge(Bill bill, IReadOnlyList<BillLine> lines) => new(
        ChargeRequest(bill.Number), EntryKind.Charge, bill.Number, Text.ChargeMemo,
        [.. lines.Select(line => new Transfer(Chart.Due(line.Office), Chart.Assessed(line.Office), Money.OfYuan(line.Gross)))]);

    private async Task<Outcome<Bill>> Again(string number, CancellationToken cancel)
    {
        Bill? bill = null;
        await store.Write(
            new Act(Caller.Platform("ledger"), "ledger.bill.issue"),
            Resources.Schema,
            async writing =>
            {
                bill = await Get(writing, number, cancel);
                return Refusals.None;
            },
            cancel);
        return bill!;
    }
}

/// <summary>What a bill is to be made of.</summary>
/// <param name="Case">办件编号, so that the case hears what becomes of the bill.</param>
/// <param name="Office">The office that issues it; the fees may belong to others.</param>
/// <param name="ExpiresOn">The last day on which it can be paid.</param>
public sealed record BillRequest(string Case, Payer Payer, string Office, IReadOnlyList<FeeLine> Lines, DateOnly ExpiresOn)
{
    /// <summary>Number of the bill in whose place it is issued; null: it is the first.</summary>
    public string? Replaces { get; init; }
}

/// <summary>Who owes it.</summary>
/// <param name="Person">Population key, when he is known there: he then sees the bill in his own space.</param>
/// <param name="Entity">Organisation code, when it is a firm's.</param>
public sealed record Payer(string Name, string? Person = null, string? Entity = null);

/// <summary>So much of a published fee item.</summary>
public sealed record FeeLine(string FeeItem, decimal Quantity = 1)
{
    /// <summary>For which part of the case, in the words of whoever issues: a line is found again by it.</summary>
    public string? Part { get; init; }

    /// <summary>Key of the relief that was granted on the bill that this one replaces; null: none.</summary>
    public string? Relief { get; init; }
}
