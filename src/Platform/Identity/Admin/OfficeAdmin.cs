using Microsoft.AspNetCore.Http;
using Shali.Platform.Audit;
using Shali.Platform.Identity.Admin;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Identity;

/// <summary>The tree of offices: looking, founding, changing, closing.</summary>
internal static class OfficeAdmin
{
    private const int Shown = 500;

    public static IResult List(HttpContext context, Offices offices, string? q)
    {
        var search = (q ?? "").Trim();
        var found = search.Length == 0
            ? Tree(offices, null, 0)
            : offices.All.Where(office => office.Code == search || office.Name.Contains(search, StringComparison.Ordinal))
                .OrderBy(office => office.Code, StringComparer.Ordinal).Select(office => (office, 0));
        return context.Show<OfficesPage>(new { Search = search, Offices = found.Take(Shown).ToList() });
    }

    public static async Task<IResult> Show(HttpContext context, Offices offices, Posts posts, string code) => offices.Find(code) is { } office
        ? context.Show<OfficePage>(new { Office = office, Posts = await posts.In(code, context.RequestAborted), Offices = offices })
        : Results.NotFound();

    public static IResult ShowNew(HttpContext context, string? parent) =>
        context.Show<OfficeFormPage>(new { Office = new Office("", "", "", "department", parent, "", null, null), New = true });

    public static async Task<IResult> Found(HttpContext context, Offices offices, AuditLog log)
    {
        var form = await context.Form();
        var (office, refusals) = Read(form, form.Text("code"));
        if (offices.Find(office.Code) is not null)
        {
            refusals = refusals.And(Refusals.Of(new Refusal("ID-O05", "code", IdentityText.OfficeTaken(office.Code))));
        }

        return await Write(context, offices, log, office, refusals, isNew: true);
    }

    public static async Task<IResult> Save(HttpContext context, Offices offices, AuditLog log, string code)
    {
        if (offices.Find(code) is null)
        {
            return Results.NotFound();
        }

        var (office, refusals) = Read(await context.Form(), code);
        return await Write(context, offices, log, office, refusals, isNew: false);
    }

    private static async Task<IResult> Write(
        HttpContext context, Offices offices, AuditLog log, Office office, Refusals refusals, bool isNew)
    {
        if (!refusals.Any)
        {
            var act = new Act(context.Caller(), "identity.office.save");
            refusals = (await offices.Save(act, [office], context.RequestAborted)).Refusals;
        }

        if (refusals.Any)
        {
            return context.Show<OfficeFormPage>(
                new { Office = office, New = isNew, Refusals = refusals }, StatusCodes.Status422UnprocessableEntity);
        }

        await log.Append(new AuditEntry("office.save", context.Caller()) { Note = office.Code }, context.RequestAborted);
        return Pages.SeeOther($"/admin/offices/{Uri.EscapeDataString(office.Code)}");
    }

    private static (Office Office, Refusals Refusals) Read(IFormCollection form, string code)
    {
        var begins = AdminRoutes.Day(form, "begins", out var from);
        var ends = AdminRoutes.Day(form, "ends", out var to);
        var parent = form.Text("parent");
        var name = form.Text("name");
        var shortName = form.Text("short_name");
        var office = new Office(
            code, name, shortName.Length == 0 ? name : shortName, form.Text("kind"), parent.Length == 0 ? null : parent, form.Text("region"), from, to);
        return (office, Refusals.Of(
            begins ? null : new Refusal("ID-D01", "begins", IdentityText.DateWrong),
            ends ? null : new Refusal("ID-D01", "ends", IdentityText.DateWrong)));
    }

    private static IEnumerable<(Office Office, int Depth)> Tree(Offices offices, string? parent, int depth) =>
        depth > 8 ? [] : offices.Below(parent).SelectMany(office => Tree(offices, office.Code, depth + 1).Prepend((office, depth)));
}
