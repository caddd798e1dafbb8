using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Architecture;

/// <summary>
/// What belongs to somebody else, asked for by its true name at every door: a role that may use the door still gets
/// nothing of another office's or person's.
/// </summary>
public sealed class OtherPeople(City city)
{
    private const string Secret = "不可外传之语";

    private static readonly ResourceDefinition Kept = new()
    {
        Id = "other-people/file",
        Name = "卷宗",
        Clause = "C2",
        Owner = "police",
        ScopeField = "office",
        Sharing = Sharing.NotShared(new Basis("中华人民共和国保守国家秘密法", "第三十条")),
        Fields =
        [
            new() { Name = "words", Label = "内容", Type = FieldTypes.Text },
            new() { Name = "office", Label = "单位", Type = FieldTypes.Text, Indexed = true },
        ],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<string> Record(City city)
    {
        await IdentityPeople.Offices(city);
        var kept = city.Registry.Find(Kept.Address) ?? (await city.Registry.Publish(Kept, Caller.Platform("test"), Token)).Value;
        var act = new Act(Caller.Platform("test"), "test") { IdempotencyKey = "other-people" };
        var written = await city.Store.Write(
            act, [new Change.Insert(kept, "", new Dictionary<string, object?> { ["words"] = Secret, ["office"] = "police" })], Token);
        Assert.True(written.Ok);
        return (await city.Db.Scalar<string>($"select _key from other_people.file limit 1", Token))!;
    }

    /// <summary>Doors that only read, with <c>{key}</c> of the record.</summary>
    private static readonly string[] Doors =
    [
        "/api/collections/other-people.file", "/api/collections/other-people.file/items", "/api/collections/other-people.file/items?f=csv",
        "/api/collections/other-people.file/items/{key}", "/api/collections/other-people.file/items/{key}?f=html",
        "/api/collections/other-people.file/items/{key}?asOf={now}", "/api/collections/other-people.file/changes?after=-1.0",
        "/api/collections/other-people.file/items?filter=words%20like%20%27%25%27", "/records/other-people.file", "/records/other-people.file/{key}",
        "/records/other-people.file/{key}/history", "/records/other-people.file/{key}/edit", "/records/other-people.file/{key}/delete",
        "/records/other-people.file/loads", "/search?q=%E4%B8%8D%E5%8F%AF", "/catalogue/other-people.file",
    ];

    private static Uri At(string door, string key) => new(
        door.Replace("{key}", key, StringComparison.Ordinal).Replace("{now}", Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O")), StringComparison.Ordinal), UriKind.Relative);

    [Theory]
    [InlineData("", "", DataScope.All)]
    [InlineData(Roles.Resident, "", DataScope.All)]
    [InlineData(Roles.Clerk, "health", DataScope.All)]
    [InlineData(Roles.Head, "health", DataScope.All)]
    [InlineData(Roles.InformationOfficer, "health", DataScope.All)]
    [InlineData(Roles.Leader, "health", DataScope.All)]
    [InlineData(Roles.Client, "health", DataScope.All)]
    [InlineData(Roles.SystemAdministrator, "police", DataScope.All)]
    [InlineData(Roles.SecurityAdministrator, "police", DataScope.All)]
    [InlineData(Roles.AuditAdministrator, "police", DataScope.All)]
    public async Task Another_offices_record_is_seen_at_no_door_and_changed_through_none(string role, string office, DataScope scope)
    {
        var key = await Record(city);
        using var http = await SignedOn(role, office, scope);
        foreach (var door in Doors)
        {
            using var answer = await http.GetAsync(At(door, key), Token);
            var text = await answer.Content.ReadAsStringAsync(Token);
            Assert.False(text.Contains(Secret, StringComparison.Ordinal), $"{door} showed it to {role}");
            Assert.True((int)answer.StatusCode < 500, $"{door}: {answer.StatusCode}");
            if (door.Contains("{key}", StringComparison.Ordinal))
            {
                Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
            }
        }

        foreach (var (method, body) in ((HttpMethod, string?)[])[(HttpMethod.Put, Feature("x")), (HttpMethod.Patch, Feature("x")), (HttpMethod.Delete, null)])
        {
            using var request = new HttpRequestMessage(method, $"/api/collections/other-people.file/items/{key}");
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/geo+json");
            using var answer = await http.SendAsync(request, Token);
            Assert.False(answer.IsSuccessStatusCode, $"{method} by {role}: {answer.StatusCode}");
        }

        Assert.Equal(1, await city.Db.Scalar<int>($"select _version from other_people.file where _key = {key}", Token));
    }

    [Theory]
    [InlineData(DataScope.All, true)]
    [InlineData(DataScope.OwnOffice, false)]
    [InlineData(DataScope.Area, false)]
    public async Task A_clerk_of_the_same_trade_sees_what_his_scope_holds(DataScope scope, bool seen)
    {
        var key = await Record(city);
        using var http = await SignedOn(Roles.Clerk, "411102.police", scope);
        using var list = await http.GetAsync(new Uri("/api/collections/other-people.file/items", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        Assert.Equal(seen, (await list.Content.ReadAsStringAsync(Token)).Contains(Secret, StringComparison.Ordinal));
        foreach (var door in Doors.Where(door => door.Contains("{key}", StringComparison.Ordinal) && !door.Contains("asOf", StringComparison.Ordinal)))
        {
            using var answer = await http.GetAsync(At(door, key), Token);
            Assert.True((answer.StatusCode == HttpStatusCode.OK) == seen, $"{door}: {answer.StatusCode}");
            Assert.True(seen || !(await answer.Content.ReadAsStringAsync(Token)).Contains(Secret, StringComparison.Ordinal), door);
        }
    }

    [Fact]
    public async Task Another_offices_load_is_neither_seen_nor_stopped()
    {
        await Record(city);
        using var police = await SignedOn(Roles.Client, "police", DataScope.All);
        using var content = new StringContent($"words,office\n{Secret},police\n", Encoding.UTF8, "text/csv");
        using var begun = await police.PostAsync(new Uri("/api/collections/other-people.file/loads?purpose=test", UriKind.Relative), content, Token);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        var job = begun.Headers.Location!;
        using (var own = await police.GetAsync(job, Token))
        {
            Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        }

        using var health = await SignedOn(Roles.Client, "health", DataScope.All);
        foreach (var (method, address) in ((HttpMethod, string)[])[(HttpMethod.Get, $"{job}"), (HttpMethod.Get, $"{job}/rejects"), (HttpMethod.Delete, $"{job}")])
        {
            using var request = new HttpRequestMessage(method, address);
            using var answer = await health.SendAsync(request, Token);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{method} {address}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Another_persons_sessions_identities_and_record_are_not_there()
    {
        var victim = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var theirs = new IdentityBrowser(city.Address);
        await theirs.SignIn(victim.Login, victim.Password);
        var account = (await city.Service<Accounts>().FindLogin(victim.Login))!;
        var session = (await city.Service<Sessions>().Of(account.Id, Token))[0].Id;
        var post = (await city.Service<Identities>().Of(account)).First(identity => identity.IsPost).Id;

        var person = await IdentityPeople.Person(city);
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(person.Login, person.Password);
        await browser.Get("/me/sessions");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/me/sessions/{session}/end")).StatusCode);
        await browser.Get("/me/identity");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post("/me/identity", ("identity", post))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await theirs.Get("/desk")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/population/persons/01kaa")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/desk/objections")).StatusCode);
    }

    private static string Feature(string words) =>
        $$$"""{"type":"Feature","geometry":null,"properties":{"words":"{{{words}}}","office":"police"}}""";

    private async Task<HttpClient> SignedOn(string role, string office, DataScope scope)
    {
        var http = city.NewClient();
        if (role == Roles.Client)
        {
            var token = await IdentityPeople.Token(city, await IdentityPeople.Client(city, office, TokenScopes.Read, TokenScopes.Write));
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        else if (role.Length > 0)
        {
            var person = role == Roles.Resident ? await IdentityPeople.Person(city) : await IdentityPeople.Person(city, scope, (office, role));
            using var browser = new IdentityBrowser(city.Address);
            await browser.SignIn(person.Login, person.Password);
            http.DefaultRequestHeaders.Add("Cookie", browser.Cookies.GetCookieHeader(city.Address));
        }

        return http;
    }
}
