using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Portal;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What one node publishes every other node sees, also one that looked at the worst moment.</summary>
public sealed class NodesAgree(City city)
{
    private static readonly ResourceDefinition Well = new()
    {
        Id = "nodes/well",
        Name = "水井",
        Clause = "P1",
        Owner = "data",
        Fields = [new() { Name = "name", Label = "名称", Type = FieldTypes.Text }],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_looks_before_the_commit_looks_again_after_it()
    {
        var database = await city.OwnDatabase();
        await using var here = new Db(ShaliHost.DataSource(database));
        await using var there = new Db(ShaliHost.DataSource(database));
        using var publisher = new ResourceRegistry(here, [], TimeProvider.System);
        using var other = new ResourceRegistry(there, [], TimeProvider.System);
        await publisher.Open(Cancel);
        await other.Open(Cancel);
        var publishing = Task.FromResult<Outcome<ResourceDefinition>>(new Refusal("", "", ""));
        await there.InTransaction(
            async session =>
            {
                // The publisher has written everything and waits here, before its commit.
                await session.Run($"select number from registry.edition for update", Cancel);
                publishing = publisher.Publish(Well, Caller.Platform("test"), Cancel);
                while (!await session.Scalar<bool>($"select exists (select 1 from pg_stat_activity where datname = current_database() and pg_backend_pid() = any (pg_blocking_pids(pid)))", Cancel))
                {
                    await Task.Delay(5, Cancel);
                }

                await other.Refresh(Cancel);
                Assert.Null(other.Find(Well.Id));
                return true;
            },
            Cancel);
        Assert.True((await publishing).Ok, (await publishing).Refusals.ToString());
        Assert.NotNull(publisher.Find(Well.Id));
        await other.Refresh(Cancel);
        Assert.NotNull(other.Find(Well.Id));
    }

    [Fact]
    public async Task The_code_lists_of_a_node_that_ended_are_asked_no_more()
    {
        await using var db = new Db(ShaliHost.DataSource(await city.OwnDatabase()));
        var list = new CodeList("ended-" + Guid.NewGuid().ToString("N")[..8], "已结束", "", [new Code("1", "甲")]);
        using (var registry = new ResourceRegistry(db, [], TimeProvider.System))
        {
            await registry.Open(Cancel);
            Assert.True((await registry.Publish(list, Caller.Platform("test"), Cancel)).Ok);
            Assert.NotNull(FieldTypes.Codes(list.Name));
        }

        Assert.Null(FieldTypes.Codes(list.Name));
    }

    [Fact]
    public async Task A_registry_that_ended_is_held_by_nothing()
    {
        var ended = await Ended();
        for (var attempt = 0; attempt < 50 && ended.IsAlive; attempt++)
        {
            // This method must have been left for the stack to be empty.
            await Task.Delay(20, Cancel);
            GC.Collect();
        }

        Assert.False(ended.IsAlive);

        async Task<WeakReference> Ended()
        {
            await using var db = new Db(ShaliHost.DataSource(await city.OwnDatabase()));
            using var registry = new ResourceRegistry(db, [], TimeProvider.System);
            await registry.Open(Cancel);
            return new(registry);
        }
    }
}
