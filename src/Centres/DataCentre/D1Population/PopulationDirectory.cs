using Shali.Platform.Identity;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Answers who a citizen is: the one living person with this number and exactly this name.</summary>
public class PopulationDirectory(RecordReader reader, GovernedReader governed) : PersonDirectory
{
    private const int Most = 10;

    private static readonly string[] Compared = ["citizen_number", "name", "state"];

    public override async Task<string?> FindPerson(string citizenNumber, string name, CancellationToken cancel = default) =>
        One((await reader.List(Resources.Person, Query(citizenNumber), cancel)).Records, name);

    public override async Task<string?> FindFor(Caller who, string purpose, string citizenNumber, string name, CancellationToken cancel = default)
    {
        var request = new ReadRequest(who, Resources.Person, purpose, Clear: true) { Fields = Compared };
        if (governed.AccessOf(request) is null)
        {
            return null;
        }

        var found = (await governed.List(request, Query(citizenNumber), cancel)).Value.Records;
        return One([.. found.Select(shown => shown.Record)], name);
    }

    public override async Task<string?> KeyOf(string citizenNumber, CancellationToken cancel = default) =>
        (await reader.List(Resources.Person, Query(citizenNumber), cancel)).Records is [var only] ? only.Key : null;

    private static RecordQuery Query(string number) =>
        new() { Where = new Filter.Compare("citizen_number", Comparison.Equal, CitizenNumber.Kind.Normalise(number)), Limit = Most };

    private static string? One(IReadOnlyList<Record> found, string name)
    {
        var persons = found.Select(Typed<Person>.Of)
            .Where(person => person.State is not (PersonState.Dead or PersonState.Merged) && person.Name == name.Trim())
            .ToList();
        // Two persons of one name and one number: a clerk must decide first.
        return persons.Count == 1 ? persons[0].Key : null;
    }
}
