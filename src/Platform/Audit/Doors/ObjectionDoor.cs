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
    public static async Task<IResult> List(HttpContext context, Objections objections, AuditLog log, TimeProvider time)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        var open = context.Request.Query["state"] != "answered";
        var after = context.Request.Query["after"].ToString() is { Length: > 0 } cursor ? cursor : null;
        var found = await objections.For(caller, open, after, cancel);
        if (!found.Ok)
        {
            return context.Show<ObjectionListPage>(new { All = Array.Empty<Record>(), Open = open, Today = time.Today(), found.Refusals }, 422);
        }

        await Note(log, caller, "record.list", found.Value.Records, cancel);
        return context.Show<ObjectionListPage>(new
        {
            All = found.Value.Records,
            Open = open,
            Paged = after is not null,
            Next = found.Value.Next is { } next
                ? $"{AuditRoutes.ObjectionList}?state={(open ? "open" : "answered")}&after={Uri.EscapeDataString(next)}" : null,
            Done = context.Request.Query.ContainsKey("done"),
            Today = time.Today(),
        });
    }

    public static async Task<IResult> Show(
        HttpContext context, Objections objections, AuditSearch search, AuditLog log, ResourceRegistry registry, Offices offices,
        TimeProvider time, string key)
    {
        var cancel = context.RequestAborted;
        if (await objections.Get(context.Caller(), key, cancel) is not { } objection)
        {
            return Results.NotFound();
        }

        await Note(log, context.Caller(), "record.read", [objection], cancel);
        return await Page(context, search, registry, offices, time, objection, "", Refusals.None);
    }

    public static async Task<IResult> Answer(
        HttpContext context, Objections objections, AuditSearch search, ResourceRegistry registry, Offices offices,
        TimeProvider time, string key)
    {
        var cancel = context.RequestAborted;
        if (await objections.Get(context.Caller(), key, cancel) is not { } objection)
        {
            return Results.NotFound();
        }

        var answer = (await context.Request.ReadFormAsync(cancel))["answer"].ToString();
        var refusals = await objections.Answer(context.Caller(), objection, answer, cancel);
        return refusals.Any
            ? await Page(context, search, registry, offices, time, objection, answer, refusals)
            : Ui.Pages.SeeOther(AuditRoutes.ObjectionList + "?done=1");
    }

    private static async Task<IResult> Page(
        HttpContext context, AuditSearch search, ResourceRegistry registry, Offices offices, TimeProvider time,
        Record objection, string answer, Refusals refusals)
    {
        var line = await search.At((long)objection["record"]!, context.RequestAborted);
        return context.Show<ObjectionPage>(
            new
            {
                Objection = objection,
                Read = line is null ? null : ShownRead.Of(line, registry, offices),
                Answer = answer,
                Today = time.Today(),
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
