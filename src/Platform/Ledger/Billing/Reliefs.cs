using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Ledger;

/// <summary>
/// A fee that somebody need not pay, or not whole: a clerk of the office that charges it asks, with the published rule and
/// the proof; its head decides. What is let off stands on the bill and in the books, and moves in the act that decides;
/// what was paid already goes back.
/// </summary>
public sealed class Reliefs(RecordStore store, RecordReader reader, TimeProvider time)
{
    private const int Most = 200;
    private const int DocumentMax = 200;

    /// <summary>What <see cref="LedgerSystem"/> declares.</summary>
    public static readonly IReadOnlyList<RuleEntry> Rules =
    [
        new("LDG-L02", Text.NoRelief, Bills.FeeBasis),
        new("LDG-L04", Text.NoProof, null),
        new("LDG-L05", Text.ReliefAlone, null),
    ];

    /// <summary>The rules in force today for a fee.</summary>
    public async Task<IReadOnlyList<Relief>> For(string feeItem, CancellationToken cancel = default)
    {
        var query = new RecordQuery { Where = new Filter.Compare("fee_item", Comparison.Equal, feeItem), ValidOn = time.Today(), Limit = Most };
        return [.. (await reader.List(Resources.Relief, query, cancel)).Records.Select(Typed<Relief>.Of).Where(relief => relief.State == FeeState.Published)];
    }

    /// <summary>All requests about a bill, the newest first.</summary>
    public async Task<IReadOnlyList<ReliefRequest>> Of(string bill, CancellationToken cancel = default)
    {
        var query = new RecordQuery { Where = new Filter.Compare("bill", Comparison.Equal, bill), Limit = Most };
        return [.. (await reader.List(Resources.ReliefRequest, query, cancel)).Records.Select(Read).OrderByDescending(request => request.AskedAt)];
    }

    /// <summary>Asks for it. The same <paramref name="once"/> is the same request.</summary>
    public async Task<Outcome<ReliefRequest>> Ask(Caller who, ReliefAsked asked, string once, CancellationToken cancel = default)
    {
        var written = await store.Write(
            new Act(who, "ledger.relief.ask") { IdempotencyKey = "relief|" + once },
            Resources.Schema,
            async writing =>
            {
                if (await Bills.Get(writing, asked.Bill, cancel) is not { } bill
                    || (await Bills.LinesOf(writing, asked.Bill, cancel)).FirstOrDefault(line => line.Key == asked.Line) is not { } line || line.Office != who.Office)
                {
                    return Refusals.Of(new Refusal("LDG-R02", "line", Text.NoLine));
                }

                var relief = (await For(line.FeeItem, cancel)).FirstOrDefault(one => one.Code == asked.Relief);
                var earlier = await writing.List(
                    Resources.ReliefRequest,
                    new() { Where = Filter.All(new Filter.Compare("bill", Comparison.Equal, bill.Number), new Filter.Not(new Filter.Compare("state", Comparison.Equal, ReliefState.Refused))), Limit = Most },
                    cancel);
                var refusals = Refusals.Of(
                    BillState.IsOpen(bill.State) || BillState.IsPaid(bill.State) ? null : new("LDG-L01", "line", Text.NoReliefNow(Codes.BillStates.Find(bill.State)!.Label)),
                    relief is null ? new("LDG-L02", "relief", Text.NoRelief, Bills.FeeBasis) : null,
                    line.Relief is not null || earlier.Select(Read).Any(one => one.Line == line.Key) ? new("LDG-L03", "line", Text.RelievedBefore) : null,
                    string.IsNullOrWhiteSpace(asked.Document) || asked.Document.Length > DocumentMax ? new("LDG-L04", "document", Text.NoProof) : null);
                return refusals.Any ? refusals : (await writing.Apply(
                    new Change.Insert(Resources.ReliefRequest, Ulid.Next(time), Typed<ReliefRequest>.Values(new()
                    {
                        Case = bill.Case,
                        Bill = bill.Number,
                        Line = line.Key,
                        FeeItem = line.FeeItem,
                        FeeName = line.Name,
                        Office = line.Office,
                        Relief = relief!.Code,
                        Name = relief.Name,
                        Percent = relief.Percent,
                        Ground = relief.Ground,
                        Amount = Share(line, relief.Percent).Yuan,
                        Document = asked.Document!.Trim(),
                        File = asked.File,
                        State = ReliefState.Asked,
                        AskedBy = who.Id,
                        AskedByName = who.Name,
                        AskedAt = writing.At,
                    })),
                    cancel)).Refusals;
            },
            cancel);
        return written.Ok ? await Get(written.Value.Records[0].Key, cancel) : written.Refusals;
    }

