using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Exchange.Tracing;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Exchange.Pages;

/// <summary>Whoever looks after nodes: the information officer of an office, the authority for sharing, the system administrator.</summary>
internal static class NodePages
{
    /// <summary>So long before its certificate ends a node's page says so.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(60);

    public static Task<IResult> List(HttpContext context, NodeDesk desk, NodeViews views, Offices offices, TimeProvider time, CancellationToken cancel) =>
        List(context, desk, views, offices, time, "", "", Refusals.None, cancel);

    public static async Task<IResult> Invite(HttpContext context, NodeDesk desk, NodeViews views, Offices offices, TimeProvider time, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        var (office, name) = (NodeDesk.ManagesAll(context.Caller()) ? sent["office"].Trim() : context.Caller().Office, sent["name"]);
        var invited = await desk.Invite(context.Caller(), office, name, cancel);
        return invited.Ok ? Code(context, invited.Value) : await List(context, desk, views, offices, time, office, name, invited.Refusals, cancel);
    }

    public static Task<IResult> Show(
        HttpContext context, NodeDesk desk, NodeBook book, NodeViews views, Offices offices, ResourceRegistry registry, TimeProvider time, string code, CancellationToken cancel) =>
        Show(context, desk, book, views, offices, registry, time, code, "", Refusals.None, cancel);

    public static async Task<IResult> NewCode(
        HttpContext context, NodeDesk desk, NodeBook book, NodeViews views, Offices offices, ResourceRegistry registry, TimeProvider time, string code, CancellationToken cancel)
    {
        _ = await Posted.Read(context, cancel);
        var invited = await desk.InviteAgain(context.Caller(), code, cancel);
        return invited.Ok ? Code(context, invited.Value) : await Show(context, desk, book, views, offices, registry, time, code, "", invited.Refusals, cancel);
    }

    public static async Task<IResult> Revoke(
        HttpContext context, NodeDesk desk, NodeBook book, NodeViews views, Offices offices, ResourceRegistry registry, TimeProvider time, string code, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        var done = await desk.Revoke(context.Caller(), code, sent.Or("reason"), cancel);
        return done.Ok
            ? Ui.Pages.SeeOther($"{ExchangeSystem.Nodes}/{Uri.EscapeDataString(code)}")
            : await Show(context, desk, book, views, offices, registry, time, code, sent["reason"], done.Refusals, cancel);
    }

    /// <summary>The code is shown once, and kept nowhere.</summary>
    private static IResult Code(HttpContext context, NodeInvitation invitation)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Show<NodeCodePage>(new { Invitation = invitation });
    }

    private static async Task<IResult> List(
        HttpContext context, NodeDesk desk, NodeViews views, Offices offices, TimeProvider time, string office, string name, Refusals refusals, CancellationToken cancel)
    {
        var nodes = await desk.List(context.Caller(), cancel);
        return context.Show<NodeListPage>(
            new
            {
                Nodes = nodes,
                Health = await views.Health([.. nodes.Select(node => node.Code)], cancel),
                OfficeName = (Func<string, string>)offices.NameOf,
                Offices = (IReadOnlyList<Choice>)(NodeDesk.ManagesAll(context.Caller())
                    ? [.. offices.All.Where(each => each.To is null || each.To > time.Today()).OrderBy(each => each.Code, StringComparer.Ordinal).Select(each => new Choice(each.Code, each.Name))]
                    : []),
                Office = office,
                Name = name,
                Refusals = refusals,
            },
            refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> Show(
        HttpContext context, NodeDesk desk, NodeBook book, NodeViews views, Offices offices, ResourceRegistry registry, TimeProvider time, string code, string reason, Refusals refusals,
        CancellationToken cancel)
    {
        if (await desk.Get(context.Caller(), code, cancel) is not { } node)
        {
            return Results.NotFound();
        }

        var ends = node.Serial is { } serial && node.State == NodeState.Active ? book.Find(serial)?.To : null;
        return context.Show<NodePage>(
            new
            {
                Node = node,
                Ends = ends,
                EndsSoon = ends < time.GetUtcNow() + Soon,
                Health = (await views.Health([code], cancel)).GetValueOrDefault(code),
                Receipts = (IReadOnlyList<ReceiptLine>)await views.Receipts(code, cancel),
                Dependents = await Dependents(context, code, views, cancel),
                Comparisons = (IReadOnlyList<ComparisonLine>)await views.Comparisons(code, cancel),
                OfficeName = offices.NameOf(node.Office),
                ResourceName = (Func<string, string>)(id => registry.Find(id)?.Name ?? id),
                Reason = reason,
                Refusals = refusals,
            },
            refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IReadOnlyList<Dependent>> Dependents(HttpContext context, string code, NodeViews views, CancellationToken cancel) =>
        await context.RequestServices.GetRequiredService<NodeDependents>().Of(context.Caller(), code, await views.Given(code, cancel), cancel);
}
