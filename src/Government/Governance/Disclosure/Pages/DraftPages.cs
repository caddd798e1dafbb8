using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.Governance.Disclosure.Pages;

/// <summary>Drafts at the desk: writing, review, publication.</summary>
internal static class DraftPages
{
    private static readonly string[] Fields = ["title", "document_number", "summary", "class", "genre", "made_on", "attribute", "basis", "keywords", "body"];

    public static async Task<IResult> List(HttpContext context, DraftReader drafts, DraftDesk desk, TimeProvider time, CancellationToken cancel, string? state = null, string? after = null)
    {
        if (!DraftReader.May(context.Caller()))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var shown = Codes.State.Find(state ?? "")?.Value;
        var (found, next) = await drafts.List(context.Caller(), shown, after, cancel);
        return context.Show<DraftListPage>(new { State = shown, Found = found, Next = next, Desk = desk, Today = time.Today() });
    }

    public static IResult AskNew(HttpContext context, TimeProvider time) => Form(
        context, null, 0, new(StringComparer.Ordinal) { ["made_on"] = time.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["attribute"] = Attributes.Proactive },
        Ulid.Next(time), Refusals.None);

    public static async Task<IResult> Begin(HttpContext context, DraftDesk desk, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var words = Read(form);
        if (!words.Ok)
        {
            return Form(context, null, 0, Said(form), form[Posted.Once], words.Refusals);
        }

        var begun = await desk.Begin(context.Caller(), words.Value, form.Or(Posted.Once), cancel);
        return begun.Ok ? Platform.Ui.Pages.SeeOther(Routes.Draft(begun.Value)) : Form(context, null, 0, Said(form), form[Posted.Once], begun.Refusals);
    }

    public static async Task<IResult> AskEdit(HttpContext context, DraftReader drafts, string key, CancellationToken cancel) =>
        await drafts.File(context.Caller(), key, cancel) is { Draft.State: DraftState.Writing } file
            ? Form(context, key, file.Version, Said(file.Draft), "", Refusals.None) : Results.NotFound();

    public static async Task<IResult> Edit(HttpContext context, DraftDesk desk, DraftReader drafts, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (await drafts.File(context.Caller(), key, cancel) is null)
        {
            return Results.NotFound();
        }

        var words = Read(form);
        var version = Number(form[Posted.Version]) ?? -1;
        var refusals = words.Ok ? await desk.Change(context.Caller(), key, version, words.Value, cancel) : words.Refusals;
        return refusals.Any ? Form(context, key, version, Said(form), "", refusals) : Platform.Ui.Pages.SeeOther(Routes.Draft(key));
    }

    public static Task<IResult> Show(HttpContext context, DraftReader drafts, DraftCheck check, DraftDesk desk, string key, CancellationToken cancel) =>
        Page(context, drafts, check, desk, key, null, Refusals.None, cancel);

    public static async Task<IResult> Take(HttpContext context, DraftReader drafts, DraftCheck check, DraftDesk desk, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var taken = await desk.Take(
            context.Caller(), key,
            new(form["step"])
            {
                Expected = Number(form[Posted.Version]) ?? -1,
                Opinion = form.Or("opinion"),
                Secrecy = form.Or("secrecy"),
                Word = form.Or("word"),
                Validity = form.Or("validity"),
                AssessOn = Day(form["assess_on"]),
            },
            cancel);
        return taken.Ok ? Platform.Ui.Pages.SeeOther(Routes.Draft(key)) : await Page(context, drafts, check, desk, key, form, taken.Refusals, cancel);
    }

    public static async Task<IResult> Attach(
        HttpContext context, DraftReader drafts, DraftCheck check, DraftDesk desk, RecordFiles files, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (await drafts.File(context.Caller(), key, cancel) is null)
        {
            return Results.NotFound();
        }

        var refusals = Refusals.None;
        if (form.Files.GetFile("file") is not { } file || (file.Length == 0 && file.FileName.Length == 0))
        {
            refusals = Refusals.Of(new Refusal("G3-F06", "file", Text.NoFileChosen));
        }
        else
        {
            await using var content = file.OpenReadStream();
            var saved = await files.Save("file", file.FileName, content, file.Length, context.Caller(), cancel);
            refusals = saved.Ok ? await desk.Attach(context.Caller(), key, FileName(file.FileName), saved.Value, cancel) : saved.Refusals;
        }

        return refusals.Any ? await Page(context, drafts, check, desk, key, form, refusals, cancel) : Platform.Ui.Pages.SeeOther(Routes.Draft(key) + "#files");
    }

