using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Validation;

namespace Shali.Platform.Identity;

/// <summary>
/// Turns a bearer token that this node has not seen in the last minute into its caller: signature, expiry and the
/// token's entry are checked by OpenIddict, client and account against their tables. What the token itself says
/// about rights is only its scopes: rights are those of now.
/// </summary>
public sealed class BearerTokens(
    OpenIddictValidationService validation, Clients clients, Accounts accounts, Identities identities, Permissions permissions, Offices offices)
{
    /// <summary>The claim that says as whom a person acts with the token.</summary>
    public const string ActingAsClaim = "shali_as";

    /// <summary>Null when the token does not hold, or whoever it stands for may no longer act.</summary>
    public async Task<KnownCaller?> Resolve(string token, DateTimeOffset until, CancellationToken cancel)
    {
        if (await Validate(token, cancel) is not { } principal || principal.GetClaim(OpenIddictConstants.Claims.Subject) is not { } subject)
        {
            return null;
        }

        var table = permissions.Current;
        var scopes = new TokenScopes(principal.GetScopes());
        var client = principal.GetClaim(OpenIddictConstants.Claims.ClientId) ?? "";
        var caller = principal.GetClaim(ActingAsClaim) is { } actingAs
            ? await OfPerson(subject, actingAs, table, scopes, client, cancel)
            : await OfClient(client, table, scopes, cancel);
        return caller is null
            ? null
            : new KnownCaller(
                caller with { Session = principal.GetTokenId() ?? "", Scopes = scopes }, Earlier(until, principal), Marks(principal, subject, client), scopes, table);
    }

    private async Task<ClaimsPrincipal?> Validate(string token, CancellationToken cancel)
    {
        try
        {
            return await validation.ValidateAccessTokenAsync(token, cancel);
        }
        catch (OpenIddictExceptions.ProtocolException)
        {
            return null;
        }
    }

    private async Task<Caller?> OfClient(string id, PermissionTable table, TokenScopes scopes, CancellationToken cancel) =>
        await clients.Find(id, cancel) is { Disabled: false } client
            ? new Caller
            {
                Id = $"client:{client.Id}",
                Name = client.Name,
                Kind = CallerKind.Client,
                Office = client.Office,
                OfficeName = offices.NameOf(client.Office),
                Role = Roles.Client,
                Scope = DataScope.All,
                Area = offices.Find(client.Office)?.Region ?? "",
                Permissions = table.Of(Roles.Client, client.Office, scopes),
            }
            : null;

    private async Task<Caller?> OfPerson(
        string id, string actingAs, PermissionTable table, TokenScopes scopes, string client, CancellationToken cancel)
    {
        if (await accounts.Find(id, cancel) is not { DisabledAt: null } account
            || await clients.Find(client, cancel) is not { Disabled: false }
            || await identities.Resolve(account, actingAs, cancel) is not { } caller)
        {
            return null;
        }

        return caller with { Permissions = table.Of(caller.Role, caller.Office, scopes) };
    }

    private static List<string> Marks(ClaimsPrincipal principal, string subject, string client)
    {
        List<string> marks = [$"client:{client}", $"account:{subject}", Revocations.Offices];
        if (principal.GetTokenId() is { } token)
        {
            marks.Add($"token:{token}");
        }

        if (principal.GetAuthorizationId() is { } authorization)
        {
            marks.Add($"authorization:{authorization}");
        }

        return marks;
    }

    private static DateTimeOffset Earlier(DateTimeOffset until, ClaimsPrincipal principal) =>
        principal.GetExpirationDate() is { } expires && expires < until ? expires : until;
}
