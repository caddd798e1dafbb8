using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

public sealed class IdentitySpeed(City city)
{
    [Fact]
    public async Task A_known_caller_costs_less_than_fifty_microseconds()
    {
        const int Requests = 20_000;
        var token = await IdentityPeople.Token(city, await IdentityPeople.Client(city, "police", TokenScopes.Read));
        var resolution = city.Service<CallerResolution>();
        await using var scope = city.Services.CreateAsyncScope();
        async Task One()
        {
            var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
            context.Request.Headers.Authorization = "Bearer " + token;
            context.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
            await resolution.Resolve(context);
            Assert.Equal(CallerKind.Client, context.Caller().Kind);
        }

        for (var i = 0; i < 2_000; i++)
        {
            await One();
        }

        // The best of several rounds: what it costs, not what else the machine was doing.
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var watch = Stopwatch.GetTimestamp();
            for (var i = 0; i < Requests / 5; i++)
            {
                await One();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(watch).TotalMicroseconds / (Requests / 5));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{best:F2} µs");
        Assert.InRange(best, 0, 50);
    }
}
