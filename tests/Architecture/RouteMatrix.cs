using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;
using Shali.Tests.Support;

namespace Shali.Tests.Architecture;

/// <summary>Every route against every role: who may not, is stopped by the guard; who may, is not sent to sign on.</summary>
public sealed class RouteMatrix(City city)
{
    /// <summary>The resource that fills the hole of an address: kept from everyone but the office that answers for it.</summary>
    private const string Resource = "identity.post";

    [Fact]
    public void Every_route_says_who_may_use_it()
    {
        Assert.NotEmpty(Routes);
        Assert.Empty(RouteAccessCheck.Silent(Routes));
    }

    [Fact]
    public void A_route_that_says_nothing_is_found() =>
        Assert.Equal(["GET /planted"], RouteAccessCheck.Silent(
        [
            new RouteEndpoint(
                _ => Task.CompletedTask,
                RoutePatternFactory.Parse("/planted"),
                0,
                new(new HttpMethodMetadata(["GET"])),
                "planted"),
        ]));

    [Fact]
    public async Task A_city_with_a_route_that_says_nothing_does_not_start()
    {
        await using var host = await city.AnotherHost(change: usual => usual with { Systems = [.. usual.Systems, new Silent()] });
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("GET /planted", refused.Message, StringComparison.Ordinal);
        Assert.Empty(host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(Roles.Resident, "")]
    [InlineData(Roles.Clerk, "police")]
    [InlineData(Roles.Head, "health")]
    [InlineData(Roles.InformationOfficer, "health")]
    [InlineData(Roles.Leader, "city")]
    [InlineData(Roles.SystemAdministrator, "city")]
    [InlineData(Roles.SecurityAdministrator, "city")]
    [InlineData(Roles.AuditAdministrator, "city")]
    [InlineData(Roles.Client, "health")]
    public async Task A_role_uses_the_routes_that_it_may_and_no_others(string role, string office)
    {
        using var http = city.NewClient();
        await SignOn(http, role, office);
        var held = role.Length == 0 ? new HashSet<string>() : city.Service<Permissions>().Of(role, office);
        var wrong = new List<string>();
        foreach (var route in Routes)
        {
            var access = route.Metadata.GetMetadata<RouteAccess>()!;
            var may = access.PublicReason is not null
                || (access.SignedIn ? role.Length > 0 : held.Contains(access.Permission!.Replace(RouteAccess.ResourceHole, Resource, StringComparison.Ordinal)));
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                // Signing out would end the test; what may be written is for the stories to try.
                if (may && method != "GET")
                {
                    continue;
                }

                using var request = new HttpRequestMessage(new HttpMethod(method), Address(route));
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                var stopped = access.PublicReason is null && Stopped(answer, access);
                if ((stopped == may && access.PublicReason is null) || (int)answer.StatusCode >= 500)
                {
                    wrong.Add($"{method} {route.RoutePattern.RawText}: {(may ? "may" : "may not")}, got {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private IReadOnlyList<RouteEndpoint> Routes => [.. city.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private static bool Stopped(HttpResponseMessage answer, RouteAccess access) => answer.StatusCode switch
    {
        HttpStatusCode.SeeOther => answer.Headers.Location!.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal),
        HttpStatusCode.Unauthorized => true,

        // Where signing on is enough, only the handler can forbid.
        HttpStatusCode.Forbidden => access.Permission is not null,
        _ => false,
    };

    private static Uri Address(RouteEndpoint route)
    {
        var parts = route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { Name: "resource" } => Resource,
            _ => "1",
        })));
        return new Uri("/" + string.Join('/', parts), UriKind.Relative);
    }

    private async Task SignOn(HttpClient http, string role, string office)
    {
        if (role == Roles.Client)
        {
            var client = await IdentityPeople.Client(city, office, TokenScopes.Read, TokenScopes.Write);
            var token = await IdentityPeople.Token(city, client);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        else if (role.Length > 0)
        {
            var person = role == Roles.Resident ? await IdentityPeople.Person(city) : await IdentityPeople.Person(city, (office, role));
            using var browser = new IdentityBrowser(city.Address);
            await browser.SignIn(person.Login, person.Password);
            http.DefaultRequestHeaders.Add("Cookie", browser.Cookies.GetCookieHeader(city.Address));
        }
    }

    private sealed class Silent : CitySystem
    {
        public override string Clause => "P3";

        public override string Name => "没有声明权限的系统";

        public override string Owner => "data";

        public override void Map(IEndpointRouteBuilder routes) => routes.MapGet("/planted", () => "");
    }
}
