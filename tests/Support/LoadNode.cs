using Microsoft.Extensions.Logging.Abstractions;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Platform.Registry.Types;
using Shali.Portal;

namespace Shali.Tests.Support;

/// <summary>A node that loads: no worker runs but those that the test lets run.</summary>
public sealed class LoadNode : IAsyncDisposable
{
    public static readonly Caller Clerk = new()
    {
        Id = "test:loader",
        Name = "王芳",
        Kind = CallerKind.Staff,
        Office = "data",
        OfficeName = "数据局",
        Address = "127.0.0.1",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("shali-loads-").FullName;

    private static int _systems;

    private readonly string _system;
    private readonly bool _alone;

    private LoadNode(Db db, int chunk, string system, bool alone)
    {
        (_system, _alone) = (system, alone);
        Db = db;
        Registry = new(Db, [], TimeProvider.System);
        Log = new(Db, new AuditSettings(), TimeProvider.System, () => [Schema], NullLogger<AuditLog>.Instance);
        Settings = new(_folder) { Limits = new() { ChunkRows = chunk } };
        Files = new(Settings);
        Jobs = new(Db, Settings, TimeProvider.System);
    }

    public Db Db { get; }

    public ResourceRegistry Registry { get; }

    public AuditLog Log { get; }

    public LoadSettings Settings { get; }

    public LoadFiles Files { get; }

    public LoadJobs Jobs { get; }

    public RecordReader Reader => new(Db);

    private string Schema => _system.Replace('-', '_');

    /// <summary>On a database of its own.</summary>
    public static async Task<LoadNode> On(City city)
    {
        var node = new LoadNode(new(ShaliHost.DataSource(await city.OwnDatabase() + ";Maximum Pool Size=10")), 50, "load-test", alone: true);
        await node.Registry.Open();
        return node;
    }

    /// <summary>On a database that other tests had before it, with resources of its own and no job.</summary>
    public static async Task<LoadNode> On(LoadDatabase shared, int chunk = 50)
    {
        var node = new LoadNode(shared.Db, chunk, $"load-test-{Interlocked.Increment(ref _systems)}", alone: false);
        await node.Registry.Open();
        await node.Db.Run($"delete from load.job");
        return node;
    }

    public static ResourceDefinition Shop(string name, bool match = true) => new()
    {
        Id = $"load-test/{name}",
        Name = "店铺",
        Clause = "P1",
        Owner = "data",
        Match = match ? ["number"] : [],
        Fields =
        [
            new() { Name = "number", Label = "编号", Type = FieldTypes.Text, Unique = match },
            new() { Name = "name", Label = "名称", Type = FieldTypes.Text, Required = true, Indexed = true },
            new() { Name = "amount", Label = "金额", Type = FieldTypes.Money },
            new() { Name = "opened", Label = "成立日期", Type = FieldTypes.Date },
        ],
    };

    /// <summary>The resource in the system of this node.</summary>
    public async Task<ResourceDefinition> Publish(ResourceDefinition definition) =>
        (await Registry.Publish(definition with { Id = definition.Id.Replace("load-test/", _system + "/", StringComparison.Ordinal) }, Clerk)).Value;

    public async Task<LoadJob> Bring(ResourceDefinition resource, LoadFile file, LoadOptions? options = null, Caller? who = null)
    {
        var id = Ulid.Next(TimeProvider.System);
        await using var body = File.OpenRead(file.Path);
        var (kept, bytes, hash) = (await Files.Keep(body, id)).Value;
        var job = new LoadJob
        {
            Id = id,
            Resource = resource.Id,
            FileName = Path.GetFileName(file.Path),
            File = kept,
            Bytes = bytes,
            Sha256 = hash,
            Who = who ?? Clerk,
            Options = options ?? new(),
            State = LoadState.Waiting,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await Jobs.Add(job);
        return job;
    }

    /// <summary>Takes the job as a worker does and runs it; <paramref name="step"/> may throw like a crash.</summary>
    public async Task<LoadJob> Run(LoadJob job, Action<string>? step = null, CancellationToken cancel = default, params RecordGuard[] guards)
    {
        // The worker before this one was killed: its lease is over.
        await Db.Run($"update load.job set lease_until = null where id = {job.Id}", cancel);
        var claimed = (await Jobs.Claim(cancel))!;
        Assert.Equal(job.Id, claimed.Id);
        var run = new LoadRun(Db, Registry, Jobs, Files, Log, guards, Settings, TimeProvider.System) { Step = step ?? (static _ => { }) };
        await run.Run(claimed, cancel);
        return (await Jobs.Get(job.Id, cancel))!;
    }

    public async Task<LoadJob> Load(ResourceDefinition resource, string csv, LoadOptions? options = null)
    {
        using var file = LoadFile.Csv(csv);
        return await Run(await Bring(resource, file, options));
    }

    public async Task<List<Platform.Registry.Record>> Records(ResourceDefinition resource)
    {
        var records = new List<Platform.Registry.Record>();
        await foreach (var record in Reader.Stream(resource, new()))
        {
            records.Add(record);
        }

        return records;
    }

    public Task<int> Acts() => Db.Scalar<int>($"select count(*)::int from {Sql.Name(Schema, "act")}");

    /// <summary>Fails unless journal and digests say exactly what stands in the table.</summary>
    public async Task JournalFits(ResourceDefinition resource)
    {
        var lines = await Db.List(
            $"select key, version, digest, op::text from {Sql.Name(Schema, "journal")} where resource = {resource.Id} order by key, version",
            row => (Key: row.GetString(0), Version: row.GetInt32(1), Digest: row.GetFieldValue<byte[]>(2), Op: row.GetString(3)));
        var records = await Records(resource);
        Assert.Equal(records.Count, lines.Count(line => line.Op == "I"));
        foreach (var record in records)
        {
            var last = lines.Last(line => line.Key == record.Key);
            Assert.Equal(last.Version, record.Version);
            Assert.Equal(last.Digest, RecordDigest.Of(record, last.Op[0], record.Version));
        }

        var acts = await Db.List(
            $"select id, rows, digest from {Sql.Name(Schema, "act")} order by id",
            row => (Id: row.GetInt64(0), Rows: row.GetInt32(1), Digest: row.GetFieldValue<byte[]>(2)));
        foreach (var (id, rows, digest) in acts)
        {
            var digests = await Db.List(
                $"select digest from {Sql.Name(Schema, "journal")} where act = {id} order by ordinal", row => row.GetFieldValue<byte[]>(0));
            Assert.Equal(rows, digests.Count);
            Assert.Equal(digest, RecordDigest.OfAct(digests));
        }
    }

    public string[] Rejects(LoadJob job) => File.ReadAllLines(Files.RejectPath(job));

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        Jobs.Dispose();
        Registry.Dispose();
        if (_alone)
        {
            await Db.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
