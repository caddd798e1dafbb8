namespace Shali.Platform.Identity;

/// <summary>An office of the city, as the tree of offices knows it.</summary>
/// <param name="Region">Code of the region that it answers for: 4111, 411102, 411102001.</param>
public sealed record Office(
    string Code, string Name, string ShortName, string Kind, string? Parent, string Region, DateOnly? From, DateOnly? To)
{
    public bool StandsOn(DateOnly day) => (From is null || From <= day) && (To is null || day < To);
}

/// <summary>A person's post: what role he has in which office, whose records he sees, from when to when.</summary>
public sealed record Post(
    string Key, string Account, string Office, string Role, DataScope Scope, string Area, string Title, DateOnly From, DateOnly? To)
{
    public bool HeldOn(DateOnly day) => From <= day && (To is null || day < To);
}
