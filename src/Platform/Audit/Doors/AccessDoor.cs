using Microsoft.AspNetCore.Http;
using Shali.Platform.Audit.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Audit.Doors;

/// <summary>What a resident sees of the log: who read about him, when, from which office, for what; his objections.</summary>
internal static class AccessDoor
{
    public static async Task<IResult> Show(
        HttpContext context, AuditSearch search, Objections objections, ResourceRegistry registry)
    {
        var cancel = context.RequestAborted;
        if (context.Caller().Person is not { } person)
        {
            return context.Show<AccessPage>(new { Known = false });
        }

        var period = Period.Read(context.Request.Query, "from", "to", "before");
        if (period.Refusals.Any)
        {
            return context.Show<AccessPage>(new { period.Refusals, Period = period }, 422);
        }

        var (lines, next) = await search.Find(
            new AuditQuery { Subject = person, From = period.From, To = period.To, Before = period.Before, Limit = 20 }, cancel);
        return context.Show<AccessPage>(new
        {
            Reads = lines.Select(line => ShownRead.Of(line, registry)).ToList(),
            Objections = await objections.Of(person, cancel),
            Period = period,
            Next = next is { } before ? period.Address(AuditRoutes.Access, before) : null,
            Done = context.Request.Query.ContainsKey("done"),
        });
    }

    public static async Task<IResult> Ask(HttpContext context, Objections objections, ResourceRegistry registry, long index) =>
        await objections.ReadOf(context.Caller(), index, context.RequestAborted) is { } line
            ? context.Show<ObjectionFormPage>(new { Read = ShownRead.Of(line, registry) })
            : Results.NotFound();

    public static async Task<IResult> Object(HttpContext context, Objections objections, ResourceRegistry registry, long index)
    {
        var cancel = context.RequestAborted;
        if (await objections.ReadOf(context.Caller(), index, cancel) is not { } line)
        {
            return Results.NotFound();
        }

        var reason = (await context.Request.ReadFormAsync(cancel))["reason"].ToString();
        var made = await objections.Make(context.Caller(), line, reason, cancel);
        return made.Ok
            ? Ui.Pages.SeeOther(AuditRoutes.Access + "?done=1")
            : context.Show<ObjectionFormPage>(
                new { Read = ShownRead.Of(line, registry), Reason = reason, made.Refusals }, 422);
    }
}
