using Microsoft.AspNetCore.Http;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>Saying that a record is wrong, from its page or by its key, and the list of what was said.</summary>
internal static class CorrectionPages
{
    public static async Task<IResult> List(HttpContext context, CorrectionDesk desk, Offices offices, CancellationToken cancel, string? before = null)
    {
        var found = await desk.List(context.Caller(), before, cancel);
        return context.Show<CorrectionListPage>(new
        {
            Found = found.Take(CorrectionDesk.PageSize).ToList(),
            Next = found.Count > CorrectionDesk.PageSize ? found[CorrectionDesk.PageSize - 1].Number : null,
            First = before is null,
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    public static IResult Find(HttpContext context, ResourceRegistry registry, GovernedReader reader, string? resource = null, string? key = null)
    {
        var who = context.Caller();
        if (resource is null && key is null)
        {
            return Page(Refusals.None);
        }

        var found = resource is null ? null : registry.Find(resource);
        var refusals = Refusals.Of(
            found is null || reader.AccessOf(who, found) is null ? new("SHR-K01", "resource", string.IsNullOrEmpty(resource) ? Text.ChooseResource : Text.NoResource) : null,
            string.IsNullOrWhiteSpace(key) ? new("SHR-K02", "key", Text.GiveKey) : null);
        return refusals.Any ? Page(refusals) : Platform.Ui.Pages.SeeOther(Routes.ReportOf(found!, key!.Trim()));

        IResult Page(Refusals refused) => context.Show<FindRecordPage>(
            new
            {
                Resources = registry.All.Where(one => (one.Provenance || !OfficeCode.Matches(one.Owner, who.Office)) && reader.AccessOf(who, one) is not null)
                    .OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => new Choice(one.Address, one.Name)).ToList(),
                Resource = resource ?? "",
                Key = key ?? "",
                Refusals = refused,
            },
            refused.Any ? 422 : 200);
    }

    public static async Task<IResult> Ask(HttpContext context, ResourceRegistry registry, GovernedReader reader, TimeProvider time, string id, string key, CancellationToken cancel, string? field = null) =>
        await Form(context, registry, reader, id, Addresses.Key(key), field ?? "", "", "", Ulid.Next(time), Refusals.None, cancel);

    public static async Task<IResult> Open(
        HttpContext context, ResourceRegistry registry, GovernedReader reader, CorrectionDesk desk, CaseFiles files, TimeProvider time, string id, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (registry.Find(id) is not { } resource)
        {
            return Results.NotFound();
        }

        var once = form.Or(Posted.Once) ?? Ulid.Next(time);
        var kept = await files.Take("file", form.Files.FirstOrDefault(), context.Caller(), cancel);
        var material = kept is { Ok: true, Value: { } file } ? new GivenMaterial(null, Text.File, MaterialSource.Uploaded) { File = file.Address, FileName = file.Name } : null;
        var opened = kept.Ok
            ? await desk.Open(new ReadRequest(context.Caller(), resource), Addresses.Key(key), form["field"], form["value"].Trim(), form["evidence"], material, "correction:" + once, cancel)
            : kept.Refusals;
        return opened.Ok
            ? Platform.Ui.Pages.SeeOther(CaseAddresses.Desk(opened.Value))
            : await Form(context, registry, reader, id, Addresses.Key(key), form["field"], form["value"], form["evidence"], once, opened.Refusals, cancel);
    }

    private static async Task<IResult> Form(
        HttpContext context, ResourceRegistry registry, GovernedReader reader, string id, string key, string chosen, string value, string evidence, string once, Refusals refusals, CancellationToken cancel)
    {
        if (registry.Find(id) is not { } resource || reader.AccessOf(context.Caller(), resource) is not { } access
            || await reader.Get(new ReadRequest(context.Caller(), resource, Text.Purpose), key, null, cancel) is not { } record)
        {
            return Results.NotFound();
        }

        return context.Show<ReportFormPage>(
            new
            {
                Resource = resource,
                Key = key,
                Name = Name(registry, record),
                Fields = resource.Fields.Select((field, i) => (field, i)).Where(one => access.Shows(one.field))
                    .Select(one => new Choice(one.field.Name, one.field.Label, Shown(registry, one.field, record, one.i))).ToList(),
                Chosen = chosen,
                Value = value,
                Evidence = evidence,
                Once = once,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }

    /// <summary>As the record is called for whoever looks; empty: it has no name but its key.</summary>
    private static string Name(ResourceRegistry registry, ShownRecord record)
    {
        var plan = Plan.Of(record.Record.Definition);
        return plan.Title is { } title && plan.Position(title) is var i && record.Values[i] is not null ? Shown(registry, plan.Fields[i], record, i) : "";
    }

    private static string Shown(ResourceRegistry registry, FieldDefinition field, ShownRecord record, int i) => record.Values[i] switch
    {
        null => Text.NoValue,
        string masked when record.Masked[i] => masked,
        string code when field.CodeList is { } list => registry.Codes(list)?.Find(code)?.Label ?? code,
        var value => field.Type.Show(field, value),
    };
}
