using Shali.Platform.Identity;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// Answers which firms somebody may act for: those whose registered representative he is and that still exist here. A
/// revoked firm counts: somebody must wind it up.
/// </summary>
public sealed class RepresentedFirms(RecordReader reader) : FirmDirectory
{
    private const int Most = 1_000;

    private static readonly Filter Exists = new Filter.Not(new Filter.In("state", [EntityState.Deregistered, EntityState.Annulled, EntityState.MovedOut]));

    public override async Task<IReadOnlyList<RepresentedFirm>> FirmsRepresentedBy(string person, CancellationToken cancel = default)
    {
        var where = Filter.All(new Filter.Compare("representative_person", Comparison.Equal, person), Exists);
        var found = await reader.List(Resources.Entity, new RecordQuery { Where = where, Sort = [new("name")], Limit = Most }, cancel);
        return [.. found.Records.Select(record => new RepresentedFirm(record.Key, record.Text("name")!))];
    }

    public override async Task<RegisteredFirm?> Find(string code, CancellationToken cancel = default)
    {
        var (credit, organisation) = (CreditCode.Kind.Normalise(code), OrganisationCode.Kind.Normalise(code));
        var where = Filter.All(
            new Filter.Or([new Filter.Compare("credit_code", Comparison.Equal, credit), new Filter.Compare("organisation_code", Comparison.Equal, organisation)]),
            Exists);
        var found = (await reader.List(Resources.Entity, new RecordQuery { Where = where, Limit = 2 }, cancel)).Records;
        return found.Count == 1 ? new(found[0].Key, found[0].Text("name")!, found[0].Text("representative_person")) : null;
    }
}
