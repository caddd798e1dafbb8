using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S11Approvals.Items;

/// <summary>The pages on which an item is written: its sections, its questions, its materials. What was typed is always kept.</summary>
internal static class ItemEditor
{
    private const string New = "new";

    public static async Task<IResult> AskSection(HttpContext context, ItemReader items, string key, string section, CancellationToken cancel) =>
        await Open(context, items, key, cancel) is { } file && Section(section) is { } found
            ? await Form(context, items, file, found.Label, found.Lead, "/sections/" + section, found.Inputs, file.Edition.Item, null, Refusals.None, cancel)
            : Results.NotFound();

    public static async Task<IResult> SaveSection(HttpContext context, ItemReader items, ItemDesk desk, string key, string section, CancellationToken cancel)
    {
        if (await Open(context, items, key, cancel) is not { } file || Section(section) is not { } found)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var (item, refusals) = Inputs.Apply(file.Edition.Item, found.Inputs, input => Sent(form, input));
        var saved = refusals.Any ? refusals : await desk.Save(context.Caller(), key, ItemPages.Version(form), item, cancel);
        return saved.Ok
            ? Platform.Ui.Pages.SeeOther(form.Has("next") ? NextAddress(key, section) : ItemPages.Of(key))
            : await Form(context, items, file, found.Label, found.Lead, "/sections/" + section, found.Inputs, item, form, saved.Refusals, cancel);
    }

    public static async Task<IResult> Parts(HttpContext context, ItemReader items, string key, CancellationToken cancel) =>
        await ItemPages.Find(context, items, key, cancel) is { } file ? Parts(context, file, Refusals.None) : Results.NotFound();

    public static async Task<IResult> AskQuestion(HttpContext context, ItemReader items, string key, string name, CancellationToken cancel) =>
        await Open(context, items, key, cancel) is { } file && Question(file, name) is { } question
            ? await Form(context, items, file, Text.QuestionTitle(question.Label), "", "/questions/" + name, PartInputs.Question, question, null, Refusals.None, cancel)
            : Results.NotFound();

    public static async Task<IResult> SaveQuestion(HttpContext context, ItemReader items, ItemDesk desk, string key, string name, CancellationToken cancel)
    {
        if (await Open(context, items, key, cancel) is not { } file || Question(file, name) is not { } before)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var (question, refusals) = Inputs.Apply(before, PartInputs.Question, input => Sent(form, input));
        question = question with { When = PartInputs.Coded(question.When, file.Edition.Item) };
        refusals = question.Label.Length > 0 ? refusals : Refusals.Of(new Refusal("S11-R15", "label", Text.NoLabel)).And(refusals);
        var saved = refusals.Any ? refusals : await desk.Save(context.Caller(), key, ItemPages.Version(form), With(file.Edition.Item, question, name), cancel);
        return saved.Ok
            ? Platform.Ui.Pages.SeeOther(ItemPages.Of(key, "/parts"))
            : await Form(context, items, file, Text.QuestionTitle(before.Label), "", "/questions/" + name, PartInputs.Question, question, form, saved.Refusals, cancel);
    }

    public static async Task<IResult> AskMaterial(HttpContext context, ItemReader items, string key, string code, CancellationToken cancel) =>
        await Open(context, items, key, cancel) is { } file && Material(file, code) is { } material
            ? await Form(context, items, file, Text.MaterialTitle(material.Name), "", "/materials/" + code, PartInputs.Material, material, null, Refusals.None, cancel)
            : Results.NotFound();

    public static async Task<IResult> SaveMaterial(HttpContext context, ItemReader items, ItemDesk desk, string key, string code, CancellationToken cancel)
    {
        if (await Open(context, items, key, cancel) is not { } file || Material(file, code) is not { } before)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var (material, refusals) = Inputs.Apply(before, PartInputs.Material, input => Sent(form, input));
        material = material with { When = PartInputs.Coded(material.When, file.Edition.Item) };
        refusals = material.Name.Length > 0 ? refusals : Refusals.Of(new Refusal("S11-R11", "name", Text.NoMaterialName)).And(refusals);
        var saved = refusals.Any ? refusals : await desk.Save(context.Caller(), key, ItemPages.Version(form), With(file.Edition.Item, material, code), cancel);
        return saved.Ok
            ? Platform.Ui.Pages.SeeOther(ItemPages.Of(key, "/parts"))
            : await Form(context, items, file, Text.MaterialTitle(before.Name), "", "/materials/" + code, PartInputs.Material, material, form, saved.Refusals, cancel);
    }

