using System.Globalization;
using Shali.Bench;
using Shali.Portal.Hosting;

if (args is ["bare-route", var cluster, var barePort])
{
    await BareRoute.Serve(PrivatePostgres.Running(cluster)!, int.Parse(barePort, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["old-service", var oldPort])
{
    await GatewayBench.Serve(int.Parse(oldPort, CultureInfo.InvariantCulture));
    return 0;
}

string[] known =
[
    "start.full", "start.second", "read.governed", "list.page", "list.deep", "definition.live", "duplicate.check", "person.search", "citizen.check",
    "load.bulk", "audit.append", "audit.verify", "case.clock", "case.worklist", "case.page", "case.search", "case.board", "case.submit",
    "card.issue", "document.sign", "ledger.post", "ledger.storm", "feed.lag", "grant.revoke", "quality.measure", "gateway.call", "catalogue.search", "frontnode.bulk", "exchange.p256", "exchange.sm2", "exchange.firm",
    "s05.compare", "s05.ownership",
];
var ids = new List<string>();
var people = 2_367_490;
var folder = Path.GetFullPath("var/bench");
string? json = null;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--help":
            Console.WriteLine($"./bench [id ...] [--quick] [--people N] [--data DIR] [--json FILE]\nids: {string.Join(' ', known)}");
            return 0;
        case "--quick": people = 236_749; break;
        case "--people": people = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
        case "--data": folder = Path.GetFullPath(args[++i]); break;
        case "--json": json = args[++i]; break;
        case var id when known.Contains(id, StringComparer.Ordinal): ids.Add(id); break;
        default:
            Console.Error.WriteLine($"{args[i]} is not known; --help tells what is.");
            return 2;
    }
}

bool Wanted(params string[] some) => ids.Count == 0 || ids.Intersect(some, StringComparer.Ordinal).Any();
var quick = people < 1_000_000;
var rows = new List<Row>();
void Add(Row row)
{
    rows.Add(row);
    Console.WriteLine(row);
}

Console.WriteLine($"{Environment.ProcessorCount} cores, {people:N0} residents, {RuntimeDescription()}");
var cityFolder = Path.Combine(folder, $"city-{people}");
if (Wanted("start.full", "start.second", "read.governed", "list.page", "list.deep", "definition.live", "duplicate.check", "person.search"))
{
    await using (var city = await BenchCity.Open(cityFolder, people))
    {
        if (!city.WasFilled)
        {
            var met = city.StartSeconds <= 360 && city.MemoryPeak <= 700;
            Add(new("start.full", $"empty folder to serving {people:N0} residents; server memory at most {city.MemoryPeak:N0} MB (floor 700)", city.StartSeconds, "s", null, null, "360 s", "", met));
        }

        if (Wanted("read.governed"))
        {
            Add(await ReadBench.Governed(city, TimeSpan.FromSeconds(quick ? 5 : 10)));
        }

        if (Wanted("list.page", "list.deep"))
        {
            foreach (var row in await ListBench.Pages(city, quick ? 100 : 300))
            {
                Add(row);
            }
        }

        if (Wanted("duplicate.check"))
        {
            Add(await PersonBench.DuplicateCheck(city, quick ? 500 : 2_000));
        }

        if (Wanted("person.search"))
        {
            Add(await PersonBench.Search(city, quick ? 300 : 1_000));
        }

        if (Wanted("definition.live"))
        {
            Add(await DefinitionBench.Live(city));
        }

        Console.WriteLine($"server memory at most {city.MemoryPeak:N0} MB");
    }

    if (Wanted("start.second"))
    {
        await using var again = await BenchCity.Open(cityFolder, people);
        Add(new("start.second", "second start to ready", again.StartSeconds, "s", null, null, "5 s", "", again.StartSeconds <= 5));
    }
}

if (Wanted("case.clock"))
{
    Add(ClockBench.Judge(quick ? 100_000 : 1_000_000));
}

if (Wanted("citizen.check"))
{
    Add(PersonBench.CitizenCheck());
}

// Each in a database of its own: the load empties its tables between its runs, and the log would rightly say so.
if (Wanted("load.bulk"))
{
    await using var postgres = await Plain("load");
    var load = await LoadBench.Run(postgres.ConnectionString, quick ? people : 2_400_000, Path.Combine(folder, "files"), Console.WriteLine);
    Add(new(
        "load.bulk", $"bulk load with checks and journal; {load.BareRatio:N2} of COPY without indexes; managed heap {load.ManagedPeak:N0} MB",
        load.Rows / load.LoadSeconds, "rows/s", load.Rows / load.CopySeconds, load.Ratio, "0.25", "0.5", load.Ratio >= 0.25));
}

if (Wanted("audit.append", "audit.verify"))
{
    await using var postgres = await Plain("audit");
    if (Wanted("audit.append"))
    {
        var append = await AuditBench.Append(postgres.ConnectionString, TimeSpan.FromSeconds(quick ? 5 : 15));
        Add(new(
            "audit.append", $"durable records, 64 callers; inclusion proof after {append.ProofSeconds:N2} s (floor 1)", append.PerSecond, "records/s",
            append.CopyPerSecond, append.PerSecond / append.CopyPerSecond, "3,000/s", "10,000/s", append.PerSecond >= 3_000 && append.ProofSeconds <= 1));
    }

    if (Wanted("audit.verify"))
    {
        var verify = await AuditBench.Verify(postgres.ConnectionString, quick ? 100_000 : 1_000_000);
        Add(new(
            "audit.verify", $"offline check of {verify.Records:N0} records; in the database {verify.InPlaceSeconds:N1} s", verify.OfflineSeconds, "s",
            null, null, "60 s", "", verify.Sound && verify.OfflineSeconds <= 60));
    }
}

