using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>
/// A licence that an office has given in a case. What it says of a firm is open (行政许可法 art. 40); of a natural person
/// the public sees a masked name and what was permitted.
/// </summary>
[Resource("approvals/licence", "电子证照", Clause = "S11", Owner = "data", Key = nameof(Key), Title = nameof(Name), Editable = false,
    Open = true, Subject = nameof(HolderPerson), ScopeField = nameof(Office), Sharing = SharingClass.Unconditional, Theme = "电子证照", Rhythm = UpdateRhythm.RealTime,
    Note = "各单位准予行政许可颁发的证照：持证人、许可内容、有效期、状态。撤销、吊销、注销和到期的仍可查到。")]
[OpenUntil(nameof(ClosedFrom), "行政许可法", "第四十条", Through = false)]
public sealed record Licence
{
    [Field("证照主键", LengthMax = 80, Pattern = "[a-z0-9.-]+", Grade = Grade.Public)]
    public required string Key { get; init; }

    [Field("证照编号", LengthMax = 80, Unique = true, Indexed = true, Grade = Grade.Public)]
    public required string Number { get; init; }

    [Field("证照名称", LengthMax = 100, Indexed = true, Grade = Grade.Public)]
    public required string Name { get; init; }

    [Field("电子证照标识", Type = FieldKind.LicenceIdentifier, Unique = true, Indexed = true, Grade = Grade.Public)]
    public string? Identifier { get; init; }

    [Field("事项", Indexed = true, Target = "approvals/item", Grade = Grade.Public)]
    public required string Item { get; init; }

    [Field("发证机关", Indexed = true, Target = "identity/office", Grade = Grade.Public)]
    public required string Office { get; init; }

    [Field("发证机关名称", LengthMax = 100, Grade = Grade.Public)]
    public required string OfficeName { get; init; }

    [Field("持证单位", LengthMax = 200, Indexed = true, Grade = Grade.Public)]
    public string? Entity { get; init; }

    [Field("持证单位组织机构代码", LengthMax = 40, Indexed = true, Grade = Grade.Public)]
    public string? EntityCode { get; init; }

    [Field("持证人姓名", LengthMax = 100, Mask = MaskShape.Name, Note = "个人持证的")]
    public string? Person { get; init; }

    [Field("持证人人口主键", LengthMax = 100, Indexed = true, Grade = Grade.Sensitive, Mask = MaskShape.Whole, Closed = true)]
    public string? HolderPerson { get; init; }

    [Field("许可内容", Type = FieldKind.LongText, Grade = Grade.Public, Note = "单位持证的；每行一项")]
    public string? Scope { get; init; }

    [Field("个人证照内容", Type = FieldKind.LongText, Grade = Grade.Sensitive, Mask = MaskShape.Whole, Closed = true, Note = "个人持证的；每行一项")]
    public string? PersonalScope { get; init; }

    [Field("有效期自", Grade = Grade.Public)]
    public required DateOnly ValidFrom { get; init; }

    [Field("有效期至", Indexed = true, Grade = Grade.Public)]
    public DateOnly? ValidUntil { get; init; }

    [Field("状态", CodeList = "e-licence-state", Indexed = true, Grade = Grade.Public)]
    public required string State { get; init; }

    [Field("最近变动", CodeList = "e-licence-change", Grade = Grade.Public)]
    public required string Change { get; init; }

    [Field("版本", Min = "1", Grade = Grade.Public)]
    public required int Version { get; init; }

    [Field("颁发时间", Indexed = true, Grade = Grade.Public)]
    public required DateTimeOffset IssuedAt { get; init; }

    [Field("办件编号", Indexed = true, Pattern = "[0-9]{16}", Mask = MaskShape.Whole, Closed = true)]
    public required string Case { get; init; }

    [Field("证照文件", LengthMax = 60, Mask = MaskShape.Whole, Closed = true, Note = "电子文书主键；制证中的没有")]
    public string? Document { get; init; }

