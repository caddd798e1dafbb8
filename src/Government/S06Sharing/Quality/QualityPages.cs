using Microsoft.AspNetCore.Http;
using Shali.Platform.DataQuality;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S06Sharing.Quality;

/// <summary>The league table, what was measured of a resource, and the rows that its office has to put right.</summary>
internal static class QualityPages
{
    public static async Task<IResult> League(HttpContext context, QualityBook book, ResourceRegistry registry, Offices offices, CancellationToken cancel)
    {
        var measured = (await book.All(cancel)).ToDictionary(measure => measure.Resource, StringComparer.Ordinal);
        var own = registry.All.Where(resource => OfficeCode.Matches(resource.Owner, context.Caller().Office))
            .Select(resource => (Resource: resource, Measure: measured.GetValueOrDefault(resource.Id))).OrderBy(one => one.Measure?.Total ?? 101).ThenBy(one => one.Resource.Id, StringComparer.Ordinal).ToList();
        return context.Show<LeaguePage>(new
        {
            Offices = await book.League(cancel),
            Own = own,
            Alarms = await book.Alarms(cancel),
            Find = (Func<string, ResourceDefinition?>)registry.Find,
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    public static async Task<IResult> Resource(
        HttpContext context, QualityBook book, Measuring measuring, ResourceRegistry registry, Offices offices, string id, CancellationToken cancel, string? done = null)
    {
        if (registry.Find(id) is not { } resource)
        {
            return Results.NotFound();
        }

        return context.Show<QualityPage>(new
        {
            Resource = resource,
            Measure = await book.Latest(resource.Id, cancel),
            Rules = await measuring.Rules(resource, cancel),
            History = await book.History(resource.Id, cancel),
            OfficeName = (Func<string, string>)offices.NameOf,
            May = May(context.Caller(), resource),
            Done = done is not null,
        });
    }

    public static async Task<IResult> Measure(HttpContext context, QualityBook book, ResourceRegistry registry, string id, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        if (registry.Find(id) is not { } resource || !May(context.Caller(), resource))
        {
            return Results.NotFound();
        }

        await book.Want(resource.Id, cancel);
        return Platform.Ui.Pages.SeeOther($"{Routes.Quality}/{resource.Address}?done=1");
    }

    /// <summary>The rows are the producing office's work; their values it reads as it reads any record, on record.</summary>
    public static async Task<IResult> Bad(
        HttpContext context, QualityBook book, Measuring measuring, ResourceRegistry registry, GovernedReader reader, string id, string rule, CancellationToken cancel, string? after = null)
    {
        if (registry.Find(id) is not { } resource || !May(context.Caller(), resource)
            || (await measuring.Rules(resource, cancel)).FirstOrDefault(one => one.Code == rule) is not { } known)
        {
            return Results.NotFound();
        }

        var found = await book.Bad(resource.Id, known.Code, after?.Replace("\0", "", StringComparison.Ordinal), cancel);
        var rows = found.Take(QualityBook.PageSize).ToList();
        var request = new ReadRequest(context.Caller(), resource, Text.Purpose) { Fields = [.. new[] { known.Field.Name, Plan.Of(resource).Title }.OfType<string>().Distinct(StringComparer.Ordinal)] };
        var values = rows.Count == 0 || reader.AccessOf(request) is null
            ? null
            : (await reader.List(request, new RecordQuery { Where = new Filter.KeyIn([.. rows.Select(row => row.Key)]), Limit = QualityBook.PageSize }, cancel))
                .Value.Records.ToDictionary(record => record.Key, StringComparer.Ordinal);
        return context.Show<BadRowsPage>(new
        {
            Resource = resource,
            Rule = known,
            Rows = rows,
            Values = values,
            Position = resource.Fields.ToList().FindIndex(field => field.Name == known.Field.Name),
            First = after is null,
            Next = found.Count > QualityBook.PageSize ? rows[^1].Key : null,
        });
    }

    /// <summary>The office that produces it; the authority sees the counts of all and may have them taken anew.</summary>
    private static bool May(Caller who, ResourceDefinition resource) => OfficeCode.Matches(resource.Owner, who.Office) || who.May(SharingRights.Manage);
}
