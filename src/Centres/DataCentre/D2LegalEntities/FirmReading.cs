using Shali.Platform.Identity;
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
internal sealed class FirmReading(GovernedReader reader)
{
    private const int Many = 200;

    public async Task<FirmView?> View(string code, CancellationToken cancel)
    {
        if (await Get(code, cancel) is not { } firm)
        {
            return null;
        }

        return new(
            firm,
            firm.Raw("parent") is { } parent ? await Get(parent, cancel) : null,
            await Of(Resources.Filing, code, "on", null, cancel),
            await Of(Resources.Shareholder, code, "percent", new Filter.IsNull("to"), cancel),
            await List(Resources.Entity, "parent", code, new("name"), null, cancel),
            await Of(Resources.Licence, code, "decided_on", null, cancel),
            await Of(Resources.Penalty, code, "decided_on", null, cancel),
            await Of(Resources.Listing, code, "listed_on", null, cancel),
            await Of(Resources.AnnualReport, code, "year", null, cancel));
    }

    private Task<ShownRecord?> Get(string code, CancellationToken cancel) =>
        reader.Get(new ReadRequest(Caller.Anonymous, Resources.Entity), code, cancel: cancel);

    private Task<IReadOnlyList<ShownRecord>> Of(
        ResourceDefinition resource, string code, string newest, Filter? where, CancellationToken cancel) =>
        List(resource, "entity", code, new(newest, Descending: true), where, cancel);

    private async Task<IReadOnlyList<ShownRecord>> List(
        ResourceDefinition resource, string link, string code, SortBy sort, Filter? where, CancellationToken cancel)
    {
        var all = Filter.All(new Filter.Compare(link, Comparison.Equal, code), where);
        var page = await reader.List(
            new ReadRequest(Caller.Anonymous, resource),
            new RecordQuery { Where = all, Sort = [sort], Limit = Many },
            cancel);
        return page.Value.Records;
    }
}
