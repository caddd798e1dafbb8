using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Window;

/// <summary>预约: somebody comes to a place at a time for one item.</summary>
[Resource("approvals/appointment", "办事预约", Clause = "S11", Owner = "data", Title = nameof(ItemName), Editable = false, Subject = nameof(Person),
    ScopeField = nameof(Office), Sharing = SharingClass.Conditional, Conditions = "限窗口接待使用", Theme = "政务服务", Rhythm = UpdateRhythm.RealTime)]
public sealed record Appointment
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("事项编码", LengthMax = 60)]
    public required string Item { get; init; }

    [Field("事项", LengthMax = 100)]
    public required string ItemName { get; init; }

    [Field("单位", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("地点", LengthMax = 100)]
    public required string Place { get; init; }

    [Field("时间", Indexed = true)]
    public required DateTimeOffset At { get; init; }

    [Field("人口主键", LengthMax = 60, Indexed = true, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public required string Person { get; init; }

    [Field("姓名", LengthMax = 100, Mask = MaskShape.Name)]
    public required string PersonName { get; init; }

    [Field("状态", CodeList = "appointment-state")]
    public required string State { get; init; }

    [Field("预约时间")]
    public required DateTimeOffset BookedAt { get; init; }
}

/// <summary>The codes of <c>appointment-state</c>.</summary>
public static class AppointmentState
{
    public const string Booked = "booked";
    public const string Cancelled = "cancelled";
    public const string Came = "came";

    public static readonly CodeList Codes = new("appointment-state", "预约状态", "", [new(Booked, "已预约"), new(Cancelled, "已取消"), new(Came, "已到场")]);
}
