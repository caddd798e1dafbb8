namespace Shali.Platform.Calendar;

/// <summary>Sentences of the calendar.</summary>
internal static class Text
{
    public const string System = "工作日历";
    public const string SeedPurpose = "启用时登记已公布的放假安排";
    public const string PortalNote = "哪天放假、哪天调休上班，办事期限怎么算";
    public const string PublicReason = "放假安排是公开信息";
    public const string Lead = "办事期限按这份日历计算：先看调休上班，再看放假，最后看星期。";
    public const string Count = "期限计算";
    public const string From = "收到（受理）日期";
    public const string Days = "期限";
    public const string Unit = "单位";
    public const string Calculate = "计算";
    public const string WorkingDays = "工作日";
    public const string CalendarDays = "自然日";
    public const string Load = "导入放假通知";
    public const string AddDay = "登记一天";
    public const string AllDays = "全部记录";
    public const string Notices = "放假通知";
    public const string Unverified = "文号未登记";
    public const string NotPublished = "这一年的放假安排尚未公布，暂按星期推算；涉及这一年的期限都是暂定的，公布后自动重算。";
    public const string Keeping = "修改或者导入后，未办结事项的期限在一分钟内自动重算。导入的表格须有“日期、安排、节日名称、通知年度”各列。";
    public const string DayOff = "休";
    public const string MakeUp = "班";
    public const string OffLong = "放假";
    public const string MakeUpLong = "调休上班";
    public const string Weekend = "双休日";
    public const string NoSuchDay = "请填写日期，例如 2026-04-30，在 1990 年至 2190 年之间。";
    public const string NoSuchLength = "期限应为 1 至 3650 的整数。";
    public const string Weekdays = "一二三四五六日";

    public static string Year(int year) => $"{year}年";

    public static string Month(int month) => $"{month}月";

    public static string Sum(int days) => $"工作日 {days} 天";

    public static string YearSum(int days) => $"全年工作日 {days} 天";

    public static string Answer(DateOnly from, int length, string unit, DateOnly due, string weekday) =>
        $"{from.Year}年{from.Month}月{from.Day}日起算（当日不计）{length}个{unit}：{due.Year}年{due.Month}月{due.Day}日（周{weekday}）24时届满。";
}
