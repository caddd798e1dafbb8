using Microsoft.AspNetCore.Http;
using Shali.Platform.Audit.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Audit.Doors;

/// <summary>Where an office answers those who object to its reading.</summary>
internal static class ObjectionDoor
{
    public static async Task<IResult> List(HttpContext context, Objections objections, AuditLog log)
    {
        var caller = context.Caller();
        var found = await objections.For(caller, context.RequestAborted);
        await Note(log, caller, "record.list", found, context.RequestAborted);
        return context.Show<ObjectionListPage>(new { All = found, Done = context.Request.Query.ContainsKey("done") });
    }

    public static async Task<IResult> Show(
        HttpContext context, Objections objections, AuditSearch search, AuditLog log, ResourceRegistry registry, string key)
    {
        var cancel = context.RequestAborted;
        if (await objections.Get(context.Caller(), key, cancel) is not { } objection)
        {
            return Results.NotFound();
        }

        await Note(log, context.Caller(), "record.read", [objection], cancel);
        return await Page(context, search, registry, objection, "", Refusals.None);
    }

    public static async Task<IResult> Answer(
        HttpContext context, Objections objections, AuditSearch search, ResourceRegistry registry, string key)
    {
        var cancel = context.RequestAborted;
        if (await objections.Get(context.Caller(), key, cancel) is not { } objection)
        {
            return Results.NotFound();
        }

        var answer = (await context.Request.ReadFormAsync(cancel))["answer"].ToString();
        var refusals = await objections.Answer(context.Caller(), objection, answer, cancel);
        return refusals.Any
            ? await Page(context, search, registry, objection, answer, refusals)
            : Ui.Pages.SeeOther(AuditRoutes.ObjectionList + "?done=1");
    }

    private static async Task<IResult> Page(
        HttpContext context, AuditSearch search, ResourceRegistry registry, Record objection, string answer, Refusals refusals)
    {
        var line = await search.At((long)objection["record"]!, context.RequestAborted);
        return context.Show<ObjectionPage>(
            new
            {
                Objection = objection,
                Read = line is null ? null : ShownRead.Of(line, registry),
                Answer = answer,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }

    private static async Task Note(AuditLog log, Caller caller, string kind, IReadOnlyList<Record> objections, CancellationToken cancel)
    {
        if (objections.Count > 0)
        {
            await log.Append(
                new AuditEntry(kind, caller)
                {
                    Resource = Objections.Resource.Id,
                    Keys = [.. objections.Select(objection => objection.Key)],
                    Fields = ["reason!", "answer!"],
                    Subjects = [.. objections.Select(objection => objection.Text("person")!)],
                    Purpose = Text.AnswerPurpose,
                },
                cancel);
        }
    }
}
