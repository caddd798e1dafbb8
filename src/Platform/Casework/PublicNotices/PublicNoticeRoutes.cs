using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework;

/// <summary>Where everybody reads what is announced and says what he has against it.</summary>
internal static class PublicNoticeRoutes
{
    public const string List = "/public-notices";

    private const string Why = "公示的目的就是让公众知晓并提出异议";

    public static MenuEntry Menu => new(MenuPlace.Portal, Text.NoticesTitle, List, Note: Text.NoticesLead) { Order = 20 };

    public static string Of(string key) => $"{List}/{key}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(List, All).Public(Why);
        routes.MapGet(List + "/{key}", Show).Public(Why);
        routes.MapPost(List + "/{key}", Object).NeedsSignIn();
    }

    private static async Task<IResult> All(HttpContext context, PublicNoticeReader notices, Offices offices, CancellationToken cancel, string? office = null)
    {
        var running = await notices.Running(null, cancel);
        return context.Show<PublicNoticeListPage>(new
        {
            Notices = (IReadOnlyList<PublicNotice>)[.. running.Where(notice => office is null or "" || notice.Office == office)],
            Offices = (IReadOnlyList<Choice>)[.. running.Select(notice => notice.Office).Distinct(StringComparer.Ordinal).Select(code => new Choice(code, offices.NameOf(code))).OrderBy(choice => choice.Value, StringComparer.Ordinal)],
            Office = office ?? "",
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    private static Task<IResult> Show(HttpContext context, PublicNoticeReader notices, Offices offices, TimeProvider time, string key, CancellationToken cancel) =>
        Page(context, notices, offices, key, "", Ulid.Next(time), Refusals.None, cancel);

    private static async Task<IResult> Object(
        HttpContext context, PublicNoticeReader notices, ObjectionDesk desk, Offices offices, TimeProvider time, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (await notices.Get(key, cancel) is null)
        {
            return Results.NotFound();
        }

        var once = form.Or(Posted.Once) is { Length: <= 64 } word ? word : Ulid.Next(time);
        var refusals = await desk.Object(context.Caller(), key, form.Or("words"), "objection:" + once, cancel);
        return refusals.Any ? await Page(context, notices, offices, key, form["words"], once, refusals, cancel) : Ui.Pages.SeeOther(Of(key) + "?done=1");
    }

    private static async Task<IResult> Page(
        HttpContext context, PublicNoticeReader notices, Offices offices, string key, string words, string once, Refusals refusals, CancellationToken cancel) =>
        await notices.Get(key, cancel) is not { } notice ? Results.NotFound()
        : context.Show<PublicNoticePage>(
            new
            {
                Notice = notice,
                Runs = notices.Runs(notice),
                OfficeName = offices.NameOf(notice.Office),
                Done = context.Request.Query.ContainsKey("done"),
                Words = words,
                Once = once,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
}
