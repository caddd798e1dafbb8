namespace Shali.Platform.Identity;

/// <summary>
/// What sign-on asks of the population and of the register of firms, without knowing them: the data centre gives
/// the answers. Without one nobody can register as a resident and nobody represents a firm.
/// </summary>
public class PersonDirectory
{
    /// <summary>The population key of the living person with this number and exactly this name; null: no such person.</summary>
    public virtual Task<string?> FindPerson(string citizenNumber, string name, CancellationToken cancel = default) =>
        Task.FromResult<string?>(null);

    /// <summary>The firms whose legal representative the person is today.</summary>
    public virtual Task<IReadOnlyList<RepresentedFirm>> FirmsRepresentedBy(string person, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<RepresentedFirm>>([]);
}

/// <param name="Key">Key of the legal entity.</param>
public sealed record RepresentedFirm(string Key, string Name);
