using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Messages;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>One's own messages, and for operators what leaves the house.</summary>
internal static class MessagePages
{
    public static async Task<IResult> List(HttpContext context, Inbox inbox, CancellationToken cancel, string? before = null)
    {
        var found = await inbox.Of(context.Caller(), Key(before), cancel);
        return context.Show<InboxPage>(new { Messages = found.Take(Inbox.PageSize).ToList(), Next = found.Count > Inbox.PageSize ? found[Inbox.PageSize - 1].Id : null });
    }

    public static async Task<IResult> Open(HttpContext context, Inbox inbox, string id, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        return await inbox.Open(context.Caller(), id, cancel) is { } link ? Ui.Pages.SeeOther(Ui.Pages.IsLocal(link) ? link : CaseRoutes.Messages) : Results.NotFound();
    }

    public static async Task<IResult> Outbox(HttpContext context, Inbox inbox, CancellationToken cancel, string? state = null, string? before = null)
    {
        var known = state is "waiting" or "sent" or "failed" ? state : null;
        var found = await inbox.All(known, Key(before), cancel);
        return context.Show<OutboxPage>(new
        {
            State = known ?? "",
            Messages = found.Take(Inbox.PageSize).ToList(),
            Next = found.Count > Inbox.PageSize ? found[Inbox.PageSize - 1].Id : null,
        });
    }

    public static async Task<IResult> Delivery(HttpContext context, Inbox inbox, string id, CancellationToken cancel) =>
        await inbox.Find(id, cancel) is { } message
            ? context.Show<DeliveryPage>(new { Message = message, Tries = await inbox.Tries(id, cancel) })
            : Results.NotFound();

    public static async Task<IResult> Again(HttpContext context, Inbox inbox, Deliveries deliveries, OutboxSignal signal, string id, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        if (await inbox.Find(id, cancel) is null)
        {
            return Results.NotFound();
        }

        await deliveries.Again(id, cancel);
        signal.Wake();
        return Ui.Pages.SeeOther($"{CaseRoutes.Outbox}/{Uri.EscapeDataString(id)}");
    }

    // Keys are lower-case letters and digits; anything else begins at the beginning.
    private static string? Key(string? before) => before is { Length: 26 } && before.All(char.IsAsciiLetterOrDigit) ? before : null;
}
