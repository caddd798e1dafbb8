using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// What the law makes public of one entity (企业信息公示暂行条例 arts. 6, 7, 10): read as anybody reads it, whoever looks,
/// so that this page never shows more to one than to another.
/// </summary>
public sealed record FirmView(
    ShownRecord Firm,
    ShownRecord? Parent,
    IReadOnlyList<ShownRecord> Filings,
    IReadOnlyList<ShownRecord> Shareholders,
    IReadOnlyList<ShownRecord> Branches,
    IReadOnlyList<ShownRecord> Licences,
    IReadOnlyList<ShownRecord> Penalties,
    IReadOnlyList<ShownRecord> Listings,
    IReadOnlyList<ShownRecord> Reports);

/// <summary>Reads entities for the public pages.</summary>
internal sealed class FirmReading(GovernedReader reader, TimeProvider time)
{
    private const int Many = 200;

    /// <summary>Not the key of the representative in the population base, not the telephone, not the insured.</summary>
    public static readonly IReadOnlyList<string> PublicFields =
    [
        "organisation_code", "credit_code", "name", "kind", "state", "registrar", "established_on", "ended_on", "term_to",
        "representative_name", "capital", "capital_currency", "industry", "scope", "address", "village", "parent", "reported_year",
        "abnormal", "serious_breach",
    ];

    /// <summary>Free text of a filing can name persons: it stays with the registrar.</summary>
    private static readonly string[] FilingFields = ["entity", "kind", "on", "document", "before", "after"];

    private static readonly string[] HolderFields = ["entity", "holder_name", "holder_entity", "percent", "subscribed", "from", "to"];

    public async Task<FirmView?> View(string code, CancellationToken cancel)
    {
        if (await Get(code, cancel) is not { } firm)
        {
            return null;
        }

        var today = time.Today();
        var listings = await Of(Resources.Listing, code, "listed_on", null, null, cancel);
        return new(
            firm,
            firm.Raw("parent") is { } parent ? await Get(parent, cancel) : null,
            await Of(Resources.Filing, code, "on", null, FilingFields, cancel),
            await Of(Resources.Shareholder, code, "percent", new Filter.IsNull("to"), HolderFields, cancel),
            await List(Resources.Entity, "parent", code, new("name"), null, PublicFields, cancel),
            await Of(Resources.Licence, code, "decided_on", null, null, cancel),
            await Of(Resources.Penalty, code, "decided_on", new Filter.Compare("shown_until", Comparison.GreaterOrEqual, today), null, cancel),
            // Whoever has left the list of serious breaches is no longer shown as having been there.
            [.. listings.Where(listing => listing.Raw("list") != "serious" || listing.Day("removed_on") is null)],
            await Of(Resources.AnnualReport, code, "year", null, null, cancel));
    }

    private Task<ShownRecord?> Get(string code, CancellationToken cancel) =>
        reader.Get(new ReadRequest(Caller.Anonymous, Resources.Entity) { Fields = PublicFields }, code, cancel: cancel);

    private Task<IReadOnlyList<ShownRecord>> Of(
        ResourceDefinition resource, string code, string newest, Filter? where, IReadOnlyList<string>? fields, CancellationToken cancel) =>
        List(resource, "entity", code, new(newest, Descending: true), where, fields, cancel);

    private async Task<IReadOnlyList<ShownRecord>> List(
        ResourceDefinition resource, string link, string code, SortBy sort, Filter? where, IReadOnlyList<string>? fields,
        CancellationToken cancel)
    {
        var all = Filter.All(new Filter.Compare(link, Comparison.Equal, code), where);
        var page = await reader.List(
            new ReadRequest(Caller.Anonymous, resource) { Fields = fields },
            new RecordQuery { Where = all, Sort = [sort], Limit = Many },
            cancel);
        return page.Value.Records;
    }
}
