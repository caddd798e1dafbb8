using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shali.FrontNode;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
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
    private const int Callers = 24;

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
            Map = resource.Fields.Where(field => field.Name != "person").ToDictionary(field => field.Name, field => field.Name, StringComparer.Ordinal),
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

    /// <summary>A signed request and its sealed answer of 4 KB, each with its durable read record, beside a bare route with the same rows.</summary>
    public async Task<Row> Messages(string id, string suite, double floor, double aim, TimeSpan time)
    {
        var resource = await Publish(id.Replace('.', '-'), subject: true);
        var written = await _host.Services.GetRequiredService<RecordStore>().Write(
            new Act(Caller.Platform("bench"), "bench"),
            [
                .. Enumerable.Range(0, 20).Select(i => new Change.Insert(resource, "", new Dictionary<string, object?>
                {
                    ["number"] = $"B{i:D6}", ["name"] = $"测量用企业第{i}号有限责任公司", ["address"] = "某市某区人民路与交通路交叉口向南一百米路东", ["phone"] = "0395-1234567",
                    ["industry"] = "批发和零售业", ["capital"] = 1_000_000m, ["opened"] = new DateOnly(2001, 2, 3), ["state"] = "存续", ["person"] = $"p{i}",
                })),
            ]);
        if (!written.Ok)
        {
            throw new InvalidOperationException(written.Refusals.ToString());
        }

        using var node = await Enrol(suite);
        await using var bare = await Bare(resource);
        var path = $"/exchange/take?resource={Uri.EscapeDataString(resource.Id)}&phase=snapshot&limit=20&wait=0&flow=bench&stream=00000000000000000000000000&batch=1";
        var size = 0;
        async Task Ask()
        {
            var answer = await node.Centre.Get<TakePage>(path, CancellationToken.None);
            var page = answer.Value ?? throw new InvalidOperationException(answer.Refusal!.Sentence);
            if (page.Rows.Count != 20 || !node.Centre.Sealed(page.Seal, page.Statement))
            {
                throw new InvalidOperationException("Not the page that it should be.");
            }

            size = EvidenceJson.Write(page).Length;
        }

        // The caller of the bare route reads what he gets too.
        using var direct = new HttpMessageInvoker(new SocketsHttpHandler());
        var address = new Uri(new Uri(bare.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/rows");
        async Task AskDirectly()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = await direct.SendAsync(request, CancellationToken.None);
            if (EvidenceJson.Read<object?[][]>(await answer.Content.ReadAsByteArrayAsync()) is not { Length: 20 })
            {
                throw new InvalidOperationException("Not the rows that it should be.");
            }
        }

        await Run(Ask, TimeSpan.FromSeconds(4));
        await Run(AskDirectly, TimeSpan.FromSeconds(2));
        var plain = await Run(AskDirectly, time / 2);
        var run = await Run(Ask, time);
        var one = await Run(Ask, TimeSpan.FromSeconds(3), 1);
        var added = one.Percentile(0.99) - (await Run(AskDirectly, TimeSpan.FromSeconds(2), 1)).Percentile(0.99);
        return new(
            id,
            string.Create(
                CultureInfo.InvariantCulture,
                $"signed request, sealed answer of {size / 1024.0:N1} KB, read record on disk, {Callers} callers, both ends on this machine; p99 {run.Percentile(0.99):N0} ms; alone {one.Percentile(0.5):N1} ms, added p99 {added:N1} ms (floor 30); at least 0.3 of the bare call"),
            run.PerSecond, "messages/s", plain.PerSecond, run.PerSecond / plain.PerSecond, $"{floor}/s", $"{aim}/s", run.PerSecond >= floor && added <= 30);
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

    /// <summary>What the same rows cost without signature, rights and records.</summary>
    private async Task<WebApplication> Bare(ResourceDefinition resource)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var db = _host.Services.GetRequiredService<Db>();
        var columns = Sql.Join(", ", resource.Fields.Select(field => Sql.Name(field.Name)));
        app.MapGet("/rows", async () => Results.Json(await db.List(
            $"select {columns} from {Sql.Trusted(Plan.Of(resource).Table)} order by _key limit 20",
            row => Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? null : row.GetValue(i)).ToArray())));
        await app.StartAsync();
        return app;
    }
}
