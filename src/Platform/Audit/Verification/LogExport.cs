using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Shali.Platform.Audit.Verification;

/// <summary>
/// The log as a folder of plain files that anyone can check without the database: one record a line, the signed
/// checkpoints, the public key.
/// </summary>
public static class LogExport
{
    public const string Records = "records.ndjson";
    public const string Checkpoints = "checkpoints.log";
    public const string Key = "key.pem";

    /// <summary>Writes the folder; returns the number of records.</summary>
    public static async Task<long> Write(string connectionString, string folder, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(folder);
        await using var snapshot = await DatabaseSnapshot.Take(connectionString, cancel);
        var db = snapshot.Db;
        var (name, spki) = await db.One(
            $"select name, public from audit.key", row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), cancel);
        if (spki is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, Key), name + "\n" + CheckpointKey.Pem(spki), cancel);
        }

        await using (var notes = File.CreateText(Path.Combine(folder, Checkpoints)))
        {
            await foreach (var note in db.Stream(
                $"select note from audit.checkpoint order by size", row => row.GetString(0), cancel))
            {
                await notes.WriteAsync(note);
            }
        }

        await using var records = new BufferedStream(File.Create(Path.Combine(folder, Records)), 1 << 20);
        var count = 0L;
        await foreach (var line in db.Stream($"select body, leaf, removed from audit.record order by index", Line, cancel))
        {
            await records.WriteAsync(line, cancel);
            records.WriteByte((byte)'\n');
            count++;
        }

        return count;
    }

    /// <summary>The bytes that were hashed; of a removed record what is left of it.</summary>
    private static byte[] Line(Npgsql.NpgsqlDataReader row) => row.IsDBNull(0)
        ? JsonSerializer.SerializeToUtf8Bytes(new Leftover(row.IsDBNull(2) ? -1 : row.GetInt64(2), row.GetFieldValue<byte[]>(1)), Form)
        : row.GetFieldValue<byte[]>(0);

    /// <summary>A body begins with its version; nothing else begins so.</summary>
    private static StoredRecord Read(long index, byte[] line)
    {
        if (!line.AsSpan().StartsWith("{\"removed\":"u8))
        {
            return new(index, line);
        }

        try
        {
            var left = JsonSerializer.Deserialize<Leftover>(line, Form)!;
            return new(index, null) { Removed = left.Leaf.Length == Merkle.MerkleHash.Size ? (left.Removed, left.Leaf) : null };
        }
        catch (JsonException)
        {
            return new(index, line);
        }
    }

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    private sealed record Leftover(long Removed, byte[] Leaf);

    /// <summary>The notes of a checkpoint file, one after the other.</summary>
    internal static List<string> ReadNotes(string path)
    {
        var notes = new List<string>();
        var note = new StringBuilder();
        var signed = false;
        foreach (var line in File.ReadLines(path))
        {
            var signature = line.StartsWith('\u2014');
            if (signed && !signature)
            {
                notes.Add(note.ToString());
                note.Clear();
            }

            signed = signature;
            note.Append(line).Append('\n');
        }

        // A line that was being written when the machine stopped is no checkpoint: nobody was given it.
        if (signed && SignedNote.Parse(note.ToString()) is not null)
        {
            notes.Add(note.ToString());
        }

        return notes;
    }

    /// <summary>A key file: the name of the log, then the public key in PEM.</summary>
    public static CheckpointKey? ReadKeyFile(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var text = File.ReadAllText(path);
        return CheckpointKey.ForChecking(text.Split('\n')[0].Trim(), text);
    }

    internal static CheckpointKey? ReadKey(string folder) => ReadKeyFile(Path.Combine(folder, Key));

    internal static async IAsyncEnumerable<StoredRecord> ReadRecords(
        string folder, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var file = new FileStream(
            Path.Combine(folder, Records), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var buffer = new byte[1 << 20];
        var (index, filled) = (0L, 0);
        while (true)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await file.ReadAsync(buffer.AsMemory(filled), cancel);
            filled += read;
            var begin = 0;
            for (int end; (end = buffer.AsSpan(begin, filled - begin).IndexOf((byte)'\n')) >= 0; begin += end + 1)
            {
                yield return Read(index++, buffer.AsSpan(begin, end).ToArray());
            }

            buffer.AsSpan(begin, filled - begin).CopyTo(buffer);
            filled -= begin;
            if (read == 0)
            {
                if (filled > 0)
                {
                    yield return Read(index, buffer.AsSpan(0, filled).ToArray());
                }

                yield break;
            }
        }
    }
}
