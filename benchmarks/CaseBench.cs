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
    private static readonly string[] Offices = [.. Enumerable.Range(0, 25).Select(i => i == 0 ? "market-regulation" : $"bench-{i:00}")];

    public static async Task<IReadOnlyList<Row>> Run(string folder, long closed, long open, TimeSpan time, Action<string> say)
    {
        Directory.CreateDirectory(folder);
        await using var postgres = await PrivatePostgres.Start(Path.Combine(folder, "pg"));
        await using var app = await ShaliHost.Build(new(postgres.ConnectionString, folder, 0, Demo: true)
        {
            Quiet = true,
            Systems = [.. Systems.All, new BenchCases()],
        });
        var db = app.Services.GetRequiredService<Db>();
        await Fill(db, closed, open, say);
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var http = await SignIn(app, address);
        await Calm(db);

        // The first touch of a page is the disk's; it is not what a desk feels all day.
        var lists = new[] { "mine", "pool", "office", "duesoon", "overdue", "waiting" }.Select(list => "/desk/cases?list=" + list).ToArray();
        var numbers = await db.List(
            $"(select number from casework.case tablesample system (1) where office = 'market-regulation' limit 200)", row => "/desk/cases/" + row.GetString(0));
        await Timed(http, lists, 60);
        await Timed(http, [.. numbers], 60);
        var list = await Timed(http, lists, 400);
        var page = await Timed(http, [.. numbers], 400);
        var (perSecond, p95) = await Submit(app, time);
        await app.StopAsync();
        var among = string.Create(CultureInfo.InvariantCulture, $"among {closed:N0} ended and {open:N0} open cases");
        return
        [
            new("case.worklist", $"work list page {among}, p95", list, "ms", null, null, "200 ms", "50 ms", list <= 200),
            new("case.page", $"page of a case with its file and a durable read record, {among}, p95", page, "ms", null, null, "100 ms", "", page <= 100),
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

    /// <summary>A clerk of the office with a twenty-fifth of all cases, by the ordinary door.</summary>
    private static async Task<HttpClient> SignIn(WebApplication app, Uri address)
    {
        var who = Caller.Platform("bench");
        var offices = app.Services.GetRequiredService<Offices>();
        if (offices.Find("market-regulation") is null)
        {
            await offices.Save(new Act(who, "identity.office.save"), [new("market-regulation", "市场监督管理局", "市场监管", "department", null, "4111", new(2000, 1, 1), null)]);
            await offices.Reload(CancellationToken.None);
        }

        var login = "bench-" + Guid.NewGuid().ToString("N")[..8];
        var made = await app.Services.GetRequiredService<DemoAccounts>().Create(
            [new(login, "测速人员", null, [new Post("", "", "market-regulation", Roles.Clerk, DataScope.All, "", "", new(2020, 1, 1), null)])], who);
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

    /// <summary>Ended and open cases with events, clocks, work and search words, made in the database.</summary>
    private static async Task Fill(Db db, long closed, long open, Action<string> say)
    {
        if (await db.Scalar<bool>($"select exists (select 1 from casework.case where number = {Number(closed + open)})"))
        {
            return;
        }

        var clock = Stopwatch.StartNew();
        await db.Run(Sql.Trusted("truncate casework.case, casework.event, casework.clock, casework.work, casework.search"));
        await db.Run(Sql.Trusted("drop index casework.search_words"));
        const long Chunk = 500_000;
        for (long from = 1; from <= closed + open; from += Chunk)
        {
            var to = Math.Min(from + Chunk - 1, closed + open);
            await Some(db, from, to, closed);
            if (from / Chunk % 4 == 3)
            {
                say($"{to:N0} cases after {clock.Elapsed.TotalSeconds:N0} s");
            }
        }

        await db.Run(Sql.Trusted("create index search_words on casework.search using gin (words)"));
        await db.Run(Sql.Trusted("vacuum analyze casework.case, casework.event, casework.clock, casework.work, casework.search"));
        say($"{closed + open:N0} cases filled in {clock.Elapsed.TotalSeconds:N0} s");
    }

    private static async Task Some(Db db, long from, long to, long closed)
    {
        var numbers = new string[to - from + 1];
        for (var i = from; i <= to; i++)
        {
            numbers[i - from] = Number(i);
        }

        // Each statement sees number and place of the same cases.
        var cases = Sql.Of($"(select n, {from - 1} + o as i from unnest({numbers}::text[]) with ordinality as u(n, o)) c");
        await db.Run(
            $"""
            insert into casework.case (number, _version, _act, _at, type, type_version, title, state, stage, person, person_name, phone, office, source,
                received_at, accepted_at, closed_at, result, events, answers)
            select n, 3, 1, now(), {BenchCases.Code}, 1, '第' || i || '号店食品经营许可',
                case when i > {closed} then 'before' else 'ended' end, case when i > {closed} then 'received' else 'granted' end,
                'person-' || (i % 900000), '王' || chr((19968 + i % 2000)::int), '13800000000', ({Offices}::text[])[1 + i % 25], 'online',
                now() - interval '1 day' * (i % 700), now() - interval '1 day' * (i % 690), case when i > {closed} then null else now() end,
                case when i > {closed} then null else 'granted' end, case when i > {closed} then 1 else 3 end, {"{\"shop\":\"某店\",\"kind\":\"餐饮服务\",\"seats\":\"40\"}"}
            from {cases}
            """);
        await db.Run(
            $"""
            insert into casework.event (_key, _version, _act, _at, "case", ordinal, step, label, after, at, who, who_name, office)
            select n || '-' || lpad(o::text, 4, '0'), 1, 1, now(), n, o, 'case.open', '提交', 'received', now(), 'account-1', '张三', 'market-regulation'
            from {cases}, generate_series(1, 3) o where o = 1 or i <= {closed}
            """);
        await db.Run(
            $"""
            insert into casework.clock (_key, _version, _act, _at, "case", type, type_version, office, rule, kind, started_at, due_at, ended_at, next_judgement, provisional)
            select n || '-0001-notice', 1, 1, now(), n, {BenchCases.Code}, 1, ({Offices}::text[])[1 + i % 25], 'notice', 'legal', now(), now() + interval '1 day' * (i % 20 - 5),
                case when i > {closed} then null else now() end, case when i > {closed} then now() + interval '1 day' end, false
            from {cases}
            """);
        await db.Run(
            $"""
            insert into casework.work (case_no, seat, type, stage, kind, title, applicant, office, permission, since, due)
            select n, 'main', {BenchCases.Code}, 'received', case when i % 5 = 0 then 'wait' else 'handle' end, '第' || i || '号店食品经营许可', '王*',
                ({Offices}::text[])[1 + i % 25], {BenchCases.Handle}, now(), now() + interval '1 hour' * (i % 480 - 120)
            from {cases} where i > {closed}
            """);
        await db.Run(
            $"""
            insert into casework.search (case_no, words)
            select n, array_to_tsvector(array['%' || left(n, 6), '@' || ({Offices}::text[])[1 + i % 25], case when i > {closed} then '#open' else '#ended' end,
                i::text, '号店', '店食', '食品', '品经', '经营', '营许', '许可', '王' || chr((19968 + i % 2000)::int)])
            from {cases}
            """);
    }

    private static string Number(long i) => CaseNumbers.Make(new DateOnly(2025, 1, 1).AddDays((int)(i / 1_000_000)), i % 1_000_000);

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
