using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>An act of many changes asks the database once for what it knows already, and is answered as if it had asked each time.</summary>
public sealed class RegistryActs(City city)
{
    private static readonly Caller Clerk = new() { Id = "clerk-1", Name = "李经办", Kind = CallerKind.Staff, Office = "police" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_that_were_asked_for_beforehand_are_taken_counted_on_and_free_once()
    {
        var house = await House("foreseen");
        await Written(Insert(house, "there"), Insert(house, "gone"));
        await Written(new Change.Delete(house, "gone", null));
        string[] keys = ["there", "gone", "new"];

        // Every second time nobody asks beforehand: the answers are the same.
        foreach (var foresees in new[] { true, false })
        {
            var codes = new List<string>();
            var outcome = await city.Store.Write(
                new Act(Clerk, "test"), house.Schema,
                async session =>
                {
                    session.Gathers = true;
                    if (foresees)
                    {
                        await session.Foresee(house, keys, Cancel);
                    }

                    foreach (var key in keys.Append("new"))
                    {
                        var applied = await session.Apply(Insert(house, key), Cancel);
                        codes.Add(applied.Ok ? "ok" : applied.Refusals[0].Code);
                    }

                    // Taken away in the same act it counts on from there.
                    codes.Add((await session.Apply(new Change.Delete(house, "new", null), Cancel)).Ok ? "ok" : "not there");
                    return Refusals.Of(new Refusal("TEST", "", "不写"));
                },
                Cancel);
            Assert.False(outcome.Ok);
            Assert.Equal(["REG-W01", "ok", "ok", "REG-W01", "ok"], codes);
        }

        await Written(Insert(house, "gone"));
        Assert.Equal(3, (await city.Reader.Get(house, "gone"))!.Version);
    }

    [Fact]
    public async Task A_link_leads_to_what_the_same_act_has_written_and_not_to_what_it_has_taken_away()
    {
        var house = await House("linked");
        var room = await Rooms("linked");
        await Written(Insert(house, "stands"), Insert(house, "falls"));

        Assert.True((await Write(Insert(house, "built"), Room(room, "built"), Room(room, "stands"))).Ok);
        foreach (var changes in new Change[][]
        {
            [new Change.Delete(house, "falls", null), Room(room, "falls")],
            [new Change.Update(house, "falls", null, new Dictionary<string, object?> { ["name"] = "又一名" }), new Change.Delete(house, "falls", null), Room(room, "falls")],
            [Room(room, "never")],
        })
        {
            Assert.Equal("REG-W06", Assert.Single((await Write(changes)).Refusals).Code);
        }

        Assert.NotNull(await city.Reader.Get(house, "falls"));
    }

    private Task<Outcome<Written>> Write(params Change[] changes) => city.Store.Write(new Act(Clerk, "test"), changes, Cancel);

    private async Task Written(params Change[] changes)
    {
        var written = await Write(changes);
        Assert.True(written.Ok, written.Refusals.ToString());
    }

    private static Change.Insert Insert(ResourceDefinition house, string key) =>
        new(house, key, new Dictionary<string, object?> { ["code"] = key, ["name"] = "房屋" + key });

    private static Change.Insert Room(ResourceDefinition room, string house) => new(room, "", new Dictionary<string, object?> { ["house"] = house });

    private async Task<ResourceDefinition> House(string name) => (await city.Registry.Publish(
        new ResourceDefinition()
        {
            Id = $"act-test-{name}/house",
            Name = "测试房屋",
            Clause = "P1",
            Owner = "data",
            Key = "code",
            Fields =
            [
                new() { Name = "code", Label = "编号", Type = FieldTypes.Text, Required = true },
                new() { Name = "name", Label = "名称", Type = FieldTypes.Text },
            ],
        },
        Clerk,
        Cancel)).Value;

    private async Task<ResourceDefinition> Rooms(string name) => (await city.Registry.Publish(
        new ResourceDefinition()
        {
            Id = $"act-test-{name}/room",
            Name = "测试房间",
            Clause = "P1",
            Owner = "data",
            Fields = [new() { Name = "house", Label = "房屋", Type = FieldTypes.Link, Target = $"act-test-{name}/house", Required = true }],
        },
        Clerk,
        Cancel)).Value;
}
