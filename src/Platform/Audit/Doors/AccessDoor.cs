using Microsoft.AspNetCore.Http;
using Shali.Platform.Audit.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Audit.Doors;

/// <summary>What a resident sees of the log: who read about him, when, from which office, for what; his objections.</summary>
internal static class AccessDoor
{
    /// <summary>The value of the office filter that asks for what the resident did himself.</summary>
    public const string Own = "own";

    private const int ConsultationsMax = 15;

    /// <summary>Opening a household writes a dozen records; a page reads enough for its consultations.</summary>
    private const int LinesMax = 300;

    public static async Task<IResult> Show(
        HttpContext context, AuditSearch search, Objections objections, ResourceRegistry registry, Offices offices, TimeProvider time)
    {
        var cancel = context.RequestAborted;
        if (context.Caller().Person is not { } person)
        {
            return context.Show<AccessPage>(new { Known = false });
        }

        var period = Period.Read(context.Request.Query, "from", "to", "before", "office");
        var office = context.Request.Query["office"].ToString().Replace("\0", "", StringComparison.Ordinal);
        if (period.Refusals.Any)
        {
            return context.Show<AccessPage>(new { period.Refusals, Period = period, Office = office }, 422);
        }

        var others = new AuditQuery { Subject = person, NotWho = context.Caller().Id, From = period.From, To = period.To, Limit = LinesMax };
        var query = office switch
        {
            "" => others,
            Own => others with { NotWho = null, Who = context.Caller().Id },
            _ => others with { Office = office },
        };
        var found = await search.Find(query with { Before = period.Before }, cancel);
        var (shown, next) = Consultation.Of(found.Lines, found.Next, ConsultationsMax, registry, offices);
        var codes = await search.Offices(others, cancel);
        return context.Show<AccessPage>(new
        {
            Consultations = shown,
            Objections = await objections.Of(person, cancel),
            Period = period,
            Office = office,
            Offices = codes.Select(code => new Choice(code, offices.NameOf(code))).ToList(),
            Next = next is { } before ? period.Address(AuditRoutes.Access, before, ("office", office)) : null,
            Today = time.Today(),
        });
    }

    /// <summary>The resident's own objections, each with where it stands and what comes next.</summary>
    public static async Task<IResult> Objected(HttpContext context, Objections objections, TimeProvider time) =>
        context.Show<OwnObjectionsPage>(new
        {
            All = context.Caller().Person is { } person ? await objections.Of(person, context.RequestAborted) : [],
            Done = context.Request.Query.ContainsKey("done"),
            Today = time.Today(),
        });

    public static async Task<IResult> Ask(
        HttpContext context, Objections objections, ResourceRegistry registry, Offices offices, long index) =>
        await objections.ReadOf(context.Caller(), index, context.RequestAborted) is { } line
            ? context.Show<ObjectionFormPage>(new { Read = ShownRead.Of(line, registry, offices) })
            : Results.NotFound();

    public static async Task<IResult> Object(
        HttpContext context, Objections objections, ResourceRegistry registry, Offices offices, long index)
    {
        var cancel = context.RequestAborted;
        if (await objections.ReadOf(context.Caller(), index, cancel) is not { } line)
        {
            return Results.NotFound();
        }

        var sent = await context.Request.ReadFormAsync(cancel);
        var (why, words) = (sent["why"].ToString(), sent["reason"].ToString());
        var ground = Text.Grounds.Contains(why) ? why : "";
        var reason = ground.Length == 0 || string.IsNullOrWhiteSpace(words) ? ground + words : $"{ground}。{words}";
        var made = await objections.Make(context.Caller(), line, reason, cancel);
        return made.Ok
            ? Ui.Pages.SeeOther(AuditRoutes.OwnObjections + "?done=1")
            : context.Show<ObjectionFormPage>(
                new { Read = ShownRead.Of(line, registry, offices), Why = ground, Reason = words, made.Refusals }, 422);
    }
}
