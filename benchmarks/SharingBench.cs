using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NpgsqlTypes;
using Shali.Platform.DataQuality;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Portal;

namespace Shali.Bench;

/// <summary>Feeds, revocation and the measuring of whole tables, in a database of their own with real hosts and real connections.</summary>
internal sealed class SharingBench(WebApplication app, string connectionString, string folder) : IAsyncDisposable
{
    private const string Provider = "bench-provider";

    private T Service<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<SharingBench> Open(string connectionString, string folder)
    {
        var app = await Host(connectionString, folder);
        var bench = new SharingBench(app, connectionString, folder);
        var offices = bench.Service<Offices>();
        Office[] wanted =
        [
            new("city", "测试市人民政府", "市政府", "government", null, "4111", new DateOnly(2000, 1, 1), null),
            .. Enumerable.Range(0, 10).Select(i => $"bench-{i}").Append(Provider).Select(code => new Office(code, code, code, "department", "city", "4111", new DateOnly(2000, 1, 1), null)),
        ];
        await offices.Save(new Act(Caller.Platform("bench"), "identity.office.save"), [.. wanted.Where(office => offices.Find(office.Code) is null)]);
        await offices.Reload(CancellationToken.None);
        return bench;
    }

    /// <summary>How far subscribers are behind: each its own connection and grant, events as they are sent.</summary>
    public async Task<Row> Lag(int subscribers, int perSecond, TimeSpan time)
    {
        var resource = await Register();
        var lags = new List<double>[subscribers];
        using var stop = new CancellationTokenSource();
        var ready = new CountdownEvent(subscribers);
        var streams = new List<Task>();
        for (var i = 0; i < subscribers; i++)
        {
            var (mine, office) = (lags[i] = [], $"bench-{i % 10}");
            if (i < 10)
            {
                await Grant(resource, office);
            }

            var http = await Program(app, office);
            streams.Add(Task.Run(() => Follow(http, resource, mine, ready, stop.Token)));
        }

        ready.Wait();
        var written = 0;
        var clock = Stopwatch.StartNew();
        const int PerAct = 100;
        while (clock.Elapsed < time)
        {
            var due = (int)(clock.Elapsed.TotalSeconds * perSecond);
            if (written >= due)
            {
                await Task.Delay(5);
                continue;
            }

            var at = Stopwatch.GetTimestamp();
            await Service<RecordStore>().Write(
                new Act(Caller.Platform("bench"), "bench"),
                [.. Enumerable.Range(0, PerAct).Select(i => new Change.Insert(resource, "", new Dictionary<string, object?> { ["name"] = "某某", ["number"] = (long)(written + i), ["sent"] = at }))]);
            written += PerAct;
        }

        var rate = written / clock.Elapsed.TotalSeconds;
        for (var i = 0; i < 100 && lags.Any(lag => lag.Count < written); i++)
        {
            await Task.Delay(100);
        }

        var missing = lags.Sum(lag => (long)written - lag.Count);
        await stop.CancelAsync();
        await Task.WhenAll(streams);
        var all = lags.SelectMany(lag => lag).Order().ToList();
        var (p99, max) = (all[(int)(all.Count * 0.99)], all[^1]);
        return new(
            "feed.lag", $"{subscribers} subscribers of server-sent events, {rate:N0} changes/s written for {time.TotalSeconds:N0} s: p99; most {max:N2} s; {missing:N0} events missing", p99, "s",
            null, null, "2 s", "", max <= 2 && missing == 0 && rate >= perSecond * 0.95);
    }

