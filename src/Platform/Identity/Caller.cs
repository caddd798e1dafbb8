namespace Shali.Platform.Identity;

/// <summary>
/// Who asks, and as what he asks. One person can hold several identities (resident, clerk, representative of a
/// firm); a caller is one of them, chosen at sign-on or later.
/// </summary>
public sealed record Caller
{
    /// <summary>Stable id of the account, client or worker.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required CallerKind Kind { get; init; }

    /// <summary>The population key of the person, when he is known there.</summary>
    public string? Person { get; init; }

    /// <summary>The key of the legal entity he acts for, when he acts for one.</summary>
    public string? Entity { get; init; }

    /// <summary>The code of the office he acts for; empty for residents.</summary>
    public string Office { get; init; } = "";

    public string OfficeName { get; init; } = "";

    /// <summary>Role of the post in which he acts: clerk, head, information-officer ...</summary>
    public string Role { get; init; } = "";

    public DataScope Scope { get; init; } = DataScope.All;

    /// <summary>Region code prefix for <see cref="DataScope.Area"/>: 4111 the city, 411102 a district, 411102001 a street.</summary>
    public string Area { get; init; } = "";

    public IReadOnlySet<string> Permissions { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What his token is for; null: he signed in himself, or is of the platform.</summary>
    public TokenScopes? Scopes { get; init; }

    /// <summary>Session of a page user, token id of a client.</summary>
    public string Session { get; init; } = "";

    /// <summary>Network address the request came from.</summary>
    public string Address { get; init; } = "";

    /// <summary>
    /// The schema of the system of the city that reads; empty: none does. What belongs to other systems it reads only by the
    /// grants that its title page names.
    /// </summary>
    public string System { get; init; } = "";

    public bool May(string permission) => Permissions.Contains(permission);

    /// <summary>Nobody signed in.</summary>
    public static readonly Caller Anonymous = new() { Id = "anonymous", Name = "公众", Kind = CallerKind.Anonymous };

    /// <summary>A system of the city that reads another one's data for an office; the read record names both.</summary>
    public static Caller OfSystem(string system, Caller reads) => Platform(system) with
    {
        System = system.Replace('-', '_'),
        Office = reads.Office,
        OfficeName = reads.OfficeName,
        Address = reads.Address,
    };

    /// <summary>A worker of the platform itself, such as a bulk load that was resumed.</summary>
    public static Caller Platform(string worker) => new() { Id = $"platform:{worker}", Name = "平台", Kind = CallerKind.Platform };
}

public enum CallerKind
{
    Anonymous,
    Resident,
    Staff,
    Client,
    Platform,
}

/// <summary>Whose records a post may see.</summary>
public enum DataScope
{
    OwnOffice,
    Area,
    All,
}
