using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Many readers of single records at once: each gets his own record, and none an older one than he may expect.</summary>
public sealed class RegistryKeyedReads(City city)
{
    private static readonly Caller Clerk = new() { Id = "clerk-1", Name = "李经办", Kind = CallerKind.Staff, Office = "police" };

    private async Task<(ResourceDefinition Thing, string[] Keys)> Filled(string name, int count)
    {
        var thing = (await city.Registry.Publish(
            new ResourceDefinition
            {
                Id = $"keyed-test/{name}",
                Name = "测试资源",
                Clause = "P1",
                Owner = "data",
                Fields = [new() { Name = "title", Label = "名称", Type = FieldTypes.Text }],
            },
            Clerk,
            TestContext.Current.CancellationToken)).Value;
        var changes = Enumerable.Range(0, count)
            .Select(i => (Change)new Change.Insert(thing, "", new Dictionary<string, object?> { ["title"] = $"第{i}条" }));
        var written = await city.Store.Write(new Act(Clerk, "record.edit"), [.. changes]);
        return (thing, [.. written.Value.Records.Select(record => record.Key)]);
    }

    [Fact]
    public async Task A_crowd_of_readers_gets_what_each_asked_for()
    {
        var (thing, keys) = await Filled("crowd", 70);
        var asked = Enumerable.Range(0, 700).Select(i => i % 9 == 0 ? $"没有{i}" : keys[i * 7 % keys.Length]).ToList();
        var got = await Task.WhenAll(asked.Select(key => city.Reader.Get(thing, key)));
        Assert.All(asked.Zip(got), pair => Assert.Equal(keys.Contains(pair.First) ? pair.First : null, pair.Second?.Key));
        Assert.All(got.OfType<Shali.Platform.Registry.Record>(), record => Assert.Equal($"第{Array.IndexOf(keys, record.Key)}条", record.Text("title")));
    }

    [Fact]
    public async Task Who_reads_after_a_write_sees_it_whoever_else_is_reading()
    {
        var (thing, keys) = await Filled("fresh", 4);
        using var stop = new CancellationTokenSource();
        var crowd = Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await city.Reader.Get(thing, keys[i % keys.Length]);
            }
        })).ToList();
        for (var version = 2; version <= 60; version++)
        {
            var change = new Change.Update(thing, keys[0], null, new Dictionary<string, object?> { ["title"] = $"第{version}版" });
            Assert.True((await city.Store.Write(new Act(Clerk, "record.edit"), [change])).Ok);
            Assert.Equal(version, (await city.Reader.Get(thing, keys[0]))!.Version);
        }

        await stop.CancelAsync();
        await Task.WhenAll(crowd);
    }
}
