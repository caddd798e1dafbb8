using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// A transfer certificate (迁移证): from the day of moving out until it is surrendered its holder is registered
/// nowhere (户口登记条例 art. 10 and 13); when it expires he is still nobody's and must be followed up.
/// </summary>
[Resource("population/transfer", "户口迁移证", Clause = "D1", Owner = "police", Title = nameof(Certificate), Subject = nameof(Person),
    ScopeField = nameof(FromVillage), Sharing = SharingClass.Conditional, Conditions = "限户口登记机关之间核验", Base = "population", Theme = "人口",
    Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record Transfer : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("迁移证编号", LengthMax = 40, Indexed = true)]
    public required string Certificate { get; init; }

    [Field("人员", Target = "population/person", Indexed = true)]
    public required string Person { get; init; }

    [Field("迁出户号", LengthMax = 40)]
    public string? FromHousehold { get; init; }

    [Field("迁出村（社区）", Type = FieldKind.Region)]
    public string? FromVillage { get; init; }

    [Field("迁往地", LengthMax = 200, Mask = MaskShape.Address)]
    public string? Destination { get; init; }

    [Field("迁移原因", LengthMax = 60)]
    public string? Reason { get; init; }

    [Field("签发日期")]
    public required DateOnly Issued { get; init; }

    [Field("有效期至", Indexed = true)]
    public required DateOnly Expires { get; init; }

    [Field("缴销日期")]
    public DateOnly? Surrendered { get; init; }

    [Field("状态", CodeList = "transfer-state", Indexed = true)]
    public required string State { get; init; }

    /// <summary>What it was or will be on a day, by its dates alone: the same answer for any day, whenever it is asked.</summary>
    public string StateOn(DateOnly day) => Surrendered <= day ? TransferState.Surrendered
        : day > Expires ? TransferState.Expired
        : TransferState.Open;
}
