using Shali.Platform.Exchange;

namespace Shali.Government.S06Sharing.Grants;

/// <summary>What a consumer is to be reminded of.</summary>
public enum GrantDue
{
    Nothing,

    /// <summary>The grant ends soon: who still needs the data asks again in time.</summary>
    Expires,

    /// <summary>The use has ended and nobody said what became of the data (政务数据共享条例 art. 27).</summary>
    Disposal,
}

/// <summary>When a consumer is reminded. Pure.</summary>
public static class GrantDueRules
{
    /// <summary>Days before the end at which he is told once.</summary>
    public const int Notice = 30;

    /// <summary>Days after which he is asked for the report again.</summary>
    public const int Again = 10;

    public static GrantDue Of(Grant grant, DateOnly today)
    {
        if (grant.System is not null || grant.Disposal is not null)
        {
            return GrantDue.Nothing;
        }

        return grant.StateOn(today) switch
        {
            GrantState.InForce or GrantState.Suspended when today >= grant.Ends.AddDays(-Notice) =>
                grant.RemindedOn >= grant.Ends.AddDays(-Notice) ? GrantDue.Nothing : GrantDue.Expires,
            GrantState.Expired => Asked(grant, grant.Ends.AddDays(1), today),
            GrantState.Revoked => Asked(grant, null, today),
            _ => GrantDue.Nothing,
        };
    }

    /// <param name="since">The day from which the report is due; a reminder before it was one of the end.</param>
    private static GrantDue Asked(Grant grant, DateOnly? since, DateOnly today) =>
        grant.RemindedOn is { } last && !(last < since) && today < last.AddDays(Again) ? GrantDue.Nothing : GrantDue.Disposal;
}