    /// <summary>From the word of the provider to the end of everything: streams and queries, on this node and on another.</summary>
    public async Task<Row> Revoke(int rounds)
    {
        var resource = await Register();
        await using var other = await Host(connectionString, folder);
        var provider = new Caller { Id = "bench", Name = "bench", Kind = CallerKind.Staff, Office = Provider, Role = Roles.Head, Permissions = new HashSet<string>([SharingRights.Answer], StringComparer.Ordinal) };
        var slowest = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var office = $"bench-{round % 10}";
            var number = await Grant(resource, office);
            var ends = new List<Task<long>>();
            foreach (var node in new[] { app, other })
            {
                await node.Services.GetRequiredService<Revocations>().Read(CancellationToken.None);
                var ready = new CountdownEvent(10);
                for (var i = 0; i < 5; i++)
                {
                    var streams = await Program(node, office);
                    ends.Add(Task.Run(async () =>
                    {
                        await Follow(streams, resource, [], ready, CancellationToken.None);
                        return Stopwatch.GetTimestamp();
                    }));
                    var asks = await Program(node, office);
                    ends.Add(Task.Run(() => Ask(asks, resource, ready)));
                }

                ready.Wait();
            }

            var began = Stopwatch.GetTimestamp();
            var done = await Service<GrantDesk>().Change(provider, number, GrantAct.Find("revoke")!, "bench", null, null);
            if (!done.Ok)
            {
                throw new InvalidOperationException(done.Refusals.ToString());
            }

            slowest.Add((await Task.WhenAll(ends)).Max(end => Stopwatch.GetElapsedTime(began, end).TotalSeconds));
        }

