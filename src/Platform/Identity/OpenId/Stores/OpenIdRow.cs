namespace Shali.Platform.Identity;

/// <summary>
/// What a row of each of OpenIddict's four tables has. Lists and dictionaries are kept as the column has them
/// (<see cref="JsonColumn"/>).
/// </summary>
internal abstract class OpenIdRow
{
    public string Id { get; set; } = Guid.NewGuid().ToString();

    /// <summary>Changes with each write: whoever writes with an old one has not seen the last write.</summary>
    public string? ConcurrencyToken { get; set; } = Guid.NewGuid().ToString();

    public string? Properties { get; set; }
}
