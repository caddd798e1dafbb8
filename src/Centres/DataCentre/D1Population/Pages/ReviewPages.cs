using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Ui;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Work lists of pairs and of suggestions.</summary>
internal static class ReviewPages
{
    private const int PageSize = 50;

    public static async Task<IResult> Pairs(HttpContext context, GovernedReader reader, PersonReading reading, CancellationToken cancel, string? state = null, string? after = null)
    {
        if (reader.AccessOf(context.Caller(), Resources.Duplicate) is null)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var wanted = CodeLists.Of("duplicate-state").Find(state ?? "")?.Value ?? DuplicateState.Open;
        var query = new RecordQuery
        {
            Where = new Filter.Compare("state", Comparison.Equal, wanted),
            Sort = [new SortBy("score", Descending: true)],
            Limit = PageSize,
            After = after,
        };
        var page = await reader.List(new ReadRequest(context.Caller(), Resources.Duplicate), query, cancel);
        if (!page.Ok)
        {
            return Results.BadRequest();
        }

        var keys = page.Value.Records.SelectMany(pair => new[] { pair.Raw("a")!, pair.Raw("b")! }).Distinct(StringComparer.Ordinal).ToList();
        var persons = keys.Count == 0 ? [] : await reading.List(context.Caller(), Resources.Person, new Filter.KeyIn(keys), Text.ReviewPurpose, false, cancel);
        return context.Show<DuplicatesPage>(new
        {
            Pairs = page.Value.Records,
            Names = (IReadOnlyDictionary<string, string>)persons.ToDictionary(person => person.Key, person => person.Text("name"), StringComparer.Ordinal),
            State = wanted,
            page.Value.Next,
            After = after is not null,
        });
    }

    public static Task<IResult> Pair(HttpContext context, PersonReading reading, string key, CancellationToken cancel) =>
        Compare(context, reading, key, Refusals.None, cancel);

    public static async Task<IResult> Decide(HttpContext context, PersonReading reading, DuplicateReview review, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var decided = await review.Decide(context.Caller(), key, form.Or("decision"), form.Or("grounds"), cancel);
        return decided.Ok
            ? Shali.Platform.Ui.Pages.SeeOther($"/population/duplicates/{Uri.EscapeDataString(key)}")
            : await Compare(context, reading, key, decided.Refusals, cancel);
    }

    public static async Task<IResult> Suggest(HttpContext context, PersonReading reading, Suggestions suggestions, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var made = await suggestions.Make(context.Caller(), key, form.Or("field_name"), form.Or("proposed"), form.Or("grounds"), cancel);
        if (made.Ok)
        {
            return Shali.Platform.Ui.Pages.SeeOther($"/population/persons/{Uri.EscapeDataString(key)}");
        }

        return await reading.View(context.Caller(), key, null, false, cancel) is { } view
            ? context.Show<PersonPage>(new { Model = view, made.Refusals }, 422)
            : Results.NotFound();
    }

    public static Task<IResult> Suggested(HttpContext context, PersonReading reading, Offices offices, CancellationToken cancel) =>
        Suggested(context, reading, offices, Refusals.None, cancel);

    public static async Task<IResult> Answer(
        HttpContext context, PersonReading reading, Suggestions suggestions, Offices offices, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var answered = await suggestions.Answer(context.Caller(), key, form.Or("state"), form.Or($"answer-{key}"), cancel);
        return answered.Ok ? Shali.Platform.Ui.Pages.SeeOther("/population/suggestions") : await Suggested(context, reading, offices, answered.Refusals, cancel);
    }

    private static async Task<IResult> Suggested(HttpContext context, PersonReading reading, Offices offices, Refusals refusals, CancellationToken cancel)
    {
        var where = Filter.All(
            new Filter.Compare("authority", Comparison.Equal, FieldAuthority.Function(context.Caller().Office)),
            new Filter.Compare("state", Comparison.Equal, SuggestionState.Open));
        var open = await reading.List(context.Caller(), Resources.Suggestion, where, null, true, cancel);
        return context.Show<SuggestionsPage>(new { Suggestions = open, OfficeName = (Func<string, string>)offices.NameOf, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    private static async Task<IResult> Compare(HttpContext context, PersonReading reading, string key, Refusals refusals, CancellationToken cancel)
    {
        var caller = context.Caller();
        if (await reading.Get(caller, Resources.Duplicate, key, null, false, cancel) is not { } pair)
        {
            return Results.NotFound();
        }

        // Whoever compares must see what he compares: in clear, and recorded as such for both persons.
        var one = await reading.Get(caller, Resources.Person, pair.Raw("a")!, Text.ReviewPurpose, true, cancel);
        var other = await reading.Get(caller, Resources.Person, pair.Raw("b")!, Text.ReviewPurpose, true, cancel);
        context.Response.Headers.CacheControl = "no-store";
        return context.Show<DuplicatePage>(new { Pair = pair, One = one, Other = other, Refusals = refusals }, refusals.Any ? 422 : 200);
    }
}
