using Shali.Platform.Audit.Verification;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// A database administrator can change every table. What he changes is found, and the verifier says where.
/// </summary>
public sealed class AuditTampering(City city)
{
    private static readonly Caller Clerk = new() { Id = "test:clerk", Name = "王芳", Kind = CallerKind.Staff, Office = "police" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Deeds that leave the order of the log as it is: all are done at once, each is told by itself.</summary>
    private static readonly (string Sql, string Code, string Place)[] Local =
    [
        ("update audit.record set body = convert_to(replace(convert_from(body, 'UTF8'), '王芳', '李强'), 'UTF8') where index = 3", "LOG-01", "日志第 3 条"),
        ("update audit.record set who_id = 'somebody' where index = 4", "LOG-04", "日志第 4 条"),
        ("update audit.record set subjects = null where index = 5", "LOG-04", "日志第 5 条"),
        ("update audit.record set at = at - interval '1 year' where index = 6", "LOG-04", "日志第 6 条"),
        ("update audit.node set hash = sha256('x') where level = 8 and index = 0", "LOG-06", "日志树第 8 层第 0 个节点"),
        ("update audit.checkpoint set note = replace(note, E'\\n' || size || E'\\n', E'\\n999\\n') where size = (select max(size) from audit.checkpoint)", "LOG-08", "长度为 999 的检查点"),
        ("update tamper.act set purpose = '别的' where id = 2", "ACT-02", "tamper 的第 2 号行为"),
        ("update tamper.act set who_id = 'somebody' where id = 3", "ACT-02", "tamper 的第 3 号行为"),
        ("delete from tamper.act where id = 4", "ACT-01", "tamper 的第 4 号行为"),
        ("", "JRN-02", "tamper 的第 4 号行为"),
        ("insert into tamper.act (id, at, who_id, who_name, office, kind, purpose, case_no, source, address, rows, digest, position) select 999, at, who_id, who_name, office, kind, purpose, case_no, source, address, 0, sha256(''), 100000 from tamper.act where id = 1", "ACT-03", "tamper 的第 999 号行为"),
        ("update tamper.journal set digest = sha256('x') where act = 5", "JRN-01", "tamper 的第 5 号行为"),
        ("", "JRN-03", "tamper/thing 的记录 j5 第 1 版"),
        ("delete from tamper.journal where act = 6", "JRN-01", "tamper 的第 6 号行为"),
        ("", "ROW-03", "tamper/thing 的记录 j6 第 1 版"),
        ("insert into tamper.journal select 777, 0, resource, 'k99', version, op, digest from tamper.journal where act = 1 and ordinal = 1", "JRN-02", "tamper 的第 777 号行为"),
        ("", "ROW-02", "tamper/thing 的记录 k99 第 1 版"),
        ("update tamper.thing set amount = amount + 1 where code = 'k2'", "ROW-01", "tamper/thing 的记录 k2 第 1 版"),
        ("update tamper.thing__past set amount = amount + 1 where code = 'k0'", "ROW-01", "tamper/thing 的记录 k0 第 1 版"),
        ("delete from tamper.thing where code = 'k5'", "ROW-02", "tamper/thing 的记录 k5 第 1 版"),
        ("delete from tamper.thing__past where code = 'k4'", "ROW-02", "tamper/thing 的记录 k4 第 1 版"),
        ("insert into tamper.thing select 1, 1, _at, 'k98', name, amount from tamper.thing where code = 'k1'", "ROW-03", "tamper/thing 的记录 k98 第 1 版"),
        ("with gone as (delete from tamper.thing where code = 'k6' returning *) insert into tamper.thing__past select *, now(), 1, null from gone", "ROW-04", "tamper/thing 的记录 k6 第 1 版"),
        ("update tamper.thing set _at = _at - interval '1 year' where code = 'k7'", "ROW-05", "tamper/thing 的记录 k7 第 1 版"),
        ("update tamper.thing__past set _ended_at = _ended_at - interval '1 second' where code = 'k3'", "ROW-05", "tamper/thing 的记录 k3 第 1 版"),
    ];

    /// <summary>Deeds that break the tree, each for itself.</summary>
    public static readonly TheoryData<string, string, string> Breaking = new()
    {
        { "update audit.record set body = b, leaf = sha256('\\x00'::bytea || b) from (select convert_to(replace(convert_from(body, 'UTF8'), '王芳', '李强'), 'UTF8') as b from audit.record where index = 3) as n where index = 3", "LOG-01", "日志第 3 条" },
        { "update audit.record set leaf = sha256('x') where index = 3", "LOG-03", "日志第 3 条" },
        { "delete from audit.record where index = 5", "LOG-02", "日志第 5 条" },
        { "delete from audit.record where index >= (select size - 2 from audit.head)", "LOG-02", "日志第 {last-1} 至 {last} 条" },
        { "delete from audit.record; delete from audit.node; delete from audit.checkpoint; update audit.head set size = 0, range = ''", "LOG-02", "日志第 0 至 {last} 条" },
        { "delete from audit.head; delete from audit.node", "LOG-07", "日志末端" },
        { "insert into audit.record select (select size from audit.head), at, kind, who_id, resource, subjects, leaf, body from audit.record where index = 1", "LOG-07", "日志末端" },
    };

    [Fact]
    public async Task Each_alteration_is_found_and_nothing_else_is_accused()
    {
        var (database, witness, _) = await Written();
        await using (var db = new Db(Shali.Portal.ShaliHost.DataSource(database)))
        {
            foreach (var (sql, _, _) in Local.Where(deed => deed.Sql.Length > 0))
            {
                Assert.True(await db.Run(Sql.Trusted(sql), Token) > 0, sql);
            }
        }

        var report = await LogVerification.OfDatabase(database, witness, null, Token);
        Assert.Equal(
            Local.Select(deed => $"{deed.Code} {deed.Place}").Order(StringComparer.Ordinal),
            report.Findings.Select(finding => $"{finding.Code} {finding.Place}").Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Breaking))]
    public async Task What_breaks_the_tree_is_located(string deed, string code, string place)
    {
        var (database, witness, last) = await Written();
        await using (var db = new Db(Shali.Portal.ShaliHost.DataSource(database)))
        {
            await db.Run(Sql.Trusted(deed), Token);
        }

        var report = await LogVerification.OfDatabase(database, witness, null, Token);
        var expected = place
            .Replace("{last}", $"{last}", StringComparison.Ordinal)
            .Replace("{last-1}", $"{last - 1}", StringComparison.Ordinal);
        Assert.Contains((code, expected), report.Findings.Select(finding => (finding.Code, finding.Place)));
    }

