using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using OpenIddict.Abstractions;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>The applications of OpenIddict: one for each <see cref="Client"/>.</summary>
internal sealed class ApplicationStore(Db db)
    : OpenIdStore<OpenIdApplication>(db, "OpenIddictApplications", Columns), IOpenIddictApplicationStore<OpenIdApplication>
{
    private static readonly IReadOnlyList<string> Columns =
    [
        .. CommonColumns, "ApplicationType", "ClientId", "ClientSecret", "ClientType", "ConsentType", "DisplayName", "DisplayNames",
        "JsonWebKeySet", "Permissions", "PostLogoutRedirectUris", "RedirectUris", "Requirements", "Settings",
    ];

    protected override Sql Dependents => Sql.Of(
        $"""
        , authorizations as (
            delete from identity."OpenIddictAuthorizations" where "ApplicationId" in (select "Id" from gone) returning "Id")
        , tokens as (
            delete from identity."OpenIddictTokens"
            where "ApplicationId" in (select "Id" from gone) or "AuthorizationId" in (select "Id" from authorizations))
        """);

    public ValueTask<OpenIdApplication?> FindByClientIdAsync(string identifier, CancellationToken cancel) =>
        One($"\"ClientId\" = {identifier}", cancel);

    public IAsyncEnumerable<OpenIdApplication> FindByPostLogoutRedirectUriAsync(string uri, CancellationToken cancel) =>
        Many($"\"PostLogoutRedirectUris\"::jsonb ? {uri}", cancel);

    public IAsyncEnumerable<OpenIdApplication> FindByRedirectUriAsync(string uri, CancellationToken cancel) =>
        Many($"\"RedirectUris\"::jsonb ? {uri}", cancel);

    public ValueTask<string?> GetApplicationTypeAsync(OpenIdApplication application, CancellationToken cancel) =>
        new(application.ApplicationType);

    public ValueTask<string?> GetClientIdAsync(OpenIdApplication application, CancellationToken cancel) => new(application.ClientId);

    public ValueTask<string?> GetClientSecretAsync(OpenIdApplication application, CancellationToken cancel) =>
        new(application.ClientSecret);

    public ValueTask<string?> GetClientTypeAsync(OpenIdApplication application, CancellationToken cancel) => new(application.ClientType);

    public ValueTask<string?> GetConsentTypeAsync(OpenIdApplication application, CancellationToken cancel) => new(application.ConsentType);

    public ValueTask<string?> GetDisplayNameAsync(OpenIdApplication application, CancellationToken cancel) => new(application.DisplayName);

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(OpenIdApplication application, CancellationToken cancel) =>
        new(JsonColumn.Translations(application.DisplayNames));

    public ValueTask<JsonWebKeySet?> GetJsonWebKeySetAsync(OpenIdApplication application, CancellationToken cancel) =>
        new(application.JsonWebKeySet is { Length: > 0 } json ? JsonWebKeySet.Create(json) : null);

    public ValueTask<ImmutableArray<string>> GetPermissionsAsync(OpenIdApplication application, CancellationToken cancel) =>
        new(JsonColumn.Strings(application.Permissions));

    public ValueTask<ImmutableArray<string>> GetPostLogoutRedirectUrisAsync(OpenIdApplication application, CancellationToken cancel) =>
        new(JsonColumn.Strings(application.PostLogoutRedirectUris));

    public ValueTask<ImmutableArray<string>> GetRedirectUrisAsync(OpenIdApplication application, CancellationToken cancel) =>
        new(JsonColumn.Strings(application.RedirectUris));

    public ValueTask<ImmutableArray<string>> GetRequirementsAsync(OpenIdApplication application, CancellationToken cancel) =>
        new(JsonColumn.Strings(application.Requirements));

    public ValueTask<ImmutableDictionary<string, string>> GetSettingsAsync(OpenIdApplication application, CancellationToken cancel) =>
        new(JsonColumn.Texts(application.Settings));

    public ValueTask SetApplicationTypeAsync(OpenIdApplication application, string? type, CancellationToken cancel) =>
        Set(application.ApplicationType = type);

    public ValueTask SetClientIdAsync(OpenIdApplication application, string? identifier, CancellationToken cancel) =>
        Set(application.ClientId = identifier);

    public ValueTask SetClientSecretAsync(OpenIdApplication application, string? secret, CancellationToken cancel) =>
        Set(application.ClientSecret = secret);

    public ValueTask SetClientTypeAsync(OpenIdApplication application, string? type, CancellationToken cancel) =>
        Set(application.ClientType = type);

    public ValueTask SetConsentTypeAsync(OpenIdApplication application, string? type, CancellationToken cancel) =>
        Set(application.ConsentType = type);

    public ValueTask SetDisplayNameAsync(OpenIdApplication application, string? name, CancellationToken cancel) =>
        Set(application.DisplayName = name);

    public ValueTask SetDisplayNamesAsync(
        OpenIdApplication application, ImmutableDictionary<CultureInfo, string> names, CancellationToken cancel) =>
        Set(application.DisplayNames = JsonColumn.Of(names));

    public ValueTask SetJsonWebKeySetAsync(OpenIdApplication application, JsonWebKeySet? set, CancellationToken cancel) =>
        Set(application.JsonWebKeySet = set is null ? null : JsonSerializer.Serialize(set, OpenIddictSerializer.Default.JsonWebKeySet));

    public ValueTask SetPermissionsAsync(OpenIdApplication application, ImmutableArray<string> permissions, CancellationToken cancel) =>
        Set(application.Permissions = JsonColumn.Of(permissions));

    public ValueTask SetPostLogoutRedirectUrisAsync(OpenIdApplication application, ImmutableArray<string> uris, CancellationToken cancel) =>
        Set(application.PostLogoutRedirectUris = JsonColumn.Of(uris));

    public ValueTask SetRedirectUrisAsync(OpenIdApplication application, ImmutableArray<string> uris, CancellationToken cancel) =>
        Set(application.RedirectUris = JsonColumn.Of(uris));

    public ValueTask SetRequirementsAsync(OpenIdApplication application, ImmutableArray<string> requirements, CancellationToken cancel) =>
        Set(application.Requirements = JsonColumn.Of(requirements));

    public ValueTask SetSettingsAsync(OpenIdApplication application, ImmutableDictionary<string, string> settings, CancellationToken cancel) =>
        Set(application.Settings = JsonColumn.Of(settings));

    protected override OpenIdApplication Read(NpgsqlDataReader reader, int at) => new()
    {
        ApplicationType = Text(reader, at),
        ClientId = Text(reader, at + 1),
        ClientSecret = Text(reader, at + 2),
        ClientType = Text(reader, at + 3),
        ConsentType = Text(reader, at + 4),
        DisplayName = Text(reader, at + 5),
        DisplayNames = Text(reader, at + 6),
        JsonWebKeySet = Text(reader, at + 7),
        Permissions = Text(reader, at + 8),
        PostLogoutRedirectUris = Text(reader, at + 9),
        RedirectUris = Text(reader, at + 10),
        Requirements = Text(reader, at + 11),
        Settings = Text(reader, at + 12),
    };

    protected override IEnumerable<Sql> Values(OpenIdApplication application) =>
    [
        Text(application.ApplicationType), Text(application.ClientId), Text(application.ClientSecret), Text(application.ClientType),
        Text(application.ConsentType), Text(application.DisplayName), Text(application.DisplayNames), Text(application.JsonWebKeySet),
        Text(application.Permissions), Text(application.PostLogoutRedirectUris), Text(application.RedirectUris),
        Text(application.Requirements), Text(application.Settings),
    ];
}
