using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// Writes down, shortly after the records themselves, where each person, account, resource and kind is spoken of:
/// persons by the record, the others by the block of records, since one account or resource fills whole stretches of
/// the log. A search reads what is not yet indexed from the records, so that nothing is late for it.
/// </summary>
public sealed class MentionIndex(Db db, AuditLog log)
{
    /// <summary>Records in a block; a block begins at a multiple of it.</summary>
    internal const int Block = 64;

    private const int Step = 20_000;

    private long _indexed;

    /// <summary>Waits until the log is longer than the index, and extends it.</summary>
    public async Task Pass(CancellationToken cancel)
    {
        await log.LongerThan(_indexed, cancel);
        _indexed = Math.Max(_indexed, await Extend(cancel));
    }

    /// <summary>Brings the index up to the end of the log, unless another node is at it; returns how far it reaches.</summary>
    public async Task<long> Extend(CancellationToken cancel = default)
    {
        while (true)
        {
            var (upto, size) = await db.Unhurried.InTransaction(session => Extend(session, cancel), cancel);
            if (upto >= size)
            {
                return upto;
            }
        }
    }

    private static async Task<(long Upto, long Size)> Extend(Session session, CancellationToken cancel)
    {
        var begin = await session.Scalar<long?>($"select upto from audit.indexed for update skip locked", cancel);
        var size = await session.Scalar<long>($"select size from audit.head", cancel);
        if (begin is not { } low)
        {
            return (size, size);
        }

        var end = Math.Min(size, low + Step);
        if (end > low)
        {
            await session.Run(
                $"""
                with new as materialized (
                    select index, kind, who_id, resource, subjects from audit.record where index >= {low} and index < {end})
                insert into audit.mention (facet, value, index)
                select facet::"char", value, index from (
                    select 's' as facet, subject as value, index from new cross join unnest(subjects) as subject
                    union select 'w', who_id, index / {Block} * {Block} from new
                    union select 'r', resource, index / {Block} * {Block} from new where resource is not null
                    union select 'k', kind, index / {Block} * {Block} from new) as mention
                order by facet, value, index
                on conflict do nothing
                """,
                cancel);
            await session.Run($"update audit.indexed set upto = {end}", cancel);
        }

        return (end, size);
    }
}