    /// <summary>Moves a question or a material up or down, or takes it out.</summary>
    public static async Task<IResult> Move(HttpContext context, ItemReader items, ItemDesk desk, string key, CancellationToken cancel)
    {
        if (await Open(context, items, key, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var item = file.Edition.Item;
        item = form["part"] switch
        {
            "questions" => item with { Questions = Moved(item.Questions, question => question.Name == form["code"], form["to"]) },
            "materials" => item with { Materials = Moved(item.Materials, material => material.Code == form["code"], form["to"]) },
            _ => item,
        };
        var saved = await desk.Save(context.Caller(), key, ItemPages.Version(form), item, cancel);
        return saved.Ok ? Platform.Ui.Pages.SeeOther(ItemPages.Of(key, "/parts")) : Parts(context, file, saved.Refusals);
    }

    private static IReadOnlyList<T> Moved<T>(IReadOnlyList<T> all, Func<T, bool> which, string to)
    {
        var list = all.ToList();
        var at = list.FindIndex(one => which(one));
        if (at < 0)
        {
            return all;
        }

        var one = list[at];
        list.RemoveAt(at);
        if (to != "out")
        {
            list.Insert(Math.Clamp(at + (to == "up" ? -1 : 1), 0, list.Count), one);
        }

        return list;
    }

    private static ServiceItem With(ServiceItem item, ItemQuestion question, string name) => name == New
        ? item with { Questions = [.. item.Questions, question with { Name = Free("q", item.Questions.Select(one => one.Name)) }] }
        : item with { Questions = [.. item.Questions.Select(one => one.Name == name ? question : one)] };

    private static ServiceItem With(ServiceItem item, ItemMaterial material, string code) => code == New
        ? item with { Materials = [.. item.Materials, material with { Code = Free("m", item.Materials.Select(one => one.Code)) }] }
        : item with { Materials = [.. item.Materials.Select(one => one.Code == code ? material : one)] };

    private static string Free(string prefix, IEnumerable<string> taken)
    {
        var names = taken.ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, names.Count + 1).Select(i => prefix + i.ToString(System.Globalization.CultureInfo.InvariantCulture)).First(name => !names.Contains(name));
    }

    private static ItemQuestion? Question(EditionFile file, string name) =>
        name == New ? new("new", "", FieldTypes.Text) : file.Edition.Item.Questions.FirstOrDefault(question => question.Name == name);

    private static ItemMaterial? Material(EditionFile file, string code) =>
        code == New ? new("new", "") : file.Edition.Item.Materials.FirstOrDefault(material => material.Code == code);

    private static ItemSection? Section(string code) => ItemInputs.Sections.FirstOrDefault(section => section.Code == code);

    private static string NextAddress(string key, string section)
    {
        var at = ItemInputs.Sections.ToList().FindIndex(one => one.Code == section);
        return at + 1 < ItemInputs.Sections.Count ? ItemPages.Of(key, "/sections/" + ItemInputs.Sections[at + 1].Code) : ItemPages.Of(key, "/parts");
    }

    /// <summary>What a form says of an input; a form without any of its checkboxes says that none is chosen.</summary>
    private static string? Sent<T>(Posted form, Input<T> input) =>
        input.Kind == FieldKind.Checkboxes ? string.Join('\n', form.All(input.Name)) : form.Has(input.Name) ? form[input.Name] : null;

    /// <summary>The edition while it may be written on by this caller.</summary>
    private static async Task<EditionFile?> Open(HttpContext context, ItemReader items, string key, CancellationToken cancel) =>
        await items.Edition(key, cancel) is { } file && file.Edition.Office == context.Caller().Office
            && file.Edition.State is EditionState.Draft or EditionState.Returned ? file : null;

    private static IResult Parts(HttpContext context, EditionFile file, Refusals refusals) =>
        context.Show<PartsPage>(new { File = file, Editable = file.Edition.Office == context.Caller().Office && file.Edition.State is EditionState.Draft or EditionState.Returned, Refusals = refusals }, refusals.Any ? 422 : 200);

    private static async Task<IResult> Form<T>(
        HttpContext context, ItemReader items, EditionFile file, string title, string lead, string tail, IReadOnlyList<Input<T>> inputs, T of, Posted? sent, Refusals refusals, CancellationToken cancel)
    {
        var choices = await Choices(context, items, file.Edition.Item, cancel);
        var fields = inputs.Select(input => new EditorField(
            input.Name, input.Label, input.Hint, input.Kind,
            input.From.Length > 0 ? choices.GetValueOrDefault(input.From, []) : input.Choices,
            sent is null || Sent(sent, input) is not { } typed ? input.Get(of) : typed)
        {
            Optional = input.Optional,
            Rows = input.Rows,
            Width = input.Width,
            Unit = input.Unit,
        }).ToList();
        return context.Show<EditorPage>(
            new
            {
                File = file,
                Title = title,
                Lead = lead,
                Action = ItemPages.Of(file.Edition.Key, tail),
                Fields = (IReadOnlyList<EditorField>)fields,
                Version = sent is null ? file.Version : ItemPages.Version(sent),
                Next = tail.StartsWith("/sections/", StringComparison.Ordinal),
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }

    private static async Task<Dictionary<string, IReadOnlyList<Choice>>> Choices(HttpContext context, ItemReader items, ServiceItem item, CancellationToken cancel)
    {
        var offices = (Offices)context.RequestServices.GetService(typeof(Offices))!;
        return new(StringComparer.Ordinal)
        {
            ["offices"] = [.. offices.All.Where(office => office.Code != item.Office && office.Kind == "department" && office.Parent == OfficeCode.City)
                .OrderBy(office => office.Code, StringComparer.Ordinal).Select(office => new Choice(office.Code, office.Name))],
            ["fees"] = [.. (await items.FeesOf(item.Office, cancel)).Select(fee => new Choice(fee.Code, $"{fee.Name} {fee.Price:0.00} 元/{fee.Unit}"))],
            ["questions"] = [new("", "没有条件"), .. item.Questions.Select(question => new Choice(question.Name, question.Label))],
        };
    }
}

/// <summary>One input as the editor shows it.</summary>
public sealed record EditorField(string Name, string Label, string Hint, FieldKind Kind, IReadOnlyList<Choice> Choices, string Value)
{
    public bool Optional { get; init; }

    public int Rows { get; init; } = 3;

    public string Width { get; init; } = "";

    public string Unit { get; init; } = "";
}
