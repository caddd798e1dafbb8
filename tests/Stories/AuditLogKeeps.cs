using System.Text.Json;
using Shali.Platform.Audit;
using Shali.Platform.Audit.Merkle;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What is acknowledged is in the log, once, in one order, whoever writes beside and whatever breaks.</summary>
public sealed class AuditLogKeeps(City city)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_of_many_callers_stand_in_one_order_without_a_gap()
    {
        await using var node = new AuditNode(await city.UnwrittenDatabase());
        var indexes = await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => node.Log.Append(AuditNode.Entry($"n{i}"), Token)));

        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (long)i), indexes.Order());
        var bodies = await AuditNode.Whole(node.Db);
        for (var i = 0; i < indexes.Length; i++)
        {
            Assert.Contains($"\"note\":\"n{i}\"", bodies[(int)indexes[i]], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_body_is_canonical_and_says_all()
    {
        await using var node = new AuditNode(await city.UnwrittenDatabase());
        await node.Log.Append(AuditNode.Entry("说明 \"引号\" \0 \ud800 😀"), Token);
        var body = Assert.Single(await AuditNode.Whole(node.Db));

        using var json = JsonDocument.Parse(body);
        Assert.Equal(
            ["v", "at", "kind", "who", "resource", "keys", "fields", "subjects", "purpose", "success", "note", "salt"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("说明 \"引号\" \ufffd \ufffd 😀", json.RootElement.GetProperty("note").GetString());
        Assert.Equal("王芳", json.RootElement.GetProperty("who").GetProperty("name").GetString());
        Assert.Contains("\"核实身份\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_proved_by_a_signed_checkpoint()
    {
        var witness = Path.GetTempFileName();
        await using var node = new AuditNode(await city.UnwrittenDatabase(), witness);
        for (var i = 0; i < 700; i++)
        {
            _ = node.Log.Append(AuditNode.Entry($"before {i}"), Token);
        }

        var index = await node.Log.Append(AuditNode.Entry("this one"), Token);
        string? note = null;
        while (note is null)
        {
            note = await node.Db.Scalar<string>(
                $"select note from audit.checkpoint where size > {index} order by size limit 1", Token);
        }

        var (key, _) = await KeyOf(node.Db);
        var checkpoint = key.Check(SignedNote.Parse(note))!;
        var (leaf, path) = await node.Tree.Inclusion(index, checkpoint.Size, Token);
        Assert.True(MerkleProof.VerifyInclusion(leaf, index, checkpoint.Size, path, checkpoint.Root));
        Assert.Null(key.Check(SignedNote.Parse(note.Replace($"\n{checkpoint.Size}\n", $"\n{checkpoint.Size + 1}\n", StringComparison.Ordinal))));
        key.Dispose();
    }

    [Fact]
    public async Task Proofs_from_the_tables_hold_for_every_size()
    {
        await using var node = new AuditNode(await city.UnwrittenDatabase());
        await Task.WhenAll(Enumerable.Range(0, 1100).Select(i => node.Log.Append(AuditNode.Entry($"n{i}"), Token)));
        foreach (var (index, size) in new[] { (0, 1), (0, 1100), (255, 256), (256, 1100), (511, 1000), (1099, 1100), (700, 777) })
        {
            var root = await node.Tree.Root(size, Token);
            var (leaf, path) = await node.Tree.Inclusion(index, size, Token);
            Assert.True(MerkleProof.VerifyInclusion(leaf, index, size, path, root));
            var steps = await node.Tree.Consistency(index + 1, size, Token);
            var older = await node.Tree.Root(index + 1, Token);
            Assert.True(MerkleProof.VerifyConsistency(index + 1, size, older, root, steps));
        }

        Assert.Equal(node.Log.Head!.Root(), await node.Tree.Root(1100, Token));
    }

    [Fact]
    public async Task Three_nodes_write_one_log()
    {
        var database = await city.UnwrittenDatabase();
        var nodes = Enumerable.Range(0, 3).Select(_ => new AuditNode(database)).ToArray();
        var indexes = await Task.WhenAll(nodes.SelectMany((node, n) => Enumerable.Range(0, 8).Select(async lane =>
        {
            var mine = new List<long>();
            for (var i = 0; i < 40; i++)
            {
                mine.Add(await node.Log.Append(AuditNode.Entry($"node {n} lane {lane} n{i}")));
            }

            Assert.Equal(mine.Order(), mine);
            return mine;
        })));

        Assert.Equal(Enumerable.Range(0, 960).Select(i => (long)i), indexes.SelectMany(index => index).Order());
        Assert.Equal(960, (await AuditNode.Whole(nodes[0].Db)).Distinct().Count());
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_loses_and_doubles_nothing()
    {
        var database = await city.UnwrittenDatabase();
        await using var node = new AuditNode(database);
        using var done = new CancellationTokenSource();
        var breaking = Task.Run(async () =>
        {
            await using var breaker = Db.Briefly(database + ";Pooling=false");
            var broken = 0;
            while (!done.IsCancellationRequested)
            {
                broken += await breaker.Scalar<bool>(
                    $"""
                    select coalesce(bool_or(pg_terminate_backend(pid)), false) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and query like '%audit.%'
                    """) ? 1 : 0;
                await Task.Delay(15);
            }

            return broken;
        });
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, 16).Select(async lane =>
        {
            var mine = new List<(long Index, string Note)>();
            for (var i = 0; i < 60; i++)
            {
                mine.Add((await node.Log.Append(AuditNode.Entry($"lane {lane} n{i}.")), $"lane {lane} n{i}."));
            }

            return mine;
        }));
        await done.CancelAsync();
        Assert.True(await breaking > 0);

        // The node's own connections may be those that were broken.
        await using var reader = Db.Briefly(database);
        var bodies = await AuditNode.Whole(reader);
        Assert.Equal(960, bodies.Count);
        Assert.All(acknowledged.SelectMany(mine => mine), one => Assert.Contains(one.Note, bodies[(int)one.Index], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_head_that_was_set_back_ends_in_refusals_and_no_record_is_written_over()
    {
        var settings = new AuditSettings { Patience = TimeSpan.FromMilliseconds(300) };
        await using var node = new AuditNode(await city.UnwrittenDatabase(), settings, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => node.Log.Append(AuditNode.Entry($"n{i}"), Token)));
        var before = await AuditNode.Whole(node.Db);
        await node.Db.Run($"update audit.head set size = 1, range = (select leaf from audit.record where index = 0)", Token);

        await Assert.ThrowsAsync<AuditUnavailableException>(() => node.Log.Append(AuditNode.Entry("after"), Token));
        Assert.Equal(before, await node.Db.List($"select convert_from(body, 'UTF8') from audit.record order by index", row => row.GetString(0), Token));
    }

    [Fact]
    public async Task The_connection_of_the_log_goes_back_as_it_came()
    {
        await using var node = new AuditNode(await city.UnwrittenDatabase());
        await node.Log.Append(AuditNode.Entry("one"), Token);
        await node.Log.DisposeAsync();

        // More at once than are idle in the pool: the one that was the log's is among them.
        var settings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => node.Db.Scalar<string>(
            $"select current_setting('enable_seqscan') || ' ' || current_setting('plan_cache_mode') from pg_sleep(0.2)", Token)));
        Assert.All(settings, setting => Assert.Equal("on auto", setting));
    }

    [Fact]
    public async Task Acts_get_their_place_in_the_order_of_their_numbers()
    {
        await using var node = new AuditNode(await city.UnwrittenDatabase(), null, "audit_a", "audit_b", "not_there");
        await node.Db.Run(Shape.Schema("audit_a"), Token);
        await node.Db.Run(Shape.Schema("audit_b"), Token);
        await node.Log.Append(AuditNode.Entry("first"), Token);

        var sequenced = node.Log.Sequenced("audit_a");
        await AddActs(node.Db, "audit_a", 5);
        node.Log.Wake("audit_a");
        await sequenced.WaitAsync(TimeSpan.FromSeconds(10), Token);
        await AddActs(node.Db, "audit_b", 2500);
        await node.Log.Placed("audit_b", Token);

        var positions = await node.Db.List(
            $"select position from audit_a.act order by id", row => row.GetInt64(0), Token);
        Assert.Equal([1, 2, 3, 4, 5], positions);
        var bodies = await AuditNode.Whole(node.Db);
        Assert.Equal(2506, bodies.Count);
        Assert.Contains("""
            "act":{"schema":"audit_b","id":1,"kind":"record.edit","rows":1,"digest":"00ff"},"purpose":"登记"
            """, bodies[6], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acts_committed_elsewhere_are_found_without_a_call()
    {
        await using var node = new AuditNode(await city.UnwrittenDatabase(), null, "audit_c");
        await node.Db.Run(Shape.Schema("audit_c"), Token);
        await AddActs(node.Db, "audit_c", 1);
        await node.Log.Placed("audit_c", Token);
    }

    [Fact]
    public async Task Who_waits_hears_of_acts_that_another_node_placed_also_when_this_one_writes_next()
    {
        var database = await city.UnwrittenDatabase();
        await using var here = new AuditNode(database, new AuditSettings { Poll = TimeSpan.FromHours(1) }, TimeProvider.System, "audit_d");
        await here.Db.Run(Shape.Schema("audit_d"), Token);
        await here.Log.Append(AuditNode.Entry("here"), Token);
        await using var there = new AuditNode(database, null, "audit_d");
        var news = here.Log.Sequenced("audit_d");
        await AddActs(here.Db, "audit_d", 1);
        await there.Log.Placed("audit_d", Token);

        // It finds the log longer than it left it, and what is new in it may be anybody's.
        await here.Log.Append(AuditNode.Entry("here again"), Token);
        await news.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    private static async Task<(CheckpointKey Key, string Name)> KeyOf(Db db)
    {
        var (name, spki) = await db.One($"select name, public from audit.key", row => (row.GetString(0), row.GetFieldValue<byte[]>(1)));
        var pem = System.Security.Cryptography.PemEncoding.WriteString("PUBLIC KEY", spki!);
        return (CheckpointKey.ForChecking(name!, pem), name!);
    }

    private static Task<int> AddActs(Db db, string schema, int count) => db.Run(
        $"""
        insert into {Sql.Name(schema, "act")} (at, who_id, who_name, office, kind, purpose, address, rows, digest)
        select now(), 'test:clerk', '王芳', 'police', 'record.edit', '登记', '127.0.0.1', 1, '\x00ff'::bytea
        from generate_series(1, {count})
        """);

    [Fact]
    public async Task Of_old_checkpoints_the_last_of_each_day_stays_and_the_log_verifies_without_the_others()
    {
        var database = await city.UnwrittenDatabase();
        await using var node = new AuditNode(database);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => node.Log.Append(AuditNode.Entry($"thin {i}"), Token)));
        await node.Checkpointed(Token);

        // A checkpoint behind each record: two days of March, at four in the morning and at eleven at night here, then today.
        await node.Db.Run($"delete from audit.checkpoint", Token);
        using var key = await CheckpointKey.Open(node.Db, City.MasterKey, node.Settings.Origin, TimeProvider.System, Token);
        var tree = CompactRange.Empty();
        foreach (var leaf in await node.Db.List($"select leaf from audit.record order by index", row => row.GetFieldValue<byte[]>(0), Token))
        {
            tree.Append(leaf);
            var i = (int)tree.Size - 1;
            var at = i < 8 ? new DateTimeOffset(2026, 3, 1 + (i / 4), i % 4 < 2 ? 4 : 23, i, 0, CityTime.Offset) : TimeProvider.System.GetUtcNow();
            await node.Db.Run(
                $"insert into audit.checkpoint (size, at, note) values ({tree.Size}, {at.ToUniversalTime()}, {key.Sign(new(key.Name, tree.Size, tree.Root())).ToString()})", Token);
        }

        var thinning = new CheckpointThinning(node.Db, node.Settings, TimeProvider.System);
        Assert.Equal(6, await thinning.Pass(Token));
        Assert.Equal(0, await thinning.Pass(Token));
        Assert.Equal([4L, 8, 9, 10, 11, 12], await node.Db.List($"select size from audit.checkpoint order by size", row => row.GetInt64(0), Token));
        var report = await Platform.Audit.Verification.LogVerification.OfDatabase(database, null, null, Token);
        Assert.DoesNotContain(report.Findings, finding => finding.Code.StartsWith("LOG-", StringComparison.Ordinal));
    }
}