    [Fact]
    public async Task What_nobody_altered_is_sound_in_the_database_and_as_a_folder()
    {
        var (database, witness, last) = await Written();
        var report = await LogVerification.OfDatabase(database, witness, null, Token);
        Assert.Empty(report.Findings);
        Assert.Equal((last + 1, 6, 14, 13), (report.Records, report.Acts, report.JournalLines, report.Rows));

        var folder = Directory.CreateTempSubdirectory("shali-log-").FullName;
        using var said = new StringWriter();
        Assert.Equal(VerifyLogCommand.Sound, await VerifyLogCommand.Export([folder, "--database", database], said, Token));
        Assert.Equal(VerifyLogCommand.Sound, await VerifyLogCommand.Run([folder], said, Token));
        Assert.Contains("完好", said.ToString(), StringComparison.Ordinal);

        var records = Path.Combine(folder, LogExport.Records);
        var lines = await File.ReadAllLinesAsync(records, Token);
        lines[3] = lines[3].Replace("王芳", "李强", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(records, lines, Token);
        Assert.Equal(VerifyLogCommand.Altered, await VerifyLogCommand.Run([folder], said, Token));
        Assert.Contains("LOG-05", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(VerifyLogCommand.NotChecked, await VerifyLogCommand.Run([folder, "--frobnicate"], said, Token));
        Assert.Equal(VerifyLogCommand.NotChecked, await VerifyLogCommand.Run([folder + "-not-there"], said, Token));
    }

    private static readonly SemaphoreSlim Writing = new(1);
    private static (string Database, string Witness, long Last)? _written;

    /// <summary>A copy of the one log that all these tests alter.</summary>
    private async Task<(string Database, string Witness, long Last)> Written()
    {
        await Writing.WaitAsync(Token);
        try
        {
            var (database, witness, last) = _written ??= await Write();
            return (await city.CopyOf(database), witness, last);
        }
        finally
        {
            Writing.Release();
        }
    }

    /// <summary>300 entries, and six acts: eight records made, two changed, one deleted, three made.</summary>
    private async Task<(string Database, string Witness, long Last)> Write()
    {
        var database = await city.UnwrittenDatabase();
        var witness = Path.Combine(Directory.CreateTempSubdirectory("shali-witness-").FullName, "checkpoints.log");
        await using var node = new AuditNode(database, witness, "tamper");
        using var registry = new ResourceRegistry(node.Db, [], TimeProvider.System);
        await registry.Open(Token);
        var thing = (await registry.Publish(Thing, Clerk, Token)).Value;
        var store = new RecordStore(node.Db, registry, node.Log, [], TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => node.Log.Append(AuditNode.Entry($"n{i}"), Token)));
        await store.Write(
            new Act(Clerk, "record.edit", "登记"),
            [.. Enumerable.Range(0, 8).Select(i => new Change.Insert(thing, $"k{i}", Values(i)))],
            Token);
        await store.Write(new Act(Clerk, "record.edit", "更正"), [new Change.Update(thing, "k0", 1, Values(10))], Token);
        await store.Write(new Act(Clerk, "record.edit", "注销"), [new Change.Delete(thing, "k4", 1), new Change.Update(thing, "k3", 1, Values(11))], Token);
        foreach (var key in new[] { "j4", "j5", "j6" })
        {
            await store.Write(new Act(Clerk, "record.edit", "登记"), [new Change.Insert(thing, key, Values(1))], Token);
        }

        await node.Log.Placed("tamper", Token);

        var size = await node.Tree.Size(Token);
        await node.Checkpointed(Token);

        return (database, witness, size - 1);
    }

    private static Dictionary<string, object?> Values(int i) => new(StringComparer.Ordinal) { ["name"] = $"名称{i}", ["amount"] = (long)i };

    private static readonly ResourceDefinition Thing = new()
    {
        Id = "tamper/thing",
        Name = "物品",
        Clause = "C2",
        Owner = "data",
        Key = "code",
        Fields =
        [
            new() { Name = "code", Label = "代码", Type = FieldTypes.Text, Required = true },
            new() { Name = "name", Label = "名称", Type = FieldTypes.Text },
            new() { Name = "amount", Label = "数量", Type = FieldTypes.Integer },
        ],
    };
}
