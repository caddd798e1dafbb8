using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>
/// Information that was published, under its index number. Once withdrawn it is no longer open, and neither are its
/// earlier versions; the record stays.
/// </summary>
[OpenUntil(nameof(WithdrawnOn), "政府信息公开条例", "第十四条、第十五条", Through = false)]
[Resource("disclosure/document", "主动公开的政府信息", Clause = "P4", Owner = "data", Key = nameof(Index), Title = nameof(Title), Editable = false,
    Open = true, Sharing = SharingClass.Unconditional, Base = "theme", Theme = "信息公开", Rhythm = UpdateRhythm.RealTime,
    Note = "政府信息公开目录：索引、名称、内容概述、生成日期、公开日期、栏目、有效性和正文（政府信息公开条例第十二条、第二十条）。")]
public sealed record Document
{
    [Field("索引号", LengthMax = 40, Pattern = @"^[0-9]{4}-[0-9]{2}-[0-9]{5}$")]
    public required string Index { get; init; }

    [Field("名称", LengthMax = 200)]
    public required string Title { get; init; }

    [Field("发文字号", LengthMax = 60, Indexed = true)]
    public string? DocumentNumber { get; init; }

    [Field("内容概述", LengthMax = 400)]
    public required string Summary { get; init; }

    [Field("栏目", CodeList = "disclosure-class", Indexed = true)]
    public required string Class { get; init; }

    [Field("体裁", CodeList = "disclosure-genre")]
    public required string Genre { get; init; }

    [Field("制作单位", Target = "identity/office", Indexed = true)]
    public required string Office { get; init; }

    [Field("制作单位名称", LengthMax = 100)]
    public required string OfficeName { get; init; }

    [Field("生成日期")]
    public required DateOnly MadeOn { get; init; }

    [Field("公开日期", Indexed = true)]
    public required DateOnly PublishedOn { get; init; }

    [Field("公开时限", Note = "自生成之日起二十个工作日（政府信息公开条例第二十六条）")]
    public required DateOnly DueOn { get; init; }

    [Field("公开属性", CodeList = "disclosure-attribute")]
    public required string Attribute { get; init; }

    [Field("有效性", CodeList = "disclosure-validity")]
    public required string Validity { get; init; }

    [Field("主题词", LengthMax = 100)]
    public string? Keywords { get; init; }

    [Field("正文", Type = FieldKind.LongText)]
    public required string Body { get; init; }

    [Field("撤下日期")]
    public DateOnly? WithdrawnOn { get; init; }

    [Field("审查记录", LengthMax = 40, Closed = true)]
    public required string Draft { get; init; }
}

/// <summary>A file of a published document; open as long as the document is.</summary>
[OpenUntil(nameof(WithdrawnOn), "政府信息公开条例", "第十四条、第十五条", Through = false)]
[Resource("disclosure/document-file", "主动公开信息的附件", Clause = "P4", Owner = "data", Title = nameof(Name), Editable = false,
    Open = true, Sharing = SharingClass.Unconditional, Base = "theme", Theme = "信息公开", Rhythm = UpdateRhythm.RealTime)]
public sealed record DocumentFile
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("索引号", Target = "disclosure/document", Indexed = true)]
    public required string Document { get; init; }

    [Field("文件名", LengthMax = 200)]
    public required string Name { get; init; }

    [Field("文件", Type = FieldKind.File)]
    public required string File { get; init; }

    [Field("撤下日期")]
    public DateOnly? WithdrawnOn { get; init; }
}
