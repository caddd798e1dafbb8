using System.Globalization;
using Shali.Platform.Registry;

namespace Shali.Platform.DataQuality;

/// <summary>Every sentence of the quality of data.</summary>
internal static class Text
{
    public static string Rule(string kind, FieldDefinition field) => kind switch
    {
        QualityRules.Required => $"“{field.Label}”必须有值",
        QualityRules.Length => $"“{field.Label}”不超过{field.LengthMax}个字",
        QualityRules.Pattern => $"“{field.Label}”符合规定的格式",
        QualityRules.Check => $"“{field.Label}”的形式和校验码正确",
        QualityRules.Range => $"“{field.Label}”在允许的范围内" + (field.Min is null && field.Max is null ? "" : $"（{field.Min} 至 {field.Max}）"),
        QualityRules.Code => $"“{field.Label}”是现行代码表中的代码",
        QualityRules.Link => $"“{field.Label}”所指的记录存在",
        _ => field.Label,
    };

    public static string AlarmSubject(string name) => $"数据更新异常：{name}";

    public static string Alarm(string name, InflowVerdict verdict) => verdict.State == InflowState.Stopped
        ? $"“{name}”在上一个周期没有新的数据，通常为{Count(verdict.Usual)}条。"
        : $"“{name}”在上一个周期只有{Count(verdict.Now)}条数据，通常为{Count(verdict.Usual)}条。";

    private static string Count(long rows) => rows.ToString("N0", CultureInfo.InvariantCulture);
}
