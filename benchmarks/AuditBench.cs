using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NpgsqlTypes;
using Shali.Platform.Audit;
using Shali.Platform.Audit.Merkle;
using Shali.Platform.Audit.Verification;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Portal;

namespace Shali.Bench;

/// <summary>How many records a second the log takes when each caller waits until his own is on disk.</summary>
/// <param name="PerSecond">Records acknowledged a second, all callers together.</param>
/// <param name="P50">Milliseconds a caller waits.</param>
/// <param name="ProofSeconds">From acknowledgement to a checked inclusion proof under a signed checkpoint.</param>
/// <param name="CopyPerSecond">Baseline: the same rows by one COPY stream without log, hash or acknowledgement.</param>
/// <param name="SyncsPerSecond">How often this disk can make a small write durable.</param>
public sealed record AppendFigures(
    double PerSecond, double P50, double P99, double ProofSeconds, double CopyPerSecond, double SyncsPerSecond);

/// <summary>How long it takes to check a log of so many records.</summary>
/// <param name="InPlaceSeconds">In the database, with acts, journal and rows.</param>
/// <param name="OfflineSeconds">The exported folder, on its own.</param>
public sealed record VerifyFigures(
    long Records, double InPlaceSeconds, double ExportSeconds, double OfflineSeconds, bool Sound);

/// <summary>Figures of the audit log, on the database of a connection string whose tables exist.</summary>
public static class AuditBench
{
    /// <summary><c>audit.append</c></summary>
    public static async Task<AppendFigures> Append(string connectionString, TimeSpan time, int callers = 64)
    {
        await using var db = new Db(ShaliHost.DataSource(connectionString));
        var settings = new AuditSettings();
        await using var log = new AuditLog(db, settings, TimeProvider.System, () => [], NullLogger<AuditLog>.Instance);
        using var signing = new CheckpointWriter(db, MasterKey.None, log, settings, TimeProvider.System, NullLogger<CheckpointWriter>.Instance);
        await signing.StartAsync(CancellationToken.None);
        await Lanes(log, callers, TimeSpan.FromSeconds(1));
        var clock = Stopwatch.StartNew();
        var waits = await Lanes(log, callers, time);
        var perSecond = waits.Count / clock.Elapsed.TotalSeconds;
        var proof = await Proof(db, log);
        await signing.StopAsync(CancellationToken.None);
        waits.Sort();
        return new(
            perSecond,
            waits[waits.Count / 2],
            waits[(int)(waits.Count * 0.99)],
            proof,
            await Copy(db, Math.Max(10_000, waits.Count)),
            Syncs());
    }

    /// <summary><c>audit.verify</c>: the log is filled up to the number of records, then checked as a folder and in place.</summary>
    public static async Task<VerifyFigures> Verify(string connectionString, long records)
    {
        await using var db = new Db(ShaliHost.DataSource(connectionString));
        var settings = new AuditSettings();
        await using (var log = new AuditLog(db, settings, TimeProvider.System, () => [], NullLogger<AuditLog>.Instance))
        {
            using var signing = new CheckpointWriter(db, MasterKey.None, log, settings, TimeProvider.System, NullLogger<CheckpointWriter>.Instance);
            await signing.StartAsync(CancellationToken.None);
            for (var size = await new LogTree(db).Size(); size < records; size += 4000)
            {
                await Task.WhenAll(Enumerable.Range(0, 4000).Select(i => log.Append(Entry(i % 64, (int)size + i))));
            }

            await Proof(db, log);
            await signing.StopAsync(CancellationToken.None);
        }

        var inPlace = await LogVerification.OfDatabase(connectionString);
        var folder = Directory.CreateTempSubdirectory("shali-bench-log-").FullName;
        var clock = Stopwatch.StartNew();
        await LogExport.Write(connectionString, folder);
        var export = clock.Elapsed.TotalSeconds;
        var offline = await LogVerification.OfFolder(folder);
        Directory.Delete(folder, recursive: true);
        return new(
            inPlace.Records, inPlace.Took.TotalSeconds, export, offline.Took.TotalSeconds, inPlace.Sound && offline.Sound);
    }

