using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

public sealed class IdentityOpenId(City city)
{
    [Fact]
    public async Task The_server_describes_itself()
    {
        var document = await Json(await city.Http.GetAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative), Cancel));
        Assert.EndsWith("/connect/token", document.GetProperty("token_endpoint").GetString(), StringComparison.Ordinal);
        var keys = await Json(await city.Http.GetAsync(new Uri("/.well-known/jwks", UriKind.Relative), Cancel));
        Assert.Equal("ES256", keys.GetProperty("keys")[0].GetProperty("alg").GetString());
        Assert.False(keys.GetProperty("keys")[0].TryGetProperty("d", out _));
    }

    [Fact]
    public async Task A_client_gets_a_token_and_acts_for_its_office_within_its_scopes()
    {
        var client = await IdentityPeople.Client(city, "police", "api.read");
        var token = (await Token(("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", client.ClientSecret)))
            .GetProperty("access_token").GetString()!;
        var caller = await CallerOf(token);
        Assert.Equal("police", caller.Office);
        Assert.Equal(CallerKind.Client, caller.Kind);
        Assert.True(caller.May("identity.office.read"));
        Assert.DoesNotContain(caller.Permissions, permission => permission.EndsWith(".write", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, (await city.Http.GetAsync(new Uri("/me/sessions", UriKind.Relative), Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("api.write", "invalid_scope")]
    [InlineData("api.read identity.office", "")]
    public async Task A_client_may_narrow_its_scopes_but_not_widen_them(string scope, string error)
    {
        var client = await IdentityPeople.Client(city, "police", "api.read");
        var answer = await Token(
            ("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", client.ClientSecret), ("scope", scope));
        Assert.Equal(error, answer.TryGetProperty("error", out var said) ? said.GetString() : "");
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        var client = await IdentityPeople.Client(city, "police", "api.read");
        var answer = await Token(("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", "wrong"));
        Assert.Equal("invalid_client", answer.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_secret_is_kept_as_a_hash_and_one_that_was_kept_slowly_is_still_known()
    {
        var client = await IdentityPeople.Client(city, "police", "api.read");
        var db = city.Service<Db>();
        var kept = await db.Scalar<string>($"select \"ClientSecret\" from identity.\"OpenIddictApplications\" where \"ClientId\" = {client.ClientId}", Cancel);
        Assert.Equal("sha256:" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(client.ClientSecret))), kept);

        // As OpenIddict keeps it: a mark, SHA-256, the rounds, the salt's length, salt and key.
        byte[] salt = [.. Enumerable.Range(1, 16).Select(one => (byte)one)];
        byte[] slow = [1, 0, 0, 0, 1, 0, 0, 0x27, 0x10, 0, 0, 0, 16, .. salt, .. Rfc2898DeriveBytes.Pbkdf2(client.ClientSecret, salt, 10_000, HashAlgorithmName.SHA256, 32)];
        await db.Run($"update identity.\"OpenIddictApplications\" set \"ClientSecret\" = {Convert.ToBase64String(slow)} where \"ClientId\" = {client.ClientId}", Cancel);
        Assert.True((await Token(("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", client.ClientSecret)))
            .TryGetProperty("access_token", out _));
        Assert.Equal("invalid_client", (await Token(("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", "wrong")))
            .GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_revoked_token_is_refused_within_a_second_on_every_node()
    {
        var client = await IdentityPeople.Client(city, "police", "api.read");
        var token = (await Token(("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", client.ClientSecret)))
            .GetProperty("access_token").GetString()!;
        await using var node = await city.AnotherHost();
        await node.StartAsync(Cancel);
        Assert.Equal(CallerKind.Client, (await CallerOf(token, node.Services)).Kind);
        Assert.Equal(CallerKind.Client, (await CallerOf(token)).Kind);
        using var revoke = Form(("token", token), ("client_id", client.ClientId), ("client_secret", client.ClientSecret));
        Assert.Equal(HttpStatusCode.OK, (await city.Http.PostAsync(new Uri("/connect/revoke", UriKind.Relative), revoke, Cancel)).StatusCode);
        Assert.Equal(CallerKind.Anonymous, (await CallerOf(token)).Kind);
        await node.Services.GetRequiredService<Revocations>().Read(Cancel);
        Assert.Equal(CallerKind.Anonymous, (await CallerOf(token, node.Services)).Kind);
        await node.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_disabled_client_is_out_at_once()
    {
        var client = await IdentityPeople.Client(city, "police", "api.read");
        var token = (await Token(("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", client.ClientSecret)))
            .GetProperty("access_token").GetString()!;
        Assert.Equal(CallerKind.Client, (await CallerOf(token)).Kind);
        await city.Service<Clients>().Disable(Caller.Platform("test"), client.ClientId, true, Cancel);
        Assert.Equal(CallerKind.Anonymous, (await CallerOf(token)).Kind);
    }

    [Fact]
    public async Task A_bad_token_is_answered_with_a_problem_document()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me/sessions");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "not.a.token");
        var answer = await city.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_agrees_and_an_application_acts_for_him_with_code_proof_key_and_refresh()
    {
        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        var id = "app-" + IdentityPeople.NewLogin();
        var back = new Uri("http://127.0.0.1:49152/callback");
        await city.Service<Clients>().CreateApplication(Caller.Platform("test"), id, "police", "桌面地图", [back], false, false, Cancel);
        var verifier = Base64(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var authorize = $"/connect/authorize?client_id={id}&response_type=code&redirect_uri={Uri.EscapeDataString(back.OriginalString)}"
            + $"&scope={Uri.EscapeDataString("openid profile offline_access api.read")}&state=x1&code_challenge={challenge}&code_challenge_method=S256";

        using var browser = new IdentityBrowser(city.Address);
        var first = await browser.Get(authorize);
        Assert.StartsWith("/sign-in?to=", first.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(authorize, await browser.SignIn(clerk.Login, clerk.Password, authorize));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get(authorize)).StatusCode);
        Assert.Contains("桌面地图", browser.Page, StringComparison.Ordinal);
        var fields = Regex.Matches(browser.Page, "<input type=\"hidden\" name=\"(?!__token)([^\"]+)\" value=\"([^\"]*)\"")
            .Select(each => (each.Groups[1].Value, WebUtility.HtmlDecode(each.Groups[2].Value)));
        var agreed = await browser.Post("/connect/authorize", [.. fields, ("decision", "yes")]);
        var location = agreed.Headers.Location!.OriginalString;
        Assert.StartsWith(back.OriginalString, location, StringComparison.Ordinal);
        var code = Regex.Match(location, "code=([^&]+)").Groups[1].Value;

        var exchanged = await Token(("grant_type", "authorization_code"), ("client_id", id), ("code", Uri.UnescapeDataString(code)),
            ("redirect_uri", back.OriginalString), ("code_verifier", verifier));
        var caller = await CallerOf(exchanged.GetProperty("access_token").GetString()!);
        Assert.Equal((CallerKind.Staff, "police", Roles.Clerk), (caller.Kind, caller.Office, caller.Role));
        Assert.True(exchanged.TryGetProperty("id_token", out _));

        var refreshed = await Token(
            ("grant_type", "refresh_token"), ("client_id", id), ("refresh_token", exchanged.GetProperty("refresh_token").GetString()!));
        Assert.Equal(CallerKind.Staff, (await CallerOf(refreshed.GetProperty("access_token").GetString()!)).Kind);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", refreshed.GetProperty("access_token").GetString());
        Assert.Equal("police", (await Json(await city.Http.SendAsync(request, Cancel))).GetProperty("office").GetString());

        var again = await Token(("grant_type", "authorization_code"), ("client_id", id), ("code", Uri.UnescapeDataString(code)),
            ("redirect_uri", back.OriginalString), ("code_verifier", verifier));
        Assert.Equal("invalid_grant", again.GetProperty("error").GetString());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<JsonElement> Token(params (string Name, string Value)[] fields)
    {
        using var form = Form(fields);
        return await Json(await city.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Cancel));
    }

    /// <summary>The caller that the middleware makes of a token.</summary>
    private async Task<Caller> CallerOf(string token, IServiceProvider? services = null)
    {
        await using var scope = (services ?? city.Services).CreateAsyncScope();
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers.Authorization = "Bearer " + token;
        context.Request.Scheme = "http";
        context.Request.Host = new(city.Address.Authority);
        await scope.ServiceProvider.GetRequiredService<CallerResolution>().Resolve(context);
        return context.Caller();
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(each => KeyValuePair.Create(each.Name, each.Value)));

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
