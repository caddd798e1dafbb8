using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Identity;

namespace Shali.Government.S06Sharing.Demands;

/// <summary>Every sentence of the list of demands.</summary>
internal static class Text
{
    public const string Demand = "数据需求";
    public const string Demands = "数据需求清单";
    public const string DemandsNote = "目录中还没有、需要有部门提供的数据";
    public const string Lead = "目录中还没有的数据在这里提出，由政务数据共享主管部门交办提供部门；资源发布后需求自动办结。";
    public const string None = "还没有数据需求。";
    public const string New = "提出数据需求";
    public const string FormLead = "先在信息目录中查找；没有的数据在这里写明。等待该数据的事项越具体，越便于交办。";
    public const string Name = "需要的数据";
    public const string NameHint = "按目录的写法，例如“不动产抵押登记信息”";
    public const string Use = "用途和使用依据";
    public const string UseHint = "办理什么业务，依据哪部法律、法规的哪一条";
    public const string Fields = "需要的信息项";
    public const string FieldsHint = "每行一项";
    public const string Items = "等待该数据的事项或者服务";
    public const string ItemsHint = "每行一项；没有该数据时还要群众提交的材料也写在这里";
    public const string Consumer = "提出部门";
    public const string Provider = "交办部门";
    public const string Send = "提出需求";
    public const string Cancel = "取消";
    public const string Stage = "环节";
    public const string Received = "提出时间";
    public const string NotAssigned = "尚未交办";
    public const string ListedNote = "等待政务数据共享主管部门交办。";
    public const string AssignedNote = "交办部门编目并发布该数据；发布后自动办结。";
    public const string AssignNote = "选择依职责应当提供该数据的部门。";
    public const string ReturnNote = "不属于本部门职责的，写明理由退回主管部门。";
    public const string DeclineNote = "没有部门依职责采集该数据的，写明理由。";
    public const string PublishNote = "写明目录中该资源的标识，例如 d-housing/mortgage。以相同名称发布的，平台自动办结。";
    public const string PublishedAs = "资源标识";
    public const string InYourName = "需求只能以本部门的名义提出。";
    public const string NotPublished = "目录中没有这个资源，或者它不由贵单位提供。";
    public const string ThereAlready = "目录中已经有同名的资源，请从目录中申请。";
    public const string Waiting = "等待资源发布";

    /// <summary>While nobody has it, it lies with the authority.</summary>
    public static string ProviderOf(Offices offices, string office) => office == RequestType.Authority ? NotAssigned : offices.NameOf(office);

    public static string ToAssign(string by, string name) => $"{by}提出数据需求“{name}”，请交办提供部门。";

    public static string ToProvide(string name) => $"主管部门将数据需求“{name}”交由贵单位提供，请编目并发布。";

    public static string Returned(string name, string words) => $"数据需求“{name}”被退回：{words}";

    public static string Published(string name, string resource) => $"贵单位需要的“{name}”已经发布（{resource}），请从目录中申请。";

    public static string Declined(string name, string words) => $"数据需求“{name}”没有部门可以提供：{words}";
}
