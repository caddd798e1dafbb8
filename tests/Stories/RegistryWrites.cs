using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What every resource has from its definition: rows, versions, history, other times, refusals.</summary>
public sealed class RegistryWrites(City city)
{
    private static readonly Caller Clerk = new() { Id = "clerk-1", Name = "李经办", Kind = CallerKind.Staff, Office = "police" };

    private static ResourceDefinition Thing(string name) => new()
    {
        Id = $"registry-test/{name}",
        Name = "测试资源",
        Clause = "P1",
        Owner = "data",
        Fields =
        [
            new() { Name = "title", Label = "名称", Type = FieldTypes.Text, Required = true, Indexed = true },
            new() { Name = "number", Label = "编号", Type = FieldTypes.Text, Unique = true },
            new() { Name = "amount", Label = "金额", Type = FieldTypes.Money },
            new() { Name = "seen_at", Label = "时间", Type = FieldTypes.DateTime },
        ],
    };

    private async Task<ResourceDefinition> Published(string name) =>
        (await city.Registry.Publish(Thing(name), Clerk, TestContext.Current.CancellationToken)).Value;

    private static Dictionary<string, object?> Values(string title, string? number = null, decimal? amount = null) => new()
    {
        ["title"] = title,
        ["number"] = number,
        ["amount"] = amount,
    };

    private async Task<string> Insert(ResourceDefinition thing, string title, string? number = null, decimal? amount = null)
    {
        var written = await city.Store.Write(new Act(Clerk, "record.edit", "测试"), [new Change.Insert(thing, "", Values(title, number, amount))]);
        Assert.True(written.Ok, written.Refusals.ToString());
        return written.Value.Records[0].Key;
    }

    [Fact]
    public async Task A_record_keeps_its_versions_and_who_wrote_them()
    {
        var thing = await Published("versions");
        var key = await Insert(thing, "甲", amount: 1.5m);
        var first = (await city.Reader.Get(thing, key))!;
        var written = await city.Store.Write(
            new Act(Clerk, "record.edit", "更正"), [new Change.Update(thing, key, 1, new Dictionary<string, object?> { ["title"] = "乙" })]);
        Assert.True(written.Ok);

        Assert.Equal("乙", (await city.Reader.Get(thing, key))!.Text("title"));
        Assert.Equal("甲", (await city.Reader.Get(thing, key, first.ChangedAt))!.Text("title"));
        Assert.Null(await city.Reader.Get(thing, key, first.ChangedAt.AddSeconds(-1)));
        var history = await city.Reader.History(thing, key);
        Assert.Equal(["更正", "测试"], history.Select(entry => entry.Purpose));
        Assert.Equal(['U', 'I'], history.Select(entry => entry.Operation));
        Assert.All(history, entry => Assert.Equal("李经办", entry.WhoName));
    }

