using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Shali.FrontNode;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Tests.Support;

/// <summary>An office with a register of its own, and its front node, which runs in the test's own process.</summary>
internal sealed class NodeTown : IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly List<Node> _nodes = [];

    private NodeTown(IServiceProvider services, Uri address, string office)
    {
        (_services, Address, Office) = (services, address, office);
        Folder = Directory.CreateTempSubdirectory("shali-node-").FullName;
    }

    public string Folder { get; }

    public Uri Address { get; }

    public string Office { get; }

    public string Code { get; private set; } = "";

    private string? CaFile { get; init; }

    /// <summary>What the node gives.</summary>
    public ResourceDefinition Resource { get; private set; } = null!;

    public Db Db => Get<Db>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Caller Officer(string office) => new()
    {
        Id = "test:officer",
        Name = "王芳",
        Kind = CallerKind.Staff,
        Office = office,
        OfficeName = office,
        Role = Roles.InformationOfficer,
        Permissions = new HashSet<string>(StringComparer.Ordinal) { NodeRights.Manage },
    };

    /// <summary>A node that was let in.</summary>
    /// <param name="host">Another host than the city's.</param>
    /// <param name="ca">Certificates in PEM that the TLS at that address is judged by; null: those of the machine.</param>
    /// <param name="at">Where the host is reached; null: where it listens itself.</param>
    /// <param name="function">What its office does, where it speaks for a department of the city; null: nothing that others do.</param>
    public static async Task<NodeTown> Start(City city, string suite = "ecdsa-p256-sha256", WebApplication? host = null, string? function = null, Uri? at = null, string? ca = null)
    {
        var services = host?.Services ?? city.Services;
        var address = at ?? (host is null ? city.Address : new Uri(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        var office = "nod-" + Guid.NewGuid().ToString("N")[..8] + (function is null ? "" : "." + function);
        var offices = services.GetRequiredService<Offices>();
        await offices.Save(
            new Act(Caller.Platform("test"), "identity.office.save"),
            [new(office, "测试" + office, office, "department", null, "4111", new DateOnly(2000, 1, 1), null)]);
        await offices.Reload(Cancel);
        var town = new NodeTown(services, address, office) { CaFile = ca };
        var invited = await town.Get<NodeDesk>().Invite(Officer(office), office, "测试机房", Cancel);
        Assert.True(invited.Ok, invited.Refusals.ToString());
        town.Code = (await Centre.Enrol(town.Settings() with { Suite = suite }, invited.Value.Code, Cancel)).Node;
        var published = await town.Get<ResourceRegistry>().Publish(Firms(office), Caller.Platform("test"), Cancel);
        Assert.True(published.Ok, published.Refusals.ToString());
        town.Resource = published.Value;
        return town;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Configuration Settings(params GiveSettings[] gives) =>
        new() { Centre = Address, Data = Path.Combine(Folder, "node"), StatusPort = null, Gives = gives, CaFile = CaFile };

    /// <summary>The register's fields from columns with Chinese names.</summary>
    public GiveSettings Give(PlaceSettings source) => new()
    {
        Flow = "firms",
        Resource = Resource.Id,
        Source = source,
        Map = new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = "编号", ["name"] = "名称", ["opened"] = "成立日期", ["capital"] = "资本" },
    };

    public Node Open(Configuration settings)
    {
        var node = Node.Open(settings);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Looks at every source once and sends what waits.</summary>
    public static async Task Round(Node node)
    {
        foreach (var (give, sending) in node.Gives.Zip(node.Sendings))
        {
            await give.Look(Cancel);
            while (await sending.Next(Cancel))
            {
            }
        }
    }

    /// <summary>A database file of the department with the table 企业.</summary>
    public SqliteSource Sqlite(string name = "firms.db") => new(Path.Combine(Folder, name));

    /// <summary>What the registry holds, as lines sorted by number.</summary>
    public async Task<List<string>> Records()
    {
        var records = new List<string>();
        await foreach (var record in Get<RecordReader>().Stream(Resource, new(), Cancel))
        {
            records.Add(string.Join('|', Resource.Fields.Select((field, i) => field.Type.Write(field, record.Values[i]))) + "|v" + record.Version.ToString(CultureInfo.InvariantCulture));
        }

        records.Sort(StringComparer.Ordinal);
        return records;
    }

    /// <summary>The receipts of the node, oldest first.</summary>
    public Task<List<Receipt>> Receipts() => Db.List(
        $"select body from exchange.receipt where node = {Code} order by at, batch", row => EvidenceJson.Read<Receipt>(row.GetFieldValue<byte[]>(0))!, Cancel);

    /// <summary>Journal and digests say what stands in the table, and no version is there twice.</summary>
    public async Task Whole()
    {
        var lines = await Db.List(
            $"select j.key, j.version, j.digest, j.op::text from {Sql.Name(Resource.Schema, "journal")} j where j.resource = {Resource.Id} order by j.key, j.version",
            row => (Key: row.GetString(0), Version: row.GetInt32(1), Digest: row.GetFieldValue<byte[]>(2), Op: row.GetString(3)[0]), Cancel);
        Assert.Equal(lines.Count, lines.DistinctBy(line => (line.Key, line.Version)).Count());
        await foreach (var record in Get<RecordReader>().Stream(Resource, new(), Cancel))
        {
            var last = lines.Last(line => line.Key == record.Key);
            Assert.Equal((record.Version, Convert.ToHexString(RecordDigest.Of(record, last.Op, record.Version))), (last.Version, Convert.ToHexString(last.Digest)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _nodes.ForEach(node => node.Dispose());
        SqliteConnection.ClearAllPools();
        await Task.CompletedTask;
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>For those who walk over all pages: a node with a flow, a refused row, a comparison, and the number of a receipt.</summary>
    public static async Task<(string Node, string Receipt)> Walk(City city)
    {
        await using var town = await Start(city);
        var source = town.Sqlite();
        source.Fill(1, 8);
        source.Run("insert into 企业 values ('F9', null, null, null, 1)");
        var node = town.Open(town.Settings(town.Give(source.Place)));
        await Round(node);
        await node.Gives[0].Compare(Cancel);
        Assert.True(await node.Reporting.Tell(Cancel), node.Reporting.Fault);
        return (town.Code, (await town.Db.Scalar<string>($"select number from exchange.receipt where node = {town.Code} limit 1", Cancel))!);
    }

    private static ResourceDefinition Firms(string office) => new()
    {
        Id = $"node-{office.Split('.')[0]}/firm",
        Name = "企业登记",
        Clause = "S06",
        Owner = office,
        Key = "number",
        Sharing = Sharing.Conditional("限履行职责时使用"),
        Fields =
        [
            new() { Name = "number", Label = "编号", Type = FieldTypes.Text, LengthMax = 20 },
            new() { Name = "name", Label = "名称", Type = FieldTypes.Text, Required = true, LengthMax = 40, Indexed = true },
            new() { Name = "opened", Label = "成立日期", Type = FieldTypes.Date },
            new() { Name = "capital", Label = "资本", Type = FieldTypes.Decimal },
        ],
    };
}

/// <summary>A department's SQLite file.</summary>
internal sealed class SqliteSource
{
    private readonly string _path;

    public SqliteSource(string path)
    {
        _path = path;
        Run("create table if not exists 企业 (编号 text primary key, 名称 text, 成立日期 text, 资本 numeric, 改动 integer)");
    }

    public PlaceSettings Place => new() { Kind = "sqlite", Connection = "Data Source=" + _path, Table = "企业" };

    public void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of 企业 as <c>number|name</c>, sorted by number.</summary>
    public List<string> Lines()
    {
        using var connection = new SqliteConnection($"Data Source={_path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select 编号 || '|' || 名称 from 企业 order by 编号";
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    /// <summary>Rows with numbers from one to another.</summary>
    public void Fill(int from, int to) => Run(
        $"""
        insert into 企业 select printf('F%06d', i), '企业' || i, date('2000-01-01', '+' || (i % 8000) || ' days'), i * 1.5, i
        from (with recursive n(i) as (select {from} union all select i + 1 from n where i < {to}) select i from n)
        """);
}
