using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Centres.Demo;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Government.S05Enterprises.Demo;
using Shali.Government.S05Enterprises.Ownership;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Portal;

namespace Shali.Bench;

/// <summary>What the departments say of firms, compared: all that was put in must be found, and nothing else.</summary>
internal sealed class EnterpriseBench(WebApplication app) : IAsyncDisposable
{
    private const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Dead = 400;

    private static readonly string[] Industries = ["13", "14", "17", "22", "47", "51", "52", "54", "62", "65", "72"];

    private T Service<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<EnterpriseBench> Open(string connectionString, string folder)
    {
        var app = await ShaliHost.Build(new(connectionString, folder, 0, Demo: true) { Quiet = true });
        return new(app);
    }

    /// <summary>The whole comparison, from reading the other bases to the contradictions on record.</summary>
    public async Task<Row> Compare(int firms)
    {
        var db = Service<Db>();
        await Empty(db);
        await Service<GrantBook>().Reload(CancellationToken.None);
        var today = TimeProvider.System.Today();
        var dead = await People(today);
        var truth = await Service<DepartmentSeed>().Write(Firms(firms, today), 7, 25, dead);
        await db.Unhurried.Run(Sql.Of($"analyze"));
        var result = (await Service<FirmComparison>().Whole())!;
        var found = (await db.List(Sql.Of($"select code from enterprises.contradiction where state = 'open'"), row => row.GetString(0))).ToHashSet(StringComparer.Ordinal);
        var wanted = truth.Select(one => one.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var wrong in wanted.Except(found).Select(code => "missed " + code).Concat(found.Except(wanted).Select(code => "false " + code)).Take(20))
        {
            Console.WriteLine(wrong);
        }

        var hit = wanted.Count(found.Contains);
        var (recall, precision, seconds) = ((double)hit / wanted.Count, (double)hit / Math.Max(1, found.Count), result.Took.TotalSeconds);
        var again = (await Service<FirmComparison>().Whole())!;
        return new(
            "s05.compare",
            $"{firms:N0} firms x 7 departments, {wanted.Count:N0} contradictions of {truth.Select(one => one.Rule).Distinct().Count()} kinds: recall {recall:P2} (floor 100 %), precision {precision:P2} (floor 99 %); the next night {again.Took.TotalSeconds:N1} s, {again.Found + again.Closed + again.Changed} differences",
            seconds, "s", null, null, "10 s", "", seconds <= 10 && recall >= 1 && precision >= 0.99 && again.Found + again.Closed + again.Changed == 0);
    }