    [Field("失效时间", Grade = Grade.Public)]
    public DateTimeOffset? EndedAt { get; init; }

    [Field("失效理由", LengthMax = 500, Mask = MaskShape.Whole, Closed = true)]
    public string? EndReason { get; init; }

    [Field("失效依据", LengthMax = 400, Grade = Grade.Public)]
    public string? EndBasis { get; init; }

    [Field("作出决定的办件", LengthMax = 60, Mask = MaskShape.Whole, Closed = true)]
    public string? EndCase { get; init; }

    [Field("已提醒的天数", Mask = MaskShape.Whole, Closed = true, Note = "到期前多少天提醒过")]
    public int? Reminded { get; init; }

    [Field("不公开自", Mask = MaskShape.Whole, Closed = true, Note = "依法不公开的，自颁发之日起")]
    public DateOnly? ClosedFrom { get; init; }

    /// <summary>Whose it is, in the words of a list; natural persons masked.</summary>
    public string HolderShown => Entity ?? Platform.Registry.Types.Masks.Apply(MaskShape.Name, Person ?? "");

    public bool IsValidOn(DateOnly day) => State == LicenceState.Valid && ValidFrom <= day && (ValidUntil is null || day <= ValidUntil);
}

/// <summary>A kind of licence and its code in identifiers (GB/T 36904): the first licence of an item gives it its code.</summary>
[Resource("approvals/licence-kind", "电子证照类型", Clause = "S11", Owner = "data", Key = nameof(Item), Title = nameof(Name), Editable = false,
    Open = true, Sharing = SharingClass.Unconditional, Theme = "电子证照", Rhythm = UpdateRhythm.AsNeeded,
    Note = "各类证照在电子证照标识中的类型代码。")]
public sealed record LicenceKind
{
    [Field("事项", LengthMax = 51, Pattern = "[a-z0-9][a-z0-9-]*", Grade = Grade.Public)]
    public required string Item { get; init; }

    [Field("证照名称", LengthMax = 100, Grade = Grade.Public)]
    public required string Name { get; init; }

    [Field("发证机关", Indexed = true, Target = "identity/office", Grade = Grade.Public)]
    public required string Office { get; init; }

    [Field("类型代码", LengthMax = 21, Pattern = "[0-9A-Z]{21}", Unique = true, Indexed = true, Grade = Grade.Public)]
    public required string Code { get; init; }
}

/// <summary>The codes of <c>e-licence-state</c>.</summary>
public static class LicenceState
{
    /// <summary>Granted; its file is being made.</summary>
    public const string Making = "making";
    public const string Valid = "valid";
    public const string Expired = "expired";

    /// <summary>撤销: it should not have been granted (行政许可法 art. 69).</summary>
    public const string Annulled = "annulled";

    /// <summary>吊销: taken away as a punishment.</summary>
    public const string Revoked = "revoked";

    /// <summary>注销: the procedure when it has become void (行政许可法 art. 70).</summary>
    public const string Cancelled = "cancelled";

    public static readonly CodeList Codes = new("e-licence-state", "证照状态", "",
    [
        new(Making, "制证中"), new(Valid, "有效"), new(Expired, "已到期"), new(Annulled, "已撤销"), new(Revoked, "已吊销"), new(Cancelled, "已注销"),
    ]);

    /// <summary>The ways in which an office ends one.</summary>
    public static readonly IReadOnlyList<string> Ends = [Annulled, Revoked, Cancelled];

    public static string Label(string state) => Codes.Find(state)?.Label ?? state;
}

/// <summary>The codes of <c>e-licence-change</c>: what happened to a licence last.</summary>
public static class LicenceChange
{
    public const string Issued = "issued";
    public const string Changed = "changed";
    public const string Renewed = "renewed";

    public static readonly CodeList Codes = new("e-licence-change", "证照变动", "", [new(Issued, "颁发"), new(Changed, "变更"), new(Renewed, "延续")]);
}
