namespace Shali.Platform.Identity;

/// <summary>
/// What sign-on asks of the population, without knowing it: the population base gives the answers. Without one
/// nobody can register as a resident.
/// </summary>
public class PersonDirectory
{
    /// <summary>The population key of the living person with this number and exactly this name; null: no such person.</summary>
    public virtual Task<string?> FindPerson(string citizenNumber, string name, CancellationToken cancel = default) =>
        Task.FromResult<string?>(null);

    /// <summary>
    /// The same for a clerk who has the person before him: what is read of whom, and what for, is on record for the person.
    /// </summary>
    /// <param name="who">As whom the base reads: his office stands in the record.</param>
    public virtual Task<string?> FindFor(Caller who, string purpose, string citizenNumber, string name, CancellationToken cancel = default) =>
        FindPerson(citizenNumber, name, cancel);

    /// <summary>The population key of the one record with this number; null: there is none, or more than one.</summary>
    public virtual Task<string?> KeyOf(string citizenNumber, CancellationToken cancel = default) => Task.FromResult<string?>(null);
}
