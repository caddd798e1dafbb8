using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity.Admin;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Identity;

/// <summary>Posts: who is what in which office.</summary>
internal static class PostAdmin
{
    public static async Task<IResult> List(HttpContext context, Posts posts, Offices offices, Accounts accounts, string? office)
    {
        var named = (office ?? "").Trim();
        var found = offices.Find(named) is null ? [] : await posts.In(named, context.RequestAborted);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in found.Select(post => post.Account).Distinct(StringComparer.Ordinal))
        {
            names[id] = (await accounts.Find(id, context.RequestAborted))?.Name ?? id;
        }

        return context.Show<PostsPage>(new { Office = named, Posts = found, Offices = offices, Names = names });
    }

    public static async Task<IResult> Give(HttpContext context, Posts posts, Offices offices, Accounts accounts, TimeProvider time, string id)
    {
        if (await accounts.Find(id, context.RequestAborted) is not { } account)
        {
            return Results.NotFound();
        }

        var form = await context.Form();
        var begins = AdminRoutes.Day(form, "begins", out var from);
        var ends = AdminRoutes.Day(form, "ends", out var to);
        var refusals = Refusals.Of(
            begins ? null : new Refusal("ID-D01", "begins", IdentityText.DateWrong),
            ends ? null : new Refusal("ID-D01", "ends", IdentityText.DateWrong),
            form.Text("reason").Length == 0 ? new Refusal("ID-R09", "reason", IdentityText.ReasonMissing) : null);
        if (!refusals.Any)
        {
            var post = new Post(
                "", id, form.Text("office"), form.Text("role"), IdentityResources.ScopeOf(form.Text("scope")), form.Text("area"), form.Text("title"),
                from ?? time.Today(), to);
            refusals = (await posts.Give(context.Caller(), post, account.Name, form.Text("reason"), context.RequestAborted)).Refusals;
        }

        return refusals.Any
            ? await PeopleAdmin.Page(context, account, posts, offices, refusals)
            : Pages.SeeOther($"/admin/people/{id}");
    }

    public static async Task<IResult> End(HttpContext context, Posts posts, TimeProvider time, string key)
    {
        var form = await context.Form();
        var ended = await posts.End(context.Caller(), key, time.Today(), form.Text("reason"), context.RequestAborted);
        return ended.Ok ? Pages.SeeOther($"/admin/people/{Uri.EscapeDataString(form.Text("account"))}") : Results.NotFound();
    }
}
