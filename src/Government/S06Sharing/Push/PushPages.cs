using Microsoft.AspNetCore.Http;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S06Sharing.Push;

/// <summary>Where the changes of a grant are pushed to, and what could not be delivered: the consumer's own.</summary>
internal static class PushPages
{
    private const int LettersShown = 50;
    private const int ReplayMost = 500;

    public static Task<IResult> Show(HttpContext context, Hooks hooks, string number, CancellationToken cancel, string? done = null) =>
        Page(context, hooks, number, null, "", done ?? "", Refusals.None, cancel);

    public static async Task<IResult> Save(HttpContext context, Hooks hooks, string number, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var saved = await hooks.Save(context.Caller(), number, form["address"], form["from"] != "start", cancel);

        // The secret stands in the answer to this POST and nowhere else.
        context.Response.Headers.CacheControl = "no-store";
        return await Page(context, hooks, number, saved.Ok ? saved.Value : null, form["address"], "", saved.Refusals, cancel);
    }

    public static async Task<IResult> Act(HttpContext context, Hooks hooks, Pusher pusher, string number, string act, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var who = context.Caller();
        if (await hooks.Mine(who, number, cancel) is null || await hooks.Find(number, cancel) is null)
        {
            return Results.NotFound();
        }

        switch (act)
        {
            case "pause" or "resume":
                await hooks.Pause(who, number, act == "pause", cancel);
                return Platform.Ui.Pages.SeeOther(Routes.Push(number));
            case "test":
                var tested = await pusher.Test(number, cancel);
                return await Page(context, hooks, number, null, "", "", Refusals.None, cancel, tested: tested);
            case "replay":
                return await Replay(hooks, pusher, who, number, form.Or("letter"), cancel);
            case "give-up" when form.Or("words") is { } words:
                await pusher.GiveUp(form["letter"], number, words, who, cancel);
                return Platform.Ui.Pages.SeeOther(Routes.Push(number));
            case "give-up":
                return await Page(context, hooks, number, null, "", "", Refusals.Of(new Refusal("SHR-H03", "words", Text.NoWords)), cancel, form.Or("letter"));
            default:
                return Results.NotFound();
        }
    }

    /// <summary>One letter, or all in their order up to the first that is not taken.</summary>
    private static async Task<IResult> Replay(Hooks hooks, Pusher pusher, Caller who, string number, string? letter, CancellationToken cancel)
    {
        var taken = true;
        foreach (var one in (await hooks.Letters(number, null, ReplayMost, cancel)).Where(one => letter is null || one.Id == letter))
        {
            taken = (await pusher.Replay(one, who, cancel)).Taken;
            if (!taken)
            {
                break;
            }
        }

        return Platform.Ui.Pages.SeeOther($"{Routes.Push(number)}?done={(taken ? "replayed" : "failed")}");
    }

    private static async Task<IResult> Page(
        HttpContext context, Hooks hooks, string number, string? secret, string address, string done, Refusals refusals, CancellationToken cancel, string? tried = null, PushAnswer? tested = null)
    {
        if (await hooks.Mine(context.Caller(), number, cancel) is not { } grant)
        {
            return Results.NotFound();
        }

        var hook = await hooks.Find(number, cancel);
        var letters = await hooks.Letters(number, null, LettersShown, cancel);
        var registry = (ResourceRegistry)context.RequestServices.GetService(typeof(ResourceRegistry))!;
        var settings = (PushSettings)context.RequestServices.GetService(typeof(PushSettings))!;
        return context.Show<PushPage>(
            new
            {
                Grant = grant,
                ResourceName = registry.Find(grant.Resource)?.Name ?? grant.Resource,
                Hook = hook,
                Letters = letters,
                Secret = secret,
                Address = address.Length > 0 ? address : hook?.Address ?? "",
                Done = done,
                Tried = tried,
                Tested = tested,
                settings.Loopback,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}
