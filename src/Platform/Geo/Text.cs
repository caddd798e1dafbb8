using System.Globalization;

namespace Shali.Platform.Geo;

/// <summary>Sentences about geometry.</summary>
internal static class Text
{
    public const string Crossing = "图形自相交或不闭合，请修正后再提交。";
    public const string NotGeometry = "应为 GeoJSON 几何对象（含 type 和 coordinates）。";
    public const string TooManyPoints = "图形的坐标点过多，请简化后再提交。";

    public const string BoxNumbers = "范围 bbox 应为四个（或含高程的六个）以逗号分隔的数：西、南、东、北。";
    public const string BoxRange = "范围 bbox 超出经纬度范围，或者南界大于北界；请检查坐标次序和坐标系（bbox-crs）。";

    public static string OutOfRange(double x, double y) => string.Create(
        CultureInfo.InvariantCulture, $"坐标（经度 {x}，纬度 {y}）超出范围，请检查坐标次序和坐标系。");
}
