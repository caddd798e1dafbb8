namespace Shali.Platform.Identity;

/// <summary>A token that was given out: an access token, a refresh token or a code.</summary>
internal sealed class OpenIdToken : RevocableRow
{
    public string? AuthorizationId { get; set; }

    public DateTimeOffset? ExpirationDate { get; set; }

    public string? Payload { get; set; }

    public DateTimeOffset? RedemptionDate { get; set; }

    public string? ReferenceId { get; set; }
}