    public static async Task<IResult> Detach(HttpContext context, DraftReader drafts, DraftCheck check, DraftDesk desk, string key, string file, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var refusals = await desk.Detach(context.Caller(), key, file, cancel);
        return refusals.Any ? await Page(context, drafts, check, desk, key, form, refusals, cancel) : Platform.Ui.Pages.SeeOther(Routes.Draft(key) + "#files");
    }

    public static async Task<IResult> Download(HttpContext context, DraftReader drafts, RecordFiles files, string key, string file, CancellationToken cancel) =>
        await drafts.File(context.Caller(), key, cancel) is { } cover && cover.Files.FirstOrDefault(one => one.Key == file) is { } found
            ? await PublicPages.Give(context, files, found.File, found.Name, cancel) : Results.NotFound();

    private static async Task<IResult> Page(
        HttpContext context, DraftReader drafts, DraftCheck check, DraftDesk desk, string key, Posted? sent, Refusals refusals, CancellationToken cancel)
    {
        if (await drafts.File(context.Caller(), key, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var model = new DraftModel(file, await check.Of(file.Draft, file.Files, cancel), DraftRules.Possible(file.Draft, context.Caller()), desk.DueOf(file.Draft.MadeOn))
        {
            MayWrite = file.Draft.State == DraftState.Writing && context.Caller().May(DisclosureSystem.Write),
            Standing = [.. Waiting(file.Draft).SelectMany(step => DraftRules.Standing(file.Draft, step, context.Caller())).Where(refusal => refusal.Code is "G3-R03" or "G3-R04").Select(refusal => refusal.Sentence).Distinct()],
            Opinion = sent?.Or("opinion"),
            Word = sent?.Or("word"),
            Secrecy = sent?.Or("secrecy"),
        };
        return context.Show<DraftPage>(new { Model = model, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    private static string[] Waiting(Draft draft) => draft.State switch
    {
        DraftState.Department => [DraftStep.Pass],
        DraftState.Office => [draft.Attribute == Attributes.Proactive ? DraftStep.Publish : DraftStep.Keep],
        _ => [],
    };

    private static Outcome<DraftWords> Read(Posted form)
    {
        var definition = DisclosureResources.Draft;
        var refusals = new List<Refusal>();
        foreach (var name in Fields)
        {
            var field = definition.Field(name)!;
            var read = field.Type.Parse(field, form[name]);
            refusals.AddRange(read.Refusals);
            if (read.Ok && read.Value is null && field.Required)
            {
                refusals.Add(new("G3-F07", name, Text.Missing(field.Label)));
            }
        }

        return refusals.Count > 0
            ? new Refusals(refusals)
            : new DraftWords(
                form["title"].Trim(), form["summary"].Trim(), form["class"], form["genre"], Day(form["made_on"])!.Value, form["attribute"], form["body"].Trim())
            {
                DocumentNumber = form.Or("document_number"),
                Basis = form.Or("basis"),
                Keywords = form.Or("keywords"),
            };
    }

    private static IResult Form(HttpContext context, string? key, int version, Dictionary<string, string> said, string once, Refusals refusals) =>
        context.Show<DraftFormPage>(new { Key = key, Version = version, Said = said, Once = once, Refusals = refusals }, refusals.Any ? 422 : 200);

    private static Dictionary<string, string> Said(Posted form) => Fields.ToDictionary(name => name, name => form[name], StringComparer.Ordinal);

    private static Dictionary<string, string> Said(Draft draft)
    {
        var values = Typed<Draft>.Values(draft);
        return Fields.ToDictionary(
            name => name, name => values[name] is { } value ? DisclosureResources.Draft.Field(name)!.Type.Write(DisclosureResources.Draft.Field(name)!, value) : "",
            StringComparer.Ordinal);
    }

    private static string FileName(string name) => string.Concat(name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(letter => !char.IsControl(letter) && letter is not ('"' or ';')));

    internal static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static DateOnly? Day(string text) => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>What the page of a draft shows.</summary>
public sealed record DraftModel(DraftFileCover File, CheckReport Report, IReadOnlyList<string> Steps, DateOnly DueOn)
{
    public bool MayWrite { get; init; }

    /// <summary>Why this person cannot take the step that is next, where it is because of what he did before.</summary>
    public IReadOnlyList<string> Standing { get; init; } = [];

    public string? Opinion { get; init; }

    public string? Word { get; init; }

    public string? Secrecy { get; init; }
}
