using Shali.Platform.Audit;
using Shali.Platform.Audit.Verification;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// Records of reads and sign-ons lose their text when their time is over; the log stays provable, and what somebody
/// takes out besides is found.
/// </summary>
public sealed class AuditRemoval(City city)
{
    private const int Old = 300;

    private static readonly Caller Security = new() { Id = "test:security", Name = "赵敏", Kind = CallerKind.Staff, Role = Roles.SecurityAdministrator };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_lapsed_loses_its_text_once_and_the_rest_stays()
    {
        var (database, witness) = await Written();
        await using var node = new AuditNode(database, witness);
        await new MentionIndex(node.Db, node.Log).Extend(Token);
        Assert.Equal(Old, await Removal(node).Pass(Token));
        Assert.Equal(0, await Removal(node).Pass(Token));

        var search = new AuditSearch(node.Db);
        Assert.Empty((await search.Find(new AuditQuery { Subject = "01kaa", To = new DateOnly(2023, 12, 31) }, Token)).Lines);
        Assert.Equal(10, (await search.Find(new AuditQuery { Subject = "01kaa", Limit = 1000 }, Token)).Lines.Count);
        Assert.Equal(Old / 100, (await search.Find(new AuditQuery { Kind = "permission.grant" }, Token)).Lines.Count);
        Assert.Null(await search.At(0, Token));
        Assert.Equal(0, await node.Db.Scalar<long>(
            $"""
            select count(*) from audit.mention m where not exists (
                select 1 from audit.record r where r.body is not null and r.index >= m.index
                    and r.index < m.index + case m.facet when 's' then 1 else 64 end
                    and case m.facet when 's' then m.value = any(r.subjects) when 'w' then m.value = r.who_id when 'r' then m.value = r.resource else m.value = r.kind end)
            """,
            Token));
        Assert.Equal(Old, await node.Db.Scalar<long>($"select count(*) from audit.record where body is null and who_id = '' and subjects is null", Token));

        var report = await LogVerification.OfDatabase(database, witness, null, Token);
        Assert.Empty(report.Findings);
        Assert.Equal(Old, report.Removed);

        var folder = Directory.CreateTempSubdirectory("shali-removed-").FullName;
        await LogExport.Write(database, folder, Token);
        var exported = await LogVerification.OfFolder(folder, null, Token);
        Assert.Empty(exported.Findings);
        Assert.Equal(Old, exported.Removed);
        Assert.DoesNotContain("n17\"", await File.ReadAllTextAsync(Path.Combine(folder, LogExport.Records), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_that_was_announced_and_broke_off_is_carried_out_at_the_next_pass()
    {
        var (database, witness) = await Written();
        await using var node = new AuditNode(database, witness);
        await node.Db.Run(Sql.Trusted("create function audit.broken() returns trigger language plpgsql as $$ begin raise exception 'stop'; end $$"), Token);
        await node.Db.Run(Sql.Trusted("create trigger broken before update on audit.record for each row execute function audit.broken()"), Token);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Removal(node).Pass(Token));
        Assert.Empty((await LogVerification.OfDatabase(database, null, null, Token)).Findings);
        await node.Db.Run(Sql.Trusted("drop trigger broken on audit.record"), Token);

        Assert.Equal(Old, await Removal(node).Pass(Token));
        var report = await LogVerification.OfDatabase(database, null, null, Token);
        Assert.Empty(report.Findings);
        Assert.Equal(Old, report.Removed);
        Assert.Single((await new AuditSearch(node.Db).Find(new AuditQuery { Kind = AuditKinds.Removal }, Token)).Lines);
    }

    [Fact]
    public async Task A_record_that_is_kept_for_good_cannot_be_slipped_in()
    {
        var (database, witness) = await Written();
        await using var node = new AuditNode(database, witness);
        var grant = await node.Db.Scalar<long>($"select min(index) from audit.record where kind = 'permission.grant'", Token);
        await node.Db.Run($"update audit.record set kind = 'record.read', at = at - interval '9 years' where index = {grant}", Token);
        Assert.Equal(Old, await Removal(node).Pass(Token));
        var report = await LogVerification.OfDatabase(database, null, null, Token);
        Assert.Equal([$"LOG-04 日志第 {grant} 条"], report.Findings.Select(finding => $"{finding.Code} {finding.Place}"));
    }

    /// <summary>What a database administrator does after a lawful removal, and what is found.</summary>
    public static readonly TheoryData<string, string> Deeds = new()
    {
        { "update audit.record set body = null, removed = (select max(index) from audit.record where kind = 'audit.removal') where kind = 'permission.grant'", "LOG-11" },
        { "update audit.record set body = null, removed = 4 where index = 5", "LOG-10" },
        { "update audit.record set body = null, removed = index + 1 where index = 303", "LOG-10" },
        { "alter table audit.record drop constraint record_whole; update audit.record set body = null where index = 303", "LOG-10" },
        { "update audit.record set leaf = sha256('x') where index = 17", "LOG-03" },
        { "update audit.record set who_id = 'somebody' where index = 17", "LOG-04" },
        { "update audit.record set removed = removed + 1 where index = 17", "LOG-1" },
    };

    [Theory, MemberData(nameof(Deeds))]
    public async Task What_is_taken_out_besides_is_found(string deed, string code)
    {
        var (database, witness) = await Copy("removed", Removed);
        await using (var db = new Db(Shali.Portal.ShaliHost.DataSource(database)))
        {
            await db.Run(Sql.Trusted(deed), Token);
        }

        var report = await LogVerification.OfDatabase(database, witness, null, Token);
        Assert.Contains(report.Findings, finding => finding.Code.StartsWith(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_removed_before_six_months_whatever_is_asked_for()
    {
        var (database, witness) = await Written(TimeSpan.FromDays(183));
        await using var node = new AuditNode(database, witness);
        Assert.Equal(0, await new Removal(
            node.Db, node.Log, new AuditSearch(node.Db), node.Settings with { Keep = TimeSpan.FromDays(1) }, TimeProvider.System).Pass(Token));
    }

    /// <summary>A node whose clock is wrong, or that somebody rebuilt, removes too early: the verifier says so.</summary>
    [Fact]
    public async Task A_removal_before_its_time_is_found()
    {
        var (database, witness) = await Written(TimeSpan.FromDays(100));
        await using var node = new AuditNode(database, witness);
        var early = new Removal(
            node.Db, node.Log, new AuditSearch(node.Db), node.Settings, new Shifted(TimeSpan.FromDays(1050)));
        Assert.Equal(Old, await early.Pass(Token));
        Assert.Contains((await LogVerification.OfDatabase(database, null, null, Token)).Findings, finding => finding.Code == "LOG-12");
    }

    private static Removal Removal(AuditNode node) => new(
        node.Db, node.Log, new AuditSearch(node.Db), node.Settings, TimeProvider.System);

    /// <summary>Tests of one class run one after the other.</summary>
    private static readonly Dictionary<string, (string Database, string Witness)> Originals = new(StringComparer.Ordinal);

    /// <summary>300 reads and sign-ons of some years ago, grants among them, and ten reads of today.</summary>
    private Task<(string Database, string Witness)> Written(TimeSpan? ago = null)
    {
        var age = ago ?? TimeSpan.FromDays(1200);
        return Copy(age.ToString(), () => Write(age));
    }

    /// <summary>The log after a lawful removal.</summary>
    private async Task<(string Database, string Witness)> Removed()
    {
        var (database, witness) = await Written();
        await using var node = new AuditNode(database, witness);
        Assert.Equal(Old, await Removal(node).Pass(Token));
        await node.Checkpointed(Token);
        return (database, witness);
    }

    /// <summary>A copy, database and witness, of a log that is written once for all these tests.</summary>
    private async Task<(string Database, string Witness)> Copy(string name, Func<Task<(string Database, string Witness)>> write)
    {
        if (!Originals.TryGetValue(name, out var original))
        {
            Originals[name] = original = await write();
        }

        var folder = Directory.CreateTempSubdirectory("shali-removal-").FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(original.Witness)!))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return (await city.CopyOf(original.Database), Path.Combine(folder, Path.GetFileName(original.Witness)));
    }

    private async Task<(string Database, string Witness)> Write(TimeSpan ago)
    {
        var database = await city.UnwrittenDatabase();
        var witness = Path.Combine(Directory.CreateTempSubdirectory("shali-removal-").FullName, "checkpoints.log");
        await using (var then = new AuditNode(database, witness, new Shifted(-ago)))
        {
            // They stand in the log in the order in which they are handed in.
            var entries = Enumerable.Range(0, Old).SelectMany(i => (AuditEntry[])
            [
                i % 3 > 0 ? AuditNode.Entry($"n{i}") : new AuditEntry("login", Security),
                .. i % 100 == 99 ? [new AuditEntry("permission.grant", Security)] : Array.Empty<AuditEntry>(),
            ]);
            await Task.WhenAll(entries.Select(entry => then.Log.Append(entry, Token)).ToList());
            await then.Checkpointed(Token);
        }

        await using var now = new AuditNode(database, witness);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => now.Log.Append(AuditNode.Entry($"today {i}"), Token)));
        await now.Checkpointed(Token);
        return (database, witness);
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
