using Shali.Platform.Registry;

namespace Shali.Platform.Identity;

/// <summary>
/// The rights that every resource has without declaring them, and who holds them by default. Administrators hold
/// none: who runs the platform does not read its records (三员分立).
/// </summary>
public static class StandardRights
{
    /// <summary>Right and label, in the order in which a table of permissions shows them.</summary>
    public static readonly IReadOnlyList<(string Right, string Label)> All =
    [
        ("read", IdentityText.RightRead), ("clear", IdentityText.RightClear), ("write", IdentityText.RightWrite), ("load", IdentityText.RightLoad), ("export", IdentityText.RightExport),
    ];

    private static readonly Dictionary<string, string[]> OfOwner = new(StringComparer.Ordinal)
    {
        // A clerk brings his office's files himself; taking whole resources out is the head's and the officer's.
        [Roles.Clerk] = ["read", "clear", "write", "load"],
        [Roles.Head] = ["read", "clear", "write", "export"],
        [Roles.InformationOfficer] = ["read", "clear", "write", "load", "export"],
        [Roles.Leader] = ["read"],
        [Roles.Client] = ["read", "clear", "write", "load"],
    };

    private static readonly string[] OfOthers = ["read"];

    /// <summary>The rights of a role in an office on a resource.</summary>
    public static IReadOnlyList<string> Of(ResourceDefinition resource, string role, string office)
    {
        if (!OfOwner.TryGetValue(role, out var ofOwner))
        {
            return resource.Open && !Separation.IsAdministrator(role) ? OfOthers : [];
        }

        if (OfficeCode.Matches(resource.Owner, office))
        {
            return ofOwner;
        }

        var governs = role == Roles.Leader && office == OfficeCode.City;
        return governs || resource.Open || resource.Sharing.Class == SharingClass.Unconditional ? OfOthers : [];
    }
}
