using Shali.Platform.Registry;

namespace Shali.Platform.Documents;

/// <summary>A certificate that the platform's own authority has issued: authorities, seals of offices, time stamps.</summary>
[Resource("documents/certificate", "电子印章证书", Clause = "S04", Owner = "data", Key = nameof(Serial), Title = nameof(Subject),
    Note = "平台内部证书机构签发的全部证书，含已到期和已吊销的。私钥不在此列。", Open = true, Sharing = SharingClass.Unconditional,
    Theme = "网络信任", Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record Certificate
{
    [Field("序列号", LengthMax = 40, Grade = Grade.Public)]
    public required string Serial { get; init; }

    [Field("用途", CodeList = "certificate-use", Grade = Grade.Public, Indexed = true)]
    public required string Use { get; init; }

    [Field("机构代码", LengthMax = 60, Grade = Grade.Public, Indexed = true)]
    public string? Office { get; init; }

    [Field("证书主体", LengthMax = 300, Grade = Grade.Public)]
    public required string Subject { get; init; }

    [Field("签发者序列号", LengthMax = 40, Grade = Grade.Public)]
    public required string Issuer { get; init; }

    [Field("证书（PEM）", Type = FieldKind.LongText, Grade = Grade.Public)]
    public required string Pem { get; init; }

    [Field("SHA-256 指纹", LengthMax = 64, Grade = Grade.Public)]
    public required string Fingerprint { get; init; }

    [Field("生效时间", Grade = Grade.Public)]
    public required DateTimeOffset ValidFrom { get; init; }

    [Field("到期时间", Grade = Grade.Public, Indexed = true)]
    public required DateTimeOffset ValidTo { get; init; }

    [Field("吊销时间", Grade = Grade.Public)]
    public DateTimeOffset? RevokedAt { get; init; }

    [Field("吊销原因", CodeList = "revocation-reason", Grade = Grade.Public)]
    public string? Reason { get; init; }
}
