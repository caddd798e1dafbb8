using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Shali.FrontNode;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Portal;

namespace Shali.Bench;

/// <summary>
/// <c>frontnode.bulk</c>, <c>exchange.p256</c>, <c>exchange.sm2</c>: a host and a front node, in one process over real connections, with a durable
/// database.
/// </summary>
internal sealed class ExchangeBench : IAsyncDisposable
{
    private const string Office = "bench-office";
    private const int Callers = 64;

    private readonly WebApplication _host;
    private readonly string _folder;
    private readonly Uri _address;

    private ExchangeBench(WebApplication host, string folder)
    {
        (_host, _folder) = (host, folder);
        _address = new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public static async Task<ExchangeBench> Open(string connectionString, string folder)
    {
        var host = await ShaliHost.Build(new(connectionString, folder, 0, Demo: true) { Quiet = true });
        await host.StartAsync();
        var offices = host.Services.GetRequiredService<Offices>();
        if (offices.Find(Office) is null)
        {
            await offices.Save(
                new(Caller.Platform("bench"), "identity.office.save"),
                [new(Office, "测量用局", "测量", "department", null, "4111", new DateOnly(2000, 1, 1), null)]);
            await offices.Reload(CancellationToken.None);
        }

        return new(host, folder);
    }

    /// <summary>A department's SQLite table through node and centre into the registry, then both sides compared.</summary>
    public async Task<Row> Bulk(int rows)
    {
        var resource = await Publish("bulk", subject: false);
        var source = Path.Combine(_folder, $"source-{Guid.NewGuid():N}.db");
        Fill(source, rows);
        using var node = await Enrol("ecdsa-p256-sha256", new GiveSettings
        {
            Flow = "bulk",
            Resource = resource.Id,
            Source = new() { Kind = "sqlite", Connection = "Data Source=" + source, Table = "firms" },
            Map = resource.Fields.Where(field => field.Name is not ("person" or "note")).ToDictionary(field => field.Name, field => field.Name, StringComparer.Ordinal),
            BatchRows = 10_000,
        });
        var (give, sending) = (node.Gives[0], node.Sendings[0]);
        var clock = Stopwatch.StartNew();
        var looking = give.Look(CancellationToken.None);
        while (true)
        {
            var (queued, done) = (give.Queued, looking.IsCompleted);
            if (!await sending.Next(CancellationToken.None))
            {
                if (done)
                {
                    break;
                }

                await Task.WhenAny(queued, looking);
            }
        }

        var seconds = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var compared = (await give.Compare(CancellationToken.None))!;
        var compare = clock.Elapsed.TotalSeconds;
        if (!await looking || compared.CentreRows != rows || compared.Drift != 0)
        {
            throw new InvalidOperationException($"The node did not do what it should: {compared} {give.Status.Now}");
        }

        File.Delete(source);
        return new(
            "frontnode.bulk",
            string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows of 9 fields from SQLite through node and centre, both digests, journal, receipts; compared in {compare:N1} s (floor 60)"),
            rows / seconds, "rows/s", null, null, "10,000/s", "30,000/s", rows / seconds >= 10_000 && compare <= 60);
    }

    /// <summary>A signed request and its sealed answer of 4 KB, each with its durable read record, beside the same page by token.</summary>
    public async Task<Row> Messages(string id, string suite, double floor, double aim, TimeSpan time)
    {
        var resource = await Publish(id.Replace('.', '-'), subject: true);
        var written = await _host.Services.GetRequiredService<RecordStore>().Write(
            new Act(Caller.Platform("bench"), "bench"),
            [
                new Change.Insert(resource, "", new Dictionary<string, object?>
                {
                    ["number"] = "B000001", ["name"] = "测量用企业有限责任公司", ["address"] = "某市某区人民路与交通路交叉口向南一百米路东", ["phone"] = "0395-1234567",
                    ["industry"] = "批发和零售业", ["capital"] = 1_000_000m, ["opened"] = new DateOnly(2001, 2, 3), ["state"] = "存续", ["person"] = "p1",
                    ["note"] = string.Concat(Enumerable.Repeat("经营范围：食品销售，日用百货销售，农副产品销售。", 55)),
                }),
            ]);
        if (!written.Ok)
        {
            throw new InvalidOperationException(written.Refusals.ToString());
        }

        using var node = await Enrol(suite);
        var path = $"/exchange/take?resource={Uri.EscapeDataString(resource.Id)}&phase=snapshot&limit=1&wait=0&flow=bench&stream=00000000000000000000000000&batch=1";
        var size = 0;
        async Task Ask()
        {
            var answer = await node.Centre.Get<TakePage>(path, CancellationToken.None);
            var page = answer.Value ?? throw new InvalidOperationException(answer.Refusal!.Sentence);
            if (page.Rows.Count != 1 || !node.Centre.Sealed(page.Seal, page.Statement))
            {
                throw new InvalidOperationException("Not the page that it should be.");
            }

            if (size == 0)
            {
                size = EvidenceJson.Write(page).Length;
            }
        }

        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var direct = await ByToken(http, $"/api/collections/{resource.Address}/items?limit=1&f=json");
        async Task AskDirectly()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, direct.RequestUri) { Headers = { Authorization = direct.Headers.Authorization } };
            using var answer = await http.SendAsync(request, CancellationToken.None);
            using var read = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            if (read.RootElement.GetProperty("features").GetArrayLength() != 1)
            {
                throw new InvalidOperationException("Not the page that it should be.");
            }
        }

