namespace Shali.Platform.Casework.Clocks;

/// <summary>
/// What a plain "日" means in an act: some count all their periods in working days, some only the short ones they
/// name, the rest counts days of the calendar.
/// </summary>
public static class StatutoryUnits
{
    private static readonly Dictionary<string, Reading> Acts = new(StringComparer.Ordinal)
    {
        ["行政许可法"] = new("第八十二条", All: true, []),
        ["政府信息公开条例"] = new("条文写明“工作日”", All: true, []),
        ["政务数据共享条例"] = new("条文写明“工作日”", All: true, []),
        ["行政处罚法"] = new("第八十五条", All: false, [2, 3, 5, 7]),
        ["行政复议法"] = new("附则", All: false, [3, 5, 7, 10]),
        ["信访工作条例"] = new("", All: false, []),
    };

    /// <summary>The unit of a period of so many 日 in the act; days of the calendar where the act says nothing (民法典 art. 201).</summary>
    public static ClockUnit Of(string act, int days) =>
        Acts.TryGetValue(act, out var reading) && (reading.All || reading.Short.Contains(days)) ? ClockUnit.WorkingDays : ClockUnit.CalendarDays;

    /// <summary>The article that says so; empty where none does.</summary>
    public static string Article(string act) => Acts.TryGetValue(act, out var reading) ? reading.Article : "";

    private sealed record Reading(string Article, bool All, IReadOnlyList<int> Short);
}
