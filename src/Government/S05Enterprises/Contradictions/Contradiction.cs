using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>
/// Two departments say of a firm what cannot both be so. It lives from the day on which it was found to the day on which the
/// databases no longer contradict one another: nobody closes it by hand.
/// </summary>
[Resource("enterprises/contradiction", "企业信息矛盾", Clause = "S05", Owner = "market-regulation", Key = nameof(Code), Title = nameof(Name), Editable = false,
    Sharing = SharingClass.Conditional, Conditions = "限有关部门核实和更正本部门数据时使用", Base = "legal-entities", Theme = "法人", Rhythm = UpdateRhythm.RealTime,
    Note = "各部门数据库之间比对发现的矛盾、负责核实的部门和处理情况。")]
public sealed record Contradiction
{
    /// <summary>The rule and what it is about: the same contradiction has the same code whenever it comes back.</summary>
    [Field("编号", LengthMax = 120)]
    public required string Code { get; init; }

    [Field("矛盾类型", LengthMax = 20, Indexed = true)]
    public required string Rule { get; init; }

    [Field("组织机构代码", LengthMax = 9, Indexed = true, Note = "空：涉及多个单位")]
    public string? Organisation { get; init; }

    [Field("名称", LengthMax = 200)]
    public required string Name { get; init; }

    [Field("负责核实的部门", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("说明", LengthMax = 1000)]
    public required string Statement { get; init; }

    /// <summary>What the sides say, as a JSON array in the order of the rule.</summary>
    [Field("各方的值", Type = FieldKind.LongText, LengthMax = 4000)]
    public required string Values { get; init; }

    [Field("状态", CodeList = "contradiction-state", Indexed = true)]
    public required string State { get; init; }

    [Field("发现时间")]
    public required DateTimeOffset FoundAt { get; init; }

    [Field("消除时间")]
    public DateTimeOffset? ClosedAt { get; init; }

    [Field("再次出现次数", Min = "0")]
    public required long Returned { get; init; }

    [Field("办件编号", LengthMax = 40, Indexed = true)]
    public string? Case { get; init; }

    /// <summary>The case has been told how it stands with the contradiction.</summary>
    [Field("办件已办结")]
    public bool? CaseEnded { get; init; }
}

/// <summary>Values of the code list contradiction-state.</summary>
public static class ContradictionState
{
    /// <summary>The databases contradict one another.</summary>
    public const string Open = "open";

    /// <summary>They do, and both are right: the office said why and the authority agreed. Holds while the values stay as they are.</summary>
    public const string Explained = "explained";

    public const string Closed = "closed";

    public static readonly CodeList Codes = new("contradiction-state", "矛盾状态", "", [new(Open, "待消除"), new(Explained, "情况属实，已说明"), new(Closed, "已消除")]);
}