    [Fact]
    public async Task A_writer_who_saw_an_old_version_is_refused()
    {
        var thing = await Published("conflict");
        var key = await Insert(thing, "甲");
        var change = new Change.Update(thing, key, 1, new Dictionary<string, object?> { ["title"] = "乙" });
        Assert.True((await city.Store.Write(new Act(Clerk, "record.edit"), [change])).Ok);
        var late = await city.Store.Write(new Act(Clerk, "record.edit"), [change]);
        Assert.Equal("REG-W03", Assert.Single(late.Refusals).Code);
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_and_nothing_is_written()
    {
        var thing = await Published("refusals");
        var outcome = await city.Store.Write(
            new Act(Clerk, "record.edit"),
            [new Change.Insert(thing, "", new Dictionary<string, object?> { ["amount"] = "一百", ["nonsense"] = "x", ["seen_at"] = "昨天" })]);
        Assert.Equal(["amount", "nonsense", "seen_at", "title"], outcome.Refusals.Select(refusal => refusal.Field).Order());
        Assert.Empty((await city.Reader.List(thing, new RecordQuery())).Records);
    }

    [Fact]
    public async Task The_same_idempotency_key_writes_once()
    {
        var thing = await Published("idempotent");
        var act = new Act(Clerk, "record.edit") { IdempotencyKey = "key-1" };
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            city.Store.Write(act, [new Change.Insert(thing, "", Values("甲"))])));
        Assert.Single(results.Select(result => result.Value.Records[0].Key).Distinct());
        Assert.Single((await city.Reader.List(thing, new RecordQuery())).Records);
    }

    [Fact]
    public async Task A_unique_value_is_held_by_one_record_under_concurrent_writers()
    {
        var thing = await Published("unique");
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            city.Store.Write(new Act(Clerk, "record.edit"), [new Change.Insert(thing, "", Values($"第{i}个", "N-1"))])));
        Assert.Single(results, result => result.Ok);
        Assert.All(results.Where(result => !result.Ok), result => Assert.Equal("REG-W05", result.Refusals[0].Code));
    }

    [Fact]
    public async Task A_deleted_record_is_still_there_at_an_earlier_time_and_its_key_counts_on()
    {
        var thing = (await city.Registry.Publish(Thing("deleted") with { Key = "number" }, Clerk)).Value;
        await Insert(thing, "甲", "K1");
        var before = (await city.Reader.Get(thing, "K1"))!;
        Assert.True((await city.Store.Write(new Act(Clerk, "record.delete"), [new Change.Delete(thing, "K1", 1)])).Ok);
        Assert.Null(await city.Reader.Get(thing, "K1"));
        Assert.Equal("甲", (await city.Reader.Get(thing, "K1", before.ChangedAt))!.Text("title"));
        await Insert(thing, "乙", "K1");
        Assert.Equal(3, (await city.Reader.Get(thing, "K1"))!.Version);
        Assert.Equal(['I', 'D', 'I'], (await city.Reader.History(thing, "K1")).Select(entry => entry.Operation));
    }

    [Fact]
    public async Task Pages_by_keyset_meet_every_record_once_in_any_order()
    {
        var thing = await Published("paging");
        var changes = Enumerable.Range(0, 57)
            .Select(i => (Change)new Change.Insert(thing, "", Values($"第{i % 7}组", i % 3 == 0 ? null : $"N{i}", i % 5 == 0 ? null : i)))
            .ToList();
        Assert.True((await city.Store.Write(new Act(Clerk, "record.edit"), changes)).Ok);
        foreach (var sort in new SortBy[][] { [], [new("amount")], [new("amount", true)], [new("title"), new("number", true)], [new("number")] })
        {
            var seen = new List<string>();
            string? after = null;
            do
            {
                var page = await city.Reader.List(thing, new RecordQuery { Sort = sort, Limit = 10, After = after });
                seen.AddRange(page.Records.Select(record => record.Key));
                after = page.Next;
            }
            while (after is not null);

            Assert.Equal(57, seen.Count);
            Assert.Equal(57, seen.Distinct().Count());
        }
    }

    [Fact]
    public async Task Additive_change_is_published_at_once_and_the_rest_is_refused_with_the_way()
    {
        var thing = await Published("evolve");
        await Insert(thing, "甲");
        var more = thing with { Fields = [.. thing.Fields, new() { Name = "note", Label = "备注", Type = FieldTypes.Text }] };
        var second = await city.Registry.Publish(more, Clerk);
        Assert.Equal(2, second.Value.Version);
        Assert.Null((await city.Reader.List(second.Value, new RecordQuery())).Records[0]["note"]);

        var broken = thing with
        {
            Fields = [thing.Fields[0] with { Type = FieldTypes.Integer }, .. thing.Fields.Skip(2), new() { Name = "must", Label = "必填", Type = FieldTypes.Text, Required = true }],
        };
        var refused = await city.Registry.Publish(broken, Clerk);
        Assert.Equal(["REG-S01", "REG-S01", "REG-S02", "REG-S05"], refused.Refusals.Select(refusal => refusal.Code).Order());
        Assert.Equal(2, (await city.Registry.Versions(thing.Id)).Count);
    }
}
