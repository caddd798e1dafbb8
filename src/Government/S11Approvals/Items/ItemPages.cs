using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S11Approvals.Items;

/// <summary>The desk of items: what an office has, what it works on, what waits for a second person.</summary>
internal static class ItemPages
{
    public const string Address = "/approvals/items";

    public static string Of(string key, string tail = "") => $"{Address}/{Uri.EscapeDataString(key)}{tail}";

    public static async Task<IResult> List(HttpContext context, ItemReader items, CancellationToken cancel, string? list = null, string? done = null)
    {
        var who = context.Caller();
        var own = await items.Of(who.Office, [.. ItemsModel.Lists.SelectMany(one => one.States)], cancel);
        var published = who.May(ApprovalSystem.Supervise) ? await items.Of(null, [EditionState.Published], cancel) : null;
        var lists = ItemsModel.Lists.Select(one => one with
        {
            Editions = one.Code == "published" && published is not null ? published : [.. own.Where(file => one.States.Contains(file.Edition.State, StringComparer.Ordinal))],
        }).ToList();

        // Without a word: where there is something to do, else what is in force.
        var shown = lists.Find(one => one.Code == list) ?? lists.Find(one => one.Editions.Count > 0) ?? lists[0];
        return context.Show<ItemsPage>(new { Model = new ItemsModel(shown, lists), Done = done });
    }

    public static IResult AskNew(HttpContext context) => context.Show<NewItemPage>(new { Sent = (Posted?)null });

    public static async Task<IResult> Begin(HttpContext context, ItemDesk desk, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var name = form["name"].Trim();
        var code = form.Or("code") ?? CodeOf(name);
        var refusals = Refusals.Of(
            name.Length is 0 or > 100 ? new("S11-R01", "name", Text.NoName) : null,
            code.Length == 0 || !ItemRules.IsCode(code) ? new("S11-R02", "code", Text.BadCode) : null);
        var begun = refusals.Any ? refusals : await desk.Begin(context.Caller(), Fresh(code, name, context.Caller().Office), cancel);
        return begun.Ok
            ? Platform.Ui.Pages.SeeOther(Of(begun.Value))
            : context.Show<NewItemPage>(new { Sent = form, begun.Refusals }, 422);
    }

    /// <summary>The first letters of a name's syllables: <c>spjyxk</c>.</summary>
    public static string CodeOf(string name)
    {
        var initials = Pinyin.Initials(name);
        return initials.Length > 40 ? initials[..40] : initials;
    }

    /// <summary>What most items have in common.</summary>
    public static ServiceItem Fresh(string code, string name, string office) => new()
    {
        Code = code,
        Name = name,
        Office = office,
        Ways = [ServiceWay.Window, ServiceWay.Online],
        Places = [ItemSeed.Hall],
    };

    public static async Task<IResult> Show(HttpContext context, ItemReader items, string key, CancellationToken cancel, string? done = null) =>
        await Find(context, items, key, cancel) is { } file ? await Page(context, items, file, done, Refusals.None, cancel) : Results.NotFound();

    public static async Task<IResult> Guide(HttpContext context, ItemReader items, string key, CancellationToken cancel) =>
        await Find(context, items, key, cancel) is { } file
            ? context.Show<GuidePreviewPage>(new { file.Edition, Model = await GuideModel.Of(context, items, file.Edition.Item, cancel) })
            : Results.NotFound();

