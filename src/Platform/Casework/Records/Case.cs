using Shali.Platform.Identity;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// A case: everything that somebody asks of the government and everything that the government must do by a date. Its
/// state is what its events say; the record keeps the latest for everyone who reads. Only the transition writes it.
/// </summary>
[Resource("casework/case", "办件", Clause = "P3", Owner = "data", Key = nameof(Number), Title = nameof(Title), Editable = false,
    Subject = nameof(Person), ScopeField = nameof(Office), Sharing = SharingClass.Conditional,
    Conditions = "限办理本部门法定职责事项、效能监察时使用，须注明办件编号", Theme = "政务服务", Rhythm = UpdateRhythm.RealTime,
    Note = "各类办件的当前状态：事项、申请人、承办单位、环节、结果。办理过程见办件环节记录。")]
public sealed record Case
{
    [Field("办件编号", Pattern = Pattern.Number)]
    public required string Number { get; init; }

    [Field("办件类型", LengthMax = 100)]
    public required string Type { get; init; }

    [Field("类型版本")]
    public required int TypeVersion { get; init; }

    [Field("名称", LengthMax = 200)]
    public required string Title { get; init; }

    [Field("状态", CodeList = "case-state")]
    public required string State { get; init; }

    [Field("环节", LengthMax = 60)]
    public required string Stage { get; init; }

    [Field("申请人人口主键", Indexed = true, Pattern = Pattern.Code, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? Person { get; init; }

    [Field("申请单位组织机构代码", Indexed = true, Pattern = Pattern.Code)]
    public string? Entity { get; init; }

    [Field("申请单位", LengthMax = 200)]
    public string? EntityName { get; init; }

    [Field("申请人姓名", LengthMax = 100, Mask = MaskShape.Name, Note = "单位申请的，为经办人")]
    public string? PersonName { get; init; }

    [Field("代办人姓名", LengthMax = 100, Mask = MaskShape.Name, Note = "由他人代为申请的：监护人、受委托人、单位经办人员")]
    public string? Agent { get; init; }

    [Field("代办人与申请人的关系", CodeList = "agent-relation")]
    public string? AgentRelation { get; init; }

    [Field("代办人人口主键", Indexed = true, Pattern = Pattern.Code, Grade = Grade.Sensitive, Mask = MaskShape.Whole, Note = "父母在网上代未成年子女申请的")]
    public string? AgentPerson { get; init; }

    [Field("代办至", Note = "子女成年之日；自这一天起由本人办理")]
    public DateOnly? AgentUntil { get; init; }

    [Field("联系电话", Type = FieldKind.Phone)]
    public string? Phone { get; init; }

    [Field("电子邮箱", Type = FieldKind.Email, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? Email { get; init; }

    [Field("申请人账号", LengthMax = 40, Grade = Grade.Sensitive, Mask = MaskShape.Whole, Note = "网上提交时的账号")]
    public string? Account { get; init; }

    [Field("承办单位", Indexed = true, Target = "identity/office")]
    public required string Office { get; init; }

    [Field("经办人账号", LengthMax = 40)]
    public string? Handler { get; init; }

    [Field("经办人", LengthMax = 100)]
    public string? HandlerName { get; init; }

    [Field("回避人员", LengthMax = 400, Note = "已回避的人员账号，以空格分隔")]
    public string? Recused { get; init; }

    [Field("来源", CodeList = "case-source")]
    public required string Source { get; init; }

    [Field("上级办件", Indexed = true, Pattern = Pattern.Number)]
    public string? Parent { get; init; }

    [Field("在上级办件中的代号", LengthMax = 60)]
    public string? ParentRole { get; init; }

    [Field("收到时间")]
    public required DateTimeOffset ReceivedAt { get; init; }

    [Field("受理时间")]
    public DateTimeOffset? AcceptedAt { get; init; }

    [Field("决定时间")]
    public DateTimeOffset? DecidedAt { get; init; }

    [Field("办结时间")]
    public DateTimeOffset? ClosedAt { get; init; }

    [Field("结果", LengthMax = 60)]
    public string? Result { get; init; }

    [Field("并入办件", LengthMax = 20)]
    public string? MergedInto { get; init; }

    [Field("环节数")]
    public required int Events { get; init; }

    [Field("申请内容", Type = FieldKind.LongText, Grade = Grade.HighlySensitive, Mask = MaskShape.Whole)]
    public string? Answers { get; init; }

    /// <summary>Whose case it is, in the words of a list; natural persons masked.</summary>
    public string ApplicantShown => EntityName ?? (PersonName is { } name ? Registry.Types.Masks.Apply(MaskShape.Name, name) : Text.NoApplicant);

    /// <summary>Whose case it is: the firm's when a firm applied, else the person's, and the parent's who applied for his child while that is one.</summary>
    public bool IsOf(Caller who, DateOnly today) => Entity is { } entity
        ? who.Entity == entity
        : who is { Kind: CallerKind.Resident, Entity: null, Person: { } person } && (person == Person || person == ActingParent(today));

    /// <summary>Who is told of it and pays for it.</summary>
    public Receiver ReceiverOn(DateOnly day) => new(
        Entity is { } firm ? Receiver.OfFirm(firm) : (ActingParent(day) ?? Person) is { } person ? Receiver.OfPerson(person) : null,
        EntityName ?? (ActingParent(day) is null ? PersonName : Agent) ?? "")
    {
        Phone = Phone,
        Email = Email,
    };

    /// <summary>The parent who acts for the child that applies; null: nobody, or the child has come of age.</summary>
    public string? ActingParent(DateOnly day) => day < AgentUntil ? AgentPerson : null;

    public bool IsRecused(string account) => Recused?.Split(' ').Contains(account, StringComparer.Ordinal) ?? false;
}

/// <summary>The codes of <c>case-state</c>: the kind of the stage in which a case stands.</summary>
public static class CaseState
{
    public const string Before = "before";
    public const string Running = "running";
    public const string Waiting = "waiting";
    public const string Ended = "ended";

    public static string Of(StageKind kind) => kind switch
    {
        StageKind.Before => Before,
        StageKind.Running => Running,
        StageKind.Waiting => Waiting,
        _ => Ended,
    };
}

/// <summary>The codes of <c>agent-relation</c>: by what somebody may apply for another one.</summary>
public static class AgentRelation
{
    public const string Parent = "parent";

    /// <summary>Another guardian than a parent (民法典 art. 27, 28).</summary>
    public const string Guardian = "guardian";

    /// <summary>By power of attorney (民法典 art. 165).</summary>
    public const string Attorney = "attorney";

    /// <summary>Of the firm that applies.</summary>
    public const string Employee = "employee";

    public static readonly CodeList Codes = new("agent-relation", "代办人与申请人的关系", "",
    [
        new(Parent, "父母"), new(Guardian, "其他监护人"), new(Attorney, "受委托人（有授权委托书）"), new(Employee, "单位经办人员"),
    ]);
}

/// <summary>The codes of <c>case-source</c>: the door by which a case came.</summary>
public static class CaseSource
{
    public const string Online = "online";
    public const string Window = "window";
    public const string Hotline = "hotline";

    /// <summary>Another case opened it, or the platform.</summary>
    public const string Platform = "platform";
}
