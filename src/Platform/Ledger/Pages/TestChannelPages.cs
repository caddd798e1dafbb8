using Microsoft.AspNetCore.Http;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Ledger.Pages;

/// <summary>The test channel's own pages; in a city that is no demo there are none.</summary>
internal static class TestChannelPages
{
    public static async Task<IResult> Show(HttpContext context, Installation city, TestPayer payer, string number, CancellationToken cancel) =>
        city.Demo && await payer.Find(number, cancel) is { } payment
            ? context.Show<TestChannelPage>(new { Payment = payment, Notices = await payer.Notices(number, cancel) })
            : Results.NotFound();

    public static async Task<IResult> Choose(
        HttpContext context, Installation city, TestPayer payer, TestSender sender, string number, CancellationToken cancel)
    {
        if (!city.Demo)
        {
            return Results.NotFound();
        }

        await payer.Choose(number, (await Posted.Read(context, cancel))["choice"], cancel);
        await sender.Send(cancel);
        return Ui.Pages.SeeOther($"/test-channel/payments/{Uri.EscapeDataString(number)}");
    }

    public static async Task<IResult> Release(
        HttpContext context, Installation city, TestPayer payer, TestSender sender, string number, CancellationToken cancel)
    {
        if (!city.Demo)
        {
            return Results.NotFound();
        }

        await Posted.Read(context, cancel);
        await payer.Release(number, cancel);
        await sender.Send(cancel);
        return Ui.Pages.SeeOther($"/test-channel/payments/{Uri.EscapeDataString(number)}");
    }
}
