using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Services;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Portal;

namespace Shali.Bench;

/// <summary><c>gateway.call</c>: an old service, in a process of its own, through the gateway with its durable record, and called directly, in turn.</summary>
internal static class GatewayBench
{
    private const string Provider = "bench-provider";
    private const string Consumer = "bench-consumer";
    private const int Connections = 32;

    /// <summary>A service that costs nothing: 4 KB of JSON.</summary>
    public static async Task Serve(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var app = builder.Build();
        var body = JsonSerializer.SerializeToUtf8Bytes(new { name = "某某", words = new string('a', 4_000) });
        app.MapGet("/person/{key}", async (HttpContext context) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        });
        await app.RunAsync();
    }

    public static async Task<Row> Call(string connectionString, string folder, TimeSpan round)
    {
        var port = FreePort();
        using var old = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(GatewayBench).Assembly.Location, "old-service", port.ToString(CultureInfo.InvariantCulture)]))!;
        await using var app = await ShaliHost.Build(new(connectionString, folder, 0, Demo: true) { Quiet = true });
        try
        {
            await app.StartAsync();
            var (code, token) = await Prepare(app, port);
            var gateway = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
            var headers = $"Authorization: Bearer {token}\r\nAccept: application/json\r\n";
            string Through(int i) => $"/api/services/{code}/person/{i % 1000}";
            string Direct(int i) => $"/person/{i % 1000}";
            await Answers(port);
            await HttpLoad.Run(port, Connections, TimeSpan.FromSeconds(3), Direct);
            await HttpLoad.Run(gateway, Connections, TimeSpan.FromSeconds(6), Through, headers);
            var (through, direct) = (new List<LoadResult>(), new List<LoadResult>());
            for (var i = 0; i < 3; i++)
            {
                direct.Add(await HttpLoad.Run(port, Connections, round, Direct));
                through.Add(await HttpLoad.Run(gateway, Connections, round, Through, headers));
            }

            // One at a time: what a single call waits longer.
            var (alone, bare) = (await HttpLoad.Run(gateway, 1, round / 2, Through, headers), await HttpLoad.Run(port, 1, round / 2, Direct));
            var figure = through.Select(run => run.PerSecond).Order().ElementAt(1);
            var baseline = direct.Select(run => run.PerSecond).Order().ElementAt(1);
            var added = alone.Percentile(0.99) - bare.Percentile(0.99);
            return new(
                "gateway.call", $"calls of 4 KB through the gateway, durable record each, {Connections} connections; baseline the same service called directly; alone p99 {added:N1} ms more (floor 30)",
                figure, "calls/s", baseline, figure / baseline, "1,000/s", "", figure >= 1_000 && added <= 30);
        }
        finally
        {
            old.Kill();
            await app.StopAsync();
        }
    }

    /// <summary>The old service is a process of its own and starts when it starts.</summary>
    private static async Task Answers(int port)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (clock.Elapsed < TimeSpan.FromSeconds(30))
            {
            }
        }
    }

    private static async Task<(string Code, string Token)> Prepare(WebApplication app, int port)
    {
        T Service<T>()
            where T : notnull => app.Services.GetRequiredService<T>();
        var offices = Service<Offices>();
        await offices.Save(
            new Act(Caller.Platform("bench"), "identity.office.save"),
            [.. new[] { Provider, Consumer }.Where(code => offices.Find(code) is null).Select(code => new Office(code, code, code, "department", null, "4111", new DateOnly(2000, 1, 1), null))]);
        await offices.Reload(CancellationToken.None);
        Caller Staff(string id, params string[] rights) => new()
        {
            Id = id,
            Name = id,
            Kind = CallerKind.Staff,
            Office = Provider,
            Permissions = new HashSet<string>([ServiceRights.See, .. rights], StringComparer.Ordinal),
        };
        var code = Must(await Service<ServiceDesk>().Register(
            Staff("officer", ServiceRights.Manage),
            new("旧服务", "说明", $"http://127.0.0.1:{port}", "person GET /person/{key} 人员", ServiceSharing.Conditional, "限履行职责", false, "") { Concurrent = "200" }));
        Must(await Service<ServiceDesk>().Take(Staff("head", ServiceRights.Approve), code, ServiceAct.Approve, null, 1));
        var today = TimeProvider.System.Today();
        var number = "29" + Random.Shared.NextInt64(10_000_000_000_000, 99_999_999_999_999).ToString(CultureInfo.InvariantCulture);
        var terms = new GrantTerms($"services/{code}", Consumer)
        {
            Fields = ["person"],
            Scene = "bench",
            Basis = "bench",
            Ways = [GrantWay.Service],
            Rate = GrantRules.RateMax,
            Begins = today,
            Ends = today.AddYears(1),
        };
        Must(await Service<RecordStore>().Write(
            new Act(Caller.Platform("bench"), "bench"), GrantResources.Grant.Schema,
            async session =>
            {
                var made = await Service<GrantDesk>().Make(session, Caller.Platform("bench"), number, terms, CancellationToken.None);

                // The limit of a minute is not what is measured here.
                await session.Send(CancellationToken.None);
                await session.Session.Run($"update casework.\"grant\" set rate = 2000000000 where number = {number}");
                return made;
            }));
        await Service<Revocations>().Read(CancellationToken.None);
        var client = Must(await Service<Clients>().CreateClient(Caller.Platform("bench"), Consumer, "bench", Clients.DefaultScopes));
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client.ClientId), new("client_secret", client.ClientSecret)]);
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (code, json.RootElement.GetProperty("access_token").GetString()!);
    }

    private static T Must<T>(Outcome<T> outcome) => outcome.Ok ? outcome.Value : throw new InvalidOperationException(outcome.Refusals.ToString());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
