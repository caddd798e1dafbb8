using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>What a channel's answer means, given what we know. Pure: the table of it is a test.</summary>
internal static class PaymentRules
{
    /// <param name="bill">The bill of the order; null when we know no such order.</param>
    /// <param name="booked">This movement of money stands in the books already.</param>
    public static PaymentVerdict Judge(ChannelAnswer answer, Bill? bill, Payment? payment, bool booked)
    {
        if (!answer.Paid)
        {
            return payment?.State switch
            {
                PaymentState.Asked or PaymentState.Ended => new(PaymentEffect.None, PaymentState.Failed, null),
                PaymentState.Succeeded or PaymentState.Unapplied => new(PaymentEffect.None, null, ProblemKind.Contradiction),
                _ => new(PaymentEffect.None, null, null),
            };
        }

        if (booked)
        {
            return new(PaymentEffect.None, null, null);
        }

        if (payment is null || bill is null)
        {
            return new(PaymentEffect.Keep, null, ProblemKind.UnknownOrder);
        }

        var problem = Problem(answer, bill, payment);
        return problem is null
            ? new(PaymentEffect.Pay, PaymentState.Succeeded, null)
            : new(PaymentEffect.Keep, payment.State == PaymentState.Succeeded ? null : PaymentState.Unapplied, problem);
    }

    private static string? Problem(ChannelAnswer answer, Bill bill, Payment payment) =>
        answer.Bill != payment.Bill ? ProblemKind.OtherBill
        : answer.Amount != Money.OfYuan(payment.Amount) || payment.Amount != bill.Amount ? ProblemKind.WrongAmount
        : bill.State is BillState.Paid or BillState.RefundedInPart or BillState.Refunded ? ProblemKind.PaidTwice
        : bill.State is BillState.Cancelled or BillState.Expired ? ProblemKind.PaidLate
        : null;
}

/// <summary>What follows from an answer.</summary>
/// <param name="State">The new state of the attempt; null: as it was.</param>
/// <param name="Problem">What the cashier must look at.</param>
internal sealed record PaymentVerdict(PaymentEffect Effect, string? State, string? Problem);

internal enum PaymentEffect
{
    /// <summary>No money moves in the books.</summary>
    None,

    /// <summary>The money pays the bill.</summary>
    Pay,

    /// <summary>The money is kept among the unapplied.</summary>
    Keep,
}
