namespace Shali.Platform.Identity;

/// <summary>What authorizations and tokens have in common: somebody gave it to an application, and it can be revoked.</summary>
internal abstract class RevocableRow : OpenIdRow
{
    public string? ApplicationId { get; set; }

    public DateTimeOffset? CreationDate { get; set; }

    public string? Status { get; set; }

    public string? Subject { get; set; }

    public string? Type { get; set; }
}
