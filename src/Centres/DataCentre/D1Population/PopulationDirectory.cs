using Shali.Platform.Identity;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Answers sign-on's question who a citizen is: the one living person with this number and exactly this name.</summary>
public class PopulationDirectory(RecordReader reader) : PersonDirectory
{
    public override async Task<string?> FindPerson(string citizenNumber, string name, CancellationToken cancel = default)
    {
        var where = new Filter.Compare("citizen_number", Comparison.Equal, CitizenNumber.Kind.Normalise(citizenNumber));
        var found = await reader.List(Resources.Person, new RecordQuery { Where = where, Limit = 10 }, cancel);
        var persons = found.Records.Select(Typed<Person>.Of)
            .Where(person => person.State is not (PersonState.Dead or PersonState.Merged) && person.Name == name.Trim())
            .ToList();
        // Two persons of one name and one number: a clerk must decide first.
        return persons.Count == 1 ? persons[0].Key : null;
    }
}
