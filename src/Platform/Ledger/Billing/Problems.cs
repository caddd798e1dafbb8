using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>The cashier's list: what waits, what can be done about each, and doing it with a reason.</summary>
public sealed class Problems(Db db, RecordStore store, RecordReader reader, Payments payments, Refunds refunds, TimeProvider time)
{
    /// <summary>The ways in which a problem can be settled, the usual one first.</summary>
    public static IReadOnlyList<string> Ways(Problem problem, Bill? bill) => problem.Kind switch
    {
        ProblemKind.PaidLate when bill is { State: BillState.Expired } && bill.Amount == problem.Amount => [Resolution.Apply, Resolution.Refund],
        _ when ProblemKind.IsUnapplied(problem.Kind) => [Resolution.Refund],
        ProblemKind.RefundFailed => [Resolution.Retry, Resolution.Transfer],
        ProblemKind.MissingHere or ProblemKind.MissingThere or ProblemKind.AmountDiffers => [Resolution.Book, Resolution.Explain],
        _ => [Resolution.Explain],
    };

    /// <summary>Settles one. All of it happens in one act, or nothing.</summary>
    public async Task<Outcome<Written>> Settle(Caller who, string key, string way, string reason, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("LDG-B08", "reason", Text.ReasonMissing);
        }

        if (await reader.Get(Resources.Problem, key, cancel: cancel) is not { } seen)
        {
            return new Refusal("LDG-Q01", "", Text.NoProblem);
        }

        var problem = Typed<Problem>.Of(seen);
        var answered = way == Resolution.Book ? await Late(who, problem, cancel) : false;
        if (!answered.Ok)
        {
            return answered.Refusals;
        }

        var outcome = await store.Write(
            new Act(who, "ledger.problem.settle", reason),
            Resources.Schema,
            async writing =>
            {
                var bill = problem.Bill is null ? null : await Bills.Get(writing, problem.Bill, cancel);
                var open = Typed<Problem>.Of((await writing.Get(Resources.Problem, key, cancel))!);
                if (open.State != ProblemState.Open)
                {
                    return Refusals.Of(new Refusal("LDG-Q02", "", Text.SettledBefore));
                }

                if (!Ways(open, bill).Contains(way))
                {
                    return Refusals.Of(new Refusal("LDG-Q03", "way", Text.NotThisWay));
                }

                var settled = open with
                {
                    State = ProblemState.Settled,
                    Resolution = way,
                    Reason = reason,
                    SettledAt = writing.At,
                    SettledBy = who.Name,
                };
                return (await writing.Apply(new Change.Update(Resources.Problem, key, null, Typed<Problem>.Differences(open, settled)), cancel)).Refusals
                    .And(answered.Value ? Refusals.None : await Do(writing, open, bill, way, reason, cancel));
            },
            cancel);
        if (outcome.Ok && way is Resolution.Refund or Resolution.Retry)
        {
            await refunds.SendAll(db, cancel);
        }

