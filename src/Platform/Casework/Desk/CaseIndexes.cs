using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>
/// Indexes of cases that a definition cannot say: what is open, and what has ended when, with what is counted of it. So
/// boards and statistics read what they count and not ten million cases.
/// </summary>
internal static class CaseIndexes
{
    public static async Task Open(Db db, CancellationToken cancel)
    {
        await db.Unhurried.Run($"create index if not exists case_open on casework.case (type, office) where state <> 'ended'", cancel);
        await db.Unhurried.Run($"create index if not exists case_closed on casework.case (closed_at, type) where closed_at is not null", cancel);
        await db.Unhurried.Run(
            $"""
            create index if not exists case_served on casework.case (closed_at, type, office)
            where state = 'ended' and parent is null and merged_into is null and result is not null
            """,
            cancel);
    }
}
