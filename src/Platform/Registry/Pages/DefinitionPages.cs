using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Design;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Pages;

/// <summary>Where an office makes and changes its own definitions, and looks at those of others.</summary>
internal sealed class DefinitionPages(ResourceRegistry registry, UploadedSheets uploads, Offices offices)
{
    public IResult List(HttpContext context) => context.Show<DefinitionListPage>(new
    {
        Own = registry.All.Where(resource => resource.RunTime && resource.Owner == context.Caller().Office).ToList(),
        Others = registry.All.Where(resource => !resource.RunTime || resource.Owner != context.Caller().Office).ToList(),
        OfficeName = (Func<string, string>)offices.NameOf,
    });

    public IResult New(HttpContext context)
    {
        var draft = new DefinitionDraft { Fields = [new() { Required = true }] };
        return Form(context, draft, null, Designer.MayDefine(context.Caller(), null));
    }

    /// <summary>Every button of the form comes here: the draft goes back changed, checked, or published.</summary>
    public async Task<IResult> Save(HttpContext context, string? resource, CancellationToken cancel)
    {
        var before = resource is null ? null : registry.Find(resource);
        if (resource is not null && before is null)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var draft = DraftForm.Read(form, before);
        var action = form[DraftForm.Action];
        if (action is not ("publish" or "check" or ""))
        {
            return Form(context, draft.After(action), before, Refusals.None, status: 200);
        }

        var definition = draft.Read(registry, context.Caller(), before);
        if (!definition.Ok || action == "check")
        {
            return Form(context, draft, before, definition.Refusals, fine: definition.Ok);
        }

        // A form that was made from an older version would undo what was published since.
        if (before is not null && form[Posted.Version] != Number(before.Version))
        {
            return Form(context, draft, before, Refusals.Of(new Refusal("REG-D60", "", Text.DefinitionMoved)));
        }

        return await Publish(context, draft, before, definition.Value, cancel);
    }

    private async Task<IResult> Publish(
        HttpContext context, DefinitionDraft draft, ResourceDefinition? before, ResourceDefinition definition, CancellationToken cancel)
    {
        var who = context.Caller();
        foreach (var list in draft.NewLists(registry, who).Value)
        {
            var made = await registry.Publish(list, who, cancel);
            if (!made.Ok)
            {
                return Form(context, draft, before, made.Refusals);
            }
        }

        var published = await registry.Publish(definition, who, before?.Version ?? 0, cancel);
        if (!published.Ok)
        {
            return Form(context, draft, before, published.Refusals);
        }

        var address = $"/admin/definitions/{published.Value.Address}?done=published";
        return draft.Upload.Length > 0
            ? Ui.Pages.SeeOther(await uploads.Continue(who, published.Value, draft.Upload, cancel) ?? address)
            : Ui.Pages.SeeOther(address);
    }

    public async Task<IResult> Show(HttpContext context, string resource, CancellationToken cancel)
    {
        if (registry.Find(resource) is not { } definition)
        {
            return Results.NotFound();
        }

        var versions = await registry.Versions(definition.Id, cancel);
        return context.Show<DefinitionPage>(new { Model = Model(definition, versions, context), Done = context.Request.Query["done"].ToString() });
    }

    public async Task<IResult> Version(HttpContext context, string resource, int number, CancellationToken cancel)
    {
        var versions = await registry.Versions(resource, cancel);
        var found = versions.FirstOrDefault(version => version.Definition.Version == number);
        return found.Definition is null
            ? Results.NotFound()
            : context.Show<DefinitionPage>(new { Model = Model(found.Definition, versions, context), Done = "" });
    }

    public IResult Edit(HttpContext context, string resource)
    {
        if (registry.Find(resource) is not { } definition)
        {
            return Results.NotFound();
        }

        var refusals = Designer.MayDefine(context.Caller(), definition);
        return Form(context, DefinitionDraft.Of(definition, published: true), definition, refusals);
    }

    internal IResult Form(
        HttpContext context, DefinitionDraft draft, ResourceDefinition? before, Refusals refusals, bool fine = false, int? status = null,
        IReadOnlyList<string>? reasons = null)
    {
        var model = new DefinitionFormModel(
            draft, before, Designer.Prefix(context.Caller().Office), registry.CodeLists, registry.All, fine, reasons ?? []);
        return context.Show<DefinitionFormPage>(new { Model = model, Refusals = refusals }, status ?? (refusals.Any ? 422 : 200));
    }

    private DefinitionModel Model(
        ResourceDefinition definition, IReadOnlyList<(ResourceDefinition Definition, DateTimeOffset At, string Who)> versions, HttpContext context)
    {
        var lines = new List<DefinitionVersion>();
        for (var i = versions.Count - 1; i >= 0; i--)
        {
            var (version, at, who) = versions[i];
            lines.Add(new(version.Version, at, who, i > 0 ? DefinitionDifferences.Between(versions[i - 1].Definition, version) : []));
        }

        var current = versions.Count == 0 || versions[^1].Definition.Version == definition.Version;
        return new(definition, lines, current, !Designer.MayDefine(context.Caller(), definition).Any && current,
            offices.NameOf(definition.Owner));
    }

    private static string Number(int version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What the designer's form shows.</summary>
/// <param name="Before">The published definition that is changed; null for a new one.</param>
/// <param name="Fine">It was checked and nothing is wrong.</param>
/// <param name="Reasons">Why an upload was read as it was.</param>
public sealed record DefinitionFormModel(
    DefinitionDraft Draft,
    ResourceDefinition? Before,
    string Prefix,
    IReadOnlyList<CodeList> CodeLists,
    IReadOnlyList<ResourceDefinition> Resources,
    bool Fine,
    IReadOnlyList<string> Reasons);

/// <summary>One published version of a definition and how it differs from the one before.</summary>
public sealed record DefinitionVersion(int Number, DateTimeOffset At, string Who, IReadOnlyList<string> Differences);

/// <summary>What the page of a definition shows.</summary>
public sealed record DefinitionModel(
    ResourceDefinition Definition, IReadOnlyList<DefinitionVersion> Versions, bool Current, bool MayEdit,
    string OwnerName);
