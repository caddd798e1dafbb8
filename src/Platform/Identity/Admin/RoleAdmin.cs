using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity.Admin;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Identity;

/// <summary>What a role may do in an office, why, and the security administrator's changes to it.</summary>
internal static class RoleAdmin
{
    private const int Shown = 1000;

    public static IResult Show(HttpContext context, Permissions permissions, Offices offices, string? role, string? office, string? q) =>
        Page(context, permissions, offices, role ?? Roles.Clerk, office ?? "", (q ?? "").Trim(), Refusals.None);

    public static async Task<IResult> Change(
        HttpContext context, RoleRights rights, Permissions permissions, Offices offices, TimeProvider time)
    {
        var form = await context.Form();
        var begins = AdminRoutes.Day(form, "begins", out var from);
        var ends = AdminRoutes.Day(form, "ends", out var to);
        var refusals = Refusals.Of(
            begins ? null : new Refusal("ID-D01", "begins", IdentityText.DateWrong),
            ends ? null : new Refusal("ID-D01", "ends", IdentityText.DateWrong));
        if (!refusals.Any)
        {
            var change = new RoleRight(
                "", form.Text("role"), form.Text("office"), form.Text("permission"), form.Text("gives") == "yes", from ?? time.Today(), to, form.Text("reason"));
            refusals = (await rights.Change(context.Caller(), change, context.RequestAborted)).Refusals;
        }

        return refusals.Any
            ? Page(context, permissions, offices, form.Text("role"), form.Text("office"), "", refusals)
            : Pages.SeeOther($"/admin/roles?role={Uri.EscapeDataString(form.Text("role"))}&office={Uri.EscapeDataString(form.Text("office"))}");
    }

    public static async Task<IResult> End(HttpContext context, RoleRights rights, TimeProvider time, string key)
    {
        var form = await context.Form();
        var ended = await rights.End(context.Caller(), key, time.Today(), form.Text("reason"), context.RequestAborted);
        return ended.Ok ? Pages.SeeOther("/admin/roles") : Results.NotFound();
    }

    private static IResult Page(
        HttpContext context, Permissions permissions, Offices offices, string role, string office, string search, Refusals refusals)
    {
        var table = permissions.Current;
        var held = table.Of(role, office);
        var rows = table.Catalogue()
            .Where(each => search.Length == 0 ? held.Contains(each.Code) || table.ByDefault(each.Code, role, office) : Found(each, search))
            .Take(Shown)
            .Select(each => new RoleRow(each.Code, each.Label, held.Contains(each.Code), table.ByDefault(each.Code, role, office)))
            .ToList();
        return context.Show<RolesPage>(
            new { Role = role, Office = office, Search = search, Rows = rows, permissions.Changes, Offices = offices, Refusals = refusals },
            AdminRoutes.Status(refusals.Any));
    }

    private static bool Found((string Code, string Label) each, string search) =>
        each.Code.Contains(search, StringComparison.OrdinalIgnoreCase) || each.Label.Contains(search, StringComparison.Ordinal);
}

/// <summary>One permission as the page of roles shows it.</summary>
public sealed record RoleRow(string Code, string Label, bool Held, bool Default);
