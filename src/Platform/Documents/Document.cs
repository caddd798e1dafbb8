using Shali.Platform.Registry;

namespace Shali.Platform.Documents;

/// <summary>A document that an office has issued under its seal: a decision, a licence, a receipt.</summary>
[Resource("documents/document", "电子文书", Clause = "S04", Owner = "data", Title = nameof(Title),
    Note = "各单位加盖电子印章签发的决定文书和电子证照。文件按内容散列保存，签发后不可修改，只能撤销或者换发。",
    Sharing = SharingClass.Conditional, Conditions = "办理政务服务事项需要核验持证人已有的证照", Theme = "电子证照",
    Rhythm = UpdateRhythm.RealTime, Subject = nameof(HolderPerson), ScopeField = nameof(Office), Editable = false)]
public sealed record Document
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("文书编号", LengthMax = 100, Indexed = true)]
    public required string Number { get; init; }

    [Field("文书名称", LengthMax = 100)]
    public required string Title { get; init; }

    [Field("文书种类", LengthMax = 60, Indexed = true, Note = "由签发它的系统定义，如 approvals.licence")]
    public required string Kind { get; init; }

    [Field("签发单位", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("签发单位名称", LengthMax = 100)]
    public required string OfficeName { get; init; }

    [Field("持有人", LengthMax = 200, Indexed = true, Mask = MaskShape.Name)]
    public required string Holder { get; init; }

    [Field("持有人人口标识", LengthMax = 60, Indexed = true, Grade = Grade.Sensitive)]
    public string? HolderPerson { get; init; }

    [Field("持有单位", Type = FieldKind.OrganisationCode, Indexed = true)]
    public string? HolderEntity { get; init; }

    [Field("办件编号", LengthMax = 60, Indexed = true)]
    public required string Case { get; init; }

    [Field("电子证照标识", Type = FieldKind.LicenceIdentifier, Indexed = true)]
    public string? Identifier { get; init; }

    [Field("签发时间")]
    public required DateTimeOffset Issued { get; init; }

    [Field("有效期自")]
    public DateOnly? ValidFrom { get; init; }

    [Field("有效期至", Indexed = true)]
    public DateOnly? ValidUntil { get; init; }

    [Field("状态", CodeList = "document-state", Indexed = true)]
    public required string State { get; init; }

    [Field("撤销或换发时间")]
    public DateTimeOffset? EndedAt { get; init; }

    [Field("撤销或换发原因", LengthMax = 500)]
    public string? EndReason { get; init; }

    [Field("换发后的文书", Target = "documents/document")]
    public string? ReplacedBy { get; init; }

    [Field("文书内容", Type = FieldKind.LongText, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public required string Content { get; init; }

    [Field("文件", Type = FieldKind.File)]
    public required string File { get; init; }

    [Field("文件 SHA-256", LengthMax = 64, Unique = true, Indexed = true)]
    public required string Digest { get; init; }

    [Field("签名所及内容的 SHA-256", LengthMax = 64, Indexed = true)]
    public required string SignedDigest { get; init; }

    [Field("核验码", LengthMax = 16, Grade = Grade.Sensitive, Mask = MaskShape.Whole, Note = "印在文书上，持有文书的人才知道")]
    public required string CheckCode { get; init; }

    [Field("印章证书", Target = "documents/certificate")]
    public required string Seal { get; init; }
}

/// <summary>The states of an issued document. Expiry is not one: the day tells it.</summary>
public static class DocumentState
{
    public const string Valid = "valid";
    public const string Revoked = "revoked";
    public const string Replaced = "replaced";

    public static readonly CodeList List = new(
        "document-state", "文书状态", "", [new(Valid, "有效"), new(Revoked, "已撤销"), new(Replaced, "已换发")]);
}
