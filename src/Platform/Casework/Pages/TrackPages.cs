using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>How a case stands, for anyone with its number and code: stages and dates, no names, no content.</summary>
internal static class TrackPages
{
    public static IResult Ask(HttpContext context, string? number = null) => Page(context, CaseNumbers.Read(number) ?? "", null, Refusals.None);

    public static async Task<IResult> Show(
        HttpContext context, CaseReader cases, TrackingCodes codes, TrackLimit limit, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var address = context.Caller().Address;
        var number = CaseNumbers.Read(form["number"]);
        if (!limit.Allows(address, number ?? ""))
        {
            return Page(context, form["number"], null, Refusals.Of(new Refusal("CASE-Q02", "code", Text.TrackOften)), StatusCodes.Status429TooManyRequests);
        }

        if (number is null || !codes.Fits(number, form["code"]) || await cases.Track(number, cancel) is not { } found)
        {
            limit.Wrong(address, number ?? "");
            return Page(context, form["number"], null, Refusals.Of(new Refusal("CASE-Q01", "code", Text.TrackWrong)));
        }

        return Page(
            context, number, new TrackedCase(found.File.Case, found.File.Type, found.Due) { Events = found.File.Events, Clock = Nearest(found.File), Panels = await CasePanel.All(context, found.File, PanelPlace.Track, cancel) }, Refusals.None);
    }

    /// <summary>The limit that comes first of those that concern the applicant.</summary>
    private static ShownClock? Nearest(CaseFile file) =>
        file.Clocks.Where(clock => clock.Facts is { Ended: null, Rule.Kind: not Clocks.ClockKind.Step }).MinBy(clock => clock.Verdict.Due);

    private static IResult Page(HttpContext context, string number, TrackedCase? found, Refusals refusals, int status = 422)
    {
        context.Response.Headers.CacheControl = "no-store";
        var offices = (Offices)context.RequestServices.GetService(typeof(Offices))!;
        return context.Show<TrackPage>(
            new { Number = number, Found = found, OfficeName = found is null ? "" : offices.NameOf(found.Case.Office), Refusals = refusals },
            refusals.Any ? status : 200);
    }
}

/// <param name="Due">The day by which the law or the promise says it is done; null where no clock runs.</param>
public sealed record TrackedCase(Case Case, CaseType Type, DateTimeOffset? Due)
{
    /// <summary>What happened; only stages and moments are shown of it.</summary>
    public IReadOnlyList<CaseEvent> Events { get; init; } = [];

    /// <summary>The limit that comes first; null where none runs.</summary>
    public ShownClock? Clock { get; init; }

    /// <summary>What systems show with it: stages and days.</summary>
    public IReadOnlyList<Microsoft.AspNetCore.Components.RenderFragment> Panels { get; init; } = [];
}
