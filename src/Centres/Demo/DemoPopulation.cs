using System.Globalization;
using System.Threading.Channels;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;

namespace Shali.Centres.Demo;

/// <summary>
/// Writes population and firms: one thread makes the chunks, two connections write them. A chunk is one act in each
/// schema and is marked in the same transaction, so it is there whole or not at all.
/// </summary>
internal sealed class DemoPopulation(Db db, TimeProvider time, Action<string> say)
{
    private const int Writers = 2;

    private static readonly string[] Schemas = ["population", "legal_entities"];

    public async Task Write(DemoPlan plan, string truthFile, CancellationToken cancel)
    {
        var done = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var schema in Schemas)
        {
            done[schema] = await Done(schema, cancel);
        }

        var ready = Channel.CreateBounded<Ready>(Writers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var making = Task.Factory.StartNew(
            () => Make(plan, truthFile, done, ready.Writer, stop.Token), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        var progress = new Progress(plan.People, say);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAll(ready.Reader, progress, stop.Token), stop.Token)));
        }
        finally
        {
            await stop.CancelAsync();
            await making.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await making;
    }

    public async Task SetIndexesAside(CancellationToken cancel)
    {
        foreach (var schema in Schemas)
        {
            await db.InTransaction(
                async session =>
                {
                    var indexes = await session.List(
                        $"""
                        select index.relname, pg_get_indexdef(index.oid)
                        from pg_index join pg_class index on index.oid = indexrelid
                        join pg_class owner on owner.oid = indrelid join pg_namespace on pg_namespace.oid = owner.relnamespace
                        where nspname = {schema} and not indisunique and owner.relname <> 'act' and right(owner.relname, 6) <> '__past'
                        """,
                        row => (Name: row.GetString(0), Definition: row.GetString(1)),
                        cancel);
                    foreach (var (name, definition) in indexes)
                    {
                        await session.Run(
                            $"insert into demo.set_aside values ({schema + "." + name}, {definition}) on conflict do nothing", cancel);
                        await session.Run($"drop index {Sql.Name(schema, name)}", cancel);
                    }
                },
                cancel);
        }
    }

    public async Task RestoreIndexes(CancellationToken cancel)
    {
        var aside = await db.List(
            $"select name, definition from demo.set_aside order by name", row => (Name: row.GetString(0), Definition: row.GetString(1)), cancel);
        say($"演示城市：正在建立 {aside.Count} 个索引");
        await Parallel.ForEachAsync(
            aside,
            new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancel },
            async (index, each) => await db.InTransaction(
                async session =>
                {
                    await session.Run($"set local maintenance_work_mem = '192MB'", each);
                    await session.Run($"set local max_parallel_maintenance_workers = 0", each);
                    await session.Run(Sql.Trusted(index.Definition), each);
                    await session.Run($"delete from demo.set_aside where name = {index.Name}", each);
                },
                each));
        // The duplicate check looks people up by it; the population base makes it too if it is missing.
        await db.Run($"create index if not exists person_identity on population.person (birth_date, name, sex)", cancel);
        await db.Run($"analyze", cancel);
    }

    private static async Task Make(
        DemoPlan plan, string truthFile, Dictionary<string, HashSet<int>> done, ChannelWriter<Ready> ready, CancellationToken cancel)
    {
        try
        {
            var (people, firms) = (new PopulationRows(), new EntityRows());
            await using var truth = new DemoTruthFile(truthFile);
            foreach (var chunk in DemoCity.Population(plan))
            {
                truth.Add(chunk.Truth.Concat(chunk.Trade.Truth));
                foreach (var (schema, batches) in new[] { (Schemas[0], people.Of(chunk)), (Schemas[1], firms.Of(chunk.Trade)) })
                {
                    if (!done[schema].Contains(chunk.Ordinal))
                    {
                        await ready.WriteAsync(
                            new(schema, chunk.Ordinal, schema == Schemas[0] ? chunk.Persons.Count : 0, [.. batches.Select(RecordCopy.Prepare)]),
                            cancel);
                    }
                }
            }

            ready.Complete();
        }
        catch (Exception fault)
        {
            ready.TryComplete(fault);
            throw;
        }
    }

    private async Task WriteAll(ChannelReader<Ready> ready, Progress progress, CancellationToken cancel)
    {
        await foreach (var chunk in ready.ReadAllAsync(cancel))
        {
            var act = new Act(Caller.Platform("demo"), "demo.city", "演示城市")
            {
                Source = chunk.Schema == Schemas[0] ? "police" : "market-regulation",
            };
            await db.InTransaction(
                async session =>
                {
                    await session.Run($"set local synchronous_commit = off", cancel);
                    await RecordCopy.Insert(session, chunk.Schema, act, chunk.Batches, time, cancel);
                    await session.Run($"insert into {Sql.Name(chunk.Schema, "demo_point")} values ({chunk.Ordinal})", cancel);
                },
                cancel);
            progress.Add(chunk.Persons);
        }
    }

    private async Task<HashSet<int>> Done(string schema, CancellationToken cancel)
    {
        var table = Sql.Name(schema, "demo_point");
        await db.Run($"create table if not exists {table} (chunk int primary key)", cancel);
        return [.. await db.List($"select chunk from {table}", row => row.GetInt32(0), cancel)];
    }

    private sealed record Ready(string Schema, int Ordinal, int Persons, IReadOnlyList<RecordCopy> Batches);

    private sealed class Progress(int people, Action<string> say)
    {
        private readonly Lock _lock = new();
        private long _written;
        private int _told;

        public void Add(int persons)
        {
            lock (_lock)
            {
                _written += persons;
                var tenths = (int)Math.Min(10, _written * 10 / Math.Max(1, people));
                if (tenths > _told)
                {
                    _told = tenths;
                    say(string.Create(CultureInfo.InvariantCulture, $"演示城市：已写入 {_written:N0} 人（{tenths * 10}%）"));
                }
            }
        }
    }
}
