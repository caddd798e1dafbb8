using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>
/// Indexes of cases and their clocks that a definition cannot say: what is open, and what has ended when, with what is
/// counted of it. So boards and statistics read what they count and not ten million cases.
/// </summary>
internal static class CaseIndexes
{
    public static readonly IReadOnlyCollection<ExtraIndex> All =
    [
        new("casework", "case_open", "casework.case (type, office) where state <> 'ended'"),
        new("casework", "case_closed", "casework.case (closed_at, type) where closed_at is not null"),
        new("casework", "case_served", "casework.case (closed_at, type, office) where state = 'ended' and parent is null and merged_into is null and result is not null"),
        new("casework", "clock_running", "casework.clock (_key) include (kind, due_at, provisional) where ended_at is null"),

        // What the board counts stands in the index: a year of ended clocks is read without the clocks.
        new("casework", "clock_kept", "casework.clock (ended_at, office, type, kind, due_at) where ended_at is not null"),
    ];
}
