using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Ledger.Pages;

/// <summary>Pages for payers: with number and check code, or signed in. The check code is never part of an address.</summary>
internal static class PayerPages
{
    public static IResult Ask(HttpContext context) => context.Show<FindBillPage>();

    public static async Task<IResult> Find(HttpContext context, BillReading reading, PayerDoor door, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        return await reading.ByCode(context.Caller(), sent["number"], sent["code"], cancel) is { } view
            ? door.Show(context, view, own: false, Refusals.None)
            : NotFound(context, sent);
    }

    public static async Task<IResult> Pay(HttpContext context, BillReading reading, PayerDoor door, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        return await reading.ByCode(context.Caller(), sent["number"], sent["code"], cancel) is { } view
            ? await door.Pay(context, view, own: false, sent, cancel)
            : NotFound(context, sent);
    }

    public static async Task<IResult> Order(HttpContext context, RecordReader reader, Payments payments, string order, CancellationToken cancel)
    {
        if (await reader.Get(Resources.Payment, order, cancel: cancel) is not { } record)
        {
            return Results.NotFound();
        }

        var payment = Typed<Payment>.Of(record);
        if (payment.State == PaymentState.Asked)
        {
            // The payer is back: the channel knows by now, whether its notice has come or not.
            await payments.AskNow(payment.Channel, order, end: false, cancel);
            payment = Typed<Payment>.Of((await reader.Get(Resources.Payment, order, cancel: cancel))!);
        }

        return context.Show<OrderPage>(new { Payment = payment });
    }

    public static async Task<IResult> Own(HttpContext context, BillReading reading, CancellationToken cancel) =>
        context.Show<OwnBillsPage>(new { Bills = await reading.OwnList(context.Caller(), cancel) });

    public static async Task<IResult> OwnBill(HttpContext context, BillReading reading, PayerDoor door, string number, CancellationToken cancel) =>
        await reading.Own(context.Caller(), number, cancel) is { } view ? door.Show(context, view, own: true, Refusals.None) : Results.NotFound();

    public static async Task<IResult> PayOwn(HttpContext context, BillReading reading, PayerDoor door, string number, CancellationToken cancel) =>
        await reading.Own(context.Caller(), number, cancel) is { } view
            ? await door.Pay(context, view, own: true, await Posted.Read(context, cancel), cancel)
            : Results.NotFound();

    public static IResult AskReceipt(HttpContext context) => context.Show<CheckReceiptPage>();

    public static async Task<IResult> CheckReceipt(HttpContext context, Receipts receipts, Offices offices, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        var receipt = await receipts.Check(sent["number"], sent["code"], cancel);
        var refusals = receipt is null ? Refusals.Of(new Refusal("LDG-B10", "number", Text.NoReceipt)) : Refusals.None;
        return context.Show<CheckReceiptPage>(
            new { Receipt = receipt, Number = sent["number"], Office = (Func<string, string>)offices.NameOf, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    private static IResult NotFound(HttpContext context, Posted sent) => context.Show<FindBillPage>(
        new { Number = sent["number"], Refusals = Refusals.Of(new Refusal("LDG-B01", "number", Text.NoBill)) }, 422);
}

/// <summary>Shows a bill to its payer and sends him to a channel.</summary>
public sealed class PayerDoor(Payments payments, PaymentChannels channels, Offices offices, TimeProvider time)
{
    internal IResult Show(HttpContext context, BillView view, bool own, Refusals refusals) => context.Show<PayerBillPage>(
        new
        {
            View = view,
            Own = own,
            Payable = BillState.IsOpen(view.Bill.State) && view.Bill.ExpiresOn >= time.Today(),
            Once = Guid.NewGuid().ToString("N"),
            Channels = channels.All,
            Office = (Func<string, string>)offices.NameOf,
            Refusals = refusals,
        },
        refusals.Any ? 422 : 200);

    internal async Task<IResult> Pay(HttpContext context, BillView view, bool own, Posted sent, CancellationToken cancel)
    {
        var once = $"{view.Bill.Number}|{sent.Or(Posted.Once) ?? Guid.NewGuid().ToString("N")}";
        var begun = await payments.Begin(context.Caller(), view.Bill.Number, sent["channel"], once, cancel);
        return !begun.Ok ? Show(context, view, own, begun.Refusals)
            : Ui.Pages.IsLocal(begun.Value.Address) ? Ui.Pages.SeeOther(begun.Value.Address)
            : context.Show<ToChannelPage>(new { Channel = channels.NameOf(sent["channel"]), begun.Value.Address, begun.Value.Order });
    }
}
