using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Centres.DataCentre.D1Population;
using Shali.Centres.Demo;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>A demo city in a database of its own: whole, journaled, and made only once, however often it is broken off.</summary>
public sealed class DemoSeeding(City city)
{
    private const int People = 9_000;
    private const ulong Seed = 5;

    [Fact]
    public async Task A_seeding_that_is_broken_off_goes_on_where_it_stopped_and_loses_and_doubles_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("shali-demo-").FullName;
        await using var host = await city.AnotherHost(await city.OwnDatabase());
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DemoSeed.Run(
            host.Services, People, Seed, folder, _ => stop.Cancel(), stop.Token));

        await Run(host, folder);

        var db = host.Services.GetRequiredService<Db>();
        var plan = new DemoPlan(People, Seed, await db.Scalar<DateOnly>($"select today from demo.city"));
        var chunks = DemoCity.Population(plan).ToList();
        Assert.True(chunks.Count > 1);
        foreach (var (batch, rows) in chunks.SelectMany(new PopulationRows().Of).GroupBy(batch => batch.Resource)
            .Select(group => (group.Key, group.Sum(batch => batch.Rows.Count))))
        {
            Assert.Equal(rows, await db.Scalar<long>($"select count(*) from {Sql.Name(batch.Schema, batch.Table)}"));
            Assert.Equal(rows, await db.Scalar<long>(
                $"select count(*) from population.journal where resource = {batch.Id} and version = 1"));
        }

        Assert.Equal(0, await db.Scalar<long>($"select count(*) from demo.set_aside"));
        Assert.True(await db.Scalar<bool>($"select exists (select 1 from pg_indexes where indexname = 'person_citizen_number_sort')"));
        await Journal_says_what_the_table_holds(host, chunks[0].Persons.Take(200).Select(person => person.Key));
        await Faults_are_found(db, chunks);
        await Logins_are_written_down(folder, db);
        var before = await db.Scalar<long>($"select count(*) from population.act");
        await Run(host, folder);
        Assert.Equal(before, await db.Scalar<long>($"select count(*) from population.act"));
        Directory.Delete(folder, recursive: true);
    }

    private static Task Run(WebApplication host, string folder) =>
        DemoSeed.Run(host.Services, People, Seed, folder, _ => { }, TestContext.Current.CancellationToken);

    private static async Task Journal_says_what_the_table_holds(WebApplication host, IEnumerable<string> keys)
    {
        var reader = host.Services.GetRequiredService<RecordReader>();
        var db = host.Services.GetRequiredService<Db>();
        foreach (var key in keys)
        {
            var record = (await reader.Get(Resources.Person, key))!;
            var digest = await db.Scalar<byte[]>(
                $"select digest from population.journal where resource = 'population/person' and key = {key} and version = {record.Version}");
            Assert.Equal(RecordDigest.Of(record, record.Version == 1 ? 'I' : 'U', record.Version), digest);
        }
    }

    private static async Task Faults_are_found(Db db, List<DemoChunk> chunks)
    {
        var truth = chunks.SelectMany(chunk => chunk.Truth).ToLookup(each => each.Kind);
        foreach (var spoiled in truth["bad-check-digit"])
        {
            Assert.Equal("invalid-check", await db.Scalar<string>($"select number_state from population.person where _key = {spoiled.Key}"));
        }

        foreach (var twice in truth["same-person-twice"].Concat(truth["duplicate-number"]))
        {
            Assert.True(await db.Scalar<bool>(
                $"""
                select exists (select 1 from population.duplicate
                    where (a = {twice.Key} and b = {twice.Other}) or (a = {twice.Other} and b = {twice.Key}))
                """));
        }
    }

    private static async Task Logins_are_written_down(string folder, Db db)
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "demo-logins.json")));
        var logins = json.RootElement.EnumerateArray().ToList();
        Assert.Contains(logins, entry => entry.TryGetProperty("login", out var login) && login.GetString() == "police.clerk");
        Assert.Contains(logins, entry => entry.TryGetProperty("client_id", out _) && entry.GetProperty("office").GetString() == "police");
        foreach (var office in new DemoOffices().All)
        {
            Assert.Contains(logins, entry => entry.TryGetProperty("client_id", out _) && entry.GetProperty("office").GetString() == office.Code);
        }

        Assert.Equal(
            await db.Scalar<long>($"select count(*) from identity.account where person is not null"),
            await db.Scalar<long>($"select count(*) from identity.account where person in ({Keys()})"));

        static Sql Keys() => Sql.Of($"select _key from population.person");
    }
}
