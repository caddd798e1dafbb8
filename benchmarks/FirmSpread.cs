using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Shali.FrontNode;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Bench;

/// <summary>
/// A firm is registered in the registrar's own database, and seven offices learn of it, each in the way that it has: three by front nodes into their own
/// tables, two by streams of events, two by asking again and again. Everything runs as it does in a city, before and after.
/// </summary>
internal sealed class FirmSpread : IAsyncDisposable
{
    public const string FrontNode = "front node";
    public const string Stream = "event stream";
    public const string Asking = "long polling";

    private const string Registrar = "market-regulation";
    private const string Resource = "enterprises/registration";
    private const string Address = "enterprises.registration";

    /// <summary>Each office and its way.</summary>
    public static readonly IReadOnlyList<(string Office, string Name, string Way)> Seven =
    [
        ("tax", "税务局", FrontNode), ("labour", "人力资源和社会保障局", FrontNode), ("statistics", "统计局", FrontNode), ("environment", "生态环境局", Stream),
        ("provident-fund", "住房公积金管理中心", Asking), ("natural-resources", "自然资源和规划局", Stream), ("housing", "住房和城乡建设局", Asking),
    ];

    private readonly IServiceProvider _services;
    private readonly Uri _address;
    private readonly string _prefix;
    private readonly string _folder = Directory.CreateTempSubdirectory("shali-firms-").FullName;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Node> _nodes = [];
    private readonly List<Task> _running = [];
    private readonly ConcurrentDictionary<(string Office, string Firm), TaskCompletionSource<long>> _known = [];

    private FirmSpread(IServiceProvider services, Uri address, string prefix) => (_services, _address, _prefix) = (services, address, prefix);

    private string Source => $"Data Source={Path.Combine(_folder, "registrar.db")};Pooling=false";

    /// <param name="prefix">What the codes of the offices begin with; empty: they are the city's own.</param>
    public static async Task<FirmSpread> Begin(IServiceProvider services, Uri address, string prefix)
    {
        var spread = new FirmSpread(services, address, prefix);
        await spread.Offices();
        await Run(spread.Source, "create table 企业登记 (信用代码 text primary key, 企业名称 text, 类型 text, 状态 text, 成立 text)");
        await spread.NodeOf(Registrar, settings => settings with { Gives = [spread.Registered()] });
        foreach (var (office, _, way) in Seven)
        {
            await (way switch
            {
                FrontNode => spread.Takes(office),
                Stream => spread.Follows(office),
                _ => spread.Asks(office),
            });
        }

        return spread;
    }

