using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>The lists of a desk, what can be done to many cases at once, and the search.</summary>
internal static class WorkPages
{
    private const int BulkMax = 100;
    private const int WordsMax = 60;

    public static Task<IResult> List(
        HttpContext context, WorkLists lists, CaseTypes types, SavedFilters filters, TimeProvider time, CancellationToken cancel,
        string? list = null, string? type = null, string? stage = null, string? q = null, string? after = null, string? done = null) =>
        Page(context, lists, types, filters, time, Query(list, type, stage, q, after), done is null ? "" : Text.Saved, Refusals.None, cancel);

    /// <summary>Takes one step in each of the chosen cases; each by itself, so one refusal keeps no other back.</summary>
    public static async Task<IResult> Bulk(
        HttpContext context, WorkLists lists, CaseTypes types, SavedFilters filters, CaseReader cases, CaseDesk desk, TimeProvider time, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var chosen = form.All("case").Distinct(StringComparer.Ordinal).Take(BulkMax).ToList();
        var step = form["step"];
        var refusals = new List<Refusal>();
        if (chosen.Count == 0)
        {
            refusals.Add(new("CASE-B01", "", Text.NothingChosen));
        }

        var taken = 0;
        foreach (var one in chosen)
        {
            var parts = one.Split('@');
            if (CaseNumbers.Read(parts[0]) is not { } number || await cases.Get(context.Caller(), number, cancel) is not { } file)
            {
                refusals.Add(new("CASE-R00", "", Casework.Text.NoSuchCase));
                continue;
            }

            if (file.Type.Step(step) is not { Bulk: true } asked)
            {
                refusals.Add(new("CASE-B02", "", $"{CaseNumbers.Show(number)}：{Text.NotInBulk}"));
                continue;
            }

            var request = new StepRequest(asked.Code) { Expected = file.Version, Person = form.Or("person") };
            var outcome = await desk.Take(context.Caller(), number, request, $"{CasePages.Once(form, time)}:{number}", cancel);
            taken += outcome.Ok ? 1 : 0;
            refusals.AddRange(outcome.Refusals.Select(refusal => refusal with { Field = "", Sentence = $"{CaseNumbers.Show(number)}：{refusal.Sentence}" }));
        }

        return await Page(
            context, lists, types, filters, time, Query(form["list"], form.Or("type"), form.Or("stage"), form.Or("q"), null),
            chosen.Count == 0 ? "" : Text.BulkDone(taken, chosen.Count - taken), new(refusals), cancel);
    }

    public static async Task<IResult> Keep(HttpContext context, SavedFilters filters, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var query = Query(form["list"], form.Or("type"), form.Or("stage"), form.Or("q"), null);
        if (form.Or("name") is { } name)
        {
            await filters.Keep(context.Caller(), name.Length <= WordsMax ? name : name[..WordsMax], Address(query), cancel);
        }

        return Ui.Pages.SeeOther(Address(query) + "&done=1");
    }

    public static async Task<IResult> Drop(HttpContext context, SavedFilters filters, string id, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        await filters.Drop(context.Caller(), id, cancel);
        return Ui.Pages.SeeOther(CaseRoutes.Desk);
    }

    public static async Task<IResult> Search(
        HttpContext context, CaseSearch search, CaseTypes types, Offices offices, CancellationToken cancel, string? q = null, string? state = null)
    {
        var words = Cut(q);
        bool? open = state switch { "open" => true, "ended" => false, _ => null };
        var found = words.Length == 0 ? null : await search.Find(context.Caller(), words, open, cancel);
        return context.Show<SearchPage>(new
        {
            Words = words,
            State = state ?? "",
            Found = found,
            TypeName = (Func<string, string>)(code => types.Find(code)?.Name ?? code),
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    internal static string Address(WorkQuery query) => CaseRoutes.Desk + "?list=" + query.List.ToString().ToLowerInvariant()
        + Part("type", query.Type) + Part("stage", query.Stage) + Part("q", query.Words);

    private static string Part(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static WorkQuery Query(string? list, string? type, string? stage, string? words, string? after) =>
        new(Enum.TryParse<WorkList>(list, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : WorkList.Mine)
        {
            Type = Cut(type),
            Stage = Cut(stage),
            Words = Cut(words),
            After = after,
        };

    private static string Cut(string? text)
    {
        var words = (text ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
        return words.Length <= WordsMax ? words : words[..WordsMax];
    }

    private static async Task<IResult> Page(
        HttpContext context, WorkLists lists, CaseTypes types, SavedFilters filters, TimeProvider time, WorkQuery query, string done, Refusals refusals,
        CancellationToken cancel)
    {
        var who = context.Caller();
        var found = await lists.Look(who, query, cancel);
        return context.Show<WorkListPage>(
            new
            {
                Query = query,
                Found = found.Page,
                found.Counts,
                found.Kinds,
                Saved = await filters.Of(who, cancel),
                Type = (Func<string, CaseType?>)types.Find,
                Now = time.GetUtcNow(),
                Once = Ulid.Next(time),
                Done = done,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}
