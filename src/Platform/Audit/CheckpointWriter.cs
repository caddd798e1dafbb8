using System.Text;
using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// Signs what the log has grown to, at most so often as the settings say, keeps the checkpoint in the database and
/// appends it to the witness file.
/// </summary>
public sealed class CheckpointWriter(
    Db db, MasterKey master, AuditLog log, AuditSettings settings, TimeProvider time, ILogger<CheckpointWriter> logger)
    : PeriodicWork(settings.CheckpointEvery, time, logger, atOnce: true)
{
    private CheckpointKey? _key;
    private long? _signed;

    /// <summary>Waits until the log is longer than the last checkpoint, and signs.</summary>
    protected override async Task Pass(CancellationToken cancel)
    {
        _key ??= await CheckpointKey.Open(db, master, settings.Origin, Time, cancel);
        _signed ??= await db.Scalar<long?>($"select max(size) from audit.checkpoint", cancel) ?? 0;
        await log.LongerThan(_signed.Value, cancel);
        _signed = await Sign(_key, cancel);
    }

    public override void Dispose()
    {
        _key?.Dispose();
        base.Dispose();
    }

    private async Task<long> Sign(CheckpointKey key, CancellationToken stop)
    {
        var head = log.Head!;
        var note = key.Sign(new(key.Name, head.Size, head.Root())).ToString();
        await db.Run(
            $"""
            insert into audit.checkpoint (size, at, note) values ({head.Size}, {Time.GetUtcNow()}, {note})
            on conflict (size) do nothing
            """,
            stop);
        if (settings.Witness is { } path)
        {
            await Witness(path, note);
            await LeafWitness.Beside(path).Extend(db, head.Size, stop);
        }

        return head.Size;
    }

    private static async Task Witness(string path, string note)
    {
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await file.WriteAsync(Encoding.UTF8.GetBytes(note));
        file.Flush(true);
    }
}
