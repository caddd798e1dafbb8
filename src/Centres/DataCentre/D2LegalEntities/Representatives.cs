using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// Asks the population base who a representative is and whether he lives: another system's data, so through governed
/// reading, for a purpose, with a read record. The registrar learns only the answer; the platform reads for him, and
/// the record says so.
/// </summary>
public sealed class Representatives(ResourceRegistry registry, GovernedReader reader)
{
    public async Task<DateOnly?> Died(string person, Caller who, CancellationToken cancel) =>
        person.Length > 0 && Request(who, "death_date") is { } request && reader.AccessOf(request) is not null
            ? (await reader.Get(request, person, cancel: cancel))?.Record["death_date"] as DateOnly?
            : null;

    /// <summary>
    /// The key of the one person with this number and name. Null when the base does not know the number: people of
    /// other cities may represent firms here.
    /// </summary>
    public async Task<Outcome<string?>> Find(string number, string name, Caller who, CancellationToken cancel)
    {
        var written = CitizenNumber.Kind.Normalise(number);
        if (CitizenNumber.Kind.Check(written, DateOnly.MaxValue).Any(flaw => flaw.Kind != FlawKind.Warning))
        {
            return new Refusal("D2-R14", "representative_number", Text.NotANumber);
        }

        if (Request(who, "name", "citizen_number", "death_date") is not { } request)
        {
            return Outcome.Of<string?>(null);
        }

        if (reader.Check(request) is { Any: true } refused)
        {
            return refused;
        }

        var where = new Filter.Compare("citizen_number", Comparison.Equal, written);
        var found = (await reader.List(request, new RecordQuery { Where = where, Limit = 10 }, cancel)).Value.Records;
        var named = found.Where(person => person.Record.Text("name") == name).ToList();
        return found.Count == 0 ? Outcome.Of<string?>(null)
            : named.Count == 1 ? Outcome.Of<string?>(named[0].Key)
            : new Refusal("D2-R14", "representative_name", Text.NotThisPerson);
    }

    private ReadRequest? Request(Caller who, params string[] fields) =>
        registry.Find("population/person") is { } resource
            ? new(Caller.OfSystem("legal-entities", who), resource, Text.RepresentativePurpose(who.Name))
            { Fields = fields }
            : null;
}
