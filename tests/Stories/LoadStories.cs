using System.Globalization;
using CsCheck;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Files become records: nothing lost, nothing doubled, everything wrong told.</summary>
public sealed class LoadStories(LoadDatabase database) : IClassFixture<LoadDatabase>
{
    private static readonly LoadOptions Whole = new() { Mode = LoadMode.AllOrNothing };

    private static string Rows(int from, int count, string name = "店") => "编号,名称,金额,成立日期\n" + string.Concat(Enumerable.Range(from, count)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"N{i:00000},{name}{i},{i}.50,2024-01-{1 + (i % 28):00}\n")));

    [Fact]
    public async Task The_same_file_loaded_twice_changes_nothing()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("twice"));
        var first = await node.Load(shop, Rows(0, 230));
        Assert.Equal((LoadState.Done, new LoadCounts(230, 0, 230, 0, 0)), (first.State, first.Counts));
        var acts = await node.Acts();
        Assert.Equal(5, acts);
        var second = await node.Load(shop, Rows(0, 230));
        Assert.Equal(new LoadCounts(230, 0, 0, 0, 230), second.Counts);
        Assert.Equal(acts, await node.Acts());
        await node.JournalFits(shop);
    }

    [Fact]
    public async Task What_the_doors_give_out_comes_back_unchanged()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("rounds"));
        await node.Load(shop, "编号,名称\nR1,=1+1\nR2,'=1+1\nR3,𠮷野家_x0041_\nR4,-5度\n");
        Assert.Equal(["-5度", "=1+1", "=1+1", "𠮷野家_x0041_"], (await node.Records(shop)).Select(record => record.Text("name")).Order(StringComparer.Ordinal));
        var rows = (await node.Records(shop)).Select(record => new[]
        {
            record.Key, record.Text("number")!, Platform.Registry.Sheets.SheetText.Harmless(record.Text("name")!), "", "", "1", "2026-01-01",
        }).ToList();
        string[] columns = ["id", "number", "name", "amount", "opened", "version", "changed_at"];
        var csv = string.Concat(rows.Prepend(columns).Select(row => string.Join(',', row) + "\n"));
        Assert.Contains(",'=1+1,", csv, StringComparison.Ordinal);
        Assert.Equal((LoadState.Done, new LoadCounts(4, 0, 0, 0, 4)), ((await node.Load(shop, csv)) is var job ? (job.State, job.Counts) : default));
        using var stream = new MemoryStream();
        using (var book = new Platform.Registry.Sheets.XlsxWriter(stream, columns))
        {
            rows.ForEach(row => book.Row(row));
        }

        using var file = LoadFile.Of("a.xlsx", stream.ToArray());
        Assert.Equal(new LoadCounts(4, 0, 0, 0, 4), (await node.Run(await node.Bring(shop, file))).Counts);
    }

    [Fact]
    public async Task Rejected_cells_are_no_formulas_in_the_file_of_bad_rows_and_are_themselves_when_it_is_loaded()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("formulas"));
        var rejects = node.Rejects(await node.Load(shop, "编号,名称,金额\nF1,=HYPERLINK(1),-x\n"));
        Assert.EndsWith("F1,'=HYPERLINK(1),'-x", rejects[1], StringComparison.Ordinal);
        await node.Load(shop, string.Join('\n', rejects).Replace("'-x", "-3", StringComparison.Ordinal) + "\n");
        Assert.Equal(("=HYPERLINK(1)", -3m), ((await node.Records(shop)).Single() is var record ? (record.Text("name"), record["amount"]) : default));
    }

    [Fact]
    public async Task Masked_values_that_come_back_destroy_nothing()
    {
        await using var node = await LoadNode.On(database);
        var people = await node.Publish(LoadNode.Shop("masked") with
        {
            Fields = [.. LoadNode.Shop("masked").Fields.Select(field => field.Name == "name" ? field with { Mask = MaskShape.Name } : field)],
        });
        await node.Load(people, "编号,名称,金额\nM1,张三丰,1\nM2,李四,1\n");
        var job = await node.Load(people, "编号,名称,金额\nM1,张**,2\nM2,李四,2\n");
        Assert.Equal(("LOAD-R15", new LoadCounts(2, 1, 0, 1, 0)), (job.Rejects[0].Reasons[0].Code, job.Counts));
        Assert.Equal(["张三丰", "李四"], (await node.Records(people)).Select(record => record.Text("name")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Features_fill_the_place_whatever_it_is_called_and_files_must_be_there()
    {
        await using var node = await LoadNode.On(database);
        var lamps = await node.Publish(LoadNode.Shop("lamps", match: false) with
        {
            Key = "number",
            Fields =
            [
                new() { Name = "number", Label = "编号", Type = FieldTypes.Text, Required = true },
                new() { Name = "position", Label = "位置", Type = FieldTypes.Geometry },
                new() { Name = "scan", Label = "扫描件", Type = FieldTypes.File },
            ],
        });
        static string One(string number, string more = "") =>
            $$$"""{"type":"Feature","id":"{{{number}}}","geometry":{"type":"Point","coordinates":[114,33.5]},"properties":{"number":"{{{number}}}"{{{more}}}}}""";
        using var file = LoadFile.Of("a.geojson", System.Text.Encoding.UTF8.GetBytes(
            $$"""{"type":"FeatureCollection","features":[{{One("L1")}},{{One("L2", ",\"scan\":\"made-up\"")}}]}"""));
        var job = await node.Run(await node.Bring(lamps, file));
        Assert.Equal((LoadState.Done, new LoadCounts(2, 1, 1, 0, 0)), (job.State, job.Counts));
        Assert.Equal("REG-F22", job.Rejects[0].Reasons[0].Code);
        Assert.Equal("POINT (114 33.5)", (await node.Records(lamps)).Single()["position"]!.ToString());
    }

    [Fact]
    public async Task Changed_rows_become_new_versions_and_the_old_ones_stay()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("changes"));
        await node.Load(shop, Rows(0, 120));
        var before = (await node.Records(shop))[0];
        var second = await node.Load(shop, "编号,名称\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"N{i:00000},{(i < 100 ? "店" : "新店")}{i}\n")));
        Assert.Equal(new LoadCounts(150, 0, 30, 20, 100), second.Counts);
        var records = await node.Records(shop);
        Assert.Equal(150, records.Count);
        var changed = records.Single(record => record.Text("number") == "N00110");
        Assert.Equal(2, changed.Version);
        Assert.Equal(110.5m, changed["amount"]);
        var history = await node.Reader.History(shop, changed.Key);
        Assert.Equal(["新店110", "店110"], history.Select(entry => entry.Record.Text("name")));
        Assert.Equal("店0", (await node.Reader.Get(shop, before.Key, before.ChangedAt))!.Text("name"));
        await node.JournalFits(shop);
    }

    [Fact]
    public async Task Bad_rows_are_kept_with_all_their_reasons_and_can_be_loaded_again()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("rejects"));
        var job = await node.Load(shop, "编号,名称,金额,成立日期\nA1,甲,1,2024-01-01\nA2,,一百,昨天\n,丙,1,\nA4,丁,1\nA1,甲,1,2024-01-01\nA1,乙,1,2024-01-01\n");
        Assert.Equal(new LoadCounts(6, 4, 1, 0, 1), job.Counts);
        Assert.Equal([3, 4, 5, 7], job.Rejects.Select(reject => reject.Row));
        Assert.Equal(["REG-F02", "REG-F07", "REG-F10"], job.Rejects[0].Reasons.Select(reason => reason.Code).Order());
        Assert.Contains("第 2 行", job.Rejects[3].Reasons[0].Sentence, StringComparison.Ordinal);
        var rejects = node.Rejects(job);
        Assert.Equal("行号,原因,编号,名称,金额,成立日期", rejects[0].TrimStart('\ufeff'));
        Assert.Equal(5, rejects.Length);
        Assert.EndsWith("A2,,一百,昨天", rejects[1], StringComparison.Ordinal);

        var corrected = string.Join('\n', rejects[..2]).Replace("A2,,一百,昨天", "A2,乙,100,2024-02-01", StringComparison.Ordinal) + "\n";
        var again = await node.Load(shop, corrected);
        Assert.Equal((LoadState.Done, new LoadCounts(1, 0, 1, 0, 0)), (again.State, again.Counts));
    }

    [Fact]
    public async Task All_or_nothing_writes_nothing_when_one_row_is_bad_and_everything_when_none_is()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("whole"));
        var refused = await node.Load(shop, Rows(0, 230) + "N9,,1,2024-01-01\n", Whole);
        Assert.Equal((LoadState.Failed, 1L), (refused.State, refused.Counts.Bad));
        Assert.Empty(await node.Records(shop));
        Assert.Equal(0, await node.Acts());
        var done = await node.Load(shop, Rows(0, 230), Whole);
        Assert.Equal((LoadState.Done, 230L), (done.State, done.Counts.New));
        Assert.Equal(230, (await node.Records(shop)).Count);
        await node.JournalFits(shop);
    }

    [Fact]
    public async Task Rows_that_nothing_names_are_the_same_records_when_they_come_again()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("nameless", match: false));
        const string csv = "编号,名称\n,甲\n,甲\n,乙\n";
        Assert.Equal(new LoadCounts(3, 0, 3, 0, 0), (await node.Load(shop, csv)).Counts);
        Assert.Equal(new LoadCounts(3, 0, 0, 0, 3), (await node.Load(shop, csv)).Counts);
        Assert.Equal(3, (await node.Records(shop)).Count);
    }

    [Fact]
    public async Task A_key_field_names_the_record_and_a_deleted_record_goes_on_counting()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("keyed") with { Key = "number", Match = [] });
        await node.Load(shop, Rows(0, 3));
        var store = Store(node);
        Assert.True((await store.Write(new Act(LoadNode.Clerk, "record.delete"), [new Change.Delete(shop, "N00001", null)])).Ok);
        var again = await node.Load(shop, Rows(0, 4));
        Assert.Equal(new LoadCounts(4, 0, 2, 0, 2), again.Counts);
        Assert.Equal(3, (await node.Reader.Get(shop, "N00001"))!.Version);
    }

    public static TheoryData<LoadMode, string, int> Crashes()
    {
        var crashes = new TheoryData<LoadMode, string, int>();
        foreach (var step in (string[])["claimed", "judged", "superseded", "copied", "journaled", "written", "moved", "committed", "done"])
        {
            crashes.Add(LoadMode.GoodRows, step, 1);
            crashes.Add(LoadMode.GoodRows, step, 3);
        }

        foreach (var step in (string[])["claimed", "checked", "copied", "moved", "before commit", "committed"])
        {
            crashes.Add(LoadMode.AllOrNothing, step, 1);
        }

        return crashes;
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task After_a_crash_at_any_step_no_row_is_lost_and_none_doubled(LoadMode mode, string step, int time)
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("crash"));
        await node.Load(shop, Rows(0, 60, "旧"));
        var bad = mode == LoadMode.GoodRows ? "X1,,1,2024-01-01\nX2,,1,2024-01-01\n" : "";
        using var file = LoadFile.Csv(Rows(0, 120) + bad + Rows(120, 120)["编号,名称,金额,成立日期\n".Length..] + bad);
        var job = await node.Bring(shop, file, new() { Mode = mode });
        var left = time;
        var crashed = false;
        void Crash(string now)
        {
            if (now == step && --left == 0)
            {
                crashed = true;
                throw new InvalidOperationException("killed");
            }
        }

        try
        {
            await node.Run(job, Crash);
        }
        catch (InvalidOperationException)
        {
            // The process is gone; the next one finds what is on disk.
        }

        var done = crashed ? await node.Run(job) : (await node.Jobs.Get(job.Id))!;
        Assert.Equal(LoadState.Done, done.State);
        var badRows = mode == LoadMode.GoodRows ? 4 : 0;
        Assert.Equal(new LoadCounts(240 + badRows, badRows, 180, 60, 0), done.Counts);
        var records = await node.Records(shop);
        Assert.Equal(240, records.Count);
        Assert.Equal(240, records.Select(record => record.Text("number")).Distinct().Count());
        Assert.Equal(60, records.Count(record => record.Version == 2));
        await node.JournalFits(shop);
        if (mode == LoadMode.GoodRows)
        {
            Assert.Equal(["行号", "122", "123", "244", "245"], node.Rejects(done).Select(line => line.TrimStart('\ufeff').Split(',')[0]));
            Assert.Equal([122, 123, 244, 245], done.Rejects.Select(reject => reject.Row));
        }
    }

    [Fact]
    public async Task A_worker_that_lost_its_job_can_no_longer_write()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("lost"));
        using var file = LoadFile.Csv(Rows(0, 200));
        var job = await node.Bring(shop, file);
        LoadJob? other = null;
        var first = await node.Run(job, now =>
        {
            if (now == "committed" && other is null)
            {
                // While this one pauses, its lease runs out and another takes and finishes the job.
                other = node.Run(job).GetAwaiter().GetResult();
            }
        });
        Assert.Equal(LoadState.Done, other!.State);
        Assert.Equal(new LoadCounts(200, 0, 200, 0, 0), first.Counts);
        Assert.Equal(200, (await node.Records(shop)).Count);
        await node.JournalFits(shop);
    }

    [Fact]
    public async Task A_cancelled_load_stops_between_chunks_and_says_what_it_wrote()
    {
        await using var node = await LoadNode.On(database, chunk: 10);
        var shop = await node.Publish(LoadNode.Shop("cancel"));
        using var file = LoadFile.Csv(Rows(0, 2_000));
        var job = await node.Bring(shop, file);
        var done = await node.Run(job, now =>
        {
            if (now == "committed")
            {
                node.Jobs.Cancel(job.Id).GetAwaiter().GetResult();
                // Until the worker has heard it, the loads go on.
                SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(20));
            }
        });
        Assert.Equal(LoadState.Cancelled, done.State);
        Assert.InRange(done.Counts.New, 10, 1_990);
        Assert.Equal(done.Counts.New, (await node.Records(shop)).Count);
        await node.JournalFits(shop);
    }

    [Fact]
    public async Task Two_loads_into_one_resource_run_one_after_the_other()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("queue"));
        using var file = LoadFile.Csv(Rows(0, 10));
        var first = await node.Bring(shop, file);
        await node.Bring(shop, file);
        Assert.Equal(first.Id, (await node.Jobs.Claim())!.Id);
        Assert.Null(await node.Jobs.Claim());
    }

    [Fact]
    public async Task A_file_that_does_not_fit_is_refused_with_everything_that_is_wrong()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("unfit"));
        var job = await node.Load(shop, "编号,电话\n1,2\n");
        Assert.Equal(LoadState.Failed, job.State);
        Assert.Contains("电话", job.Note, StringComparison.Ordinal);
        Assert.Contains("名称", job.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_who_comes_between_is_seen_and_not_doubled()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("race"));
        var store = Store(node);
        using var file = LoadFile.Csv(Rows(0, 120));
        var job = await node.Bring(shop, file);
        var once = true;
        var done = await node.Run(job, now =>
        {
            if (now == "committed" && once)
            {
                // The table was empty when the load began.
                once = false;
                var values = new Dictionary<string, object?> { ["number"] = "N00070", ["name"] = "别处" };
                Assert.True(store.Write(new Act(LoadNode.Clerk, "record.edit"), [new Change.Insert(shop, "", values)]).GetAwaiter().GetResult().Ok);
            }
        });
        Assert.Equal(new LoadCounts(120, 0, 119, 1, 0), done.Counts);
        Assert.Equal(120, (await node.Records(shop)).Count);
        await node.JournalFits(shop);
    }

    [Fact]
    public async Task Counts_add_up_for_any_file()
    {
        await using var node = await LoadNode.On(database, chunk: 7);
        var shop = await node.Publish(LoadNode.Shop("counts"));
        var rows = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 3], Gen.Bool).List[0, 40];
        await rows.SampleAsync(
            async lines =>
            {
                var csv = "编号,名称,金额\n" + string.Concat(lines.Select(line => $"N{line.Item1},{(line.Item3 ? "店" : "")}{line.Item2 % 2},{(line.Item2 == 3 ? "x" : "1")}\n"));
                if (lines.Count == 0)
                {
                    return;
                }

                var before = (await node.Records(shop)).Count;
                var job = await node.Load(shop, csv);
                var counts = job.Counts;
                Assert.Equal(lines.Count, counts.Read);
                Assert.Equal(counts.Read, counts.Bad + counts.New + counts.Changed + counts.Unchanged);
                Assert.Equal(before + counts.New, (await node.Records(shop)).Count);
                Assert.Equal(counts.Bad + (counts.Bad > 0 || File.Exists(node.Files.RejectPath(job)) ? 1 : 0), node.Rejects(job).Length);
                var again = await node.Load(shop, csv);
                Assert.Equal((0L, 0L, counts.Bad), (again.Counts.New, again.Counts.Changed, again.Counts.Bad));
            },
            iter: 15,
            threads: 1);
        await node.JournalFits(shop);
    }

    [Fact]
    public async Task Nobody_loads_records_outside_his_area()
    {
        await using var node = await LoadNode.On(database);
        var shop = await node.Publish(LoadNode.Shop("scope") with { ScopeField = "name" });
        Assert.Equal(2, (await node.Load(shop, "编号,名称\n1,data\n2,health\n")).Counts.New);
        var scoped = LoadNode.Clerk with { Scope = DataScope.OwnOffice };
        using var file = LoadFile.Csv("编号,名称,金额\n1,data,5\n2,data,5\n3,data,5\n4,health,5\n");
        var job = await node.Run(await node.Bring(shop, file, who: scoped));
        Assert.Equal(new LoadCounts(4, 2, 1, 1, 0), job.Counts);
        Assert.Equal([3, 5], job.Rejects.Select(reject => reject.Row));
    }

    [Fact]
    public async Task Places_are_loaded_from_features()
    {
        await using var node = await LoadNode.On(database);
        var place = await node.Publish(new ResourceDefinition
        {
            Id = "load-test/place",
            Name = "地点",
            Clause = "P1",
            Owner = "data",
            Match = ["code"],
            Fields =
            [
                new() { Name = "code", Label = "编码", Type = FieldTypes.Text, Unique = true },
                new() { Name = "shape", Label = "geometry", Type = FieldTypes.Geometry },
            ],
        });
        using var file = LoadFile.Of("a.geojson", System.Text.Encoding.UTF8.GetBytes(
            """
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{"编码":"P1"},"geometry":{"type":"Point","coordinates":[114.02,33.57]}},
              {"type":"Feature","properties":{"编码":"P2"},"geometry":{"type":"Point","coordinates":[514.02,33.57]}}]}
            """));
        var job = await node.Run(await node.Bring(place, file));
        Assert.Equal(new LoadCounts(2, 1, 1, 0, 0), job.Counts);
        var again = await node.Run(await node.Bring(place, file));
        Assert.Equal(new LoadCounts(2, 1, 0, 0, 1), again.Counts);
    }

    private static RecordStore Store(LoadNode node) => new(node.Db, node.Registry, node.Log, [], TimeProvider.System);
}