    private static async Task<List<double>> Lanes(AuditLog log, int callers, TimeSpan time)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var lanes = await Task.WhenAll(Enumerable.Range(0, callers).Select(lane => Task.Run(async () =>
        {
            var waits = new List<double>();
            for (var i = 0; Stopwatch.GetTimestamp() < end; i++)
            {
                var entry = Entry(lane, i);
                var start = Stopwatch.GetTimestamp();
                await log.Append(entry);
                waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return waits;
        })));
        return [.. lanes.SelectMany(waits => waits)];
    }

    private static async Task<double> Proof(Db db, AuditLog log)
    {
        var tree = new LogTree(db);
        var worst = 0d;
        for (var i = 0; i < 5; i++)
        {
            var index = await log.Append(Entry(i, i));
            var clock = Stopwatch.StartNew();
            string? note;
            while ((note = await db.Scalar<string>(
                $"select note from audit.checkpoint where size > {index} order by size limit 1")) is null)
            {
                await Task.Delay(5);
            }

            var checkpoint = Checkpoint.Parse(SignedNote.Parse(note)!.Text)!;
            var (leaf, path) = await tree.Inclusion(index, checkpoint.Size);
            if (!MerkleProof.VerifyInclusion(leaf, index, checkpoint.Size, path, checkpoint.Root))
            {
                throw new InvalidOperationException($"Record {index} is not proved.");
            }

            worst = Math.Max(worst, clock.Elapsed.TotalSeconds);
        }

        return worst;
    }

    /// <summary>What the database takes of the same rows when nobody waits for any of them.</summary>
    private static async Task<double> Copy(Db db, int rows)
    {
        await db.Run($"drop table if exists public.audit_bench");
        await db.Run($"create table public.audit_bench (like audit.record including indexes)");
        var body = new byte[420];
        var clock = Stopwatch.StartNew();
        await db.InTransaction(async session =>
        {
            await using var copy = await session.Copy(
                Sql.Trusted("public.audit_bench (index, at, kind, who_id, resource, subjects, leaf, body)"));
            for (var i = 0L; i < rows; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(i, NpgsqlDbType.Bigint);
                await copy.WriteAsync(DateTime.UnixEpoch, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync("record.read", NpgsqlDbType.Text);
                await copy.WriteAsync("bench:clerk-17", NpgsqlDbType.Text);
                await copy.WriteAsync("population/person", NpgsqlDbType.Text);
                await copy.WriteAsync<string[]>(["01kbench0000000000000017"], NpgsqlDbType.Array | NpgsqlDbType.Text);
                await copy.WriteAsync(MerkleHash.Empty, NpgsqlDbType.Bytea);
                await copy.WriteAsync(body, NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync();
        });
        var perSecond = rows / clock.Elapsed.TotalSeconds;
        await db.Run($"drop table public.audit_bench");
        return perSecond;
    }

    private static double Syncs()
    {
        var path = Path.GetTempFileName();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        var block = new byte[8192];
        var (count, clock) = (0, Stopwatch.StartNew());
        for (; clock.ElapsedMilliseconds < 500; count++)
        {
            file.Position = 0;
            file.Write(block);
            file.Flush(true);
        }

        return count / clock.Elapsed.TotalSeconds;
    }

    private static AuditEntry Entry(int lane, int i) => new(
        "record.read",
        new Caller
        {
            Id = $"bench:clerk-{lane}",
            Name = "王芳",
            Kind = CallerKind.Staff,
            Office = "police",
            OfficeName = "公安局",
            Role = Roles.Clerk,
            Session = "bench-session",
            Address = "127.0.0.1",
        })
    {
        Resource = "population/person",
        Keys = [$"01kbench00000000000{i:0000000}"],
        Fields = ["name", "sex", "birth_date", "citizen_number!", "address"],
        Subjects = [$"01kbench00000000000{i:0000000}"],
        Purpose = "核实身份",
    };
}
