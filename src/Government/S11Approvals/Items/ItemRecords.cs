using System.Text.Json;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// An item as it is in force, open to everybody: what the city does on application, by which act, how long it takes.
/// Only publication writes it; the whole guide stands in the edition that it names.
/// </summary>
[Resource("approvals/item", "政务服务事项", Clause = "S11", Owner = "data", Key = nameof(Code), Title = nameof(Name), Editable = false,
    Open = true, Sharing = SharingClass.Unconditional, Theme = "政务服务", Rhythm = UpdateRhythm.RealTime,
    Note = "全市现行政务服务事项及其依据、时限、收费和结果。由实施主体编制、另一人审核后公布。")]
public sealed record PublishedItem
{
    [Field("事项编码", LengthMax = 51, Pattern = "[a-z0-9][a-z0-9-]*", Grade = Grade.Public)]
    public required string Code { get; init; }

    [Field("事项名称", LengthMax = 100, Indexed = true, Grade = Grade.Public)]
    public required string Name { get; init; }

    [Field("事项类型", CodeList = "item-kind", Grade = Grade.Public)]
    public required string Kind { get; init; }

    [Field("办件类型", CodeList = "item-flow", Grade = Grade.Public)]
    public required string Flow { get; init; }

    [Field("基本编码", LengthMax = 50, Grade = Grade.Public)]
    public string? BasicCode { get; init; }

    [Field("实施编码", LengthMax = 50, Grade = Grade.Public)]
    public string? ImplementationCode { get; init; }

    [Field("实施主体", Indexed = true, Target = "identity/office", Grade = Grade.Public)]
    public required string Office { get; init; }

    [Field("行使层级", CodeList = "item-level", Grade = Grade.Public)]
    public required string Level { get; init; }

    [Field("服务对象", CodeList = "item-object", Grade = Grade.Public)]
    public required string Applicants { get; init; }

    [Field("事项说明", LengthMax = 500, Grade = Grade.Public)]
    public string? Summary { get; init; }

    [Field("设定依据", Type = FieldKind.LongText, Grade = Grade.Public)]
    public required string Basis { get; init; }

    [Field("法定办结时限", LengthMax = 40, Grade = Grade.Public)]
    public required string Legal { get; init; }

    [Field("承诺办结时限", LengthMax = 40, Grade = Grade.Public)]
    public required string Promised { get; init; }

    [Field("办理结果", LengthMax = 100, Grade = Grade.Public)]
    public required string Result { get; init; }

    [Field("收费项目", LengthMax = 200, Grade = Grade.Public, Note = "收费编码，以空格分隔；空：不收费")]
    public string? Fees { get; init; }

    [Field("服务主题", LengthMax = 300, Grade = Grade.Public, Note = "主题代码，以空格分隔")]
    public required string Themes { get; init; }

    [Field("俗称", LengthMax = 300, Grade = Grade.Public, Note = "群众常用的说法，以空格分隔")]
    public string? Words { get; init; }

    [Field("网上办理", Grade = Grade.Public)]
    public required bool Online { get; init; }

    [Field("通办范围", CodeList = "item-reach", Grade = Grade.Public)]
    public required string Reach { get; init; }

    [Field("版本", Min = "1", Grade = Grade.Public)]
    public required int Edition { get; init; }

    [Field("公布时间", Grade = Grade.Public)]
    public required DateTimeOffset PublishedAt { get; init; }

    [Field("状态", CodeList = "item-state", Grade = Grade.Public)]
    public required string State { get; init; }

    /// <summary>The record of an item that was just published.</summary>
    public static PublishedItem Of(ServiceItem item, int edition, DateTimeOffset at) => new()
    {
        Code = item.Code,
        Name = item.Name,
        Kind = ItemCodes.CodeOf(item.Kind),
        Flow = ItemCodes.CodeOf(item.Flow),
        BasicCode = item.BasicCode,
        ImplementationCode = item.ImplementationCode,
        Office = item.Office,
        Level = ItemCodes.CodeOf(item.Level),
        Applicants = ItemCodes.CodeOf(item.Applicants),
        Summary = item.Summary.Length > 0 ? item.Summary : null,
        Basis = string.Join('\n', item.Bases),
        Legal = item.Legal?.ToString() ?? "",
        Promised = item.Limit?.ToString() ?? Text.AtOnce,
        Result = item.Result?.Name ?? "",
        Fees = item.Fees.Count > 0 ? string.Join(' ', item.Fees) : null,
        Themes = string.Join(' ', item.Themes),
        Words = item.Words.Count > 0 ? string.Join(' ', item.Words) : null,
        Online = item.Ways.Contains(ServiceWay.Online) || item.Ways.Contains(ServiceWay.Mobile),
        Reach = ItemCodes.CodeOf(item.Reach),
        Edition = edition,
        PublishedAt = at,
        State = ItemState.InForce,
    };
}

/// <summary>A material of an item in force.</summary>
[Resource("approvals/item-material", "政务服务事项申请材料", Clause = "S11", Owner = "data", Key = nameof(Key), Title = nameof(Name), Editable = false,
    Open = true, Sharing = SharingClass.Unconditional, Theme = "政务服务", Rhythm = UpdateRhythm.RealTime,
    Note = "现行政务服务事项的全部申请材料。清单之外不得要求其他材料。")]
