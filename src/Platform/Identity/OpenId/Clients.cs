using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Allowed = OpenIddict.Abstractions.OpenIddictConstants.Permissions;

namespace Shali.Platform.Identity;

/// <summary>
/// A program that calls the interfaces. A service (<c>client_credentials</c>) belongs to an office and has that
/// office's default rights, cut down by its scopes; an application acts for the person who signs on in it.
/// </summary>
public sealed record Client(
    string Id, string Office, string Name, string Kind, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, bool Disabled)
{
    public const string Service = "service";
    public const string Application = "application";

    /// <summary>A scope that the client may ask for: one of its own, or a resource that narrows them.</summary>
    public bool MayAsk(string scope) =>
        Scopes.Contains(scope, StringComparer.Ordinal)
        || (TokenScopes.IsResource(scope) && !Scopes.Any(TokenScopes.IsResource));
}

/// <summary>A client as it was just made: the only time that its secret is known.</summary>
public sealed record NewClient(string ClientId, string ClientSecret, string Office);

/// <summary>The register of clients, beside OpenIddict's own entry for each.</summary>
public sealed class Clients(Db db, IServiceScopeFactory scopes, Revocations revocations, AuditLog log, Offices offices, TimeProvider time)
{
    private const string Columns = "id, office, name, kind, scopes, created_at, disabled_at is not null";

    public static readonly IReadOnlyList<string> DefaultScopes = [TokenScopes.Read, TokenScopes.Write];

    public Task<Client?> Find(string id, CancellationToken cancel = default) =>
        db.One($"select {Sql.Trusted(Columns)} from identity.client where id = {id}", Read, cancel);

    public Task<List<Client>> List(string search, CancellationToken cancel = default) => db.List(
        $"""
        select {Sql.Trusted(Columns)} from identity.client
        where {search} = '' or position({search} in name) > 0 or office = {search} or id = {search}
        order by office, id limit 500
        """,
        Read,
        cancel);

    /// <summary>
    /// Makes a service client of an office. Without an id it gets one from the office and six random letters.
    /// </summary>
    public async Task<Outcome<NewClient>> CreateClient(
        Caller who, string office, string name, IReadOnlyList<string> allowed, string? id = null, CancellationToken cancel = default)
    {
        var refusals = Refusals.Of(
            offices.Find(office) is null ? new Refusal("ID-O01", "office", IdentityText.NoSuchOffice(office)) : null,
            string.IsNullOrWhiteSpace(name) ? new Refusal("ID-C01", "name", IdentityText.ClientNameMissing) : null,
            allowed.Count == 0 ? new Refusal("ID-C02", "scopes", IdentityText.ScopesMissing) : null,
            id is not null && await Find(id, cancel) is not null ? new Refusal("ID-C03", "id", IdentityText.ClientTaken(id)) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        var client = new Client(id ?? $"{office}-{Ulid.Next(time)[^6..]}", office, name, Client.Service, allowed, time.GetUtcNow(), false);
        var secret = Passwords.Secret();
        var descriptor = Descriptor(client, secret);
        descriptor.Permissions.Add(Allowed.GrantTypes.ClientCredentials);
        await Save(who, client, descriptor, cancel);
        return new NewClient(client.Id, secret, office);
    }

    /// <summary>
    /// Makes an application in which people sign on (code with PKCE). A public one (a program on the person's own
    /// machine) has no secret; a trusted one asks for no consent.
    /// </summary>
    public async Task<Outcome<NewClient>> CreateApplication(
        Caller who, string id, string office, string name, IReadOnlyList<Uri> redirects, bool confidential, bool trusted,
        CancellationToken cancel = default)
    {
        var refusals = Refusals.Of(
            string.IsNullOrWhiteSpace(name) ? new Refusal("ID-C01", "name", IdentityText.ClientNameMissing) : null,
            redirects.Count == 0 || redirects.Any(uri => !uri.IsAbsoluteUri) ? new Refusal("ID-C04", "redirects", IdentityText.RedirectsMissing) : null,
            await Find(id, cancel) is not null ? new Refusal("ID-C03", "id", IdentityText.ClientTaken(id)) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        string[] allowed = [TokenScopes.Read, TokenScopes.Write, Scopes.OpenId, Scopes.Profile, Scopes.OfflineAccess];
        var client = new Client(id, office, name, Client.Application, allowed, time.GetUtcNow(), false);
        var secret = confidential ? Passwords.Secret() : null;
        var descriptor = Descriptor(client, secret);
        descriptor.ConsentType = trusted ? ConsentTypes.Implicit : ConsentTypes.Explicit;
        descriptor.RedirectUris.UnionWith(redirects);
        descriptor.Permissions.UnionWith(
        [
            Allowed.Endpoints.Authorization, Allowed.GrantTypes.AuthorizationCode, Allowed.GrantTypes.RefreshToken,
            Allowed.ResponseTypes.Code,
        ]);
        descriptor.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        await Save(who, client, descriptor, cancel);
        return new NewClient(id, secret ?? "", office);
    }

    /// <summary>Its tokens stop working within a second, everywhere.</summary>
    public async Task Disable(Caller who, string id, bool disabled, CancellationToken cancel = default)
    {
        await db.InTransaction(
            async session =>
            {
                await session.Run(
                    $"""
                    update identity.client
                    set disabled_at = {Sql.Value(disabled ? time.GetUtcNow() : null, NpgsqlTypes.NpgsqlDbType.TimestampTz)} where id = {id}
                    """,
                    cancel);
                await Revocations.Announce(session, cancel, $"client:{id}");
            },
            cancel);
        await revocations.Read(cancel);
        await log.Append(new AuditEntry(disabled ? "client.disable" : "client.enable", who) { Note = id }, cancel);
    }

    /// <summary>A new secret; the old one no longer works.</summary>
    public async Task<string?> NewSecret(Caller who, string id, CancellationToken cancel = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await applications.FindByClientIdAsync(id, cancel) is not { } application
            || !await applications.HasClientTypeAsync(application, ClientTypes.Confidential, cancel))
        {
            return null;
        }

        var secret = Passwords.Secret();
        var descriptor = new OpenIddictApplicationDescriptor();
        await applications.PopulateAsync(descriptor, application, cancel);
        descriptor.ClientSecret = secret;
        await applications.UpdateAsync(application, descriptor, cancel);
        await revocations.Announce(cancel, $"client:{id}");
        await log.Append(new AuditEntry("client.secret", who) { Note = id }, cancel);
        return secret;
    }

    private async Task Save(Caller who, Client client, OpenIddictApplicationDescriptor descriptor, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor, cancel);
        await db.Run(
            $"""
            insert into identity.client (id, office, name, kind, scopes, created_at, created_by)
            values ({client.Id}, {client.Office}, {client.Name}, {client.Kind}, {client.Scopes.ToArray()}, {client.CreatedAt}, {who.Id})
            """,
            cancel);
        await log.Append(
            new AuditEntry("client.create", who) { Note = $"{client.Id} {client.Office} {string.Join(' ', client.Scopes)}" }, cancel);
    }

    private static OpenIddictApplicationDescriptor Descriptor(Client client, string? secret) => new()
    {
        ClientId = client.Id,
        ClientSecret = secret,
        ClientType = secret is null ? ClientTypes.Public : ClientTypes.Confidential,
        DisplayName = client.Name,
        Permissions = { Allowed.Endpoints.Token, Allowed.Endpoints.Revocation, Allowed.Endpoints.Introspection },
    };

    private static Client Read(Npgsql.NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4),
        row.GetFieldValue<DateTimeOffset>(5), row.GetBoolean(6));
}
