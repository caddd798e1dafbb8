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
}