        return outcome;
    }

    /// <summary>Puts something on the list, once for each <paramref name="name"/>.</summary>
    internal static async Task<Refusals> Open(WriteSession writing, Problem problem, string name, CancellationToken cancel)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..26];
        return await writing.Get(Resources.Problem, key, cancel) is not null
            ? Refusals.None
            : (await writing.Apply(new Change.Insert(Resources.Problem, key, Typed<Problem>.Values(problem)), cancel)).Refusals;
    }

    /// <summary>
    /// What only the statement told us about one of our own orders or refunds is the channel's answer, late: it goes
    /// the way of all answers. True when it did.
    /// </summary>
    private async Task<Outcome<bool>> Late(Caller who, Problem problem, CancellationToken cancel)
    {
        if (problem is not { Kind: ProblemKind.MissingHere, State: ProblemState.Open })
        {
            return false;
        }

        if (problem.Amount < 0)
        {
            return problem.Order is { Length: > 0 } number && await reader.Get(Resources.Refund, number, cancel: cancel) is { } refund
                && Typed<Refund>.Of(refund) is { State: RefundState.Asked or RefundState.Failed } known && known.Amount == -problem.Amount
                    ? Said(await refunds.Answer(who, number, new(true, problem.Transaction!, "", problem.At), cancel))
                    : false;
        }

        var order = problem.Order is { Length: > 0 } ? problem.Order : "?";
        var bill = await reader.Get(Resources.Payment, order, cancel: cancel) is { } payment ? Typed<Payment>.Of(payment).Bill : "";
        return Said(await payments.Answer(
            who, problem.Channel, new(order, bill, problem.Transaction!, true, Money.OfYuan(problem.Amount), problem.At), cancel));
    }

    private static Outcome<bool> Said(Outcome<Written> written) => written.Ok ? true : written.Refusals;

    private async Task<Refusals> Do(WriteSession writing, Problem problem, Bill? bill, string way, string reason, CancellationToken cancel)
    {
        var amount = Money.OfYuan(problem.Amount);
        return (way, problem.Kind) switch
        {
            (Resolution.Refund, _) => await Return(writing, problem, reason, amount, cancel),
            (Resolution.Apply, _) => await Apply(writing, problem, bill!, amount, cancel),
            (Resolution.Retry, _) => await Again(writing, problem, RefundState.Asked, null, cancel),
            (Resolution.Transfer, _) => (await Again(writing, problem, RefundState.Transferred, reason, cancel)).And(await Books.Must(writing, cancel, new Entry(
                $"transfer:{problem.Transaction}", EntryKind.PaidOut, problem.Bill ?? problem.Transaction!, Text.TransferMemo,
                [new(Chart.Refunds, Chart.Bank, amount)]))),
            (Resolution.Book, _) => await Adjust(writing, problem, cancel),
            _ => Refusals.None,
        };
    }

    private async Task<Refusals> Return(WriteSession writing, Problem problem, string reason, Money amount, CancellationToken cancel)
    {
        var refund = new Refund
        {
            Number = Ulid.Next(time),
            Bill = problem.Bill,
            Channel = problem.Channel,
            Order = problem.Order ?? "",
            Paid = problem.Transaction ?? "",
            Amount = problem.Amount,
            Reason = reason,
            State = RefundState.Asked,
            AskedAt = writing.At,
        };
        return (await writing.Apply(new Change.Insert(Resources.Refund, "", Typed<Refund>.Values(refund)), cancel)).Refusals
            .And(await Books.Must(writing, cancel, new Entry(
                $"return:{problem.Key}", EntryKind.Refund, problem.Bill ?? refund.Number, Text.ReturnMemo, [new(Chart.Unapplied, Chart.Refunds, amount)])));
    }

    private static async Task<Refusals> Apply(WriteSession writing, Problem problem, Bill bill, Money amount, CancellationToken cancel)
    {
        var payment = Typed<Payment>.Of((await writing.Get(Resources.Payment, problem.Order!, cancel))!);
        var applied = payment with { State = PaymentState.Succeeded, Transaction = problem.Transaction };
        var answer = new ChannelAnswer(payment.Order, bill.Number, problem.Transaction!, true, amount, problem.At);
        return (await writing.Apply(new Change.Update(Resources.Payment, payment.Order, null, Typed<Payment>.Differences(payment, applied)), cancel)).Refusals
            .And(await Payments.Pay(writing, answer, bill, Chart.Unapplied, $"apply:{problem.Key}", cancel));
    }

    private static async Task<Refusals> Again(WriteSession writing, Problem problem, string state, string? note, CancellationToken cancel)
    {
        var refund = Typed<Refund>.Of((await writing.Get(Resources.Refund, problem.Transaction!, cancel))!);
        return refund.State != RefundState.Failed
            ? Refusals.Of(new Refusal("LDG-Q02", "", Text.SettledBefore))
            : await Refunds.Change(writing, refund, refund with { State = state, Note = note, DoneAt = state == RefundState.Transferred ? writing.At : null }, cancel);
    }

    /// <summary>Brings the channel's account to what its statement says; the difference stands among the unapplied.</summary>
    private Task<Refusals> Adjust(WriteSession writing, Problem problem, CancellationToken cancel)
    {
        var difference = Money.OfYuan(problem.Amount - (problem.Expected ?? 0));
        var (channel, unapplied) = (Chart.Channel(problem.Channel), Chart.Unapplied);
        return Books.Must(writing, cancel, new Entry(
            $"adjust:{problem.Key}", EntryKind.Adjustment, problem.Transaction ?? problem.Key, Text.AdjustMemo,
            [difference > Money.Zero ? new(channel, unapplied, difference) : new(unapplied, channel, -difference)]));
    }
}
