using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Whose address the log keeps: the caller's, as a trusted proxy reports it; never what the caller says of himself.</summary>
public sealed class BehindProxy(City city)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Trusted proxies, the header that arrives, and the address that is right.</summary>
    public static readonly TheoryData<string[], string, string> Calls = new()
    {
        { [], "203.0.113.9", "127.0.0.1" },
        { ["192.0.2.1/32"], "203.0.113.9", "127.0.0.1" },
        { ["127.0.0.1/32"], "203.0.113.9", "203.0.113.9" },
        { ["127.0.0.1/32"], "198.51.100.1, 203.0.113.9", "203.0.113.9" },
        { ["127.0.0.0/8", "10.0.0.0/24"], "198.51.100.1, 203.0.113.9, 10.0.0.7", "203.0.113.9" },
        { ["127.0.0.1/32"], "nonsense", "127.0.0.1" },
        { ["127.0.0.1/32"], "2001:db8::5", "2001:db8::5" },
    };

    [Theory, MemberData(nameof(Calls))]
    public async Task The_log_keeps_the_callers_address(string[] proxies, string forwarded, string expected)
    {
        var person = await IdentityPeople.Person(city);
        await using var host = await city.AnotherHost(change: settings => settings with { Proxies = [.. proxies.Select(System.Net.IPNetwork.Parse)] });
        await host.StartAsync(Token);
        using var browser = new IdentityBrowser(new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        browser.Headers.Add("X-Forwarded-For", forwarded);
        await browser.SignIn(person.Login, person.Password);
        await host.StopAsync(Token);
        var found = await city.Db.List(
            $"""
            select convert_from(r.body, 'UTF8')::jsonb -> 'who' ->> 'address', s.address
            from identity.account a join identity.session s on s.account = a.id join audit.record r on r.who_id = a.id and r.kind = 'login'
            where a.login = {person.Login}
            """,
            row => (Log: row.GetString(0), Session: row.GetString(1)),
            Token);
        Assert.Equal((expected, expected), Assert.Single(found));
    }

    [Theory]
    [InlineData(false, "http://127.0.0.1")]
    [InlineData(true, "https://city.example/")]
    public async Task Addresses_in_answers_are_those_of_the_proxy(bool trusted, string begin)
    {
        await using var host = await city.AnotherHost(change: settings => settings with { Proxies = trusted ? [System.Net.IPNetwork.Parse("127.0.0.1/32")] : [] });
        await host.StartAsync(Token);
        using var browser = new IdentityBrowser(new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        browser.Headers.Add("X-Forwarded-For", "203.0.113.9");
        browser.Headers.Add("X-Forwarded-Proto", "https");
        browser.Headers.Add("X-Forwarded-Host", "city.example");
        var answer = await browser.Get("/.well-known/openid-configuration");
        Assert.Contains($"\"issuer\": \"{begin}", browser.Page.Replace("\":\"", "\": \"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(trusted, answer.Headers.Contains("Strict-Transport-Security"));
        Assert.True(answer.Headers.Contains("X-Content-Type-Options"));
        await host.StopAsync(Token);
    }
}
