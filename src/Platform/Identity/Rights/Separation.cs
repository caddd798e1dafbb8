using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// System, security and audit administrators are three persons (GB/T 22239-2019, 8.1.5): one runs the platform, one
/// says who may do what, one looks at what both did.
/// </summary>
public static class Separation
{
    public static readonly Basis Basis = new("GB/T 22239-2019 信息安全技术 网络安全等级保护基本要求", "8.1.5");

    private static readonly HashSet<string> Administrators = new(StringComparer.Ordinal)
    {
        Roles.SystemAdministrator, Roles.SecurityAdministrator, Roles.AuditAdministrator,
    };

    public static bool IsAdministrator(string role) => Administrators.Contains(role);

    /// <summary>
    /// May this caller give this role to that account, which already holds these roles? Nobody gives himself a
    /// role. The system administrator appoints the first security administrator, and nobody after him.
    /// </summary>
    /// <param name="securityAdministrators">How many security administrators the city has now.</param>
    public static Refusals Check(Caller who, string account, string role, IReadOnlyCollection<string> held, int securityAdministrators)
    {
        var other = held.FirstOrDefault(each => IsAdministrator(each) && each != role);
        var first = role == Roles.SecurityAdministrator && securityAdministrators == 0 && who.Role == Roles.SystemAdministrator;
        return Refusals.Of(
            IsAdministrator(role) && other is not null
                ? new Refusal("ID-R01", "role", IdentityText.TwoAdministrators(Roles.Labels[other], Roles.Labels[role]), Basis)
                : null,
            who.Kind != CallerKind.Platform && string.Equals(who.Id, account, StringComparison.Ordinal)
                ? new Refusal("ID-R02", "account", IdentityText.OwnPost, Basis)
                : null,
            who.Kind != CallerKind.Platform && who.Role != Roles.SecurityAdministrator && !first
                ? new Refusal("ID-R03", "role", IdentityText.OnlySecurityGives, Basis)
                : null);
    }
}
