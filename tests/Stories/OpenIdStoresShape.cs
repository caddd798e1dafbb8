using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Shali.Tests.Stories;

/// <summary>A city that began with OpenIddict's own stores goes on: its rows are read, and written again as they were.</summary>
public sealed class OpenIdStoresShape(City city)
{
    private static readonly string[] _columns =
    [
        "ApplicationType", "ClientSecret", "ClientType", "ConsentType", "DisplayName", "DisplayNames", "JsonWebKeySet", "Permissions",
        "PostLogoutRedirectUris", "Properties", "RedirectUris", "Requirements", "Settings",
    ];

    [Fact]
    public async Task An_application_of_before_is_read_and_written_again_as_it_was()
    {
        var id = "kept-" + Guid.NewGuid();
        string?[] before =
        [
            "native", "sha256:x", "confidential", "explicit", "桌面地图", "{\"zh-CN\":\"桌面 <地图> + 'α'\"}",
            "{\"keys\":[{\"crv\":\"P-256\",\"key_ops\":[],\"kty\":\"EC\",\"oth\":[],\"x\":\"AQ\",\"x5c\":[],\"y\":\"Ag\"}]}",
            "[\"ept:token\",\"gt:refresh_token\"]", "[\"https://a.example/out?a=1&b=2\"]", "{\"since\":{\"年\":2025,\"part\":1.50}}",
            "[\"http://127.0.0.1:49152/callback\",\"https://a.example/回\"]", "[\"ft:pkce\"]", "{\"tkn_lft:act\":\"00:10:00\"}",
        ];
        await city.Db.Run(
            $"""
            insert into identity."OpenIddictApplications" ("Id", "ClientId", "ConcurrencyToken", {Sql.Join(", ", _columns.Select(Sql.Name))})
            values ({id}, {id}, 'as it was', {Sql.Join(", ", before.Select(each => Sql.Of($"{each!}")))})
            """,
            Cancel);
        await using var scope = city.Services.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var application = (await applications.FindByClientIdAsync(id, Cancel))!;
        var read = new OpenIddictApplicationDescriptor();
        await applications.PopulateAsync(read, application, Cancel);
        Assert.Equal(["ept:token", "gt:refresh_token"], read.Permissions.Order(StringComparer.Ordinal));
        Assert.Contains(new Uri("http://127.0.0.1:49152/callback"), read.RedirectUris);
        Assert.Equal("桌面 <地图> + 'α'", read.DisplayNames[CultureInfo.GetCultureInfo("zh-CN")]);
        Assert.Equal(2025, read.Properties["since"].GetProperty("年").GetInt32());
        Assert.Equal("00:10:00", read.Settings[Settings.TokenLifetimes.AccessToken]);
        Assert.Equal("P-256", read.JsonWebKeySet!.Keys.Single().Crv);

        await applications.UpdateAsync(application, read, Cancel);
        Assert.Equal(before, await Kept(id));
        Assert.NotEqual("as it was", ((OpenIdApplication)application).ConcurrencyToken);
    }

    [Fact]
    public async Task What_is_empty_is_null()
    {
        var id = "empty-" + Guid.NewGuid();
        await using var scope = city.Services.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var made = await applications.CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = id,
                ClientType = ClientTypes.Public,
            },
            Cancel);
        Assert.Equal(["public"], (await Kept(id)).OfType<string>());
        Assert.True(Guid.TryParseExact(await applications.GetIdAsync(made, Cancel), "D", out _));
        Assert.Empty(await applications.GetPermissionsAsync(made, Cancel));
        Assert.Empty(await applications.GetPropertiesAsync(made, Cancel));
    }

    [Fact]
    public async Task An_authorization_of_before_is_found_and_its_scopes_are_written_as_they_were()
    {
        var subject = "kept-" + Guid.NewGuid();
        await city.Db.Run(
            $"""
            insert into identity."OpenIddictAuthorizations" ("Id", "ConcurrencyToken", "CreationDate", "Scopes", "Status", "Subject", "Type")
            values ({subject}, 'as it was', '2025-01-02 03:04:05+00', '["openid","api.read"]', 'valid', {subject}, 'permanent')
            """,
            Cancel);
        await using var scope = city.Services.CreateAsyncScope();
        var authorizations = scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>();
        var found = await authorizations.FindAsync(
            subject, null, Statuses.Valid, AuthorizationTypes.Permanent, ["api.read"], Cancel).SingleAsync(Cancel);
        Assert.Equal(["openid", "api.read"], await authorizations.GetScopesAsync(found, Cancel));
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero), await authorizations.GetCreationDateAsync(found, Cancel));
        var read = new OpenIddictAuthorizationDescriptor();
        await authorizations.PopulateAsync(read, found, Cancel);
        await authorizations.UpdateAsync(found, read, Cancel);
        Assert.Equal("[\"openid\",\"api.read\"]", await city.Db.Scalar<string>(
            $"select \"Scopes\" from identity.\"OpenIddictAuthorizations\" where \"Id\" = {subject}", Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string?[]> Kept(string client) => (await city.Db.One(
        $"select {Sql.Join(", ", _columns.Select(Sql.Name))} from identity.\"OpenIddictApplications\" where \"ClientId\" = {client}",
        row => _columns.Select((_, column) => row.IsDBNull(column) ? null : row.GetString(column)).ToArray(),
        Cancel))!;
}
