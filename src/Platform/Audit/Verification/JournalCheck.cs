using System.Security.Cryptography;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit.Verification;

/// <summary>The journal lines of each act must hash to the act's digest, which the log has sealed.</summary>
internal sealed class JournalCheck(Db db, Findings findings)
{
    public long Count { get; private set; }

    /// <summary>Checks one schema; returns the acts whose lines are not what they were.</summary>
    public async Task<HashSet<long>> Check(string schema, CancellationToken cancel)
    {
        var damaged = new HashSet<long>();
        await using var acts = db.Stream(
            $"select id, rows, digest from {Sql.Name(schema, "act")} order by id",
            row => (Id: row.GetInt64(0), Rows: row.GetInt32(1), Digest: row.GetFieldValue<byte[]>(2)),
            cancel).GetAsyncEnumerator(cancel);
        await using var lines = db.Stream(
            $"select act, ordinal, digest from {Sql.Name(schema, "journal")} order by act, ordinal",
            row => (Act: row.GetInt64(0), Ordinal: row.GetInt32(1), Digest: row.GetFieldValue<byte[]>(2)),
            cancel).GetAsyncEnumerator(cancel);
        var more = await lines.MoveNextAsync();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await acts.MoveNextAsync())
        {
            var act = acts.Current;
            more = await Orphans(schema, act.Id, lines, more, damaged);
            var found = 0;
            for (; more && lines.Current.Act == act.Id; found++, more = await lines.MoveNextAsync())
            {
                Count++;
                hash.AppendData(lines.Current.Digest);
            }

            if (!hash.GetHashAndReset().AsSpan().SequenceEqual(act.Digest) || found != act.Rows)
            {
                damaged.Add(act.Id);
                findings.Add("JRN-01", Text.ActAt(schema, act.Id), Text.JournalDiffers(act.Rows, found));
            }
        }

        await Orphans(schema, long.MaxValue, lines, more, damaged);
        return damaged;
    }

    private async Task<bool> Orphans(
        string schema, long before, IAsyncEnumerator<(long Act, int Ordinal, byte[] Digest)> lines, bool more, HashSet<long> damaged)
    {
        while (more && lines.Current.Act < before)
        {
            Count++;
            if (damaged.Add(lines.Current.Act))
            {
                findings.Add("JRN-02", Text.ActAt(schema, lines.Current.Act), Text.JournalWithoutAct);
            }

            more = await lines.MoveNextAsync();
        }

        return more;
    }
}
