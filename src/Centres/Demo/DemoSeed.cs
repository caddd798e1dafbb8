using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Regions;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;

namespace Shali.Centres.Demo;

/// <summary>
/// Makes a demo city in an empty database: divisions, population, firms, offices, staff. Each stage is marked when it
/// is done and each chunk of the population in its own transaction, so a start that was killed goes on where it was.
/// </summary>
public sealed class DemoSeed
{
    private readonly Db _db;
    private readonly TimeProvider _time;
    private readonly IServiceProvider _services;
    private readonly Action<string> _say;

    private DemoSeed(IServiceProvider services, Action<string> say)
    {
        (_services, _say) = (services, say);
        (_db, _time) = (services.GetRequiredService<Db>(), services.GetRequiredService<TimeProvider>());
    }

    /// <summary>
    /// Fills the database if it is empty or half filled. Returns at once when the city is there, and when the database
    /// holds something that this did not make.
    /// </summary>
    /// <param name="folder">Data folder: gets <c>demo-logins.json</c> and <c>demo-truth.csv</c>.</param>
    public static async Task Run(
        IServiceProvider services, int people, ulong seed, string folder, Action<string> say, CancellationToken cancel = default) =>
        await new DemoSeed(services, say).Run(people, seed, folder, cancel);

    /// <summary>
    /// A further stage of the making, by another system: once, and only in a city that this has made whole.
    /// </summary>
    public static async Task Also(IServiceProvider services, string stage, Func<Task> work, CancellationToken cancel = default)
    {
        var seed = new DemoSeed(services, static _ => { });
        if (await seed.City(cancel) is { Done: true })
        {
            await seed.Stage(stage, work, cancel);
        }
    }

    private async Task Run(int people, ulong seed, string folder, CancellationToken cancel)
    {
        Regions.Include(Places.City);
        var city = await City(cancel);
        if (city is null)
        {
            if (await _db.Scalar<bool>($"select exists (select 1 from identity.account)", cancel))
            {
                _say("数据库中已有账号，不生成演示城市。");
                return;
            }

            await _db.Run(
                $"""
                insert into demo.city (people, seed, today, started_at)
                values ({people}, {unchecked((long)seed)}, {_time.Today()}, {_time.GetUtcNow()})
                """,
                cancel);
            city = await City(cancel);
        }
        else if (!city.Value.Done)
        {
            _say("上次的演示城市没有生成完毕，继续生成。");
        }

        if (city is not { Done: false, Plan: var plan })
        {
            return;
        }

        await Stage("regions", () => WriteRegions(cancel), cancel);
        var population = new DemoPopulation(_db.Unhurried, _time, _say);
        await Stage("indexes-aside", () => population.SetIndexesAside(cancel), cancel);
        await Stage("population", () => population.Write(plan, Path.Combine(folder, "demo-truth.csv"), cancel), cancel);
        await Stage("indexes", () => population.RestoreIndexes(cancel), cancel);
        await Stage("review", () => ActivatorUtilities.CreateInstance<DemoReview>(_services).Run(_say, cancel), cancel);
        await Stage(
            "staff",
            () => ActivatorUtilities.CreateInstance<DemoStaff>(_services)
                .Create(plan, Path.Combine(folder, "demo-logins.json"), _say, cancel),
            cancel);
        await _db.Run($"update demo.city set finished_at = {_time.GetUtcNow()}", cancel);
    }

    private async Task<(DemoPlan Plan, bool Done)?> City(CancellationToken cancel)
    {
        var rows = await _db.List(
            $"select people, seed, today, finished_at is not null from demo.city",
            row => (new DemoPlan(row.GetInt32(0), unchecked((ulong)row.GetInt64(1)), row.GetFieldValue<DateOnly>(2)), row.GetBoolean(3)),
            cancel);
        return rows.Count > 0 ? rows[0] : null;
    }

    private async Task Stage(string name, Func<Task> work, CancellationToken cancel)
    {
        if (await _db.Scalar<bool>($"select exists (select 1 from demo.stage where name = {name})", cancel))
        {
            return;
        }

        await work();
        await _db.Run($"insert into demo.stage values ({name}, {_time.GetUtcNow()})", cancel);
    }

    private async Task WriteRegions(CancellationToken cancel)
    {
        var resource = RegionModel.Region;
        var act = new Act(Caller.Platform("demo"), "demo.regions") { Source = "civil-affairs" };
        await _db.InTransaction(
            async session =>
            {
                // The stage may have been written and not yet marked when the process was killed.
                if (!await session.Scalar<bool>($"select exists (select 1 from {Sql.Name(resource.Schema, resource.Table)})", cancel))
                {
                    var batch = new RecordBatch(resource, [.. Regions.All.Select(region => (region.Code, RegionModel.Row(region)))]);
                    await RecordCopy.Insert(session, resource.Schema, act, [RecordCopy.Prepare(batch)], _time, cancel);
                }
            },
            cancel);
    }
}
