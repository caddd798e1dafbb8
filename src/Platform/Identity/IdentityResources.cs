using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Identity;

/// <summary>
/// Offices, posts and changes of role rights are registry resources: who may do what is journaled, has a history
/// and can be asked as of any day, like everything else that the city records.
/// </summary>
public static class IdentityResources
{
    public static readonly CodeList OfficeKinds = new("office-kind", "机构类型", "",
    [
        new("government", "人民政府"), new("department", "工作部门"), new("zone", "功能区管理机构"),
        new("street", "街道办事处"), new("town", "镇人民政府"), new("township", "乡人民政府"),
        new("village", "村民委员会"), new("community", "居民委员会"), new("institution", "事业单位"), new("other", "其他"),
    ]);

    public static readonly CodeList RoleCodes = new("role", "角色", "",
        [.. Roles.Labels.Where(role => !NotPosts.Contains(role.Key)).Select(role => new Code(role.Key, role.Value))]);

    public static readonly CodeList Scopes = new("data-scope", "数据范围", "",
        [new("own-office", "本机构"), new("area", "本辖区"), new("all", "全部")]);

    public static readonly ResourceDefinition Office = new()
    {
        Id = "identity/office",
        Name = "机构",
        Note = "全市各级机构的代码、名称、隶属关系和管辖区域。",
        Clause = "P1",
        Owner = "data",
        Key = "code",
        Title = "name",
        Editable = false,
        Open = true,
        Sharing = Sharing.Unconditional,
        Theme = "机构编制",
        Fields =
        [
            Field("code", "机构代码", FieldTypes.Text) with { Required = true, LengthMax = 40, Pattern = CodePattern, Grade = Grade.Public },
            Field("name", "机构名称", FieldTypes.Text) with { Required = true, Indexed = true, LengthMax = 100, Grade = Grade.Public },
            Field("short_name", "简称", FieldTypes.Text) with { LengthMax = 30, Grade = Grade.Public },
            Field("kind", "机构类型", FieldTypes.Code) with { Required = true, CodeList = OfficeKinds.Name, Grade = Grade.Public },
            Field("parent", "上级机构", FieldTypes.Link) with { Target = "identity/office", Indexed = true, Grade = Grade.Public },
            Field("region", "行政区划代码", FieldTypes.Text) with { LengthMax = 12, Pattern = "[0-9]{2,12}", Indexed = true, Grade = Grade.Public },
            Field("begins", "设立日期", FieldTypes.Date) with { Grade = Grade.Public },
            Field("ends", "撤销日期", FieldTypes.Date) with { Grade = Grade.Public },
        ],
    };

    public static readonly ResourceDefinition Post = new()
    {
        Id = "identity/post",
        Name = "任职",
        Note = "谁在哪个机构以什么角色办理业务，可以看到哪些范围的数据，自何日起至何日止。",
        Clause = "P1",
        Owner = "data",
        Title = "title",
        Editable = false,
        ScopeField = "office",
        Sharing = Sharing.NotShared(Separation.Basis),
        Theme = "机构编制",
        Fields =
        [
            Field("account", "账号", FieldTypes.Text) with { Required = true, Indexed = true, LengthMax = 40 },
            Field("name", "姓名", FieldTypes.Text) with { Required = true, LengthMax = 60 },
            Field("office", "机构", FieldTypes.Link) with { Required = true, Target = "identity/office", Indexed = true },
            Field("role", "角色", FieldTypes.Code) with { Required = true, CodeList = RoleCodes.Name, Indexed = true },
            Field("scope", "数据范围", FieldTypes.Code) with { Required = true, CodeList = Scopes.Name },
            Field("area", "辖区代码", FieldTypes.Text) with { LengthMax = 12, Pattern = "[0-9]{2,12}" },
            Field("title", "职务", FieldTypes.Text) with { LengthMax = 60 },
            Field("begins", "任职日期", FieldTypes.Date) with { Required = true },
            Field("ends", "免职日期", FieldTypes.Date),
        ],
    };

    public static readonly ResourceDefinition RoleRight = new()
    {
        Id = "identity/role-right",
        Name = "角色权限调整",
        Note = "安全管理员对角色默认权限的增减，自何日起至何日止，以及理由。",
        Clause = "P1",
        Owner = "data",
        Title = "permission",
        Editable = false,
        Sharing = Sharing.NotShared(Separation.Basis),
        Theme = "机构编制",
        Fields =
        [
            Field("role", "角色", FieldTypes.Text) with { Required = true, LengthMax = 40 },
            Field("office", "机构", FieldTypes.Text) with { LengthMax = 40, Note = "空白：全部机构。" },
            Field("permission", "权限", FieldTypes.Text) with { Required = true, LengthMax = 200 },
            Field("gives", "增加", FieldTypes.YesNo) with { Required = true },
            Field("begins", "起始日期", FieldTypes.Date) with { Required = true },
            Field("ends", "终止日期", FieldTypes.Date),
            Field("reason", "理由", FieldTypes.Text) with { Required = true, LengthMax = 500 },
        ],
    };

    public static readonly IReadOnlyList<ResourceDefinition> All = [Office, Post, RoleRight];

    private const string CodePattern = "[a-z0-9]+([.-][a-z0-9]+)*";

    private static HashSet<string> NotPosts => new(StringComparer.Ordinal) { Roles.Resident, Roles.Representative, Roles.Client };

    public static Office ReadOffice(Record record) => new(
        record.Text("code")!,
        record.Text("name")!,
        record.Text("short_name") ?? record.Text("name")!,
        record.Text("kind")!,
        record.Text("parent"),
        record.Text("region") ?? "",
        (DateOnly?)record["begins"],
        (DateOnly?)record["ends"]);

    public static Post ReadPost(Record record) => new(
        record.Key,
        record.Text("account")!,
        record.Text("office")!,
        record.Text("role")!,
        ScopeOf(record.Text("scope")),
        record.Text("area") ?? "",
        record.Text("title") ?? "",
        (DateOnly)record["begins"]!,
        (DateOnly?)record["ends"]);

    public static RoleRight ReadRoleRight(Record record) => new(
        record.Key,
        record.Text("role")!,
        record.Text("office") ?? "",
        record.Text("permission")!,
        (bool)record["gives"]!,
        (DateOnly)record["begins"]!,
        (DateOnly?)record["ends"],
        record.Text("reason") ?? "");

    public static string CodeOf(DataScope scope) => scope switch
    {
        DataScope.OwnOffice => "own-office",
        DataScope.Area => "area",
        _ => "all",
    };

    public static DataScope ScopeOf(string? code) => code switch
    {
        "all" => DataScope.All,
        "area" => DataScope.Area,
        _ => DataScope.OwnOffice,
    };

    private static FieldDefinition Field(string name, string label, FieldType type) =>
        new() { Name = name, Label = label, Type = type };
}
