using Shali.Platform.Casework;
using Shali.Platform.Documents;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Messages;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>
/// What the payer is told of his bill: how much, until when, where it is paid, and when it is another than before, why.
/// Number and check code together open the bill for whoever has no account; only the payer gets them.
/// </summary>
internal sealed class BillMessages(DocumentSettings settings, TimeProvider time)
{
    internal const string IssuedEvent = "approvals.bill.issued";
    internal const string RelievedEvent = "approvals.bill.relieved";
    internal const string RefundedEvent = "approvals.bill.refunded";
    internal const string ReplacedEvent = "approvals.bill.replaced";

    public NewMessage Issued(Case root, Bill bill) => Tell(
        IssuedEvent, root, bill, Text.BillSubject,
        Text.BillWords(root.Title, CaseNumbers.Show(root.Number), bill.Number, bill.CheckCode, Money.OfYuan(bill.Amount), bill.ExpiresOn) + Text.WhereToPay(PayAt));

    /// <summary>Another bill stands in the place of one that can no longer be paid.</summary>
    public NewMessage Replaced(Case root, Bill bill, Bill before) => Tell(
        ReplacedEvent, root, bill, Text.ReplacedSubject,
        Text.ReplacedWords(root.Title, CaseNumbers.Show(root.Number), bill.Number, bill.CheckCode, Text.WhyReplaced(before), Text.Amounts(before, bill), bill.ExpiresOn) + Text.WhereToPay(PayAt));

    /// <summary>Part or all of it was let off.</summary>
    public NewMessage Relieved(Case root, Bill bill, IReadOnlyList<string> why) => Tell(
        RelievedEvent, root, bill, Text.RelievedSubject,
        Text.RelievedWords(root.Title, CaseNumbers.Show(root.Number), bill.Number, string.Join('；', why.Distinct()), Money.OfYuan(bill.Relieved ?? 0))
        + (bill.State == BillState.Waived ? Text.NothingToPay : Text.StillToPay(Money.OfYuan(bill.Amount), bill.CheckCode, bill.ExpiresOn) + Text.WhereToPay(PayAt)));

    /// <summary>Money goes back to him.</summary>
    public NewMessage Refunded(Case root, Bill bill) => Tell(
        RefundedEvent, root, bill, Text.RefundedSubject, Text.RefundedWords(root.Title, CaseNumbers.Show(root.Number), bill.Number, Money.OfYuan(bill.Refunded), Money.OfYuan(bill.Amount)));

    private string PayAt => new Uri(settings.PublicAddress, "/bills").AbsoluteUri;

    private NewMessage Tell(string code, Case root, Bill bill, string subject, string words) => new(
        code,
        root.ReceiverOn(time.Today()),
        subject,
        words,
        "/me/bills/" + bill.Number)
    {
        Case = root.Number,
        Channels = [Channel.Sms, Channel.Email],
    };
}
