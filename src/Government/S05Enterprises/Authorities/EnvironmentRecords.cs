using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>A permit to discharge pollutants, and where.</summary>
[Resource("enterprises/pollutant-permit", "排污许可库", Clause = "S05", Owner = "environment", Key = nameof(PermitNumber), Title = nameof(HolderName),
    Match = [nameof(PermitNumber)], Sharing = SharingClass.Unconditional, Open = true, Base = "legal-entities", Theme = "生态环境", Rhythm = UpdateRhythm.Daily)]
public sealed record PollutantPermit
{
    [Field("排污许可证编号", LengthMax = 30)]
    public required string PermitNumber { get; init; }

    [Field("统一社会信用代码", LengthMax = 18, Indexed = true, Pattern = NumberShape.Any)]
    public required string HolderCode { get; init; }

    [Field("排污单位名称", LengthMax = 120)]
    public required string HolderName { get; init; }

    [Field("生产经营场所地址", LengthMax = 200)]
    public required string SiteAddress { get; init; }

    [Field("管理类别", CodeList = "permit-class")]
    public required string ManagementClass { get; init; }

    [Field("发证日期")]
    public required DateOnly IssuedOn { get; init; }

    [Field("有效期至")]
    public DateOnly? ValidTo { get; init; }

    [Field("许可证状态", CodeList = "business-permit-state")]
    public required string State { get; init; }
}
