using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// Answers sign-on's question for which firms somebody may act: those whose registered representative he is and that
/// still exist here. A revoked firm counts: somebody must wind it up.
/// </summary>
public sealed class RepresentedFirms(RecordReader reader) : FirmDirectory
{
    private const int Most = 1_000;

    public override async Task<IReadOnlyList<RepresentedFirm>> FirmsRepresentedBy(string person, CancellationToken cancel = default)
    {
        var where = Filter.All(
            new Filter.Compare("representative_person", Comparison.Equal, person),
            new Filter.Not(new Filter.In("state", [EntityState.Deregistered, EntityState.Annulled, EntityState.MovedOut])));
        var found = await reader.List(Resources.Entity, new RecordQuery { Where = where, Sort = [new("name")], Limit = Most }, cancel);
        return [.. found.Records.Select(record => new RepresentedFirm(record.Key, record.Text("name")!))];
    }
}
