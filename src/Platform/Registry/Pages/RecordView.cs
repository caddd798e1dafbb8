using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Pages;

/// <summary>The page of one record: as its reader may see it, and once in clear for a recorded purpose.</summary>
internal sealed class RecordView(ResourceRegistry registry, GovernedReader reader, RecordFiles files, Offices offices, TimeProvider time)
{
    private static readonly string[] Known = ["asOf", "done"];

    public async Task<IResult> Show(HttpContext context, string resource, string key, CancellationToken cancel)
    {
        if (Find(context, resource) is not { } found)
        {
            return Results.NotFound();
        }

        var query = context.Request.Query;
        var refusals = new Refusals(
        [
            .. query.Keys.Where(name => !Known.Contains(name)).Select(name => new Refusal("REG-P01", "", Text.UnknownParameter(name))),
        ]);
        var given = query["asOf"].ToString();
        var asOf = given.Length == 0 ? null : Moments.Read(given);
        if (given.Length > 0 && asOf is null)
        {
            refusals = refusals.And(Refusals.Of(new Refusal("REG-P08", "asOf", Text.BadMoment)));
        }
        else if (asOf > time.GetUtcNow())
        {
            asOf = null;
            refusals = refusals.And(Refusals.Of(new Refusal("REG-P08", "asOf", Text.FutureMoment)));
        }

        var request = new ReadRequest(context.Caller(), found.Definition);
        var record = await reader.Get(request, Addresses.Key(key), asOf, cancel);
        return record is null
            ? Results.NotFound()
            : await Page(context, found, request, record, asOf, refusals, cancel);
    }

    /// <summary>Shows masked values in clear, once, in the answer to this POST.</summary>
    public async Task<IResult> Reveal(HttpContext context, string resource, string key, CancellationToken cancel)
    {
        if (Find(context, resource) is not { } found)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var purpose = Text.Purposes.Contains(form[Posted.Purpose]) ? form[Posted.Purpose] : null;
        var request = new ReadRequest(context.Caller(), found.Definition, purpose, form.Or(Posted.Case), Clear: true);
        var refusals = found.Access.Clear
            ? purpose is null && request.Case is null
                ? Refusals.Of(new Refusal("REG-A03", Posted.Purpose, Text.NeedPurpose, new Basis("个人信息保护法", "第六条")))
                : Refusals.None
            : reader.Check(request);
        if (refusals.Any)
        {
            request = request with { Clear = false };
        }

        context.Response.Headers.CacheControl = "no-store";
        var record = await reader.Get(request, Addresses.Key(key), null, cancel);
        return record is null
            ? Results.NotFound()
            : await Page(context, found, request, record, null, refusals, cancel);
    }

    public async Task<IResult> Download(HttpContext context, string resource, string key, string field, CancellationToken cancel)
    {
        if (Find(context, resource) is not { } found || found.Definition.Field(field) is not { Type.Name: FieldKind.File } definition)
        {
            return Results.NotFound();
        }

        // The right to the file is the right to see the field of the record that holds it.
        var request = new ReadRequest(context.Caller(), found.Definition) { Fields = [field] };
        var record = await reader.Get(request, Addresses.Key(key), null, cancel);
        var position = Plan.Of(found.Definition).Position(definition.Name);
        if (record is null || record.Masked[position] || record.Values[position] is not string address
            || await files.Find(address, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(file.Bytes, file.Type, file.Name);
    }

    private Found? Find(HttpContext context, string resource) =>
        registry.Find(resource) is { } definition && reader.AccessOf(context.Caller(), definition) is { } access
            ? new(definition, access)
            : null;

    private async Task<IResult> Page(
        HttpContext context, Found found, ReadRequest request, ShownRecord record, DateTimeOffset? asOf, Refusals refusals, CancellationToken cancel)
    {
        var rows = new List<ShownField>();
        for (var i = 0; i < found.Definition.Fields.Count; i++)
        {
            rows.Add(await Row(request, found.Definition.Fields[i], record, i, cancel));
        }

        var offers = new List<RecordOffered>();
        foreach (var offer in asOf is null ? context.RequestServices.GetServices<RecordOffer>() : [])
        {
            offers.AddRange(await offer.Of(record, request.Who, cancel));
        }

        var model = new RecordModel(found.Definition, found.Access, record, FieldText.Title(registry, record), rows)
        {
            Offers = offers,
            AsOf = asOf,
            Revealed = request.Clear,
            Done = context.Request.Query["done"].ToString(),
        };
        return context.Show<RecordPage>(new { Model = model, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    private async Task<ShownField> Row(ReadRequest request, FieldDefinition field, ShownRecord record, int i, CancellationToken cancel)
    {
        var (value, masked) = (record.Values[i], record.Masked[i] && record.Values[i] is not null);
        var text = FieldText.Of(registry, field, value, masked);
        var address = default(string);
        if (!masked && value is string key)
        {
            (text, address) = field.Type.Name switch
            {
                FieldKind.Link => await Link(request, field, key, cancel),
                FieldKind.File => (await files.NameOf(key, cancel) ?? key, Addresses.Record(record.Record.Definition, record.Key, $"/files/{field.Name}")),
                _ => (text, null),
            };
        }

        return new(
            field, text, masked, address,
            record.Record.Sources.GetValueOrDefault(field.Name) is { Length: > 0 } source ? offices.NameOf(source) : null,
            field.Authority is { Length: > 0 } authority ? offices.NameOf(authority) : null);
    }

    private async Task<(string Text, string? Address)> Link(ReadRequest request, FieldDefinition field, string key, CancellationToken cancel)
    {
        if (field.Target is null || registry.Find(field.Target) is not { } target || reader.AccessOf(request.Who, target) is null)
        {
            return (key, null);
        }

        var title = Plan.Of(target).Title;
        var linked = await reader.Get(
            new ReadRequest(request.Who, target, request.Stated, request.Case) { Fields = title is null ? [] : [title] }, key, null, cancel);
        return linked is null ? (key, null) : (FieldText.Title(registry, linked), Addresses.Record(target, key));
    }

    private sealed record Found(ResourceDefinition Definition, Access Access);
}

/// <summary>One field of a record as the page shows it.</summary>
/// <param name="Address">Where the linked record or the file is.</param>
/// <param name="Source">The office that the value came from, where the resource keeps it.</param>
/// <param name="Authority">The office whose word counts.</param>
public sealed record ShownField(FieldDefinition Field, string Text, bool Masked, string? Address, string? Source, string? Authority);

/// <summary>What the page of a record shows.</summary>
public sealed record RecordModel(
    ResourceDefinition Resource, Access Access, ShownRecord Record, string Title, IReadOnlyList<ShownField> Fields)
{
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Masked values stand in clear: only in the answer to the reveal.</summary>
    public bool Revealed { get; init; }

    public string Done { get; init; } = "";

    /// <summary>What systems offer or say with the record.</summary>
    public IReadOnlyList<RecordOffered> Offers { get; init; } = [];

    public bool AnyMasked => Fields.Any(shown => shown.Masked);
}
