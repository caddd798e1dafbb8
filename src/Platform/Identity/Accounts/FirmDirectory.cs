namespace Shali.Platform.Identity;

/// <summary>
/// What sign-on asks of the register of firms, without knowing it: the base of legal entities gives the answers.
/// Without one nobody represents a firm.
/// </summary>
public class FirmDirectory
{
    /// <summary>The firms whose legal representative the person is today.</summary>
    public virtual Task<IReadOnlyList<RepresentedFirm>> FirmsRepresentedBy(string person, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<RepresentedFirm>>([]);

    /// <summary>The firm with this credit or organisation code that still exists here; null: none.</summary>
    public virtual Task<RegisteredFirm?> Find(string code, CancellationToken cancel = default) => Task.FromResult<RegisteredFirm?>(null);
}

/// <param name="Key">Key of the legal entity.</param>
/// <param name="Representative">Population key of its legal representative, when he is known there.</param>
public sealed record RegisteredFirm(string Key, string Name, string? Representative);

/// <param name="Key">Key of the legal entity.</param>
public sealed record RepresentedFirm(string Key, string Name);
