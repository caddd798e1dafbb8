using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Npgsql;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Audit.Verification;

/// <summary>
/// Checks that the past is as it was: the log against its signed checkpoints, the acts against the log, the journal
/// against the acts, the records against the journal. Says what was altered, removed or added, and where.
/// </summary>
public sealed class LogVerification
{
    private const int Chunk = 2000;

    private readonly Findings _findings = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>
    /// Against a database, in one snapshot of it: it may be in use meanwhile.
    /// </summary>
    /// <param name="witness">The file of checkpoints outside the database, when there is one.</param>
    /// <param name="key">The public key as somebody else keeps it; null: the one in the database.</param>
    public static async Task<VerificationReport> OfDatabase(
        string connectionString, string? witness = null, CheckpointKey? key = null, CancellationToken cancel = default)
    {
        await using var snapshot = await DatabaseSnapshot.Take(connectionString, cancel);
        return await new LogVerification().Database(snapshot.Db, witness, key, cancel);
    }

    /// <summary>Of a folder that <see cref="LogExport"/> wrote: nothing else is needed, on any machine.</summary>
    public static Task<VerificationReport> OfFolder(string folder, CheckpointKey? key = null, CancellationToken cancel = default) =>
        new LogVerification().Folder(folder, key, cancel);

    private async Task<VerificationReport> Database(Db db, string? witnessPath, CheckpointKey? given, CancellationToken cancel)
    {
        var witness = witnessPath is null ? null : LeafWitness.Beside(witnessPath);
        var notes = await db.List($"select note from audit.checkpoint order by size", row => row.GetString(0), cancel);
        if (witnessPath is not null && File.Exists(witnessPath))
        {
            notes.AddRange(LogExport.ReadNotes(witnessPath));
        }

        using var kept = given is null ? await PublicKey(db, cancel) : null;
        var checkpoints = Checkpoints(given ?? kept, notes);
        var tree = new TreeCheck(checkpoints, witness is { Exists: true } ? witness : null, _findings);
        await using var nodes = new NodeCheck(db, _findings);
        await using var acts = new ActCheck(db, _findings);
        using var removals = new RemovalCheck(_findings);
        tree.Completed = nodes.Expect;
        await foreach (var record in Checked(StoredRecords(db, cancel), cancel))
        {
            tree.Add(record);
            removals.Add(record);
            await nodes.Settle(cancel);
            if (record.Act is { } act)
            {
                await acts.Compare(record.Index, act, cancel);
            }
        }

        tree.End();
        removals.End();
        await Head(db, tree, cancel);
        var schemas = await Schemas(db, cancel);
        await acts.End(schemas, cancel);
        var (lines, rows) = await Records(db, schemas, cancel);
        return Report(tree.Count, removals.Count, checkpoints.Count, acts.Count, lines, rows);
    }

    private async Task<VerificationReport> Folder(string folder, CheckpointKey? given, CancellationToken cancel)
    {
        using var kept = given is null ? LogExport.ReadKey(folder) : null;
        var checkpoints = Checkpoints(given ?? kept, LogExport.ReadNotes(Path.Combine(folder, LogExport.Checkpoints)));
        var tree = new TreeCheck(checkpoints, null, _findings);
        using var removals = new RemovalCheck(_findings);
        await foreach (var record in Checked(LogExport.ReadRecords(folder, cancel), cancel))
        {
            tree.Add(record);
            removals.Add(record);
        }

        tree.End();
        removals.End();
        return Report(tree.Count, removals.Count, checkpoints.Count, 0, 0, 0);
    }

    private async Task<(long Lines, long Rows)> Records(Db db, List<string> schemas, CancellationToken cancel)
    {
        var journal = new JournalCheck(db, _findings);
        var damaged = new Dictionary<string, HashSet<long>>(StringComparer.Ordinal);
        foreach (var schema in schemas)
        {
            damaged[schema] = await journal.Check(schema, cancel);
        }

        var rows = new RowCheck(db, _findings);
        foreach (var resource in await Definitions(db, cancel))
        {
            if (damaged.TryGetValue(resource.Schema, out var acts))
            {
                await rows.Check(resource, acts, cancel);
            }
        }

        return (journal.Count, rows.Count);
    }

