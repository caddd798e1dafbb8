using Microsoft.AspNetCore.Http;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>The one question after a case: by link and square code, in one's own space, on the tablet of the hall.</summary>
internal static class RatePages
{
    public static async Task<IResult> AskLink(HttpContext context, RatingDesk desk, string link, CancellationToken cancel) =>
        desk.NumberOf(link) is { } number ? await Ask(context, desk, number, "/rate/" + link, RatingChannel.Link, Refusals.None, cancel) : Results.NotFound();

    public static async Task<IResult> FromLink(HttpContext context, RatingDesk desk, string link, CancellationToken cancel) =>
        desk.NumberOf(link) is { } number ? await Give(context, desk, number, "/rate/" + link, RatingChannel.Link, cancel) : Results.NotFound();

    public static async Task<IResult> AskOwn(HttpContext context, RatingDesk desk, TimeProvider time, string number, CancellationToken cancel) =>
        await Own(context, desk, time, number, cancel) is { } own ? await Ask(context, desk, own, $"/me/cases/{own}/rate", RatingChannel.Own, Refusals.None, cancel) : Results.NotFound();

    public static async Task<IResult> FromOwn(HttpContext context, RatingDesk desk, TimeProvider time, string number, CancellationToken cancel) =>
        await Own(context, desk, time, number, cancel) is { } own ? await Give(context, desk, own, $"/me/cases/{own}/rate", RatingChannel.Own, cancel) : Results.NotFound();

    public static IResult AskHall(HttpContext context) => context.Show<HallPage>();

    public static async Task<IResult> FromHall(HttpContext context, RatingDesk desk, TrackingCodes codes, TrackLimit limit, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var (number, code, address) = (CaseNumbers.Read(form["number"]), form["code"], context.Caller().Address);
        if (!limit.Allows(address, number ?? ""))
        {
            return Wrong(context, form["number"], Text.Often, StatusCodes.Status429TooManyRequests);
        }

        if (number is null || !codes.Fits(number, code) || await desk.Facts(number, cancel) is null)
        {
            limit.Wrong(address, number ?? "");
            return Wrong(context, form["number"], Text.Wrong, StatusCodes.Status422UnprocessableEntity);
        }

        return form.Has("rating")
            ? await Give(context, desk, number, EfficiencyRoutes.Hall, RatingChannel.Hall, cancel, code)
            : await Ask(context, desk, number, EfficiencyRoutes.Hall, RatingChannel.Hall, Refusals.None, cancel, code);
    }

    private static async Task<IResult> Give(
        HttpContext context, RatingDesk desk, string number, string action, string channel, CancellationToken cancel, string? code = null)
    {
        var form = await Posted.Read(context, cancel);
        var given = new GivenRating(channel, form.Or("grade"), form.Or("words"));
        var refusals = await desk.Give(context.Caller(), number, given, cancel);
        return refusals.Any
            ? await Ask(context, desk, number, action, channel, refusals, cancel, code, given)
            : context.Show<RatedPage>(new { Poor = RatingGrade.IsPoor(given.Grade!), Hall = channel == RatingChannel.Hall });
    }

    private static async Task<IResult> Ask(
        HttpContext context, RatingDesk desk, string number, string action, string channel, Refusals refusals, CancellationToken cancel,
        string? code = null, GivenRating? given = null)
    {
        // The address itself is the key to the rating: neither other sites nor caches get it.
        context.Response.Headers.CacheControl = "no-store";
        if (await desk.Facts(number, cancel) is not { } facts)
        {
            return Results.NotFound();
        }

        var offices = (Offices)context.RequestServices.GetService(typeof(Offices))!;
        var types = (CaseTypes)context.RequestServices.GetService(typeof(CaseTypes))!;
        var barred = RatingRules.May(facts, context.Caller());
        return context.Show<RatePage>(
            new
            {
                Action = action,
                Number = channel == RatingChannel.Hall ? number : null,
                Code = code,
                Item = types.Find(facts.Case.Type)?.Name ?? facts.Case.Title,
                Office = offices.NameOf(facts.Case.Office),
                ClosedAt = facts.Case.ClosedAt,
                Given = given,
                Barred = barred,
                Refusals = refusals,
            },
            refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static IResult Wrong(HttpContext context, string number, string sentence, int status) =>
        context.Show<HallPage>(new { Number = number, Refusals = Refusals.Of(new Refusal("S11-R73", "code", sentence)) }, status);

    /// <summary>The number, when the case is the caller's own.</summary>
    private static async Task<string?> Own(HttpContext context, RatingDesk desk, TimeProvider time, string number, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } read && await desk.Facts(read, cancel) is { } facts && facts.Case.IsOf(context.Caller(), time.Today()) ? read : null;
}

/// <summary>Leads from an applicant's own case to its rating.</summary>
internal sealed class RatePanel(RatingDesk desk, TimeProvider time) : CasePanel
{
    public override async Task<PanelNote?> Note(Case of, PanelPlace place, Caller who, CancellationToken cancel)
    {
        if (place != PanelPlace.Own || of.State != CaseState.Ended || !of.IsOf(who, time.Today()) || !Invitations.Wanted(of) || await desk.Facts(of.Number, cancel) is not { } facts)
        {
            return null;
        }

        return facts.Rated ? new(Text.Thanks, Text.ThanksGood)
            : RatingRules.May(facts, who).Any ? null
            : new(Text.InviteSubject, Text.RateThis(RatingRules.Until(of, facts.Standards)), $"/me/cases/{of.Number}/rate", Text.Rate);
    }
}
