using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// Payers' attempts and channels' answers. Whatever a channel says about money that it took stands in the books, in
/// the same transaction as the state that follows: on the bill when it fits, else among the unapplied with an item on
/// the cashier's list.
/// </summary>
public sealed class Payments(RecordStore store, RecordReader reader, PaymentChannels channels, TimeProvider time)
{
    private const int NumberMax = 60;

    /// <summary>Sends a payer to a channel. The same <paramref name="once"/> is the same attempt.</summary>
    public async Task<Outcome<StartedPayment>> Begin(Caller who, string number, string channelCode, string once, CancellationToken cancel = default)
    {
        if (channels.Find(channelCode) is not { } channel)
        {
            return new Refusal("LDG-P01", "channel", Text.NoChannel);
        }

        var written = await store.Write(
            new Act(who, "ledger.payment.begin") { IdempotencyKey = "pay|" + once },
            Resources.Schema,
            async writing =>
            {
                if (await Bills.Get(writing, number, cancel) is not { } bill)
                {
                    return Refusals.Of(new Refusal("LDG-B01", "number", Text.NoBill));
                }

                if (!BillState.IsOpen(bill.State) || bill.ExpiresOn < time.Today())
                {
                    return Refusals.Of(new Refusal("LDG-P02", "number", Text.NotPayable(
                        bill.ExpiresOn < time.Today() && BillState.IsOpen(bill.State) ? BillState.Expired : bill.State)));
                }

                var payment = new Payment
                {
                    Order = Ulid.Next(time),
                    Bill = number,
                    Channel = channel.Code,
                    Amount = bill.Amount,
                    State = PaymentState.Asked,
                    AskedAt = writing.At,
                    Answers = 0,
                };
                return (await writing.Apply(new Change.Insert(Resources.Payment, "", Typed<Payment>.Values(payment)), cancel)).Refusals
                    .And(await Chart.OpenChannel(writing, channel, cancel))
                    .And(await Bills.Change(writing, bill, bill with { State = BillState.Paying }, cancel));
            },
            cancel);
        if (!written.Ok)
        {
            return written.Refusals;
        }

        var order = written.Value.Records[0].Key;
        var asked = Typed<Payment>.Of((await reader.Get(Resources.Payment, order, cancel: cancel))!);
        var address = await channel.Begin(new(order, asked.Bill, Money.OfYuan(asked.Amount), Text.BillSubject(asked.Bill)), cancel);
        return new StartedPayment(order, address);
    }

    /// <summary>
    /// Takes what a channel says, once or many times, in whatever order. What it means is judged by
    /// <see cref="PaymentRules"/>; every outcome is a state that is shown.
    /// </summary>
    public Task<Outcome<Written>> Answer(string channelCode, ChannelAnswer answer, CancellationToken cancel = default) =>
        Answer(Caller.Platform($"channel:{channelCode}"), channelCode, answer, cancel);

    internal async Task<Outcome<Written>> Answer(Caller who, string channelCode, ChannelAnswer answer, CancellationToken cancel)
    {
        var channel = channels.Find(channelCode) ?? throw new ArgumentException($"No channel {channelCode}.", nameof(channelCode));
        if (answer.Paid && (answer.Transaction.Length is 0 or > NumberMax || answer.Amount <= Money.Zero || answer.Order.Length is 0 or > NumberMax))
        {
            return new Refusal("LDG-P03", "answer", Text.BadAnswer);
        }

        // The bill is locked first, as everywhere, so that two who act on one bill wait and do not block each other.
        var number = await reader.Get(Resources.Payment, answer.Order, cancel: cancel) is { } known ? Typed<Payment>.Of(known).Bill : null;
        return await Repeated(() => store.Write(
            new Act(who, "ledger.payment.answer"),
            Resources.Schema,
            async writing =>
            {
                await writing.Lock($"money:{channelCode}:{answer.Transaction}", cancel);
                var bill = number is null ? null : await Bills.Get(writing, number, cancel);
                var payment = await writing.Get(Resources.Payment, answer.Order, cancel) is { } record ? Typed<Payment>.Of(record) : null;
                var booked = answer.Transaction.Length > 0
                    && await writing.Session.Scalar<bool>($"select exists (select from ledger.entry where request = {MoneyIn(channelCode, answer.Transaction)})", cancel);
                var refusals = await Chart.OpenChannel(writing, channel, cancel);
                return refusals.Any ? refusals : await Apply(writing, channelCode, answer, bill, payment, PaymentRules.Judge(answer, bill, payment, booked), cancel);
            },
            cancel));
    }

    /// <summary>Attempts without an answer for so long: the channel is asked. The worker calls it again and again.</summary>
    internal async Task<int> AskAgain(Db db, TimeSpan after, TimeSpan endAfter, CancellationToken cancel)
    {
        var asked = await db.List(
            $"""
            select "order", channel, asked_at from ledger.payment
            where state = {PaymentState.Asked} and asked_at < {time.GetUtcNow() - after} order by asked_at limit 200
            """,
            row => (Order: row.GetString(0), Channel: row.GetString(1), At: row.GetFieldValue<DateTimeOffset>(2)),
            cancel);
        foreach (var (order, channel, at) in asked)
        {
            await AskNow(channel, order, at < time.GetUtcNow() - endAfter, cancel);
        }

        return asked.Count;
    }

    /// <summary>Asks the channel about one attempt; with <paramref name="end"/> one that it knows nothing of is over.</summary>
    public async Task AskNow(string channelCode, string order, bool end, CancellationToken cancel = default)
    {
        if (channels.Find(channelCode) is not { } channel)
        {
            return;
        }

        if (await channel.Ask(order, cancel) is { } answer)
        {
            await Answer(channelCode, answer, cancel);
        }
        else if (end)
        {
            await End(order, cancel);
        }
    }

