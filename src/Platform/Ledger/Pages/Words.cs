using System.Globalization;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Platform.Ui;

namespace Shali.Platform.Ledger.Pages;

/// <summary>Amounts, states and kinds as the ledger's pages show them.</summary>
internal static class Words
{
    public static string Yuan(decimal yuan) => Money.OfYuan(yuan).ToString();

    public static string Label(CodeList list, string value) => list.Find(value)?.Label ?? value;

    public static string Masked(string name) => Masks.Apply(MaskShape.Name, name);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string Quantity(decimal quantity) => quantity.ToString("0.###", CultureInfo.InvariantCulture);

    public static Tone ToneOfBill(string state) => state switch
    {
        BillState.Paid or BillState.Waived => Tone.Good,
        BillState.Issued => Tone.Info,
        BillState.Paying => Tone.Warning,
        BillState.RefundedInPart => Tone.Warning,
        BillState.Expired => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static Tone ToneOfPayment(string state) => state switch
    {
        PaymentState.Succeeded => Tone.Good,
        PaymentState.Asked => Tone.Info,
        PaymentState.Unapplied => Tone.Warning,
        PaymentState.Failed => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static Tone ToneOfRefund(string state) => state switch
    {
        RefundState.Done or RefundState.Transferred => Tone.Good,
        RefundState.Failed => Tone.Bad,
        _ => Tone.Info,
    };

    public static Tone ToneOfReceipt(string state) => state switch
    {
        ReceiptState.Valid => Tone.Good,
        ReceiptState.Void => Tone.Bad,
        _ => Tone.Warning,
    };

    public static string EntryKindLabel(string kind) => kind switch
    {
        EntryKind.Charge => "应收",
        EntryKind.Payment => "缴款",
        EntryKind.Unapplied => "待处理收款",
        EntryKind.Applied => "核销",
        EntryKind.Refund => "应退",
        EntryKind.PaidOut => "退付",
        EntryKind.Settlement => "结算划款",
        EntryKind.Adjustment => "调账",
        EntryKind.Reversal => "冲销",
        EntryKind.Relief => "减免",
        _ => kind,
    };
}
