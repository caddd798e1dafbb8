namespace Shali.Platform.Identity;

/// <summary>A yes that a person gave to an application; it ends with all tokens that were made on it.</summary>
internal sealed class OpenIdAuthorization : RevocableRow
{
    public string? Scopes { get; set; }
}