    /// <summary>Ultimate owners of all firms: chains, cross-holdings and circles among them.</summary>
    public static Row Ownership(int edges)
    {
        var dice = new Random(9);
        var (firms, people) = (edges * 2 / 5, edges / 4);
        var holdings = new List<Holding>(edges);
        for (var firm = 0; firm < firms; firm++)
        {
            var holders = 2 + (dice.Next(2) == 0 ? 1 : 0);
            for (var i = 0; i < holders; i++)
            {
                // Most holders are people; one firm in a hundred is held by one that comes after it, which closes circles.
                var holder = dice.Next(100) switch { < 70 => firms + dice.Next(people), < 99 => dice.Next(firm + 1), _ => dice.Next(firms) };
                holdings.Add(new(holder, firm, 1.0 / holders));
            }
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var owners = new OwnershipGraph(firms + people, holdings).Owners();
        var seconds = clock.Elapsed.TotalSeconds;
        var most = owners.Max(of => of.Sum(one => one.Share));
        return new(
            "s05.ownership", $"{holdings.Count:N0} holdings, {firms:N0} firms, {owners.Sum(of => (long)of.Count):N0} ultimate owners found; most owned of a firm {most:P1}", seconds, "s",
            null, null, "5 s", "", seconds <= 5 && most <= 1.0001);
    }

    private static async Task Empty(Db db)
    {
        foreach (var table in await db.List(
            Sql.Of($"select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('enterprises', 'legal_entities', 'population') and tablename not in ('comparison', 'act', 'journal', 'idempotency')"),
            row => row.GetString(0)))
        {
            await db.Run(Sql.Trusted($"truncate {table}"));
        }
    }

    /// <summary>People in the population base, some of whom have died.</summary>
    private async Task<IReadOnlyList<(string Name, string Number)>> People(DateOnly today)
    {
        var people = Enumerable.Range(0, Dead).Select(i => (Name: "故" + i.ToString(CultureInfo.InvariantCulture), Number: Number(i))).ToList();
        var resource = Service<ResourceRegistry>().Find("population/person")!;
        var row = new RowMap(resource, "citizen_number", "name", "sex", "birth_date", "death_date", "registration_kind", "state");
        var batch = new RecordBatch(resource, [.. people.Select((one, i) => ($"bench-{i}", row.Row(one.Number, one.Name, "1", new DateOnly(1950, 1, 1), today.AddDays(-100), "family", "dead")))]);
        await Service<Db>().InTransaction(session => RecordCopy.Insert(
            session, resource.Schema, new Act(Caller.Platform("bench"), "bench"), [RecordCopy.Prepare(batch)], TimeProvider.System, CancellationToken.None));
        return people;
    }

    private static string Number(int i)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"411197195001{(i / 1000) + 10:D2}{i % 1000:D3}");
        return body + CheckDigits.Mod112(body);
    }

    private static async IAsyncEnumerable<DepartmentFirm> Firms(int count, DateOnly today)
    {
        await Task.CompletedTask;
        var dice = new Random(5);
        var parent = "";
        for (var i = 0; i < count; i++)
        {
            var organisation = Organisation(i);
            var branch = parent.Length > 0 && dice.Next(50) == 0;
            var type = branch ? "branch" : dice.Next(100) switch { < 45 => "company", < 95 => "sole-trader", _ => "cooperative" };
            var credit = CreditCode.Compose(type switch { "sole-trader" => "92", "cooperative" => "93", _ => "91" }, "411102", organisation);
            var state = branch ? "1" : dice.Next(1_000) switch { < 800 => "1", < 920 => "4", < 970 => "2", < 980 => "7", < 985 => "8", _ => "6" };
            var established = today.AddDays(-dice.Next(1, 7_000));
            if (type == "company" && state == "1")
            {
                parent = credit;
            }

            yield return new DepartmentFirm(organisation, credit, string.Create(CultureInfo.InvariantCulture, $"测试企业{i}有限公司"), type, state, established)
            {
                OldNumber = established.Year < 2015 ? string.Create(CultureInfo.InvariantCulture, $"4111020{i:D8}") : null,
                Ended = state == "4" ? today.AddDays(-1) : null,
                Representative = string.Create(CultureInfo.InvariantCulture, $"某{i}"),
                RepresentativeNumber = string.Create(CultureInfo.InvariantCulture, $"411198{i:D12}"),
                Capital = dice.Next(1, 200) * 10,
                Industry = Industries[dice.Next(Industries.Length)],
                Address = string.Create(CultureInfo.InvariantCulture, $"测试区第{i % 997}街（东）{i}号"),
                Phone = string.Create(CultureInfo.InvariantCulture, $"139{i:D8}"),
                ParentCode = branch ? parent : null,
                Registrar = "测试市场监督管理局",
                Insured = type == "company" && state is "1" or "7" && dice.Next(2) == 0 ? dice.Next(1, 60) : 0,
            };
        }
    }

    private static string Organisation(int i)
    {
        Span<char> body = stackalloc char[8];
        "MAX".CopyTo(body);
        for (var (place, left) = (7, i * 7L); place >= 3; place--, left /= 31)
        {
            body[place] = Letters[(int)(left % 31)];
        }

        return string.Concat(body, [OrganisationCode.CheckOf(body)]);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
