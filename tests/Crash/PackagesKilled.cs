using Npgsql;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// The database cuts every connection again and again while leads accept packages and offices decide their parts. What
/// a step sets going in other cases is there with it or not at all, and sending again goes on where it stood.
/// </summary>
public sealed class PackagesKilled(City city)
{
    private const int Cuts = 10;

    [Fact]
    public async Task A_package_cut_off_between_any_steps_has_every_part_once_and_ends()
    {
        await using var town = await PackageTown.Start(city);
        var name = new NpgsqlConnectionStringBuilder(town.Database).Database!;
        var (lead, signs, fire, food) = (await town.Staff("market-regulation"), await town.Staff("city-management"), await town.Staff("emergency"), await town.Staff("market-regulation", Roles.Head));
        var second = await town.Staff("market-regulation");
        using var stop = new CancellationTokenSource();
        var done = 0;
        var worker = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await Whole(town, i, lead, signs, fire, food, second);
                Interlocked.Increment(ref done);
            }
        });
        await using (var super = Db.Briefly(city.SuperuserConnectionString.Replace("Database=shali", "Database=postgres", StringComparison.Ordinal)))
        {
            for (var cut = 0; cut < Cuts; cut++)
            {
                var before = await Events(town);
                while (await Events(town) < before + 3)
                {
                    await Task.Delay(5);
                    Assert.False(worker.IsFaulted, worker.Exception?.ToString());
                }

                await super.Run($"select pg_terminate_backend(pid) from pg_stat_activity where datname = {name} and usename = 'shali'");
            }
        }

        await stop.CancelAsync();
        await worker;
        Assert.True(done > 0);
        var wholes = await town.Get<Db>().List(
            $"""
            select p.stage, (select string_agg(c.parent_role || ' ' || coalesce(c.result, ''), ',' order by c.parent_role) from casework.case c where c.parent = p.number),
                p.events, (select count(*) from casework.event e where e."case" = p.number),
                (select count(*) from casework.work w where w.case_no = p.number), (select count(*) from casework.clock k where k."case" = p.number and k.ended_at is null)
            from casework.case p where p.type = 'approvals/package-restaurant'
            """,
            row => (row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)));
        Assert.Equal(done, wholes.Count);
        Assert.All(wholes, whole =>
        {
            Assert.Equal(("granted", "fire-opening granted,food-business granted,signboard granted"), (whole.Item1, whole.Item2));
            Assert.Equal(whole.Item3, whole.Item4);
            Assert.Equal((0L, 0L), (whole.Item5, whole.Item6));
        });
    }

    private static async Task<long> Events(PackageTown town)
    {
        while (true)
        {
            try
            {
                return await town.Get<Db>().Scalar<long>($"select count(*) from casework.event");
            }
            catch (NpgsqlException)
            {
                // This connection was cut as well.
            }
        }
    }

    /// <summary>One package from the application to its end, each act sent again under its key until it is answered.</summary>
    private static async Task Whole(PackageTown town, int i, Caller lead, Caller signs, Caller fire, Caller head, Caller second)
    {
        var owner = CaseTown.Resident("店主" + i);
        var type = town.Types.Find("approvals/package-restaurant")!;
        var request = PackageTown.Request(type, owner, PackageTown.Restaurant("have").ToDictionary(one => one.Item1, one => one.Item2));
        var number = (await Until(() => town.Desk.Open(owner, request, $"open-{i}"))).Value.Number;
        await Take(lead, number, new(ItemSteps.Accept));
        var parts = await Until(async () => Outcome.Of((await town.File(lead, number)).Children.ToDictionary(part => part.ParentRole!, part => part.Number)));
        await Take(signs, parts.Value["signboard"], new(ItemSteps.Grant) { Opinion = "同意" });
        await Take(fire, parts.Value["fire-opening"], new(ItemSteps.Grant) { Opinion = "同意" });
        await Take(fire, parts.Value["fire-opening"], new(ItemSteps.Deliver) { Document = "1号" });
        var day = new Dictionary<string, string> { ["visited_on"] = "2026-11-23" };
        await Take(lead, parts.Value["food-business"], new(ItemSteps.Examine) { Opinion = "符合", Second = second.Id, Fields = day });
        await Take(head, parts.Value["food-business"], new(ItemSteps.Grant) { Opinion = "同意" });
        await Take(lead, parts.Value["food-business"], new(ItemSteps.Deliver) { Document = "2号" });

        async Task Take(Caller who, string of, StepRequest step)
        {
            var taken = await Until(() => town.Desk.Take(who, of, step, $"{step.Step}-{of}"));
            Assert.True(taken.Ok, $"{step.Step}: {taken.Refusals}");
        }
    }

    private static async Task<Outcome<T>> Until<T>(Func<Task<Outcome<T>>> act)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (NpgsqlException)
            {
                // Cut off: nobody knows whether it was done.
            }
        }
    }
}
