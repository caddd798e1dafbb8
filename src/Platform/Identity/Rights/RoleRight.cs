namespace Shali.Platform.Identity;

/// <summary>
/// What the security administrator changed about a role, from a day to a day: gives it a permission that it has not
/// by default, or takes one away.
/// </summary>
/// <param name="Office">An office or a function; empty: in every office.</param>
public sealed record RoleRight(
    string Key, string Role, string Office, string Permission, bool Gives, DateOnly From, DateOnly? To, string Reason)
{
    public bool HoldsOn(DateOnly day) => From <= day && (To is null || day < To);
}