    internal static string MoneyIn(string channel, string transaction) => $"in:{channel}:{transaction}";

    private async Task End(string order, CancellationToken cancel)
    {
        var number = Typed<Payment>.Of((await reader.Get(Resources.Payment, order, cancel: cancel))!).Bill;
        await store.Write(
            new Act(Caller.Platform("ledger"), "ledger.payment.end"),
            Resources.Schema,
            async writing =>
            {
                var bill = (await Bills.Get(writing, number, cancel))!;
                var payment = Typed<Payment>.Of((await writing.Get(Resources.Payment, order, cancel))!);
                return payment.State != PaymentState.Asked
                    ? Refusals.None
                    : (await Change(writing, payment, payment with { State = PaymentState.Ended, AnsweredAt = writing.At }, cancel))
                        .And(await Free(writing, bill, cancel));
            },
            cancel);
    }

    private static async Task<Refusals> Apply(
        WriteSession writing, string channel, ChannelAnswer answer, Bill? bill, Payment? payment, PaymentVerdict verdict, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        if (payment is not null)
        {
            var transaction = verdict.Effect is PaymentEffect.Pay or PaymentEffect.Keep && payment.State is not PaymentState.Succeeded
                ? answer.Transaction : payment.Transaction;
            refusals = await Change(
                writing,
                payment,
                payment with
                {
                    State = verdict.State ?? payment.State,
                    Transaction = transaction,
                    AnsweredAt = payment.AnsweredAt ?? writing.At,
                    Answers = payment.Answers + 1,
                },
                cancel);
        }

        if (verdict.Problem is { } kind)
        {
            refusals = refusals.And(await Problems.Open(writing, new Problem
            {
                Kind = kind,
                State = ProblemState.Open,
                Channel = channel,
                Day = answer.At.Local().Day(),
                At = writing.At,
                Amount = answer.Amount.Yuan,
                Expected = payment?.Amount,
                Bill = bill?.Number,
                Order = answer.Order,
                Transaction = answer.Transaction,
            }, $"answer|{channel}|{answer.Order}|{answer.Transaction}|{kind}", cancel));
        }

        return verdict.Effect switch
        {
            PaymentEffect.Pay => refusals.And(await Pay(writing, answer, bill!, Chart.Channel(channel), MoneyIn(channel, answer.Transaction), cancel)),
            PaymentEffect.Keep => refusals.And(await Books.Must(writing, cancel, new Entry(
                    MoneyIn(channel, answer.Transaction), EntryKind.Unapplied, bill?.Number ?? answer.Order, Text.UnappliedMemo(verdict.Problem!),
                    [new(Chart.Channel(channel), Chart.Unapplied, answer.Amount)])))
                .And(bill is null ? Refusals.None : await Free(writing, bill, cancel)),
            _ => refusals.And(bill is null ? Refusals.None : await Free(writing, bill, cancel)),
        };
    }

    /// <summary>The money pays the bill: split to the offices, receipts, state, all at once.</summary>
    internal static async Task<Refusals> Pay(
        WriteSession writing, ChannelAnswer answer, Bill bill, string from, string request, CancellationToken cancel)
    {
        var lines = await Bills.LinesOf(writing, bill.Number, cancel);
        var paid = bill with { State = BillState.Paid, PaidAt = writing.At, Payment = answer.Order };
        var refusals = (await Bills.Change(writing, bill, paid, cancel)).And(await Receipts.Issue(writing, bill, lines, cancel));
        var transfers = new List<Transfer>();

        // What ended was reversed: it owes nothing in the books any more.
        var owed = BillState.IsOpen(bill.State);
        foreach (var line in lines.Where(line => line.Amount > 0))
        {
            var amount = Money.OfYuan(line.Amount);
            if (owed)
            {
                transfers.Add(new(from, Chart.Due(line.Office), amount));
                transfers.Add(new(Chart.Assessed(line.Office), Chart.Revenue(line.Office), amount));
            }
            else
            {
                transfers.Add(new(from, Chart.Revenue(line.Office), amount));
            }
        }

        return refusals.And(await Books.Must(writing, cancel, new Entry(
            request, from == Chart.Unapplied ? EntryKind.Applied : EntryKind.Payment, bill.Number, Text.PaidMemo, transfers)));
    }

    /// <summary>A bill that nobody is paying any more waits for a payer again.</summary>
    private static async Task<Refusals> Free(WriteSession writing, Bill bill, CancellationToken cancel)
    {
        if (bill.State != BillState.Paying || await writing.Session.Scalar<bool>(
            $"select exists (select from ledger.payment where bill = {bill.Number} and state = {PaymentState.Asked})", cancel))
        {
            return Refusals.None;
        }

        return await Bills.Change(writing, bill, bill with { State = BillState.Issued }, cancel);
    }

    private static async Task<Refusals> Change(WriteSession writing, Payment before, Payment after, CancellationToken cancel) =>
        (await writing.Apply(new Change.Update(Resources.Payment, before.Order, null, Typed<Payment>.Differences(before, after)), cancel)).Refusals;

    /// <summary>Two answers about one bill at the same moment: the later one looks again.</summary>
    internal static async Task<Outcome<Written>> Repeated(Func<Task<Outcome<Written>>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await write();
            if (outcome.Ok || attempt == 5 || outcome.Refusals.All(refusal => refusal.Code is not ("REG-W03" or "REG-W05" or "LDG-E07")))
            {
                return outcome;
            }
        }
    }
}

/// <summary>An attempt that was begun, and where the payer goes now.</summary>
public sealed record StartedPayment(string Order, string Address);
