using System.Security.Cryptography.X509Certificates;
using Shali.Platform.Registry;

namespace Shali.Platform.Documents.Authority;

/// <summary>Why a certificate is revoked (RFC 5280, 5.3.1), as the registry names it and as the list of revocations does.</summary>
public static class RevocationReasons
{
    private static readonly (string Code, string Label, X509RevocationReason Reason)[] All =
    [
        ("key-compromise", "私钥泄露或可能泄露", X509RevocationReason.KeyCompromise),
        ("affiliation-changed", "机构名称或隶属关系变更", X509RevocationReason.AffiliationChanged),
        ("superseded", "已换发新的印章", X509RevocationReason.Superseded),
        ("cessation", "机构撤销，印章停用", X509RevocationReason.CessationOfOperation),
        ("privilege-withdrawn", "收回用印资格", X509RevocationReason.PrivilegeWithdrawn),
    ];

    public static readonly CodeList List = new(
        "revocation-reason", "证书吊销原因", "RFC 5280", [.. All.Select(each => new Code(each.Code, each.Label))]);

    public static X509RevocationReason? Of(string code) =>
        All.Where(each => each.Code == code).Select(each => (X509RevocationReason?)each.Reason).FirstOrDefault();
}
