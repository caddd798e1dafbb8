using System.Text.Json;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>A package as it is in force, open to everybody. Only publication writes it; the whole stands in the edition that it names.</summary>
[Resource("approvals/package", "一件事", Clause = "S11", Owner = "data", Key = nameof(Code), Title = nameof(Name), Editable = false,
    Open = true, Sharing = SharingClass.Unconditional, Theme = "政务服务", Rhythm = UpdateRhythm.RealTime,
    Note = "几个单位的事项合成一件事：一个牵头单位、一张表单、一套材料、一个总时限。")]
public sealed record PublishedPackage
{
    [Field("一件事编码", LengthMax = 41, Pattern = "[a-z0-9][a-z0-9-]*", Grade = Grade.Public)]
    public required string Code { get; init; }

    [Field("名称", LengthMax = 100, Indexed = true, Grade = Grade.Public)]
    public required string Name { get; init; }

    [Field("说明", LengthMax = 500, Grade = Grade.Public)]
    public string? Summary { get; init; }

    [Field("牵头单位", Indexed = true, Target = "identity/office", Grade = Grade.Public)]
    public required string Office { get; init; }

    [Field("服务对象", CodeList = "item-object", Grade = Grade.Public)]
    public required string Applicants { get; init; }

    [Field("事项", LengthMax = 1000, Grade = Grade.Public, Note = "事项编码，以空格分隔，按办理顺序")]
    public required string Items { get; init; }

    [Field("法定总时限", LengthMax = 40, Grade = Grade.Public)]
    public string? Legal { get; init; }

    [Field("承诺总时限", LengthMax = 40, Grade = Grade.Public)]
    public required string Promised { get; init; }

    [Field("依据", Type = FieldKind.LongText, Grade = Grade.Public)]
    public required string Basis { get; init; }

    [Field("服务主题", LengthMax = 300, Grade = Grade.Public, Note = "主题代码，以空格分隔")]
    public required string Themes { get; init; }

    [Field("俗称", LengthMax = 300, Grade = Grade.Public, Note = "群众常用的说法，以空格分隔")]
    public string? Words { get; init; }

    [Field("所属系列", LengthMax = 100, Grade = Grade.Public, Note = "分阶段办理的，为整件事的名称")]
    public string? Series { get; init; }

    [Field("阶段", Grade = Grade.Public)]
    public int? Stage { get; init; }

    [Field("版本", Min = "1", Grade = Grade.Public)]
    public required int Edition { get; init; }

    [Field("公布时间", Grade = Grade.Public)]
    public required DateTimeOffset PublishedAt { get; init; }

    public IReadOnlyList<string> ItemCodes => Items.Split(' ');

    public static PublishedPackage Of(ServicePackage package, int edition, DateTimeOffset at) => new()
    {
        Code = package.Code,
        Name = package.Name,
        Summary = package.Summary.Length > 0 ? package.Summary : null,
        Office = package.Office,
        Applicants = S11Approvals.Items.ItemCodes.CodeOf(package.Applicants),
        Items = string.Join(' ', package.Items.Select(part => part.Item)),
        Legal = package.Legal?.ToString(),
        Promised = package.Promised.ToString(),
        Basis = string.Join('\n', package.Bases),
        Themes = string.Join(' ', package.Themes),
        Words = package.Words.Count > 0 ? string.Join(' ', package.Words) : null,
        Series = package.Series.Length > 0 ? package.Series : null,
        Stage = package.Stage > 0 ? package.Stage : null,
        Edition = edition,
        PublishedAt = at,
    };
}

/// <summary>One edition of a package: written by the lead office, published by somebody else of it, later superseded.</summary>
[Resource("approvals/package-edition", "一件事版本", Clause = "S11", Owner = "data", Key = nameof(Key), Title = nameof(Name), Editable = false,
    ScopeField = nameof(Office), Sharing = SharingClass.Conditional, Conditions = "限编制、审核一件事时使用", Theme = "政务服务", Rhythm = UpdateRhythm.RealTime,
    Note = "一件事从提交、审核到公布、替代的全部版本。")]
public sealed record PackageEdition
{
    [Field("版本主键", LengthMax = 60, Pattern = "[a-z0-9.-]+")]
    public required string Key { get; init; }

    [Field("一件事编码", LengthMax = 41, Indexed = true)]
    public required string Code { get; init; }

    [Field("版本", Min = "1")]
    public required int Number { get; init; }

    [Field("名称", LengthMax = 100)]
    public required string Name { get; init; }

    [Field("牵头单位", Indexed = true, Target = "identity/office")]
    public required string Office { get; init; }

    [Field("状态", CodeList = "item-edition-state", Indexed = true)]
    public required string State { get; init; }

    [Field("内容", Type = FieldKind.LongText, Note = "一件事的全部要素，JSON")]
    public required string Body { get; init; }

    [Field("编制人账号", LengthMax = 60)]
    public required string Author { get; init; }

    [Field("编制人", LengthMax = 100)]
    public required string AuthorName { get; init; }

    [Field("提交时间")]
    public required DateTimeOffset SubmittedAt { get; init; }

    [Field("审核人账号", LengthMax = 60)]
    public string? Reviewer { get; init; }

    [Field("审核人", LengthMax = 100)]
    public string? ReviewerName { get; init; }

    [Field("审核时间")]
    public DateTimeOffset? ReviewedAt { get; init; }

    [Field("退回的理由", LengthMax = 1000)]
    public string? Reason { get; init; }

    public ServicePackage Package => PackageJson.Read(Body);

    public static string KeyOf(string code, int number) => $"{code}.{number}";
}

/// <summary>Packages as JSON: in editions and in the seed.</summary>
public static class PackageJson
{
    public static string Write(ServicePackage package) => JsonSerializer.Serialize(package, DefinitionJson.Options);

    public static ServicePackage Read(string json) => JsonSerializer.Deserialize<ServicePackage>(json, DefinitionJson.Options)
        ?? throw new JsonException("A package is a JSON object.");
}

/// <summary>What is recorded of packages.</summary>
public static class PackageResources
{
    public static ResourceDefinition Package => Definition.Of<PublishedPackage>();

    public static ResourceDefinition Edition => Definition.Of<PackageEdition>();

    public static IReadOnlyList<ResourceDefinition> All { get; } = [Package, Edition];
}
