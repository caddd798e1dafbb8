using Microsoft.Playwright;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>Passkeys and authenticators as a person uses them, with Chromium's own virtual device.</summary>
public sealed class SecondFactors(City city, Chromium chromium)
{
    /// <summary>Browsers make passkeys for names only.</summary>
    private Uri Site => new($"http://localhost:{city.Address.Port}");

    [Fact]
    public async Task A_passkey_is_made_used_to_sign_on_and_removed()
    {
        var person = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        var page = await Device();
        await SignIn(page, person);
        await page.Arrives("**/desk");
        await Make(page, "办公室电脑");
        Assert.Contains("办公室电脑", await page.Locator("table").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(await Looks.Faults(page, "/me/security"));

        await SignOut(page);
        await SignIn(page, person);
        await page.Arrives("**/sign-in/second-factor");
        await page.GotoAsync("/desk");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        await page.GotoAsync("/sign-in/second-factor");
        await page.GetByRole(AriaRole.Button, new() { Name = "使用通行密钥" }).ClickAsync();
        await page.Arrives("**/desk");

        await page.GotoAsync("/me/security");
        await page.GetByRole(AriaRole.Button, new() { Name = "移除" }).ClickAsync();
        await page.Arrives("**/me/security?done=passkey");
        Assert.Equal(0, await page.Locator("table").CountAsync());
        await SignOut(page);
        await SignIn(page, person);
        await page.Arrives("**/desk");
        await page.Context.CloseAsync();
    }

    /// <summary>A page at another address gets a signature out of the same device, and whoever stands behind it passes it on.</summary>
    [Fact]
    public async Task A_passkey_shown_to_another_site_opens_nothing()
    {
        var person = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        var page = await Device();
        await SignIn(page, person);
        await page.Arrives("**/desk");
        await Make(page, "手机");
        await SignOut(page);
        await SignIn(page, person);
        await page.Arrives("**/sign-in/second-factor");
        var options = await page.EvaluateAsync<string>(
            """
            async () => {
              const form = document.querySelector("form[data-passkey]");
              return await (await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) })).text();
            }
            """);

        var evil = await page.Context.NewPageAsync();
        await evil.RouteAsync("http://localhost:9/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>evil</title>" }));
        await evil.GotoAsync("http://localhost:9/");
        var devices = await evil.Context.NewCDPSessionAsync(evil);
        await devices.SendAsync("WebAuthn.enable");
        var made = await _cdp!.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = _device! });
        var copy = await devices.SendAsync("WebAuthn.addVirtualAuthenticator", Authenticator);
        var key = made!.Value.GetProperty("credentials")[0];
        await devices.SendAsync("WebAuthn.addCredential", new()
        {
            ["authenticatorId"] = copy!.Value.GetProperty("authenticatorId").GetString()!,
            ["credential"] = key.EnumerateObject().ToDictionary(member => member.Name, member => (object)member.Value),
        });
        var stolen = await evil.EvaluateAsync<string>(
            """
            async options => JSON.stringify(await navigator.credentials.get({
              publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)) }))
            """,
            options);
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync(
                """
                credential => {
                  const form = document.querySelector("form[data-passkey]");
                  form.elements.credential.value = credential;
                  HTMLFormElement.prototype.submit.call(form);
                }
                """,
                stolen),
            response => response.Request.Method == "POST");
        Assert.Equal(422, answer.Status);
        await answer.FinishedAsync();
        await page.Arrives(answer.Url);
        await page.GotoAsync("/desk");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_authenticator_is_set_up_and_asked_for_at_the_next_sign_on()
    {
        var person = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        var page = await chromium.Open(city.Address, 390, script: false);
        await SignIn(page, person);
        await page.GotoAsync("/sign-in/enrol");
        var secret = OtpNet.Base32Encoding.ToBytes((await page.Locator("ol code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await page.Locator("#code").FillAsync(new OtpNet.Totp(secret).ComputeTotp());
        await page.Locator("#code").PressAsync("Enter");
        await page.Arrives("**/me/security");
        Assert.Contains("已设置", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        await page.Context.ClearCookiesAsync();
        await SignIn(page, person);
        await page.Arrives("**/sign-in/second-factor");
        await page.Locator("#code").FillAsync("000000");
        await page.Locator("#code").PressAsync("Enter");
        Assert.Contains("动态口令不正确", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        // A code works once: the next is that of the coming half minute, which is within the tolerance.
        await page.Locator("#code").FillAsync(new OtpNet.Totp(secret).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30)));
        await page.Locator("#code").PressAsync("Enter");
        await page.Arrives("**/desk");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task At_a_numeric_address_the_page_says_why_there_are_no_passkeys()
    {
        var person = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        var page = await chromium.Open(city.Address, 390);
        await SignIn(page, person);
        await page.Arrives("**/desk");
        Assert.Empty(await Looks.Faults(page, "/sign-in/enrol"));
        Assert.True(await page.GetByText("不能用数字地址").IsVisibleAsync());
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "创建通行密钥" }).IsDisabledAsync());
        await page.Context.CloseAsync();
    }

    private static readonly Dictionary<string, object> Authenticator = new()
    {
        ["options"] = new Dictionary<string, object>
        {
            ["protocol"] = "ctap2",
            ["transport"] = "internal",
            ["hasResidentKey"] = true,
            ["hasUserVerification"] = true,
            ["isUserVerified"] = true,
            ["automaticPresenceSimulation"] = true,
        },
    };

    private ICDPSession? _cdp;
    private string? _device;

    /// <summary>A window on a machine with a device that makes passkeys.</summary>
    private async Task<IPage> Device()
    {
        var page = await chromium.Open(Site);
        _cdp = await page.Context.NewCDPSessionAsync(page);
        await _cdp.SendAsync("WebAuthn.enable");
        _device = (await _cdp.SendAsync("WebAuthn.addVirtualAuthenticator", Authenticator))!.Value.GetProperty("authenticatorId").GetString();
        return page;
    }

    private static async Task Make(IPage page, string name)
    {
        await page.GotoAsync("/sign-in/enrol");
        await page.Locator("#name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "创建通行密钥" }).ClickAsync();
        await page.Arrives("**/me/security");
    }

    private static async Task SignIn(IPage page, DemoLogin person)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("#login").FillAsync(person.Login);
        await page.Locator("#password").FillAsync(person.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.Arrives(url => !url.EndsWith("/sign-in", StringComparison.Ordinal));
    }

    private static async Task SignOut(IPage page)
    {
        await page.GotoAsync("/sign-out");
        await page.Locator("main").GetByRole(AriaRole.Button).ClickAsync();
        await page.Arrives(url => !url.EndsWith("/sign-out", StringComparison.Ordinal));
    }
}
