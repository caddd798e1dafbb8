using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;
using Shali.Platform.Ledger.Pages;

namespace Shali.Platform.Ledger;

/// <summary>Every address of the ledger, what it demands, and what answers.</summary>
internal static class Routes
{
    private const string Signed = "channels call it; only what they signed is read";
    private const string ByCode = "who holds a bill or receipt knows its check code; without it nothing is shown";
    private const string ByOrder = "an order number cannot be guessed and its page says nothing about a person";
    private const string Demonstration = "a bank's page in a demo city; it belongs to no office";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/bills", PayerPages.Ask).Public(ByCode);
        routes.MapPost("/bills", PayerPages.Find).Public(ByCode);
        routes.MapPost("/bills/pay", PayerPages.Pay).Public(ByCode);
        routes.MapGet("/bills/orders/{order}", PayerPages.Order).Public(ByOrder);
        routes.MapGet("/receipts", PayerPages.AskReceipt).Public(ByCode);
        routes.MapPost("/receipts", PayerPages.CheckReceipt).Public(ByCode);
        routes.MapGet("/me/bills", PayerPages.Own).NeedsSignIn();
        routes.MapGet("/me/bills/{number}", PayerPages.OwnBill).NeedsSignIn();
        routes.MapPost("/me/bills/{number}", PayerPages.PayOwn).NeedsSignIn();

        routes.MapPost("/payments/{channel}/notice", ChannelNotices.Take).Public(Signed);
        routes.MapGet("/test-channel/payments/{number}", TestChannelPages.Show).Public(Demonstration);
        routes.MapPost("/test-channel/payments/{number}", TestChannelPages.Choose).Public(Demonstration);
        routes.MapPost("/test-channel/payments/{number}/release", TestChannelPages.Release).Public(Demonstration);

        routes.MapGet("/ledger/bills", DeskPages.Find).Needs(LedgerSystem.Desk);
        routes.MapGet("/ledger/bills/{number}", DeskPages.Show).Needs(LedgerSystem.Desk);
        routes.MapPost("/ledger/bills/{number}/cancel", DeskPages.Cancel).Needs(LedgerSystem.Desk);
        routes.MapPost("/ledger/bills/{number}/refund", DeskPages.Refund).Needs(LedgerSystem.Cashier);
        routes.MapPost("/ledger/bills/{number}/ask", DeskPages.AskChannel).Needs(LedgerSystem.Cashier);
        routes.MapGet("/ledger/problems", DeskPages.Problems).Needs(LedgerSystem.Cashier);
        routes.MapGet("/ledger/problems/{key}", DeskPages.Problem).Needs(LedgerSystem.Cashier);
        routes.MapPost("/ledger/problems/{key}", DeskPages.Settle).Needs(LedgerSystem.Cashier);
        routes.MapGet("/ledger/reconciliation", BookPages.Days).Needs(LedgerSystem.Cashier);
        routes.MapPost("/ledger/reconciliation", BookPages.Reconcile).Needs(LedgerSystem.Cashier);
        routes.MapGet("/ledger/reconciliation/{code}", BookPages.Day).Needs(LedgerSystem.Cashier);

        routes.MapGet("/ledger/accounts", BookPages.Trial).Needs(LedgerSystem.ReadBooks);
        routes.MapGet("/ledger/accounts/{code}", BookPages.Account).Needs(LedgerSystem.ReadBooks);
        routes.MapGet("/ledger/entries/{id:long}", BookPages.Entry).Needs(LedgerSystem.ReadBooks);
        routes.MapPost("/ledger/check", BookPages.Check).Needs(LedgerSystem.ReadBooks);
        routes.MapPost("/ledger/entries/{id:long}/reverse", BookPages.Reverse).Needs(LedgerSystem.CloseBooks);
        routes.MapPost("/ledger/closing", BookPages.Close).Needs(LedgerSystem.CloseBooks);
    }
}
