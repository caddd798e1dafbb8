using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Regions;

/// <summary>
/// The table of divisions as an information resource: open to everyone, kept by civil affairs (行政区划管理条例
/// art. 4), so that every system and every department names places alike.
/// </summary>
public static class RegionModel
{
    public static readonly CodeList Kinds = new(
        "region-kind", "行政区划级别", "",
        [
            new("province", "省级"), new("prefecture", "地级"), new("county", "县级"), new("street", "街道"),
            new("town", "镇"), new("township", "乡"), new("community", "社区"), new("village", "村"),
        ]);

    public static readonly CodeList UrbanRural = new(
        "urban-rural", "城乡分类代码", "统计用区划代码和城乡划分代码编制规则",
        [
            new("111", "主城区"), new("112", "城乡结合区"), new("121", "镇中心区"), new("122", "镇乡结合区"),
            new("123", "特殊区域"), new("210", "乡中心区"), new("220", "村庄"),
        ]);

    public static readonly ResourceDefinition Region = new()
    {
        Id = "regions/region",
        Name = "行政区划",
        Note = "全国省、市、县级行政区划和本市街道、乡镇、村居，含已撤销的代码及其继任代码。",
        Clause = "P2",
        Owner = "civil-affairs",
        Key = "code",
        Title = "name",
        Base = "geography",
        Theme = "区划地名",
        Rhythm = UpdateRhythm.Yearly,
        Sharing = Sharing.Unconditional,
        Open = true,
        Fields =
        [
            Plain("code", "区划代码") with { Required = true, Pattern = "[1-8][0-9](?:[0-9]{2}|[0-9]{4}|[0-9]{7}|[0-9]{10})?", Standard = "GB/T 2260, GB/T 10114" },
            Plain("name", "名称") with { Required = true, Indexed = true, LengthMax = 60 },
            Plain("kind", "级别") with { Type = FieldTypes.Code, CodeList = Kinds.Name, Required = true },
            Plain("parent", "上级区划") with { Type = FieldTypes.Link, Target = "regions/region", Indexed = true },
            Plain("urban_rural", "城乡分类") with { Type = FieldTypes.Code, CodeList = UrbanRural.Name },
            Plain("valid_from", "启用日期") with { Type = FieldTypes.Date, Note = "留空表示早于本表起始" },
            Plain("valid_to", "停用日期") with { Type = FieldTypes.Date, Note = "留空表示现行有效" },
            Plain("successors", "继任代码") with { Note = "撤销后由哪些代码接替，多个代码以空格分开" },
        ],
    };

    /// <summary>The values of a division in the order of the fields of <see cref="Region"/>.</summary>
    public static object?[] Row(Region region) =>
    [
        region.Code, region.Name, region.Kind, Kernel.Identifiers.RegionCode.Parent(region.Code), null,
        region.ValidFrom, region.ValidTo, region.Successors.Count == 0 ? null : string.Join(' ', region.Successors),
    ];

    private static FieldDefinition Plain(string name, string label) =>
        new() { Name = name, Label = label, Type = FieldTypes.Text, Grade = Grade.Public };
}
