using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Portal;
using Shali.Portal.Hosting;

namespace Shali.Bench;

/// <summary>
/// <c>case.worklist</c>, <c>case.page</c>, <c>case.submit</c>: a desk among many ended cases, by the pages that people
/// use; and how many applications a second become cases with state, event, clock, work and notice in one durable
/// transaction each.
/// </summary>
internal static partial class CaseBench
{
    private const int Lanes = 16;

    public static async Task<IReadOnlyList<Row>> Run(string folder, long closed, long open, TimeSpan time, Action<string> say)
    {
        Directory.CreateDirectory(folder);
        await CaseFill.Run(folder, closed, open, say);
        await using var postgres = await PrivatePostgres.Start(Path.Combine(folder, "pg"));
        await using var app = await ShaliHost.Build(new(postgres.ConnectionString, folder, 0, Demo: true)
        {
            Quiet = true,
            Systems = [.. Systems.All, new BenchCases()],
        });
        var db = app.Services.GetRequiredService<Db>();
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var http = await SignIn(app, address, "market-regulation", Roles.Clerk);
        using var supervisor = await SignIn(app, address, "data", Roles.Head);
        await Calm(db);

        // The first touch of a page is the disk's; it is not what a desk feels all day.
        var lists = new[] { "mine", "pool", "office", "duesoon", "overdue", "waiting" }.Select(list => "/desk/cases?list=" + list).ToArray();
        var numbers = await db.List(
            $"(select number from casework.case tablesample system (1) where office = 'market-regulation' limit 200)", row => "/desk/cases/" + row.GetString(0));
        await Timed(http, lists, 60);
        await Timed(http, [.. numbers], 60);
        var list = await Timed(http, lists, 400);
        var page = await Timed(http, [.. numbers], 400);
        var search = await Worst(say, (http, "office", Searches), (supervisor, "all offices", Searches));
        var board = await Worst(say, (supervisor, "supervision", Boards));
        var (perSecond, p95) = await Submit(app, time);
        await app.StopAsync();
        var among = string.Create(CultureInfo.InvariantCulture, $"among {closed:N0} ended and {open:N0} open cases");
        return
        [
            new("case.worklist", $"work list page {among}, p95", list, "ms", null, null, "200 ms", "50 ms", list <= 200),
            new("case.page", $"page of a case with its file and a durable read record, {among}, p95", page, "ms", null, null, "100 ms", "", page <= 100),
            new("case.search", $"search {among}: words that all have, few and none, in one office and in all; p95 of the slowest", search, "ms", null, null, "1,000 ms", "200 ms", search <= 1_000),
            new("case.board", $"supervision's board and statistics {among}, a year and a month; p95 of the slowest", board, "ms", null, null, "2,000 ms", "500 ms", board <= 2_000),
            new(
                "case.submit", $"applications with state, event, clock, work and notice in one durable transaction, {Lanes} at a time; p95 {p95:N1} ms",
                perSecond, "cases/s", null, null, "100/s", "300/s", perSecond >= 100),
        ];
    }