if (Wanted("document.sign"))
{
    await using var postgres = await Plain("documents");
    Add(await DocumentBench.Sign(postgres.ConnectionString, Path.Combine(folder, "plain-documents"), quick ? 500 : 3_000));
}

if (Wanted("frontnode.bulk", "exchange.p256", "exchange.sm2"))
{
    await using var postgres = await Plain("exchange");
    await using var exchange = await ExchangeBench.Open(postgres.ConnectionString, Path.Combine(folder, "plain-exchange"));
    if (Wanted("frontnode.bulk"))
    {
        Add(await exchange.Bulk(quick ? 100_000 : 1_000_000));
    }

    foreach (var (id, suite, floor, aim) in ((string, string, double, double)[])[("exchange.p256", "ecdsa-p256-sha256", 300, 1_000), ("exchange.sm2", "sm2-sm3", 150, 500)])
    {
        if (Wanted(id))
        {
            Add(await exchange.Messages(id, suite, floor, aim, TimeSpan.FromSeconds(quick ? 5 : 15)));
        }
    }
}

if (Wanted("exchange.firm"))
{
    await using var postgres = await Plain("firms");
    Add(await FirmBench.Spread(postgres.ConnectionString, Path.Combine(folder, "plain-firms"), quick ? 5 : 20));
}

if (Wanted("ledger.post", "ledger.storm"))
{
    await using var postgres = await Plain("ledger");
    if (Wanted("ledger.post"))
    {
        var post = await LedgerBench.Post(postgres.ConnectionString, Path.Combine(folder, "plain-ledger"), TimeSpan.FromSeconds(quick ? 5 : 15));
        var keeps = post.Hot / post.Spread;
        Add(new(
            "ledger.post", $"durable postings at one hot account, 16 writers; {keeps:N2} of the rate over 1,000 accounts (floor 0.8)", post.Hot, "postings/s",
            post.Plain, post.Hot / post.Plain, "20,000/s", "", post.Hot >= 20_000 && keeps >= 0.8));
    }

    if (Wanted("ledger.storm"))
    {
        var events = quick ? 100_000 : 1_000_000;
        var (storm, seconds) = await LedgerBench.Storm(postgres.ConnectionString, Path.Combine(folder, "plain-ledger"), events);
        foreach (var wrong in storm.Wrong.Take(10))
        {
            Console.WriteLine(wrong);
        }

        Add(new(
            "ledger.storm", $"{storm.Accepted:N0} entries, {storm.Repeated:N0} duplicates, {storm.Refused:N0} refusals; {storm.Debits} on both sides; differences (floor 0) after {seconds:N0} s",
            storm.Wrong.Count, "differences", null, null, "0", "", storm.Wrong.Count == 0));
    }
}

if (Wanted("feed.lag", "grant.revoke", "quality.measure"))
{
    await using var postgres = await Plain("sharing");
    await using var sharing = await SharingBench.Open(postgres.ConnectionString, Path.Combine(folder, "plain-sharing"));
    if (Wanted("grant.revoke"))
    {
        Add(await sharing.Revoke(quick ? 3 : 10));
    }

    if (Wanted("feed.lag"))
    {
        Add(await sharing.Lag(100, 1_000, TimeSpan.FromSeconds(quick ? 10 : 30)));
    }

    if (Wanted("quality.measure"))
    {
        Add(await sharing.Measure(quick ? 240_000 : 2_400_000));
    }
}

if (Wanted("gateway.call"))
{
    await using var postgres = await Plain("gateway");
    Add(await GatewayBench.Call(postgres.ConnectionString, Path.Combine(folder, "plain-gateway"), TimeSpan.FromSeconds(quick ? 5 : 10)));
}

if (Wanted("catalogue.search"))
{
    await using var postgres = await Plain("catalogue");
    Add(await CatalogueBench.Search(postgres.ConnectionString, Path.Combine(folder, "plain-catalogue"), quick ? 10_000 : 100_000, quick ? 200 : 1_000));
}

if (Wanted("s05.ownership"))
{
    Add(EnterpriseBench.Ownership(quick ? 50_000 : 500_000));
}

if (Wanted("s05.compare"))
{
    await using var postgres = await Plain("enterprises");
    await using var enterprises = await EnterpriseBench.Open(postgres.ConnectionString, Path.Combine(folder, "plain-enterprises"));
    Add(await enterprises.Compare(quick ? 20_000 : 200_000));
}

if (Wanted("card.issue"))
{
    await using var postgres = await Plain("cards");
    Add(await CardBench.Issue(postgres.ConnectionString, Path.Combine(folder, "plain-cards")));
}

if (Wanted("case.worklist", "case.page", "case.search", "case.board", "case.submit"))
{
    var closed = quick ? 1_000_000 : 10_000_000;
    foreach (var row in await CaseBench.Run(Path.Combine(folder, $"cases-{closed}"), closed, quick ? 10_000 : 100_000, TimeSpan.FromSeconds(quick ? 8 : 20), Console.WriteLine))
    {
        Add(row);
    }
}

if (json is not null)
{
    await File.WriteAllTextAsync(json, Row.Json(rows));
}

return rows.TrueForAll(row => row.Met) ? 0 : 1;

// A database with the city's tables and nothing in them but what a measurement writes.
async Task<PrivatePostgres> Plain(string name)
{
    var data = Path.Combine(folder, $"plain-{name}");
    var postgres = await PrivatePostgres.Start(data);
    await using (await Shali.Portal.ShaliHost.Build(new(postgres.ConnectionString, data, 0, Demo: true) { Quiet = true }))
    {
        return postgres;
    }
}

static string RuntimeDescription() => System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription;
