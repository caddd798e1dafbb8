using Shali.Platform.Identity;
using Shali.Platform.Regions;

namespace Shali.Centres.Demo;

/// <summary>
/// The offices of the demo city: the government and its departments by function, the districts and counties with
/// theirs, the development zone, streets and towns; and who sits in them.
/// </summary>
public sealed class DemoOffices
{
    private static readonly (string Function, string Name, string Short)[] Departments =
    [
        ("police", "公安局", "公安"), ("market-regulation", "市场监督管理局", "市场监管"), ("civil-affairs", "民政局", "民政"),
        ("health", "卫生健康委员会", "卫健"), ("labour", "人力资源和社会保障局", "人社"), ("tax", "税务局", "税务"),
        ("data", "数据局", "数据"), ("development-reform", "发展和改革委员会", "发改"), ("education", "教育局", "教育"),
        ("housing", "住房和城乡建设局", "住建"), ("natural-resources", "自然资源和规划局", "自然资源"), ("statistics", "统计局", "统计"),
        ("environment", "生态环境局", "环保"), ("transport", "交通运输局", "交通"), ("justice", "司法局", "司法"), ("finance", "财政局", "财政"),
        ("agriculture", "农业农村局", "农业"), ("emergency", "应急管理局", "应急"), ("culture", "文化广电和旅游局", "文旅"),
        ("city-management", "城市管理局", "城管"), ("veterans", "退役军人事务局", "退役"), ("medical-insurance", "医疗保障局", "医保"),
    ];

    /// <summary>Functions that a district or county has too.</summary>
    private static readonly string[] Below =
        ["police", "market-regulation", "civil-affairs", "health", "labour", "education", "housing", "natural-resources", "statistics"];

    public DemoOffices()
    {
        var city = Places.City[0].Code[..4];
        var name = Regions.Short(city)!;
        var offices = new List<Office> { Make(OfficeCode.City, $"{name}人民政府", "市政府", "government", null, city) };
        offices.AddRange(Departments.Select(each => Make(
            each.Function, name + each.Name, "市" + each.Short, "department", OfficeCode.City, city)));
        foreach (var county in Places.City.Select(region => region.Code[..6]).Distinct())
        {
            offices.AddRange(County(county));
        }

        foreach (var region in Places.City.Where(region => region.Code.Length == 9))
        {
            offices.Add(Make(
                region.Code, region.Name + region.Kind switch { "street" => "办事处", _ => "人民政府" }, region.Name, region.Kind,
                region.Code[..6], region.Code));
        }

        All = offices;
    }

    /// <summary>Parents before children.</summary>
    public IReadOnlyList<Office> All { get; }

    /// <summary>The roles that are filled in an office, with the words for the post.</summary>
    public static IEnumerable<(string Role, string Title)> Posts(Office office)
    {
        if (office.Kind is "government" or "zone")
        {
            yield return (Roles.Leader, office.Code == OfficeCode.City ? "副市长" : "分管负责人");
        }

        yield return (Roles.Head, "科室负责人");
        yield return (Roles.Clerk, "经办人员");
        yield return (Roles.InformationOfficer, "信息员");
        if (office.Code == "data")
        {
            yield return (Roles.SystemAdministrator, "系统管理员");
            yield return (Roles.SecurityAdministrator, "安全管理员");
            yield return (Roles.AuditAdministrator, "审计管理员");
        }
    }

    /// <summary>City offices see the city, all others their own area.</summary>
    public static (DataScope Scope, string Area) ScopeOf(Office office) =>
        office.Region.Length == 4 ? (DataScope.All, "") : (DataScope.Area, office.Region);

    private static IEnumerable<Office> County(string code)
    {
        var name = Regions.Short(code)!;
        var zone = name.EndsWith("开发区", StringComparison.Ordinal);
        yield return Make(code, zone ? name + "管理委员会" : name + "人民政府", name, zone ? "zone" : "government", OfficeCode.City, code);
        foreach (var function in Below)
        {
            var department = Departments.First(each => each.Function == function);
            yield return Make($"{code}.{function}", name + (zone ? department.Short + "分局" : department.Name), department.Short, "department", code, code);
        }
    }

    private static Office Make(string code, string name, string shortName, string kind, string? parent, string region) =>
        new(code, name, shortName, kind, parent, region, new DateOnly(2009, 1, 1), null);
}
