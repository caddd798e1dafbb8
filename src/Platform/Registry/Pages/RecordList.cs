using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Shali.Platform.Identity;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Pages;

/// <summary>Lists: all resources that somebody may read, and the records of one.</summary>
internal sealed class RecordList(ResourceRegistry registry, GovernedReader reader, Offices offices, TimeProvider time)
{
    public IResult Index(HttpContext context)
    {
        var caller = context.Caller();
        var readable = registry.All.Where(resource => caller.May($"{resource.Address}.read")).ToList();
        return context.Show<ResourceIndexPage>(new { Resources = readable, OfficeName = (Func<string, string>)offices.NameOf });
    }

    public async Task<IResult> Show(HttpContext context, string resource, CancellationToken cancel)
    {
        var caller = context.Caller();
        if (registry.Find(resource) is not { } definition || reader.AccessOf(caller, definition) is not { } access)
        {
            return Results.NotFound();
        }

        var request = ListRequest.Read(definition, access, context.Request.Query, time.GetUtcNow());
        var refusals = request.Refusals;
        IReadOnlyList<ShownRecord> records = [];
        var more = false;
        if (!refusals.Any)
        {
            // Only what the page shows is read, so that the read record names what was seen.
            var title = Plan.Of(definition).Title;
            var fields = request.Columns.Select(column => column.Name).Union(title is null ? [] : [title]).ToList();
            var page = await reader.List(new ReadRequest(caller, definition) { Fields = fields }, request.Paged, cancel);
            refusals = page.Refusals;
            records = page.Ok ? page.Value.Records : [];
            more = page.Ok && page.Value.Next is not null;
        }

        if (request.Backwards)
        {
            records = [.. records.Reverse()];
        }

        var forward = records.Count > 0 && (request.Backwards || more);
        var back = records.Count > 0 && (request.Backwards ? more : !request.First);
        var model = new RecordListModel(
            definition, access, request, records,
            forward ? request.Beyond(records[^1].Record, back: false) : null,
            back ? request.Beyond(records[0].Record, back: true) : null,
            (field, value, masked) => FieldText.Of(registry, field, value, masked),
            record => FieldText.Title(registry, record),
            registry.Codes);
        return context.Show<RecordListPage>(new { Model = model, Refusals = refusals }, refusals.Any ? 422 : 200);
    }
}

/// <summary>What the list page shows.</summary>
public sealed record RecordListModel(
    ResourceDefinition Resource,
    Access Access,
    ListRequest Request,
    IReadOnlyList<ShownRecord> Records,
    string? Next,
    string? Previous,
    Func<FieldDefinition, object?, bool, string> Shown,
    Func<ShownRecord, string> Title,
    Func<string, CodeList?> Codes)
{
    /// <summary>The same rows from the interface, streamed as a file.</summary>
    public string Export(string format)
    {
        var query = Request.Query;
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal) { ["f"] = format };
        if (query.Where is { } where)
        {
            parameters["filter"] = CqlText.Of(Resource, where);
        }

        if (query.Sort.Count > 0)
        {
            parameters["sortby"] = string.Join(',', query.Sort.Select(by => (by.Descending ? "-" : "") + by.Field));
        }

        if (query.AsOf is { } moment)
        {
            parameters["asOf"] = moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
        }

        if (query.ValidOn is { } day)
        {
            parameters["datetime"] = Moments.Write(day);
        }

        return QueryHelpers.AddQueryString($"/api/collections/{Resource.Address}/items", parameters);
    }

    /// <summary>The place of a field in the values of a record.</summary>
    public int Position(FieldDefinition field) => Plan.Of(Resource).Position(field.Name);

    public string Record(ShownRecord record)
    {
        var address = Addresses.Record(Resource, record.Key);
        return Request.Query.AsOf is { } moment ? $"{address}?asOf={Uri.EscapeDataString(Moments.Write(moment))}" : address;
    }
}