    /// <summary>The head of the office grants it, or refuses it with a reason.</summary>
    public async Task<Outcome<ReliefRequest>> Decide(Caller who, string key, bool grants, string? opinion, CancellationToken cancel = default)
    {
        if (await reader.Get(Resources.ReliefRequest, key, cancel: cancel) is not { } known || Read(known) is not { } before || before.Office != who.Office)
        {
            return new Refusal("LDG-L06", "", Text.NoOpenRelief);
        }

        var said = opinion?.Trim() ?? "";
        var written = await store.Write(
            new Act(who, "ledger.relief.decide", said.Length > 0 ? said : null, before.Case),
            Resources.Schema,
            async writing =>
            {
                // The bill is locked first, as everywhere.
                var bill = (await Bills.Get(writing, before.Bill, cancel))!;
                var request = Read((await writing.Get(Resources.ReliefRequest, key, cancel))!);
                var refusals = Refusals.Of(
                    request.State != ReliefState.Asked ? new("LDG-L06", "", Text.NoOpenRelief) : null,
                    who.Role != Roles.Head || who.Id == request.AskedBy ? new("LDG-L05", "", Text.ReliefAlone) : null,
                    !grants && said.Length == 0 ? new("LDG-B08", "opinion", Text.ReasonMissing) : null,
                    said.Length > 300 ? new("LDG-L08", "opinion", Text.OpinionLong) : null);
                if (refusals.Any)
                {
                    return refusals;
                }

                var decided = request with
                {
                    State = grants ? ReliefState.Granted : ReliefState.Refused,
                    DecidedBy = who.Id,
                    DecidedByName = who.Name,
                    DecidedAt = writing.At,
                    Opinion = said.Length > 0 ? said : null,
                };
                return (await writing.Apply(new Change.Update(Resources.ReliefRequest, key, null, Typed<ReliefRequest>.Differences(request, decided)), cancel)).Refusals
                    .And(grants ? await Grant(writing, bill, decided, cancel) : Refusals.None);
            },
            cancel);
        return written.Ok ? await Get(key, cancel) : written.Refusals;
    }

    /// <summary>What is let off of a line.</summary>
    internal static Money Share(BillLine line, int percent) => Money.Rounded(line.Gross * percent / 100);

    /// <summary>The entry that takes back what was assessed; a bill has at most one for each line.</summary>
    internal static Entry Entry(string bill, BillLine line) => new(
        $"relief:{bill}:{line.Ordinal}", EntryKind.Relief, bill, Text.ReliefMemo,
        [new(Chart.Assessed(line.Office), Chart.Due(line.Office), Money.OfYuan(line.Relieved ?? 0))]);

    /// <summary>A line of a new bill with what had been granted on the one that it replaces.</summary>
    internal static async Task<BillLine?> Carried(WriteSession writing, BillLine line, string key, string number, CancellationToken cancel) =>
        await writing.Get(Resources.ReliefRequest, key, cancel) is { } record && Read(record) is { State: ReliefState.Granted } request
        && request.Case == number && request.FeeItem == line.FeeItem
            ? Reduced(line, request)
            : null;

    private async Task<Refusals> Grant(WriteSession writing, Bill bill, ReliefRequest request, CancellationToken cancel)
    {
        var line = (await Bills.LinesOf(writing, bill.Number, cancel)).First(one => one.Key == request.Line);
        if (bill.State == BillState.Paying)
        {
            return Refusals.Of(new Refusal("LDG-L07", "", Text.ReliefPaying));
        }

        if (bill.State == BillState.Issued)
        {
            var reduced = Reduced(line, request);
            var after = bill with { Amount = bill.Amount - reduced.Relieved!.Value, Relieved = (bill.Relieved ?? 0) + reduced.Relieved };
            return (await writing.Apply(new Change.Update(Resources.BillLine, line.Key, null, Typed<BillLine>.Differences(line, reduced)), cancel)).Refusals
                .And(await Bills.Change(writing, bill, after with { State = after.Amount == 0 ? BillState.Waived : BillState.Issued }, cancel))
                .And(await Books.Must(writing, cancel, Entry(bill.Number, reduced)));
        }

        var back = Money.OfYuan(Math.Min(Share(line, request.Percent).Yuan, line.Left.Yuan));
        return BillState.IsPaid(bill.State) && back > Money.Zero
            ? await Refunds.Back(writing, bill, Ulid.Next(time), [(line, back)], Text.ReliefReason(request.Name, request.Ground), cancel)
            : Refusals.Of(new Refusal("LDG-L01", "", Text.NoReliefNow(Codes.BillStates.Find(bill.State)!.Label)));
    }

    private static BillLine Reduced(BillLine line, ReliefRequest request)
    {
        var share = Share(line, request.Percent).Yuan;
        return line with
        {
            Amount = line.Gross - share,
            Relieved = share,
            Relief = request.Key,
            ReliefNote = Text.ReliefReason(request.Name, request.Ground),
        };
    }

    private async Task<ReliefRequest> Get(string key, CancellationToken cancel) => Read((await reader.Get(Resources.ReliefRequest, key, cancel: cancel))!);

    private static ReliefRequest Read(Record record) => Typed<ReliefRequest>.Of(record) with { Key = record.Key };
}

/// <summary>What a clerk asks for.</summary>
/// <param name="Line">Key of the bill's line.</param>
/// <param name="Relief">Code of the published rule.</param>
/// <param name="Document">Name and number of the proof.</param>
/// <param name="File">Address of its file; null: it is on record elsewhere.</param>
public sealed record ReliefAsked(string Bill, string Line, string Relief, string? Document, string? File = null);
