using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using RegionTable = Shali.Platform.Regions.Regions;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Registering an event: choose, answer, check the answers, done.</summary>
internal static class EventPages
{
    private const string StepName = "_step";
    private const string OnceName = "_once";

    public static IResult Choose(HttpContext context, string? person = null) => Allowed(context.Caller()) is { Count: > 0 } types
        ? context.Show<EventKindsPage>(new { Types = types, Person = person })
        : Results.StatusCode(StatusCodes.Status403Forbidden);

    public static async Task<IResult> Ask(HttpContext context, Answers answers, PersonReading reading, string kind, CancellationToken cancel)
    {
        if (EventTypes.Find(kind) is not { ComesWithADay: false } type)
        {
            return Results.NotFound();
        }

        if (!context.Caller().May(type.Permission))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var (form, _) = await answers.Read(type, context.Request.Query.Where(pair => type.Questions.Any(question => question.Name == pair.Key)), cancel);
        return await Form(context, reading, type, form, Refusals.None, cancel);
    }

    /// <summary>The first sending shows the answers to be checked, the second registers them.</summary>
    public static async Task<IResult> Declare(
        HttpContext context, Answers answers, PersonReading reading, EventRegistration registration, string kind, CancellationToken cancel)
    {
        if (EventTypes.Find(kind) is not { ComesWithADay: false } type)
        {
            return Results.NotFound();
        }

        var caller = context.Caller();
        if (!caller.May(type.Permission))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var sent = await context.Request.ReadFormAsync(cancel);
        var (form, unclear) = await answers.Read(type, sent, cancel);
        var step = sent[StepName].ToString();
        if (step == "change")
        {
            return await Form(context, reading, type, form, Refusals.None, cancel);
        }

        if (step == "register" && !unclear.Any)
        {
            var once = sent[OnceName].ToString();
            var registered = await registration.Register(caller, form, once: once.Length is > 0 and <= 64 ? once : null, cancel: cancel);
            return registered.Ok
                ? Shali.Platform.Ui.Pages.SeeOther($"/population/events/{registered.Value.Event}?done=1")
                : await Form(context, reading, type, form, registered.Refusals, cancel);
        }

        var refusals = Merge(unclear, await registration.Check(caller, form, cancel));
        if (refusals.Any)
        {
            return await Form(context, reading, type, form, refusals, cancel);
        }

        var lines = await Describe(context.Caller(), reading, type, form, cancel);
        return context.Show<EventCheckPage>(new { Type = type, Answers = form, Lines = lines, Once = Guid.NewGuid().ToString("N") });
    }

    public static async Task<IResult> Entry(HttpContext context, PersonReading reading, Offices offices, string key, CancellationToken cancel)
    {
        var caller = context.Caller();
        if (await reading.Get(caller, Resources.Event, key, null, false, cancel) is not { } entry)
        {
            return Results.NotFound();
        }

        var person = await reading.Get(caller, Resources.Person, entry.Raw("person")!, null, false, cancel);
        return context.Show<EventPage>(new { Entry = entry, Person = person, OfficeName = (Func<string, string>)offices.NameOf, Done = context.Request.Query["done"] == "1" });
    }

    public static IReadOnlyList<EventType> Allowed(Caller caller) => [.. EventTypes.All.Where(type => caller.May(type.Permission))];

    private static async Task<IResult> Form(
        HttpContext context, PersonReading reading, EventType type, EventForm form, Refusals refusals, CancellationToken cancel)
    {
        IReadOnlyList<Choice> members = [];
        if (form.Person is { } person && await reading.View(context.Caller(), person, type.Label, false, cancel) is { } view)
        {
            members = [.. view.Members.Select(member => new Choice(
                member.Membership.Raw("person")!, $"{member.Person?.Text("name")}（{member.Membership.Text("relation")}）"))];
        }

        var known = await Describe(context.Caller(), reading, type, form, cancel);
        return context.Show<EventFormPage>(
            new { Type = type, Answers = form, Members = members, Known = known, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    /// <summary>The answers as people read them, in the order of the questions.</summary>
    private static async Task<IReadOnlyList<(Question Question, string Answer)>> Describe(
        Caller caller, PersonReading reading, EventType type, EventForm form, CancellationToken cancel)
    {
        var lines = new List<(Question, string)>();
        foreach (var question in type.Questions)
        {
            if (form.Text(question.Name) is not { } answer)
            {
                continue;
            }

            var words = question.Kind switch
            {
                AnswerKind.Person or AnswerKind.Persons => await Names(caller, reading, form.Many(question.Name), type.Label, cancel),
                AnswerKind.Household when await reading.Get(caller, Resources.Household, answer, type.Label, false, cancel) is { } household =>
                    $"{household.Text("address")}（{household.Text("village")}）",
                AnswerKind.Choice => CodeLists.Label(question.Codes!, answer),
                AnswerKind.Village => RegionTable.Name(answer) is { } name ? $"{name}（{answer}）" : answer,
                AnswerKind.Date when form.Day(question.Name) is { } day => day.InWords(),
                _ => answer,
            };
            lines.Add((question, words));
        }

        return lines;
    }

    private static async Task<string> Names(Caller caller, PersonReading reading, IReadOnlyList<string> keys, string purpose, CancellationToken cancel)
    {
        var names = new List<string>();
        foreach (var key in keys)
        {
            var person = await reading.Get(caller, Resources.Person, key, purpose, false, cancel);
            names.Add(person is null ? Text.PersonChosen : $"{person.Text("name")} {person.Text("citizen_number")}".Trim());
        }

        return string.Join('、', names);
    }

    private static Refusals Merge(Refusals one, Refusals other) =>
        new([.. one, .. other.Where(refusal => !one.For(refusal.Field).Any())]);
}