    /// <summary>Registers a firm. Completes when the last of the seven knows it: after how many seconds each did.</summary>
    public async Task<IReadOnlyDictionary<string, double>> Register(string credit, string name, CancellationToken cancel)
    {
        var known = Seven.ToDictionary(one => one.Office, one => Known(one.Office, credit), StringComparer.Ordinal);
        var begin = Stopwatch.GetTimestamp();
        await Run(Source, $"insert into 企业登记 values ('{credit}', '{name}', 'company', '1', '2026-01-05')");
        var all = Task.WhenAll(known.Values);
        while (!all.IsCompleted)
        {
            await Task.WhenAny([all, .. _running, Task.Delay(10, cancel)]);
            cancel.ThrowIfCancellationRequested();
            if (_running.Find(task => task.IsCompleted) is { } ended)
            {
                await ended;
                throw new InvalidOperationException("One of them has ended by itself.");
            }

            // A table says nothing by itself.
            foreach (var (office, _, _) in Seven.Where(one => one.Way == FrontNode && !known[one.Office].IsCompleted))
            {
                if (await Has(office, credit))
                {
                    Arrived(office, credit);
                }
            }
        }

        return known.ToDictionary(one => one.Key, one => Stopwatch.GetElapsedTime(begin, one.Value.Result).TotalSeconds, StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _nodes.ForEach(node => node.Dispose());
        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private string Code(string office) => _prefix + office;

    private Task<long> Known(string office, string credit) =>
        _known.GetOrAdd((office, credit), static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private void Arrived(string office, string credit) =>
        _known.GetOrAdd((office, credit), static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(Stopwatch.GetTimestamp());

    private async Task Offices()
    {
        var offices = Get<Offices>();
        await offices.Save(
            new Act(Caller.Platform("firms"), "identity.office.save"),
            [
                .. Seven.Select(one => (one.Office, one.Name)).Append((Office: Registrar, Name: "市场监督管理局")).Where(one => offices.Find(Code(one.Office)) is null)
                    .Select(one => new Office(Code(one.Office), "测试市" + one.Name, one.Name, "department", null, "4111", new DateOnly(2000, 1, 1), null)),
            ]);
        await offices.Reload(_end.Token);
    }

    private async Task NodeOf(string office, Func<Configuration, Configuration> flows)
    {
        var officer = Caller.Platform("firms") with
        {
            Office = Code(office),
            Role = Roles.InformationOfficer,
            Permissions = new HashSet<string>(StringComparer.Ordinal) { NodeRights.Manage },
        };
        var invited = (await Get<NodeDesk>().Invite(officer, Code(office), "机房", _end.Token)).Value;
        var settings = flows(new() { Centre = _address, Data = Path.Combine(_folder, office), StatusPort = null });
        await Centre.Enrol(settings, invited.Code, _end.Token);
        var node = Node.Open(settings);
        _nodes.Add(node);
        _running.Add(Task.Run(() => node.Run(_end.Token)));
    }

    private GiveSettings Registered() => new()
    {
        Flow = "registrations",
        Resource = Resource,
        Source = new() { Kind = "sqlite", Connection = Source, Table = "企业登记" },
        Map = new Dictionary<string, string>(StringComparer.Ordinal) { ["credit_code"] = "信用代码", ["name"] = "企业名称", ["type"] = "类型", ["state"] = "状态", ["established_on"] = "成立" },
        EverySeconds = 1,

        // Others may give the same register.
        CompareEveryHours = 1_000_000,
    };

    private string Table(string office) => $"Data Source={Path.Combine(_folder, office + ".db")};Pooling=false";

    private async Task Takes(string office)
    {
        await Run(Table(office), "create table 登记 (代码 text primary key, 名称 text, 状态 text)");
        await NodeOf(office, settings => settings with
        {
            Takes =
            [
                new()
                {
                    Flow = "registrations",
                    Resource = Resource,
                    Target = new() { Kind = "sqlite", Connection = Table(office), Table = "登记" },
                    Key = "代码",
                    Map = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "名称", ["state"] = "状态" },
                    Purpose = "掌握市场主体登记变化",
                },
            ],
        });
    }

    private async Task Follows(string office)
    {
        var http = await Program(office);
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running.Add(Task.Run(async () =>
        {
            using (http)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/collections/{Address}/changes");
                request.Headers.Accept.ParseAdd("text/event-stream");
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _end.Token);
                answer.EnsureSuccessStatusCode();
                listens.SetResult();
                using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(_end.Token));
                while (await lines.ReadLineAsync(_end.Token) is { } line)
                {
                    if (line.StartsWith("data: ", StringComparison.Ordinal))
                    {
                        using var data = JsonDocument.Parse(line.AsMemory("data: ".Length));
                        Arrived(office, data.RootElement.GetProperty("subject").GetString()!);
                    }
                }
            }
        }));
        await Task.WhenAny(listens.Task, _running[^1]);
    }

    private async Task Asks(string office)
    {
        var http = await Program(office);
        _running.Add(Task.Run(async () =>
        {
            using (http)
            {
                for (var after = ""; !_end.IsCancellationRequested;)
                {
                    await using var answer = await http.GetStreamAsync(new Uri($"/api/collections/{Address}/changes?limit=1000&wait=30{after}", UriKind.Relative), _end.Token);
                    using var page = await JsonDocument.ParseAsync(answer, default, _end.Token);
                    foreach (var change in page.RootElement.GetProperty("changes").EnumerateArray())
                    {
                        Arrived(office, change.GetProperty("key").GetString()!);
                    }

                    after = "&after=" + Uri.EscapeDataString(page.RootElement.GetProperty("next").GetString()!);
                }
            }
        }));
    }

    /// <summary>A program of the office with a token.</summary>
    private async Task<HttpClient> Program(string office)
    {
        var client = (await Get<Clients>().CreateClient(Caller.Platform("firms"), Code(office), "登记接收", [TokenScopes.Read])).Value;
        var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = _address, Timeout = TimeSpan.FromMinutes(2) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client.ClientId,
            ["client_secret"] = client.ClientSecret,
        });
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, _end.Token);
        using var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(_end.Token));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.RootElement.GetProperty("access_token").GetString());
        http.DefaultRequestHeaders.Add("Shali-Purpose", Uri.EscapeDataString("掌握市场主体登记变化"));
        return http;
    }

    private async Task<bool> Has(string office, string credit)
    {
        await using var connection = new SqliteConnection(Table(office));
        await connection.OpenAsync(_end.Token);
        await using var command = new SqliteCommand("select 1 from 登记 where 代码 = @code", connection);
        command.Parameters.AddWithValue("@code", credit);
        return await command.ExecuteScalarAsync(_end.Token) is not null;
    }

    private static async Task Run(string database, string sql)
    {
        await using var connection = new SqliteConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of this class's own words.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
