using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Window;

/// <summary>What one clerk has received at the window today, to print a receipt again.</summary>
internal sealed class ReceivedToday(Db db, TimeProvider time)
{
    private const int Most = 50;

    /// <summary>Latest first. Numbers begin with the day, so only this day's are read.</summary>
    public Task<List<ReceivedCase>> By(Caller clerk, CancellationToken cancel)
    {
        var from = time.Today().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        return db.List(
            $"""
            select c.number, c.title, c.office, e.at from casework.event e join casework.case c on c.number = e."case"
            where e."case" >= {from} and e.ordinal = 1 and e.who = {clerk.Id} and c.source = {CaseSource.Window} and c.type like 'approvals/%'
            order by e."case" desc limit {Most}
            """,
            row => new ReceivedCase(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3)),
            cancel);
    }
}

/// <summary>A case that was received.</summary>
public sealed record ReceivedCase(string Number, string Title, string Office, DateTimeOffset At);
