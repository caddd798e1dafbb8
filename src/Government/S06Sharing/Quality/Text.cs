using System.Globalization;

namespace Shali.Government.S06Sharing.Quality;

/// <summary>Every sentence of the pages of data quality.</summary>
internal static class Text
{
    public const string Title = "数据质量";
    public const string Note = "各部门共享数据的质量和需要改正的记录";
    public const string Lead = "按 GB/T 36344-2018 的六个方面，对全部记录按目录中的定义检查；每晚检查一次，批量导入后随即检查。";
    public const string League = "各部门得分";
    public const string Rank = "名次";
    public const string Office = "部门";
    public const string Resources = "已检查的资源";
    public const string Score = "得分";
    public const string Bad = "需要改正";
    public const string Alarms = "更新异常";
    public const string NoMeasures = "还没有检查过。";
    public const string Resource = "信息资源";
    public const string Rows = "记录数";
    public const string At = "检查时间";
    public const string Dimension = "方面";
    public const string Rule = "规则";
    public const string OfRows = "检查的记录";
    public const string Measure = "立即检查";
    public const string Wanted = "已经安排检查，结果一般在几分钟内更新。";
    public const string NotMeasured = "未检查";
    public const string NoRules = "定义中没有可以检查的规则。";
    public const string BadRows = "需要改正的记录";
    public const string BadLead = "改正后在下一次检查时从清单中消失。";
    public const string NoBadRows = "没有违反该规则的记录。";
    public const string Record = "记录";
    public const string Value = "现在的值";
    public const string FirstSeen = "首次发现";
    public const string Hidden = "（需有权限查看）";
    public const string NoValue = "（空）";
    public const string Changed = "（已改动或者删除）";
    public const string Purpose = "核对数据质量";
    public const string Kind = "异常";
    public const string Usual = "通常";
    public const string Now = "最近周期";
    public const string Since = "发现时间";
    public const string Stopped = "停止更新";
    public const string Collapsed = "骤减";
    public const string Trend = "得分变化";
    public const string OfAccessibility = "有说明、数据元或者标准的信息项所占的比例；在资源定义中补充";
    public const string OfTimeliness = "按目录中的更新周期计算";
    public const string Own = "本部门的资源";

    public static string OfScore(double? score) => score is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) : NotMeasured;

    public static string Count(long rows) => rows.ToString("N0", CultureInfo.InvariantCulture);
}
