using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Design;
using Shali.Platform.Registry.Load;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Pages;

/// <summary>
/// A new definition from a department's spreadsheet: the file is kept, its columns become a draft that the office
/// corrects, and once it is published the same file is ready to be loaded.
/// </summary>
internal sealed class DefinitionUpload(DefinitionPages pages, UploadedSheets sheets, IAntiforgery antiforgery)
{
    public IResult Ask(HttpContext context) => Ask(context, Designer.MayDefine(context.Caller(), null));

    public async Task<IResult> Propose(HttpContext context, CancellationToken cancel)
    {
        var who = context.Caller();
        var refusals = Designer.MayDefine(who, null);
        if (refusals.Any)
        {
            return Ask(context, refusals);
        }

        var kept = await LoadUpload.Read(context, antiforgery, (fields, name, body) => sheets.Keep(fields, name, body, who, cancel), cancel);
        if (!kept.Ok)
        {
            return Ask(context, kept.Refusals);
        }

        var (job, title, slug) = kept.Value;
        var id = Designer.Id(who.Office, slug.Length > 0 ? slug : "resource");
        var proposal = sheets.Proposal(job, id);
        if (!proposal.Ok)
        {
            return Ask(context, proposal.Refusals);
        }

        var definition = proposal.Value.Definition(id, title, who.Office, Designer.Clause);
        var draft = DefinitionDraft.Of(definition, published: false) with
        {
            // How it is shared a file cannot say: the office must.
            Slug = slug,
            Upload = job.Id,
            Sharing = "",
            BasisAct = "",
            BasisArticle = "",
        };
        draft = draft with { Fields = [.. draft.Fields.Zip(proposal.Value.Fields, WithCodes)] };
        var reasons = proposal.Value.Fields.Select(proposed => Text.Reasons(proposed.Column, proposed.Reasons, proposed.Samples));
        return pages.Form(context, draft, null, Refusals.None, status: 200, reasons: [.. proposal.Value.Warnings, .. reasons]);
    }

    private static FieldDraft WithCodes(FieldDraft draft, ProposedField proposed) =>
        proposed.Codes is { } codes ? draft with { NewCodes = CodeLines.Write(codes) } : draft;

    private static IResult Ask(HttpContext context, Refusals refusals) => context.Show<DefinitionUploadPage>(
        new { Prefix = Designer.Prefix(context.Caller().Office), Refusals = refusals }, refusals.Any ? 422 : 200);
}
