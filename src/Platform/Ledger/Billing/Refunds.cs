using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// Money back: a line or all of a paid bill, never more than was paid and is left. From the asking on it is owed to
/// the payer in the books; the channel is asked until it answers.
/// </summary>
public sealed class Refunds(RecordStore store, RecordReader reader, PaymentChannels channels, TimeProvider time)
{
    /// <summary>Refunds a line, or with no line all that is left on the bill.</summary>
    /// <param name="amount">Null: all that is left of the line.</param>
    /// <param name="once">The same is the same refund.</param>
    public async Task<Outcome<Refund>> Ask(
        Caller who, string number, string? line, Money? amount, string reason, string once, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("LDG-B08", "reason", Text.ReasonMissing);
        }

        var written = await store.Write(
            new Act(who, "ledger.refund.ask", reason) { IdempotencyKey = "refund|" + once },
            Resources.Schema,
            async writing =>
            {
                if (await Bills.Get(writing, number, cancel) is not { } bill || !Bills.Sees(who, bill))
                {
                    return Refusals.Of(new Refusal("LDG-B01", "number", Text.NoBill));
                }

                if (!BillState.IsPaid(bill.State))
                {
                    return Refusals.Of(new Refusal("LDG-R01", "number", Text.NotRefundable(Codes.BillStates.Find(bill.State)!.Label)));
                }

                var parts = Parts(await Bills.LinesOf(writing, number, cancel), line, amount);
                if (!parts.Ok)
                {
                    return parts.Refusals;
                }

                return await Back(writing, bill, Ulid.Next(time), parts.Value, reason, cancel);
            },
            cancel);
        return written.Ok
            ? Typed<Refund>.Of((await reader.Get(Resources.Refund, written.Value.Records[0].Key, cancel: cancel))!)
            : written.Refusals;
    }

    /// <summary>Asks the channel once; what it answers is written down. No answer: asked again later.</summary>
    public async Task Send(string number, CancellationToken cancel = default)
    {
        var refund = Typed<Refund>.Of((await reader.Get(Resources.Refund, number, cancel: cancel))!);
        if (refund.State != RefundState.Asked || channels.Find(refund.Channel) is not { } channel)
        {
            return;
        }

        if (await channel.Refund(new(number, refund.Order, refund.Paid, Money.OfYuan(refund.Amount), refund.Reason), cancel) is { } answer)
        {
            await Answer(Caller.Platform($"channel:{channel.Code}"), number, answer, cancel);
        }
    }

    /// <summary>Takes a channel's answer, once or many times.</summary>
    public Task<Outcome<Written>> Answer(Caller who, string number, RefundAnswer answer, CancellationToken cancel = default) => store.Write(
        new Act(who, "ledger.refund.answer"),
        Resources.Schema,
        async writing =>
        {
            var refund = Typed<Refund>.Of((await writing.Get(Resources.Refund, number, cancel))!);
            if (refund.State is RefundState.Done or RefundState.Transferred || (refund.State == RefundState.Failed && !answer.Done))
            {
                return Refusals.None;
            }

            if (!answer.Done)
            {
                return (await Change(writing, refund, refund with { State = RefundState.Failed, Note = answer.Note }, cancel))
                    .And(await Problems.Open(writing, Failed(writing, refund), $"refund|{number}|{writing.Id}", cancel));
            }

            return (await Change(writing, refund, refund with { State = RefundState.Done, Transaction = answer.Transaction, DoneAt = writing.At }, cancel))
                .And(await Books.Must(writing, cancel, new Entry(
                    MoneyOut(refund.Channel, answer.Transaction), EntryKind.PaidOut, refund.Bill ?? refund.Number, Text.PaidOutMemo,
                    [new(Chart.Refunds, Chart.Channel(refund.Channel), Money.OfYuan(refund.Amount))])));
        },
        cancel);

    /// <summary>Refunds that wait for their channel; called by the worker.</summary>
    internal async Task<int> SendAll(Db db, CancellationToken cancel)
    {
        var waiting = await db.List(
            $"select number from ledger.refund where state = {RefundState.Asked} order by asked_at limit 200", row => row.GetString(0), cancel);
        foreach (var number in waiting)
        {
            await Send(number, cancel);
        }

        return waiting.Count;
    }

    internal static string MoneyOut(string channel, string transaction) => $"out:{channel}:{transaction}";

    internal static async Task<Refusals> Change(WriteSession writing, Refund before, Refund after, CancellationToken cancel) =>
        (await writing.Apply(new Change.Update(Resources.Refund, before.Number, null, Typed<Refund>.Differences(before, after)), cancel)).Refusals;

    private static Outcome<List<(BillLine Line, Money Amount)>> Parts(List<BillLine> lines, string? line, Money? amount)
    {
        if (line is null)
        {
            return lines.Where(each => each.Left > Money.Zero).Select(each => (each, each.Left)).ToList();
        }

        if (lines.FirstOrDefault(each => each.Key == line) is not { } found)
        {
            return new Refusal("LDG-R02", "line", Text.NoLine);
        }

        var wanted = amount ?? found.Left;
        return wanted <= Money.Zero ? new Refusal("LDG-E03", "amount", Text.NotPositive)
            : wanted > found.Left ? new Refusal("LDG-R03", "amount", Text.MoreThanPaid(found.Left))
            : new List<(BillLine, Money)> { (found, wanted) };
    }

    /// <summary>Parts of a paid bill go back, inside the act of whatever they go back for.</summary>
    internal static async Task<Refusals> Back(
        WriteSession writing, Bill bill, string number, IReadOnlyList<(BillLine Line, Money Amount)> parts, string reason, CancellationToken cancel)
    {
        var payment = Typed<Payment>.Of((await writing.Get(Resources.Payment, bill.Payment!, cancel))!);
        return await Write(
            writing,
            bill,
            parts,
            new()
            {
                Number = number,
                Bill = bill.Number,
                Channel = payment.Channel,
                Order = payment.Order,
                Paid = payment.Transaction!,
                Amount = Money.Sum(parts.Select(part => part.Amount)).Yuan,
                Reason = reason,
                State = RefundState.Asked,
                AskedAt = writing.At,
            },
            cancel);
    }

    private static async Task<Refusals> Write(
        WriteSession writing, Bill bill, IReadOnlyList<(BillLine Line, Money Amount)> parts, Refund refund, CancellationToken cancel)
    {
        var refusals = (await writing.Apply(new Change.Insert(Resources.Refund, "", Typed<Refund>.Values(refund)), cancel)).Refusals;
        foreach (var (line, amount) in parts)
        {
            var less = line with { Refunded = line.Refunded + amount.Yuan };
            refusals = refusals.And((await writing.Apply(
                new Change.Update(Resources.BillLine, line.Key, null, Typed<BillLine>.Differences(line, less)), cancel)).Refusals);
        }

        foreach (var office in parts.GroupBy(part => part.Line.Office, StringComparer.Ordinal))
        {
            refusals = refusals.And(await Receipts.Reduce(
                writing, bill.Number, office.Key, Money.Sum(office.Select(part => part.Amount)).Yuan, cancel));
        }

        var refunded = bill.Refunded + refund.Amount;
        var state = refunded == bill.Amount ? BillState.Refunded : BillState.RefundedInPart;
        return refusals
            .And(await Bills.Change(writing, bill, bill with { Refunded = refunded, State = state }, cancel))
            .And(await Books.Must(writing, cancel, new Entry(
                $"refund:{refund.Number}", EntryKind.Refund, bill.Number, Text.RefundMemo,
                [.. parts.Select(part => new Transfer(Chart.Revenue(part.Line.Office), Chart.Refunds, part.Amount))])));
    }

    private static Problem Failed(WriteSession writing, Refund refund) => new()
    {
        Kind = ProblemKind.RefundFailed,
        State = ProblemState.Open,
        Channel = refund.Channel,
        Day = writing.At.Local().Day(),
        At = writing.At,
        Amount = refund.Amount,
        Bill = refund.Bill,
        Order = refund.Order,
        Transaction = refund.Number,
    };
}
