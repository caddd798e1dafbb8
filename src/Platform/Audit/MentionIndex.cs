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
            // Of a record nothing else can have written down whom it is about.
            await session.Run(
                $"""
                insert into audit.mention (facet, value, index)
                select 's', subject, index
                from audit.record cross join
                    unnest(case when cardinality(subjects) > 1 then array(select distinct unnest(subjects)) else subjects end) as subject
                where index >= {low} and index < {end}
                order by subject, index
                """,
                cancel);
            await session.Run(
                $"""
                with new as materialized (
                    select distinct index / {Block} * {Block} as block, kind, who_id, resource
                    from audit.record where index >= {low} and index < {end})
                insert into audit.mention (facet, value, index)
                select facet::"char", value, block from (
                    select 'w' as facet, who_id as value, block from new
                    union select 'r', resource, block from new where resource is not null
                    union select 'k', kind, block from new) as mention
                order by facet, value, block
                on conflict do nothing
                """,
                cancel);
            await session.Run($"update audit.indexed set upto = {end}", cancel);
        }

        return (end, size);
    }
}
