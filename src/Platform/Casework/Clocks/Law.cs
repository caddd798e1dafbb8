using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

/// <summary>The articles by which every period is counted.</summary>
internal static class Law
{
    public static readonly Basis Start = new("民法典", "第二百零一条");
    public static readonly Basis RestDay = new("民法典", "第二百零三条");
    public static readonly Basis WorkingDays = new("行政许可法", "第八十二条");
    public static readonly Basis Suspension = new("行政许可法", "第四十五条");
    public static readonly Basis Holidays = new("全国年节及纪念日放假办法", "第二条");
}