public sealed record PublishedMaterial
{
    [Field("材料主键", LengthMax = 100, Pattern = "[a-z0-9.-]+", Grade = Grade.Public)]
    public required string Key { get; init; }

    [Field("事项", Indexed = true, Target = "approvals/item", Grade = Grade.Public)]
    public required string Item { get; init; }

    [Field("序号", Grade = Grade.Public)]
    public required int Ordinal { get; init; }

    [Field("材料名称", LengthMax = 100, Grade = Grade.Public)]
    public required string Name { get; init; }

    [Field("是否必备", Grade = Grade.Public)]
    public required bool Required { get; init; }

    [Field("只在部分情形需要", Grade = Grade.Public)]
    public required bool Conditional { get; init; }

    [Field("可以容缺后补", Grade = Grade.Public)]
    public required bool Secondary { get; init; }

    [Field("由政府数据取得", LengthMax = 60, Grade = Grade.Public, Note = "数据来源；有值的不要求申请人提供")]
    public string? Known { get; init; }

    [Field("出具机构", LengthMax = 100, Grade = Grade.Public)]
    public string? Issuer { get; init; }

    [Field("原件份数", Grade = Grade.Public)]
    public required int Originals { get; init; }

    [Field("复印件份数", Grade = Grade.Public)]
    public required int Copies { get; init; }

    [Field("要求", LengthMax = 500, Grade = Grade.Public)]
    public string? Note { get; init; }

    [Field("依据", LengthMax = 200, Grade = Grade.Public)]
    public string? Basis { get; init; }

    public static PublishedMaterial Of(ServiceItem item, ItemMaterial material, int ordinal) => new()
    {
        Key = $"{item.Code}.{material.Code}",
        Item = item.Code,
        Ordinal = ordinal,
        Name = material.Name,
        Required = material.Required,
        Conditional = material.When is not null,
        Secondary = material.Secondary,
        Known = KnownSources.Find(material.Known)?.Source,
        Issuer = material.Issuer.Length > 0 ? material.Issuer : null,
        Originals = material.Originals,
        Copies = material.Copies,
        Note = material.Note.Length > 0 ? material.Note : null,
        Basis = (material.Basis ?? item.Bases.FirstOrDefault())?.ToString(),
    };
}

/// <summary>
/// One edition of an item: written, handed in, published by somebody else, later superseded. Every edition stays; cases
/// keep the one with which they began.
/// </summary>
[Resource("approvals/item-edition", "政务服务事项版本", Clause = "S11", Owner = "data", Key = nameof(Key), Title = nameof(Name), Editable = false,
    ScopeField = nameof(Office), Sharing = SharingClass.Conditional, Conditions = "限编制、审核政务服务事项时使用", Theme = "政务服务", Rhythm = UpdateRhythm.RealTime,
    Note = "事项从起草、提交、审核到公布、替代、取消的全部版本。")]
public sealed record ItemEdition
{
    [Field("版本主键", LengthMax = 60, Pattern = "[a-z0-9.-]+")]
    public required string Key { get; init; }

    [Field("事项编码", LengthMax = 51, Indexed = true)]
    public required string Code { get; init; }

    [Field("版本", Min = "1")]
    public required int Number { get; init; }

    [Field("事项名称", LengthMax = 100)]
    public required string Name { get; init; }

    [Field("实施主体", Indexed = true, Target = "identity/office")]
    public required string Office { get; init; }

    [Field("状态", CodeList = "item-edition-state", Indexed = true)]
    public required string State { get; init; }

    [Field("内容", Type = FieldKind.LongText, Note = "事项的全部要素，JSON")]
    public required string Body { get; init; }

    [Field("编制人账号", LengthMax = 1000, Note = "写过这一版的全部账号，以空格分隔")]
    public required string Authors { get; init; }

    [Field("编制人", LengthMax = 400)]
    public required string AuthorNames { get; init; }

    [Field("提交时间")]
    public DateTimeOffset? SubmittedAt { get; init; }

    [Field("审核人账号", LengthMax = 60)]
    public string? Reviewer { get; init; }

    [Field("审核人", LengthMax = 100)]
    public string? ReviewerName { get; init; }

    [Field("审核时间")]
    public DateTimeOffset? ReviewedAt { get; init; }

    [Field("退回或者取消的理由", LengthMax = 1000)]
    public string? Reason { get; init; }

    public bool WroteIt(string account) => Authors.Split(' ').Contains(account, StringComparer.Ordinal);

    /// <summary>The item that the edition holds.</summary>
    public ServiceItem Item => ItemJson.Read(Body);

    public static string KeyOf(string code, int number) => $"{code}.{number}";
}

/// <summary>Items as JSON: in editions, in the seed, in the interface. The same form as definitions and case types.</summary>
public static class ItemJson
{
    public static string Write(ServiceItem item) => JsonSerializer.Serialize(item, DefinitionJson.Options);

    public static ServiceItem Read(string json) => JsonSerializer.Deserialize<ServiceItem>(json, DefinitionJson.Options)
        ?? throw new JsonException("An item is a JSON object.");
}