        await other.StopAsync();
        return new(
            "grant.revoke", $"the last of 10 streams and 10 queries on two nodes ends; slowest of {rounds} rounds, median {slowest.Order().ElementAt(rounds / 2):N2} s", slowest.Max(), "s",
            null, null, "1 s", "", slowest.Max() <= 1);
    }

    /// <summary>All rules of a table of persons' shape, every hundredth row with a fault.</summary>
    public async Task<Row> Measure(int rows)
    {
        var db = Service<Db>();
        var published = await Service<ResourceRegistry>().Publish(
            new ResourceDefinition
            {
                Id = $"bench-{Guid.NewGuid().ToString("N")[..8]}/person",
                Name = "受检",
                Clause = "S06",
                Owner = Provider,
                Sharing = Sharing.Unconditional,
                Fields =
                [
                    new() { Name = "name", Label = "姓名", Type = FieldTypes.Text, Required = true, LengthMax = 50 },
                    new() { Name = "citizen_number", Label = "公民身份号码", Type = FieldTypes.CitizenNumber, Required = true, Lenient = true },
                    new() { Name = "sex", Label = "性别", Type = FieldTypes.Code, CodeList = "sex", Required = true },
                    new() { Name = "birth_date", Label = "出生日期", Type = FieldTypes.Date, Required = true, Min = "1900-01-01" },
                    new() { Name = "village", Label = "村居", Type = FieldTypes.Text, Required = true, Pattern = "[0-9]{12}" },
                    new() { Name = "address", Label = "住址", Type = FieldTypes.Text, LengthMax = 200 },
                    new() { Name = "height", Label = "身高", Type = FieldTypes.Integer, Min = "20", Max = "260" },
                    new() { Name = "phone", Label = "电话", Type = FieldTypes.Text, Pattern = "1[0-9]{10}" },
                ],
            },
            Caller.Platform("bench"));
        var resource = published.Value;
        var numbers = Enumerable.Range(0, 1_000).Select(i => $"41110219900101{i:D3}").Select(body => body + CheckDigits.Mod112(body)).ToArray();
        await db.Unhurried.Run(Sql.Of(
            $"""
            insert into {Sql.Name(resource.Schema, resource.Table)} (_key, _version, _act, _at, name, citizen_number, sex, birth_date, village, address, height, phone)
            select lpad(i::text, 10, '0'), 1, 0, now(), case when i % 100 = 7 then null else '某某' || i end, case when i % 100 = 17 then '411102199001010000' else ({Sql.Value(numbers, NpgsqlDbType.Array | NpgsqlDbType.Text)})[1 + i % 1000] end,
                case when i % 100 = 9 then '7' else '1' end, date '1990-01-01' + (i % 9000), case when i % 100 = 11 then '41110' else '411102001001' end,
                '某街' || i || '号', case when i % 100 = 13 then 400 else 170 end, '13800000000'
            from generate_series(1, {rows}) as i
            """));
        await db.Unhurried.Run(Sql.Of($"analyze {Sql.Name(resource.Schema, resource.Table)}"));
        var peak = 0L;
        using var watching = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(false)), null, 0, 50);
        var clock = Stopwatch.StartNew();
        var measure = (await Service<Measuring>().Run(resource))!;
        var seconds = clock.Elapsed.TotalSeconds;
        return new(
            "quality.measure", $"{measure.Rows:N0} rows by {measure.Rules.Count} rules, {measure.Bad:N0} findings written; managed heap {peak / 1e6:N0} MB", seconds, "s",
            null, null, "180 s", "", seconds <= 180 && peak < 500_000_000);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task<WebApplication> Host(string connectionString, string folder)
    {
        var app = await ShaliHost.Build(new(connectionString, folder, 0, Demo: true) { Quiet = true });
        await app.StartAsync();
        return app;
    }

    private async Task<ResourceDefinition> Register()
    {
        var published = await Service<ResourceRegistry>().Publish(
            new ResourceDefinition
            {
                Id = $"bench-{Guid.NewGuid().ToString("N")[..8]}/thing",
                Name = "台账",
                Clause = "S06",
                Owner = Provider,
                Sharing = Sharing.Conditional("限履行职责时使用"),
                Fields =
                [
                    new() { Name = "name", Label = "名称", Type = FieldTypes.Text }, new() { Name = "number", Label = "序号", Type = FieldTypes.Integer },
                    new() { Name = "sent", Label = "发出", Type = FieldTypes.Integer },
                ],
            },
            Caller.Platform("bench"));
        return published.Ok ? published.Value : throw new InvalidOperationException(published.Refusals.ToString());
    }

    private async Task<string> Grant(ResourceDefinition resource, string office)
    {
        var number = "29" + Random.Shared.NextInt64(10_000_000_000_000, 99_999_999_999_999).ToString(CultureInfo.InvariantCulture);
        var today = TimeProvider.System.Today();
        var terms = new GrantTerms(resource.Id, office)
        {
            Fields = ["name", "number", "sent"],
            Scene = "bench",
            Basis = "bench",
            Ways = [GrantWay.Query, GrantWay.Feed],
            Rate = GrantRules.RateMax,
            Begins = today,
            Ends = today.AddYears(1),
        };
        var written = await Service<RecordStore>().Write(
            new Act(Caller.Platform("bench"), "bench"), GrantResources.Grant.Schema, session => Service<GrantDesk>().Make(session, Caller.Platform("bench"), number, terms, CancellationToken.None));
        if (!written.Ok)
        {
            throw new InvalidOperationException(written.Refusals.ToString());
        }

        await Service<Revocations>().Read(CancellationToken.None);
        return number;
    }

    private async Task<HttpClient> Program(WebApplication node, string office)
    {
        var client = (await Service<Clients>().CreateClient(Caller.Platform("bench"), office, "bench", Clients.DefaultScopes)).Value;
        var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(node.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Timeout = Timeout.InfiniteTimeSpan };
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client.ClientId), new("client_secret", client.ClientSecret)]);
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", json.RootElement.GetProperty("access_token").GetString());
        return http;
    }

    /// <summary>Until the stream ends or is no longer wanted.</summary>
    private static async Task Follow(HttpClient http, ResourceDefinition resource, List<double> lags, CountdownEvent ready, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/collections/{resource.Address}/changes?limit=1000");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(CancellationToken.None));
        ready.Signal();
        try
        {
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                if (line.StartsWith("event: end", StringComparison.Ordinal))
                {
                    return;
                }

                var at = line.IndexOf("\"sent\":", StringComparison.Ordinal);
                if (at > 0)
                {
                    var digits = line.AsSpan(at + 7);
                    var end = digits.IndexOfAnyExceptInRange('0', '9');
                    lags.Add(Stopwatch.GetElapsedTime(long.Parse(digits[..end], CultureInfo.InvariantCulture)).TotalSeconds);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Enough was seen.
        }
    }

    /// <summary>The moment of the first answer that is a refusal.</summary>
    private static async Task<long> Ask(HttpClient http, ResourceDefinition resource, CountdownEvent ready)
    {
        for (var i = 0; ; i++)
        {
            using var answer = await http.GetAsync(new Uri($"/api/collections/{resource.Address}/items?limit=1", UriKind.Relative));
            if (!answer.IsSuccessStatusCode)
            {
                return Stopwatch.GetTimestamp();
            }

            if (i == 0)
            {
                ready.Signal();
            }

            await Task.Delay(10);
        }
    }
}