    public static async Task<IResult> Differences(HttpContext context, ItemReader items, string key, CancellationToken cancel, string? with = null)
    {
        if (await Find(context, items, key, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var others = (await items.Editions(file.Edition.Code, cancel)).Where(other => other.Edition.Key != key && other.Edition.State != EditionState.Dropped).ToList();
        var other = others.FirstOrDefault(one => one.Edition.Number.ToString(CultureInfo.InvariantCulture) == with)
            ?? others.FirstOrDefault(one => one.Edition.Number < file.Edition.Number);
        return context.Show<DifferencesPage>(new
        {
            file.Edition,
            Other = other?.Edition,
            Others = (IReadOnlyList<ItemEdition>)[.. others.Select(one => one.Edition)],
            Found = other is null ? [] : ItemDifferences.Of(other.Edition.Item, file.Edition.Item),
        });
    }

    public static Task<IResult> Submit(HttpContext context, ItemReader items, ItemDesk desk, string key, CancellationToken cancel) =>
        Act(context, items, key, (form, version) => desk.Submit(context.Caller(), key, version, cancel), "submit", cancel);

    public static Task<IResult> Publish(HttpContext context, ItemReader items, ItemDesk desk, string key, CancellationToken cancel) =>
        Act(context, items, key, (form, version) => desk.Publish(context.Caller(), key, version, cancel), "publish", cancel);

    public static Task<IResult> Return(HttpContext context, ItemReader items, ItemDesk desk, string key, CancellationToken cancel) =>
        Act(context, items, key, (form, version) => desk.Return(context.Caller(), key, version, form["reason"], cancel), "return", cancel);

    public static Task<IResult> Drop(HttpContext context, ItemReader items, ItemDesk desk, string key, CancellationToken cancel) =>
        Act(context, items, key, (form, version) => desk.Drop(context.Caller(), key, version, cancel), "drop", cancel);

    public static Task<IResult> Withdraw(HttpContext context, ItemReader items, ItemDesk desk, string key, CancellationToken cancel) =>
        Act(context, items, key, (form, version) => desk.Withdraw(context.Caller(), CodeIn(key), form["reason"], cancel), "withdraw", cancel);

    public static async Task<IResult> Revise(HttpContext context, ItemReader items, ItemDesk desk, string key, CancellationToken cancel)
    {
        if (await Find(context, items, key, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        await Posted.Read(context, cancel);
        var begun = await desk.Revise(context.Caller(), file.Edition.Code, cancel);
        return begun.Ok ? Platform.Ui.Pages.SeeOther(Of(begun.Value)) : await Page(context, items, file, null, begun.Refusals, cancel);
    }

    /// <summary>The catalogue that every city begins with, written by whoever watches over all items.</summary>
    public static async Task<IResult> Seed(HttpContext context, ItemSeed seed, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        var published = await seed.Run(cancel);
        return Platform.Ui.Pages.SeeOther($"{Address}?list=published&done=seed-{published.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>An edition that the caller may see: of his own office, or in force before those who watch over all.</summary>
    internal static async Task<EditionFile?> Find(HttpContext context, ItemReader items, string key, CancellationToken cancel) =>
        await items.Edition(key, cancel) is { } file && (file.Edition.Office == context.Caller().Office || context.Caller().May(ApprovalSystem.Supervise)) ? file : null;

    private static async Task<IResult> Act(
        HttpContext context, ItemReader items, string key, Func<Posted, int, Task<Outcome<Platform.Registry.Written>>> act, string done, CancellationToken cancel)
    {
        if (await Find(context, items, key, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var acted = await act(form, Version(form));
        return acted.Ok
            ? Platform.Ui.Pages.SeeOther(Of(key, "?done=" + done))
            : await Page(context, items, await items.Edition(key, cancel) ?? file, null, acted.Refusals, cancel);
    }

    internal static int Version(Posted form) =>
        int.TryParse(form[Posted.Version], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    private static async Task<IResult> Page(HttpContext context, ItemReader items, EditionFile file, string? done, Refusals refusals, CancellationToken cancel)
    {
        var editions = await items.Editions(file.Edition.Code, cancel);
        var model = new EditionModel(file, EditionState.IsOpen(file.Edition.State) ? ItemRules.Judge(file.Edition.Item, await items.Around(cancel)) : Refusals.None)
        {
            Editions = [.. editions.Select(one => one.Edition)],
            Who = context.Caller(),
        };
        return context.Show<EditionPage>(new { Model = model, Done = done, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    private static string CodeIn(string key) => key[..key.LastIndexOf('.')];
}

/// <summary>The list of editions of an office.</summary>
public sealed record ItemsModel(EditionList List, IReadOnlyList<EditionList> All)
{
    public static readonly IReadOnlyList<EditionList> Lists =
    [
        new("drafts", "编制中", [EditionState.Draft, EditionState.Returned]), new("review", "待审核", [EditionState.Submitted]),
        new("published", "已公布", [EditionState.Published]), new("ended", "已取消和作废", [EditionState.Withdrawn, EditionState.Dropped]),
    ];
}

/// <summary>Editions in the same states.</summary>
public sealed record EditionList(string Code, string Label, IReadOnlyList<string> States)
{
    public IReadOnlyList<EditionFile> Editions { get; init; } = [];
}

/// <summary>One edition with what is still wrong with it.</summary>
public sealed record EditionModel(EditionFile File, Refusals Faults)
{
    public IReadOnlyList<ItemEdition> Editions { get; init; } = [];

    public Caller Who { get; init; } = Caller.Anonymous;

    public ItemEdition Edition => File.Edition;

    public bool Own => Who.Office == Edition.Office;

    public bool Editable => Own && Who.May(ApprovalSystem.EditItems) && Edition.State is EditionState.Draft or EditionState.Returned;

    public bool Reviewable => Own && Edition.State == EditionState.Submitted && Who.May(ApprovalSystem.PublishItems);

    public bool Wrote => Edition.WroteIt(Who.Id);

    public bool HasOpen => Editions.Any(edition => EditionState.IsOpen(edition.State));

    /// <summary>What is wrong on one page of the editor.</summary>
    internal IReadOnlyList<Refusal> FaultsOf(ItemSection section) =>
        [.. Faults.Where(fault => section.Inputs.Any(input => input.Name == fault.Field) || (section.Code == "service" && fault.Field == "places")
            || (section.Code == "limits" && fault.Field is "stage_limits" or "extension" or "commitment"))];

    public IReadOnlyList<Refusal> FaultsOf(string part) => [.. Faults.Where(fault => fault.Field.StartsWith(part + ".", StringComparison.Ordinal))];
}
