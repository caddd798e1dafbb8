using Shali.Platform.Registry;

namespace Shali.Platform.DataQuality;

/// <summary>How the rows of a resource come in.</summary>
public enum InflowState
{
    Flows,

    /// <summary>Nothing came in the last period, and something did in the ones before.</summary>
    Stopped,

    /// <summary>Less than a fifth of what is usual.</summary>
    Collapsed,
}

/// <param name="Usual">Rows of an ordinary period: the median of those before.</param>
/// <param name="Now">Rows of the last period.</param>
public sealed record InflowVerdict(InflowState State, long Usual, long Now);

/// <summary>Whether an inflow has stopped or collapsed. Pure.</summary>
public static class Inflow
{
    /// <summary>Days that are looked at.</summary>
    public const int Days = 120;

    /// <summary>Fewer rows than that in an ordinary period come and go by chance.</summary>
    private const long Few = 20;

    private const int Before = 3;

    /// <summary>Days of a period: what is promised for each day has weekends and holidays, so weeks are compared. Null: nothing to compare.</summary>
    public static int? Period(UpdateRhythm rhythm) => rhythm switch
    {
        UpdateRhythm.RealTime or UpdateRhythm.Daily or UpdateRhythm.Weekly => 7,
        UpdateRhythm.Monthly => 31,
        _ => null,
    };

    /// <param name="rows">Rows written on each day; days without any may be left out.</param>
    public static InflowVerdict Judge(IReadOnlyDictionary<DateOnly, long> rows, UpdateRhythm rhythm, DateOnly today)
    {
        if (Period(rhythm) is not { } days)
        {
            return new(InflowState.Flows, 0, 0);
        }

        // Today is not over yet.
        long Sum(int back) => Enumerable.Range(1 + (back * days), days).Sum(day => rows.GetValueOrDefault(today.AddDays(-day)));
        var before = Enumerable.Range(1, Before).Select(Sum).Order().ToList();
        var (usual, now) = (before[Before / 2], Sum(0));
        return new(usual < Few ? InflowState.Flows : now == 0 ? InflowState.Stopped : now * 5 < usual ? InflowState.Collapsed : InflowState.Flows, usual, now);
    }
}