    private static async Task<(double PerSecond, double P95)> Submit(WebApplication app, TimeSpan time)
    {
        var desk = app.Services.GetRequiredService<CaseDesk>();
        var waits = new ConcurrentBag<double>();
        async Task Lane(int lane, TimeSpan span, bool counts)
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < span;)
            {
                var person = $"bench-person-{lane}";
                var who = new Caller { Id = "account-" + person, Name = "李申请", Kind = CallerKind.Resident, Person = person, Role = Roles.Resident };
                var start = Stopwatch.GetTimestamp();
                var opened = await desk.Open(
                    who,
                    new(BenchCases.Code, new Dictionary<string, string>(StringComparer.Ordinal) { ["shop"] = "老街面馆", ["kind"] = "餐饮服务", ["seats"] = "40" })
                    {
                        Title = "老街面馆食品经营许可",
                        Person = person,
                        PersonName = who.Name,
                        Phone = "13800000000",
                        Materials = [new("lease", "场所使用证明", MaterialSource.Paper)],
                    },
                    Guid.NewGuid().ToString("N"));
                _ = opened.Value;
                if (counts)
                {
                    waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => Lane(lane, TimeSpan.FromSeconds(3), false))));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => Lane(lane, time, true))));
        var sorted = waits.Order().ToList();
        return (sorted.Count / watch.Elapsed.TotalSeconds, sorted[(int)(sorted.Count * 0.95)]);
    }

    /// <summary>Words that every case has, that one in two thousand has, that one has, and that none has.</summary>
    private static readonly string[] Searches =
    [
        .. new[] { "食品经营许可", "老街面馆", "王丁", "12345", "没有这样的事", "食品经营许可 王丁" }.SelectMany(words => new[] { "", "open", "ended" }
            .Select(state => $"/desk/cases/search?q={Uri.EscapeDataString(words)}&state={state}")),
    ];

    private static string[] Boards =>
    [
        "/supervision", $"/supervision?from={TimeProvider.System.Today().AddDays(-30):yyyy-MM-dd}&to={TimeProvider.System.Today():yyyy-MM-dd}", "/supervision/cards", "/supervision/efficiency",
    ];

    /// <summary>The p95 of each address, and the slowest of them.</summary>
    private static async Task<double> Worst(Action<string> say, params (HttpClient Http, string Who, string[] Addresses)[] asked)
    {
        var worst = 0.0;
        foreach (var (http, who, addresses) in asked)
        {
            foreach (var address in addresses)
            {
                await Timed(http, [address], 2);
                var p95 = await Timed(http, [address], 20);
                say(string.Create(CultureInfo.InvariantCulture, $"{p95,8:N1} ms  {who}: {Uri.UnescapeDataString(address)}"));
                worst = Math.Max(worst, p95);
            }
        }

        return worst;
    }

    private static async Task<double> Timed(HttpClient http, string[] addresses, int rounds)
    {
        var waits = new List<double>(rounds);
        for (var i = 0; i < rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(addresses[i % addresses.Length], UriKind.Relative));
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"{addresses[i % addresses.Length]}: {answer.StatusCode}");
            }

            await answer.Content.ReadAsByteArrayAsync();
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        waits.Sort();
        return waits[(int)(rounds * 0.95)];
    }

    /// <summary>A clerk of the office with a twenty-fifth of all cases, or the supervisor of all, by the ordinary door.</summary>
    private static async Task<HttpClient> SignIn(WebApplication app, Uri address, string office, string role)
    {
        var who = Caller.Platform("bench");
        var offices = app.Services.GetRequiredService<Offices>();
        if (offices.Find(office) is null)
        {
            await offices.Save(new Act(who, "identity.office.save"), [new(office, office, office, "department", null, "4111", new(2000, 1, 1), null)]);
            await offices.Reload(CancellationToken.None);
        }

        var login = "bench-" + Guid.NewGuid().ToString("N")[..8];
        var made = await app.Services.GetRequiredService<DemoAccounts>().Create(
            [new(login, "测速人员", null, [new Post("", "", office, role, DataScope.All, "", "", new(2020, 1, 1), null)])], who);
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = true, UseCookies = true }) { BaseAddress = address };
        var page = await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["login"] = made[0].Login,
            ["password"] = made[0].Password,
            ["__token"] = WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value),
        });
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        return http;
    }

    private static async Task Calm(Db db)
    {
        var quiet = 0;
        for (var clock = Stopwatch.StartNew(); quiet < 3 && clock.Elapsed < TimeSpan.FromMinutes(5);)
        {
            await Task.Delay(1000);
            quiet = await db.Scalar<long>($"select (select count(*) from pg_stat_progress_vacuum) + (select count(*) from pg_stat_progress_analyze)") == 0 ? quiet + 1 : 0;
        }
    }

    [GeneratedRegex("name=\"__token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
