using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>
/// Whether what was paid for a case goes back when the case ends. The rule is that of the fee in the edition of the
/// item with which the case began, so an old case has the old rule. Pure.
/// </summary>
internal static class RefundRules
{
    public static bool GoesBack(FeeRefund rule, Case ended, CaseType type) =>
        ended.State == CaseState.Ended && !EndsWell(ended, type) && (rule == FeeRefund.UnlessGranted || ended.DecidedAt is null);

    /// <summary>What was asked for came about. Withdrawn after the decision: it had come about.</summary>
    public static bool EndsWell(Case ended, CaseType type) => ended.Result is { } result && type.Results.Any(one => one.Code == result && one.Good);
}
