using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Tests.Support;

/// <summary>Offices and people for the tests of sign-on; each test takes logins of its own.</summary>
public static class IdentityPeople
{
    private static int _number;

    public static string NewLogin() => $"tester{Interlocked.Increment(ref _number):D5}";

    public static async Task Offices(City city)
    {
        var offices = city.Service<Offices>();
        Office[] wanted =
        [
            new("city", "测试市人民政府", "市政府", "government", null, "4111", new DateOnly(2000, 1, 1), null),
            new("police", "测试市公安局", "市公安局", "department", "city", "4111", new DateOnly(2000, 1, 1), null),
            new("market-regulation", "测试市市场监督管理局", "市市场监管局", "department", "city", "4111", new DateOnly(2000, 1, 1), null),
            new("411102.police", "测试市源汇区公安分局", "源汇公安分局", "department", "police", "411102", new DateOnly(2000, 1, 1), null),
            new("data", "测试市数据局", "市数据局", "department", "city", "4111", new DateOnly(2000, 1, 1), null),
            new("health", "测试市卫生健康委员会", "市卫健委", "department", "city", "4111", new DateOnly(2000, 1, 1), null),
        ];
        var missing = wanted.Where(office => offices.Find(office.Code) is null).ToList();
        if (missing.Count > 0)
        {
            // Tests that run at the same time found the same offices: the second finds them there.
            await offices.Save(new Act(Caller.Platform("test"), "identity.office.save"), missing);
            await offices.Reload(CancellationToken.None);
        }
    }

    /// <summary>A person with these posts, as office and role; nothing: a resident.</summary>
    public static Task<DemoLogin> Person(City city, params (string Office, string Role)[] posts) => Person(city, DataScope.All, posts);

    public static async Task<DemoLogin> Person(City city, DataScope scope, params (string Office, string Role)[] posts)
    {
        await Offices(city);
        var login = NewLogin();
        var given = posts.Select(post => new Post(
            "", "", post.Office, post.Role, scope, "", "", new DateOnly(2020, 1, 1), null)).ToList();
        var account = new DemoAccount(login, "测试人员", posts.Length == 0 ? "person-" + login : null, given);
        return (await city.Service<DemoAccounts>().Create([account], Caller.Platform("test")))[0];
    }

    /// <summary>An access token with all scopes of the client.</summary>
    public static async Task<string> Token(City city, NewClient client)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client.ClientId,
            ["client_secret"] = client.ClientSecret,
        });
        using var http = city.NewClient();
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        using var document = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("access_token").GetString()!;
    }

    public static async Task<NewClient> Client(City city, string office, params string[] scopes)
    {
        await Offices(city);
        return (await city.Service<Clients>().CreateClient(Caller.Platform("test"), office, "测试客户端", scopes, "client-" + NewLogin())).Value;
    }
}
