using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Design;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Pages;

/// <summary>Code lists: all can be looked at, an office's own can be made and continued.</summary>
internal sealed class CodeListPages(ResourceRegistry registry)
{
    public IResult List(HttpContext context) => context.Show<CodeListIndexPage>(new
    {
        Lists = registry.CodeLists.OrderBy(list => list.Name, StringComparer.Ordinal).ToList(),
        Prefix = Designer.ListPrefix(context.Caller()),
    });

    public IResult New(HttpContext context) => Form(context, null, new("", "", "", ""), Refusals.None);

    public IResult Show(HttpContext context, string name) => registry.Codes(name) is { } list
        ? Form(context, list, new(list.Name, list.Label, list.Standard, CodeLines.Write(list)), Refusals.None)
        : Results.NotFound();

    public async Task<IResult> Save(HttpContext context, string? name, CancellationToken cancel)
    {
        var before = name is null ? null : registry.Codes(name);
        if (name is not null && before is null)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var draft = new CodeListDraft(name ?? Designer.ListPrefix(context.Caller()) + form["slug"].Trim(), form["label"].Trim(), form["standard"].Trim(), form["codes"]);
        var read = Read(context.Caller(), draft, before);
        if (read.Ok)
        {
            var published = await registry.Publish(read.Value, context.Caller(), cancel);
            if (published.Ok)
            {
                return Ui.Pages.SeeOther($"/admin/definitions/code-lists/{Uri.EscapeDataString(draft.Name)}?done=published");
            }

            read = published;
        }

        return Form(context, before, draft, read.Refusals);
    }

    /// <summary>The list that a draft describes; also for the interface.</summary>
    internal Outcome<CodeList> Read(Caller who, CodeListDraft draft, CodeList? before)
    {
        var codes = CodeLines.Read(draft.Codes);
        var refusals = Refusals.Of(
            who.Office.Length == 0 ? new Refusal("REG-D10", "", Design.Text.NoOffice)
            : !Designer.IsOwnList(who, draft.Name) ? new Refusal("REG-D55", "slug", before is null ? Design.Text.BadListName : Design.Text.CodesOfCode)
            : null,
            before is null && registry.Codes(draft.Name) is not null ? new Refusal("REG-D57", "slug", Design.Text.ListThere) : null,
            draft.Label.Length is 0 or > 60 ? new Refusal("REG-D58", "label", Design.Text.NoListLabel) : null)
            .And(codes.Refusals);
        return refusals.Any ? refusals : new CodeList(draft.Name, draft.Label, draft.Standard, codes.Value);
    }

    private static IResult Form(HttpContext context, CodeList? before, CodeListDraft draft, Refusals refusals)
    {
        var own = before is null || Designer.IsOwnList(context.Caller(), before.Name);
        return context.Show<CodeListFormPage>(
            new { Before = before, Draft = draft, Own = own, Prefix = Designer.ListPrefix(context.Caller()), Refusals = refusals },
            refusals.Any ? 422 : 200);
    }
}

/// <summary>A code list as the form holds it.</summary>
public sealed record CodeListDraft(string Name, string Label, string Standard, string Codes);