        // Both warm before either counts, and in turns: what the machine does beside meets both.
        await Run(Ask, TimeSpan.FromSeconds(6));
        await Run(AskDirectly, TimeSpan.FromSeconds(6));
        var (plain, run) = (await Run(AskDirectly, time / 4), await Run(Ask, time / 2));
        plain = plain.And(await Run(AskDirectly, time / 4));
        run = run.And(await Run(Ask, time / 2));
        var one = await Run(Ask, TimeSpan.FromSeconds(3), 1);
        var added = one.Percentile(0.99) - (await Run(AskDirectly, TimeSpan.FromSeconds(2), 1)).Percentile(0.99);
        return new(
            id,
            string.Create(
                CultureInfo.InvariantCulture,
                $"signed request, sealed answer of {size / 1024.0:N1} KB, read record on disk, {Callers} callers, both ends on this machine; p99 {run.Percentile(0.99):N0} ms; alone {one.Percentile(0.5):N1} ms, added p99 {added:N1} ms (floor 30); beside it the same page by token, without signature and seal (floor 0.3, aim 0.6)"),
            run.PerSecond, "messages/s", plain.PerSecond, run.PerSecond / plain.PerSecond, $"{floor}/s", $"{aim}/s", run.PerSecond >= floor && added <= 30 && run.PerSecond >= 0.3 * plain.PerSecond);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    private static async Task<LoadResult> Run(Func<Task> ask, TimeSpan time, int callers = Callers)
    {
        var clock = Stopwatch.StartNew();
        var lanes = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var waits = new List<double>();
            while (clock.Elapsed < time)
            {
                var start = Stopwatch.GetTimestamp();
                await ask();
                waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return waits;
        })));
        var all = lanes.SelectMany(lane => lane).Order().ToList();
        return new(all.Count / clock.Elapsed.TotalSeconds, all);
    }

    private async Task<Node> Enrol(string suite, params GiveSettings[] gives)
    {
        var officer = Caller.Platform("bench") with
        {
            Office = Office,
            Role = Roles.SystemAdministrator,
            Permissions = new HashSet<string>(StringComparer.Ordinal) { NodeRights.Manage },
        };
        var invited = (await _host.Services.GetRequiredService<NodeDesk>().Invite(officer, Office, "测量", CancellationToken.None)).Value;
        var settings = new Configuration { Centre = _address, Data = Path.Combine(_folder, "node-" + invited.Node), StatusPort = null, Suite = suite, Gives = gives };
        await Centre.Enrol(settings, invited.Code, CancellationToken.None);
        return Node.Open(settings);
    }

    private async Task<ResourceDefinition> Publish(string name, bool subject) => (await _host.Services.GetRequiredService<ResourceRegistry>().Publish(
        new ResourceDefinition
        {
            Id = $"bench-{name}-{Guid.NewGuid().ToString("N")[..6]}/firm",
            Name = "测量用企业",
            Clause = "S06",
            Owner = Office,
            Key = subject ? null : "number",
            Subject = subject ? "person" : null,
            Fields =
            [
                new() { Name = "number", Label = "编号", Type = FieldTypes.Text, LengthMax = 20 },
                new() { Name = "name", Label = "名称", Type = FieldTypes.Text, Required = true, LengthMax = 60, Indexed = true },
                new() { Name = "address", Label = "地址", Type = FieldTypes.Text, LengthMax = 200 },
                new() { Name = "phone", Label = "电话", Type = FieldTypes.Text, LengthMax = 40 },
                new() { Name = "industry", Label = "行业", Type = FieldTypes.Text, LengthMax = 40 },
                new() { Name = "capital", Label = "资本", Type = FieldTypes.Decimal },
                new() { Name = "opened", Label = "成立日期", Type = FieldTypes.Date, Indexed = true },
                new() { Name = "state", Label = "状态", Type = FieldTypes.Text, LengthMax = 20 },
                new() { Name = "region", Label = "区划", Type = FieldTypes.Text, LengthMax = 12 },
                new() { Name = "person", Label = "人口主键", Type = FieldTypes.Text },
                new() { Name = "note", Label = "备注", Type = FieldTypes.LongText },
            ],
        },
        Caller.Platform("bench"), CancellationToken.None)).Value;

    private static void Fill(string path, int rows)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            create table firms (number text primary key, name text, address text, phone text, industry text, capital numeric, opened text, state text, region text);
            insert into firms select printf('F%08d', i), '企业第' || i || '号有限公司', '某市某区人民路' || (i % 900) || '号', '0395-' || (1000000 + i % 8999999), '行业' || (i % 97),
                i * 10, date('1990-01-01', '+' || (i % 12000) || ' days'), case when i % 9 = 0 then '注销' else '存续' end, '41110' || (2 + i % 3)
            from (with recursive n(i) as (select 1 union all select i + 1 from n where i < {rows.ToString(CultureInfo.InvariantCulture)}) select i from n);
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>A program of the office with a token: the same page through the interface, read record and all, without signature and seal.</summary>
    private async Task<HttpRequestMessage> ByToken(HttpMessageInvoker http, string page)
    {
        var client = (await _host.Services.GetRequiredService<Clients>().CreateClient(Caller.Platform("bench"), Office, "测量", [TokenScopes.Read])).Value;
        using var ask = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, "/connect/token"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = client.ClientId,
                ["client_secret"] = client.ClientSecret,
            }),
        };
        using var answer = await http.SendAsync(ask, CancellationToken.None);
        using var token = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, page));
        request.Headers.Authorization = new("Bearer", token.RootElement.GetProperty("access_token").GetString());
        return request;
    }
}
