using System.Net;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Nobody gets past a step of the sign-on by leaving it out.</summary>
public sealed class IdentitySteps(City city)
{
    [Theory]
    [InlineData("", "/me/sessions")]
    [InlineData(Roles.Clerk, "/desk")]
    public async Task A_second_factor_that_a_person_has_is_asked_for_whatever_he_acts_as(string role, string page)
    {
        var person = role.Length == 0 ? await IdentityPeople.Person(city) : await IdentityPeople.Person(city, ("police", role));
        var account = (await city.Service<Accounts>().FindLogin(person.Login))!;
        var identity = (await city.Service<Identities>().Of(account))[0].Id;
        using var before = new IdentityBrowser(city.Address);
        await before.SignIn(person.Login, person.Password);
        Assert.Equal(HttpStatusCode.OK, (await before.Get(page)).StatusCode);

        var totp = city.Service<Totp>();
        var secret = await totp.Begin(account, TestContext.Current.CancellationToken);
        account = (await city.Service<Accounts>().FindLogin(person.Login))!;
        Assert.True(await totp.Verify(account, new OtpNet.Totp(secret).ComputeTotp(), TestContext.Current.CancellationToken));

        using var browser = new IdentityBrowser(city.Address);
        Assert.Equal(SignOnSteps.SecondFactorPage, await browser.SignIn(person.Login, person.Password));
        await browser.Post("/sign-in/identity", ("identity", identity));
        await browser.Get("/sign-in/second-factor");
        await browser.Post("/me/identity", ("identity", identity));
        Assert.StartsWith("/sign-in", (await browser.Get(page)).Headers.Location?.OriginalString, StringComparison.Ordinal);
        await browser.Get("/sign-in/second-factor");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post("/sign-in/enrol/passkey/options")).StatusCode);
    }

    [Fact]
    public async Task Another_persons_passkey_is_not_there_to_remove()
    {
        var person = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(person.Login, person.Password);
        await browser.Get("/me/security");
        foreach (var credential in (string[])["", "AAAA", "%%%", new string('A', 2000)])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post("/me/security/passkeys/remove", ("credential", credential))).StatusCode);
        }
    }
}
