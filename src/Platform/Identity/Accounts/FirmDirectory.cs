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
}

/// <param name="Key">Key of the legal entity.</param>
public sealed record RepresentedFirm(string Key, string Name);
