using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>
/// An item of government information on its way to the public, and afterwards the file on how it got there: who wrote
/// it, who reviewed it, what was decided. The public never sees it; what is published is a <see cref="Document"/>. Of the offices only those see it who write,
/// review and publish in the one that it comes from: whatever else a post may read, it may not read this.
/// </summary>
[Resource("disclosure/draft", "拟公开信息", Clause = "G3", Owner = "data", Title = nameof(Title), ScopeField = nameof(Office), Editable = false,
    KeptTo = [DisclosureSystem.Write, DisclosureSystem.Review, DisclosureSystem.Publish],
    Sharing = SharingClass.NotShared, BasisAct = "政府信息公开条例", BasisArticle = "第十七条", Theme = "信息公开", Rhythm = UpdateRhythm.RealTime,
    Note = "各单位拟公开的政府信息及其审查状态。未经审查的内容不对外。")]
public sealed record Draft
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("名称", LengthMax = 200)]
    public required string Title { get; init; }

    [Field("发文字号", LengthMax = 60)]
    public string? DocumentNumber { get; init; }

    [Field("内容概述", LengthMax = 400)]
    public required string Summary { get; init; }

    [Field("栏目", CodeList = "disclosure-class")]
    public required string Class { get; init; }

    [Field("体裁", CodeList = "disclosure-genre")]
    public required string Genre { get; init; }

    [Field("制作单位", Target = "identity/office", Indexed = true)]
    public required string Office { get; init; }

    [Field("生成日期")]
    public required DateOnly MadeOn { get; init; }

    [Field("公开属性", CodeList = "disclosure-attribute")]
    public required string Attribute { get; init; }

    [Field("不主动公开的依据", LengthMax = 300)]
    public string? Basis { get; init; }

    [Field("主题词", LengthMax = 100)]
    public string? Keywords { get; init; }

    [Field("正文", Type = FieldKind.LongText)]
    public required string Body { get; init; }

    [Field("状态", CodeList = "disclosure-state", Indexed = true)]
    public required string State { get; init; }

    [Field("起草人账号", LengthMax = 60)]
    public required string Author { get; init; }

    [Field("起草人", LengthMax = 100)]
    public required string AuthorName { get; init; }

    [Field("参与起草的账号", LengthMax = 1000, Note = "每一个写过正文、要素或者附件的人，以空格分隔；他们都不能审查或者公开")]
    public required string Writers { get; init; }

    [Field("单位审查人账号", LengthMax = 60)]
    public string? Reviewer { get; init; }

    [Field("单位审查人", LengthMax = 100)]
    public string? ReviewerName { get; init; }

    [Field("审查通过内容的散列", LengthMax = 64, Note = "保密审查通过时正文、要素和附件的散列；内容再有改动，须重新审查")]
    public string? ReviewedDigest { get; init; }

    [Field("索引号", LengthMax = 40, Indexed = true)]
    public string? Document { get; init; }

    [Field("下次评估日期", Note = "不予公开的信息定期评估")]
    public DateOnly? AssessOn { get; init; }

    /// <summary>Whether the account wrote any of it.</summary>
    public bool WrittenBy(string account) => Writers.Split(' ').Contains(account, StringComparer.Ordinal);

    internal string WritersWith(string account) => WrittenBy(account) ? Writers : Writers + " " + account;
}

/// <summary>A file that belongs to a draft.</summary>
[Resource("disclosure/draft-file", "拟公开信息的附件", Clause = "G3", Owner = "data", Title = nameof(Name), ScopeField = nameof(Office), Editable = false,
    KeptTo = [DisclosureSystem.Write, DisclosureSystem.Review, DisclosureSystem.Publish],
    Sharing = SharingClass.NotShared, BasisAct = "政府信息公开条例", BasisArticle = "第十七条", Theme = "信息公开", Rhythm = UpdateRhythm.RealTime)]
public sealed record DraftFile
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("拟公开信息", Target = "disclosure/draft", Indexed = true)]
    public required string Draft { get; init; }

    [Field("单位", Target = "identity/office", Note = "附件所属的信息由哪个单位起草")]
    public string? Office { get; init; }

    [Field("文件名", LengthMax = 200)]
    public required string Name { get; init; }

    [Field("文件", Type = FieldKind.File)]
    public required string File { get; init; }
}

/// <summary>One step of the way: who, when, with which opinion. Never changed afterwards.</summary>
[Resource("disclosure/review", "信息公开审查记录", Clause = "G3", Owner = "data", Title = nameof(Step), ScopeField = nameof(Office), Editable = false,
    KeptTo = [DisclosureSystem.Write, DisclosureSystem.Review, DisclosureSystem.Publish],
    Sharing = SharingClass.NotShared, BasisAct = "政府信息公开条例", BasisArticle = "第十七条", Theme = "信息公开", Rhythm = UpdateRhythm.RealTime,
    Note = "逐项审查的记录：起草、单位审查（含保密审查）、公开机构审核、公开、撤下。")]
public sealed record Review
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("拟公开信息", Target = "disclosure/draft", Indexed = true)]
    public required string Draft { get; init; }

    [Field("步骤", CodeList = "disclosure-step")]
    public required string Step { get; init; }

    [Field("时间")]
    public required DateTimeOffset At { get; init; }

    [Field("办理人账号", LengthMax = 60)]
    public required string Who { get; init; }

    [Field("办理人", LengthMax = 100)]
    public required string WhoName { get; init; }

    [Field("单位", Target = "identity/office")]
    public required string Office { get; init; }

    [Field("意见", LengthMax = 1000)]
    public string? Opinion { get; init; }

    [Field("保密审查结论", LengthMax = 60)]
    public string? Secrecy { get; init; }

    [Field("内容的散列", LengthMax = 64)]
    public string? Digest { get; init; }

    [Field("自动检查结果", LengthMax = 1000)]
    public string? Findings { get; init; }

    [Field("人工确认", LengthMax = 1000, Note = "对提示和机器读不出的附件，由审查人员逐项确认后所写的话")]
    public string? Word { get; init; }
}
