using Microsoft.AspNetCore.Http;
using Shali.Government.S06Sharing.Grants;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S06Sharing.Pages;

/// <summary>The grants that an office has and gives, and what provider and authority do about them.</summary>
internal static class GrantPages
{
    public static async Task<IResult> List(
        HttpContext context, GrantDesk desk, SharedResources shared, Offices offices, IReadOnlyList<CitySystem> systems, TimeProvider time, CancellationToken cancel, string? after = null)
    {
        var (grants, next) = await desk.List(context.Caller(), after, cancel);
        return context.Show<GrantListPage>(new
        {
            Found = grants,
            Next = next,
            First = after is null,
            Today = time.Today(),
            ResourceName = (Func<string, string>)shared.NameOf,
            SystemName = (Func<string, string>)(code => SystemNames.Of(systems, code)),
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    public static Task<IResult> Show(HttpContext context, GrantDesk desk, string number, CancellationToken cancel) =>
        Page(context, desk, number, null, "", Refusals.None, cancel);

    public static async Task<IResult> Change(HttpContext context, GrantDesk desk, string number, string act, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (GrantAct.Find(act) is not { } known)
        {
            return Results.NotFound();
        }

        var once = form.Or(Posted.Once);
        var done = await desk.Change(
            context.Caller(), number, known, form.Or("reason"), Requests.RequestTerms.Number(form[Posted.Version]) ?? -1, once is null ? null : "grant:" + once, cancel);
        return done.Ok ? Platform.Ui.Pages.SeeOther(GrantDesk.Address(number)) : await Page(context, desk, number, act, form["reason"], done.Refusals, cancel);
    }

    /// <summary>The consumer ends its use and reports what became of the data.</summary>
    public static async Task<IResult> Finish(HttpContext context, GrantDesk desk, string number, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var once = form.Or(Posted.Once);
        var done = await desk.Finish(
            context.Caller(), number, form["disposal"], form.Or("words"), Requests.RequestTerms.Number(form[Posted.Version]) ?? -1, once is null ? null : "finish:" + once, cancel);
        return done.Ok ? Platform.Ui.Pages.SeeOther(GrantDesk.Address(number)) : await Page(context, desk, number, "finish", form["words"], done.Refusals, cancel, form["disposal"]);
    }

    private static async Task<IResult> Page(
        HttpContext context, GrantDesk desk, string number, string? tried, string reason, Refusals refusals, CancellationToken cancel, string disposal = "")
    {
        if (await desk.Get(context.Caller(), number, cancel) is not { } found)
        {
            return Results.NotFound();
        }

        var services = context.RequestServices;
        var time = (TimeProvider)services.GetService(typeof(TimeProvider))!;
        return context.Show<GrantPage>(
            new
            {
                found.Grant,
                found.Version,
                Pushes = found.Grant.System is null && found.Grant.Consumer == context.Caller().Office && found.Grant.WayCodes.Contains(GrantWay.Push, StringComparer.Ordinal),
                MayFinish = found.Grant is { System: null, Disposal: null } && found.Grant.Consumer == context.Caller().Office,
                Disposal = disposal,
                MayChange = found.Sight != GrantSight.Consumer && context.Caller().May(SharingRights.Answer),
                Resource = ((SharedResources)services.GetService(typeof(SharedResources))!).Find(found.Grant.Resource),
                SystemName = (Func<string, string>)(code => SystemNames.Of((IReadOnlyList<CitySystem>)services.GetService(typeof(IReadOnlyList<CitySystem>))!, code)),
                OfficeName = (Func<string, string>)((Offices)services.GetService(typeof(Offices))!).NameOf,
                Today = time.Today(),
                Once = Ulid.Next(time),
                Tried = tried,
                Reason = reason,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}
