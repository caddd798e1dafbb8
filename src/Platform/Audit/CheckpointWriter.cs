using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// Signs what the log has grown to, at most so often as the settings say, keeps the checkpoint in the database and
/// appends it to the witness file.
/// </summary>
public sealed partial class CheckpointWriter(
    Db db, MasterKey master, AuditLog log, AuditSettings settings, TimeProvider time, ILogger<CheckpointWriter> logger)
{
    public async Task Run(CancellationToken stop)
    {
        using var key = await Open(stop);
        var signed = await db.Scalar<long?>($"select max(size) from audit.checkpoint", stop) ?? 0;
        while (!stop.IsCancellationRequested)
        {
            await log.LongerThan(signed, stop);
            try
            {
                signed = await Sign(key, stop);
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or UnauthorizedAccessException)
            {
                LogFailure(failure);
            }

            await Task.Delay(settings.CheckpointEvery, time, stop);
        }
    }

    private async Task<CheckpointKey> Open(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await CheckpointKey.Open(db, master, settings.Origin, time, stop);
            }
            catch (NpgsqlException failure)
            {
                LogFailure(failure);
                await Task.Delay(settings.CheckpointEvery, time, stop);
            }
        }
    }

    private async Task<long> Sign(CheckpointKey key, CancellationToken stop)
    {
        var head = log.Head!;
        var note = key.Sign(new(key.Name, head.Size, head.Root())).ToString();
        await db.Run(
            $"""
            insert into audit.checkpoint (size, at, note) values ({head.Size}, {time.GetUtcNow()}, {note})
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The checkpoint of the audit log could not be kept")]
    private partial void LogFailure(Exception failure);
}