    private async Task Head(Db db, TreeCheck tree, CancellationToken cancel)
    {
        var (size, range) = await db.One(
            $"select size, range from audit.head", row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)), cancel);
        if (range is null)
        {
            _findings.Add("LOG-07", Text.HeadPlace, Text.HeadRemoved);
        }
        else if (tree.Range is { } found && (found.Size != size || !found.ToBytes().AsSpan().SequenceEqual(range)))
        {
            _findings.Add("LOG-07", Text.HeadPlace, Text.HeadDiffers(size, found.Size));
        }
    }

    /// <summary>Those that the key has signed, by size; the rest is a finding each.</summary>
    private List<Checkpoint> Checkpoints(CheckpointKey? key, IReadOnlyList<string> notes)
    {
        var found = new Dictionary<long, Checkpoint>();
        foreach (var note in notes)
        {
            if (key?.Check(SignedNote.Parse(note)) is not { } checkpoint)
            {
                var size = SignedNote.Parse(note) is { } readable ? Checkpoint.Parse(readable.Text)?.Size : null;
                _findings.Add("LOG-08", Text.CheckpointAt(size), Text.SignatureWrong);
            }
            else if (!found.TryAdd(checkpoint.Size, checkpoint)
                && !found[checkpoint.Size].Root.AsSpan().SequenceEqual(checkpoint.Root))
            {
                _findings.Add("LOG-09", Text.CheckpointAt(checkpoint.Size), Text.TwoRoots);
            }
        }

        return [.. found.Values.OrderBy(checkpoint => checkpoint.Size)];
    }

    private VerificationReport Report(long records, long removed, long checkpoints, long acts, long lines, long rows) =>
        new(records, removed, checkpoints, acts, lines, rows, _clock.Elapsed, _findings.Items);

    private static async Task<CheckpointKey?> PublicKey(Db db, CancellationToken cancel)
    {
        var (name, spki) = await db.One(
            $"select name, public from audit.key", row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), cancel);
        return spki is null ? null : CheckpointKey.ForChecking(name!, CheckpointKey.Pem(spki));
    }

    private static Task<List<string>> Schemas(Db db, CancellationToken cancel) => db.List(
        $"""
        select schemaname::text from pg_tables where tablename in ('act', 'journal')
        group by schemaname having count(*) = 2 order by schemaname
        """,
        row => row.GetString(0),
        cancel);

    private static Task<List<ResourceDefinition>> Definitions(Db db, CancellationToken cancel) => db.List(
        $"select distinct on (id) body::text from registry.definition order by id, version desc",
        row => DefinitionJson.Read(row.GetString(0)),
        cancel);

    private static IAsyncEnumerable<StoredRecord> StoredRecords(Db db, CancellationToken cancel) => db.Stream(
        $"select index, body, at, kind, who_id, resource, subjects, leaf, removed from audit.record order by index", Stored, cancel);

    private static StoredRecord Stored(NpgsqlDataReader row) => new(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1))
    {
        Removed = row.IsDBNull(8) ? null : (row.GetInt64(8), row.GetFieldValue<byte[]>(7)),
        Columns = new(
            row.GetFieldValue<DateTimeOffset>(2),
            row.GetString(3),
            row.GetString(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            row.IsDBNull(6) ? [] : row.GetFieldValue<string[]>(6),
            row.GetFieldValue<byte[]>(7)),
    };

    /// <summary>Hashes chunks on all cores while the next are read; gives them back in their order.</summary>
    private static async IAsyncEnumerable<CheckedRecord> Checked(
        IAsyncEnumerable<StoredRecord> records, [EnumeratorCancellation] CancellationToken cancel)
    {
        var chunks = Channel.CreateBounded<Task<CheckedRecord[]>>(Environment.ProcessorCount * 2);
        var reading = Task.Run(
            async () =>
            {
                try
                {
                    await foreach (var chunk in records.Chunk(Chunk).WithCancellation(cancel))
                    {
                        await chunks.Writer.WriteAsync(
                            Task.Run(() => Array.ConvertAll(chunk, record => record.Check()), cancel), cancel);
                    }
                }
                finally
                {
                    chunks.Writer.TryComplete();
                }
            },
            cancel);
        await foreach (var chunk in chunks.Reader.ReadAllAsync(cancel))
        {
            foreach (var record in await chunk)
            {
                yield return record;
            }
        }

        await reading;
    }
}
