using Shali.Platform.Casework.Clocks;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>
/// From when on a supervision rule judges how strictly. No national rule fixes when yellow turns red: the city sets
/// it here, with a date. A clock is judged by what held on the day on which it began.
/// </summary>
[Resource("casework/threshold", "效能监察标准", Clause = "P3", Owner = "data", Title = nameof(Rule), Open = true,
    Sharing = SharingClass.Unconditional, Theme = "效能监察", Rhythm = UpdateRhythm.AsNeeded,
    Note = "预警和亮牌的标准。没有登记的规则按系统默认标准执行；新标准适用于生效之日起开始计时的时限。")]
public sealed record Threshold
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("监察规则", Pattern = "SV-R[0-9]{2,3}", Indexed = true, Grade = Grade.Public, Note = "例如 SV-R01")]
    public required string Rule { get; init; }

    [Field("生效日期", Grade = Grade.Public)]
    public required DateOnly From { get; init; }

    [Field("办件类型", LengthMax = 100, Grade = Grade.Public, Note = "留空表示所有类型")]
    public string? Type { get; init; }

    [Field("是否启用", Grade = Grade.Public)]
    public required bool Enabled { get; init; }

    [Field("牌别", CodeList = "card-kind", Grade = Grade.Public, Note = "留空表示规则的默认牌别")]
    public string? Kind { get; init; }

    [Field("剩余天数", Min = "0", Max = "365", Grade = Grade.Public, Note = "预警：剩余不多于这些天时发出；整改：在这些工作日内反馈")]
    public int? Days { get; init; }

    [Field("剩余比例", Min = "0", Max = "100", Grade = Grade.Public, Note = "预警：剩余不多于时限的百分之几时发出，与天数取先到的")]
    public int? Percent { get; init; }
}

/// <summary>The thresholds of a city, by rule, type and day.</summary>
public sealed class Thresholds
{
    /// <summary>What holds where the city set nothing: one day or a fifth before the end; three days to put right.</summary>
    public static readonly Thresholds Default = new([]);

    private const int WarnDays = 1;
    private const int WarnPercent = 20;
    private const int CorrectDays = 3;

    private readonly ILookup<string, Threshold> _byRule;

    public Thresholds(IEnumerable<Threshold> thresholds) =>
        _byRule = thresholds.OrderByDescending(threshold => threshold.From).ToLookup(threshold => threshold.Rule, StringComparer.Ordinal);

    public bool Enabled(SupervisionRule rule, string type, DateOnly on) => Find(rule, type, on)?.Enabled ?? true;

    /// <summary>The card that the rule draws.</summary>
    public string Kind(SupervisionRule rule, string type, DateOnly on) => Find(rule, type, on)?.Kind ?? rule.Kind;

    /// <summary>Working days in which a yellow card is to be answered.</summary>
    public int Correction(string type, DateOnly on) => Find(SupervisionRules.NotCorrected, type, on)?.Days ?? CorrectDays;

    /// <summary>
    /// How much of a limit may remain before its warning: the days or the share, whichever comes first, but never the
    /// whole limit. Hours know the share only.
    /// </summary>
    public int Remaining(SupervisionRule rule, string type, ClockFacts clock, DateOnly on)
    {
        var threshold = Find(rule, type, on);
        var share = clock.Length * (threshold?.Percent ?? WarnPercent) / 100;
        var days = clock.Rule.Unit == ClockUnit.Hours ? 0 : threshold?.Days ?? WarnDays;
        return Math.Min(clock.Length - 1, Math.Max(days, share));
    }

    /// <summary>The latest that had begun; one of the type itself comes before one of all types.</summary>
    private Threshold? Find(SupervisionRule rule, string type, DateOnly on)
    {
        var begun = _byRule[rule.Code].Where(threshold => threshold.From <= on);
        return begun.FirstOrDefault(threshold => threshold.Type == type) ?? begun.FirstOrDefault(threshold => threshold.Type is null);
    }
}
