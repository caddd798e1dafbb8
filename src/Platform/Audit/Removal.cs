using System.Text.Json;
using Shali.Platform.Audit.Merkle;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// Takes the text out of records of reads and sign-ons whose time is over. First the log says which records it will
/// be, sealed by a digest over their leaves; then, in one transaction, they lose their text and what repeats it.
/// Leaves stay, so every proof and checkpoint holds as before; <c>verify-log</c> tells such a removal from one that
/// nobody announced. A stop in between is made good at the next pass.
/// </summary>
public sealed class Removal(Db db, AuditLog log, AuditSearch search, AuditSettings settings, TimeProvider time)
{
    private const long Lock = 0x5348_4C41_5053; // "SHLAPS"

    /// <summary>Most places of the log in one removal.</summary>
    private const int Step = 50_000;

    /// <summary>Clocks of nodes may differ: what is this close to the limit waits for the next pass.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    /// <summary>Removes what is due, unless another node is at it; how many records lost their text.</summary>
    public async Task<long> Pass(CancellationToken cancel = default)
    {
        await using var connection = await db.Source.OpenConnectionAsync(cancel);
        var holder = new Session(connection, null);
        if (!await holder.Scalar<bool>($"select pg_try_advisory_lock({Lock})", cancel))
        {
            return 0;
        }

        try
        {
            return await Remove(cancel);
        }
        finally
        {
            await holder.Run($"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private async Task<long> Remove(CancellationToken cancel)
    {
        var count = 0L;
        var low = 0L;
        if ((await search.Find(new AuditQuery { Kind = AuditKinds.Removal, Limit = 1 }, cancel)).Lines is [{ Removed: { } announced } last])
        {
            // Announced, and then the process ended: it is carried out now, if it is still what was announced.
            var (indexes, digest) = await Due(announced.Low, announced.High, announced.Until, cancel);
            count += digest == announced.Digest ? await CarryOut(last.Index, indexes, cancel) : 0;
            low = announced.High;
        }

        var until = Whole(time.GetUtcNow() - (settings.Keep < AuditSettings.KeepMin ? AuditSettings.KeepMin : settings.Keep));
        var end = await db.Scalar<long?>($"select max(size) from audit.checkpoint where at <= {until - Slack}", cancel) ?? 0;
        for (; low < end; low += Step)
        {
            var high = Math.Min(low + Step, end);
            var (indexes, digest) = await Due(low, high, until, cancel);
            if (indexes.Length == 0)
            {
                continue;
            }

            var entry = new AuditEntry(AuditKinds.Removal, Caller.Platform("retention"))
            {
                Removed = new(low, high, until, indexes.Length, digest),
                Note = Text.RemovalNote(indexes.Length, until),
            };
            count += await CarryOut(await log.Append(entry, cancel), indexes, cancel);
        }

        return count;
    }

    /// <summary>
    /// The records of a stretch that are due. Asked of their bodies, and only of those that their leaf vouches for:
    /// a column that somebody altered must not remove a record that is to be kept.
    /// </summary>
    private async Task<(long[] Indexes, string Digest)> Due(long low, long high, DateTimeOffset until, CancellationToken cancel)
    {
        var indexes = new List<long>();
        using var sum = new RemovedStretch.Sum();
        var kinds = AuditKinds.Lapsing.ToArray();
        await foreach (var (index, leaf, body) in db.Stream(
            $"""
            select index, leaf, body from audit.record
            where index >= {low} and index < {high} and kind = any({kinds}) and body is not null order by index
            """,
            row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2)),
            cancel))
        {
            if (IsDue(leaf, body, until))
            {
                indexes.Add(index);
                sum.Add(index, leaf);
            }
        }

        return ([.. indexes], sum.Digest());
    }

    private static bool IsDue(byte[] leaf, byte[] body, DateTimeOffset until)
    {
        if (!MerkleHash.Leaf(body).AsSpan().SequenceEqual(leaf))
        {
            return false;
        }

        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("at").GetDateTimeOffset() < until
            && AuditKinds.Lapsing.Contains(json.RootElement.GetProperty("kind").GetString(), StringComparer.Ordinal);
    }

    private Task<int> CarryOut(long statement, long[] indexes, CancellationToken cancel) => indexes.Length == 0
        ? Task.FromResult(0)
        : db.InTransaction(
            async session =>
            {
                // A block keeps the mention of an account as long as one record in it still speaks of it.
                await session.Run(
                    $"""
                    with due as materialized (
                        select index, index / {MentionIndex.Block} * {MentionIndex.Block} as block, kind, who_id, resource, subjects
                        from audit.record where index = any({indexes}))
                    delete from audit.mention as m using (
                        select 's' as facet, subject as value, index from due cross join unnest(subjects) as subject
                        union select 'w', who_id, block from due
                        union select 'r', resource, block from due where resource is not null
                        union select 'k', kind, block from due) as spoken
                    where m.facet = spoken.facet::"char" and m.value = spoken.value and m.index = spoken.index
                        and (m.facet = 's' or not exists (
                            select 1 from audit.record as r
                            where r.index >= m.index and r.index < m.index + {MentionIndex.Block} and r.body is not null and r.index <> all({indexes})
                                and m.value = case m.facet when 'w' then r.who_id when 'r' then r.resource else r.kind end))
                    """,
                    cancel);
                return await session.Run(
                    $"""
                    update audit.record set body = null, who_id = '', resource = null, subjects = null, removed = {statement}
                    where index = any({indexes}) and body is not null
                    """,
                    cancel);
            },
            cancel);

    private static DateTimeOffset Whole(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
