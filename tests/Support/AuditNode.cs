using Microsoft.Extensions.Logging.Abstractions;
using Shali.Platform.Audit;
using Shali.Platform.Audit.Merkle;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Portal;

namespace Shali.Tests.Support;

/// <summary>A web node's share of the audit log, without the rest of the host.</summary>
public sealed class AuditNode : IAsyncDisposable
{
    private readonly CheckpointWriter _signing;

    public AuditNode(string connectionString, string? witness = null, params string[] schemas)
        : this(connectionString, witness, TimeProvider.System, schemas)
    {
    }

    /// <summary>A node that lives at another time.</summary>
    public AuditNode(string connectionString, string? witness, TimeProvider time, params string[] schemas)
        : this(connectionString, new AuditSettings { Witness = witness }, time, schemas)
    {
    }

    public AuditNode(string connectionString, AuditSettings settings, TimeProvider time, params string[] schemas)
    {
        Db = new(ShaliHost.DataSource(connectionString + ";Maximum Pool Size=10"));
        Settings = settings;
        Log = new(Db, Settings, time, () => schemas, NullLogger<AuditLog>.Instance);
        Log.Start();
        _signing = new(Db, City.MasterKey, Log, Settings, time, NullLogger<CheckpointWriter>.Instance);
        _ = _signing.StartAsync(CancellationToken.None);
    }

    public Db Db { get; }

    public AuditSettings Settings { get; }

    public AuditLog Log { get; }

    public LogTree Tree => new(Db);

    public static AuditEntry Entry(string note) => new(
        "record.read",
        new Caller { Id = "test:clerk", Name = "王芳", Kind = CallerKind.Staff, Office = "police", OfficeName = "公安局" })
    {
        Resource = "population/person",
        Keys = ["01kaa"],
        Fields = ["name", "citizen_number!"],
        Subjects = ["01kaa"],
        Purpose = "核实身份",
        Note = note,
    };

    /// <summary>Fails unless the log is whole: no gap, every hash right, the head the root of the records.</summary>
    public static async Task<List<string>> Whole(Db db)
    {
        var records = await db.List(
            $"select index, leaf, body from audit.record order by index",
            row => (Index: row.GetInt64(0), Leaf: row.GetFieldValue<byte[]>(1), Body: row.GetFieldValue<byte[]>(2)));
        var tree = CompactRange.Empty();
        foreach (var (index, leaf, body) in records)
        {
            Assert.Equal(tree.Size, index);
            Assert.Equal(MerkleHash.Leaf(body), leaf);
            tree.Append(leaf);
        }

        var (size, range) = await db.One(
            $"select size, range from audit.head", row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)));
        Assert.Equal(tree.Size, size);
        Assert.Equal(tree.ToBytes(), range);
        return [.. records.Select(record => System.Text.Encoding.UTF8.GetString(record.Body))];
    }

    /// <summary>Waits until the whole log is signed and witnessed.</summary>
    public async Task Checkpointed(CancellationToken cancel)
    {
        var size = await Tree.Size(cancel);
        while (await Db.Scalar<long>($"select coalesce(max(size), 0) from audit.checkpoint", cancel) < size
            || (Settings.Witness is { } witness && LeafWitness.Beside(witness).Count < size))
        {
            await Task.Delay(20, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _signing.StopAsync(CancellationToken.None);
        _signing.Dispose();
        await Log.DisposeAsync();
        await Db.DisposeAsync();
    }
}
