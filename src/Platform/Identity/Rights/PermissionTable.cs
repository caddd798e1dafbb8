using System.Collections.Concurrent;
using System.Collections.Frozen;
using Shali.Platform.Registry;

namespace Shali.Platform.Identity;

/// <summary>
/// Who may do what, on one day, for one state of the definitions: the defaults of resources and systems with the
/// security administrator's changes on top. Never changes; a change makes a new table.
/// </summary>
public sealed class PermissionTable(
    IReadOnlyList<ResourceDefinition> resources, IReadOnlyList<Permission> declared, IReadOnlyList<RoleRight> changes, DateOnly day)
{
    private readonly ConcurrentDictionary<(string Role, string Office), FrozenSet<string>> _sets = new();
    private readonly ConcurrentDictionary<(string Role, string Office, string Scopes), FrozenSet<string>> _cut = new();
    private readonly RoleRight[] _changes = [.. changes.Where(change => change.HoldsOn(day))];

    public DateOnly Day => day;

    /// <summary>All that a role may do in an office. The same set object for the same question.</summary>
    public IReadOnlySet<string> Of(string role, string office) =>
        _sets.GetOrAdd((role, office), static (key, table) => table.Compute(key.Role, key.Office), this);

    /// <summary>The same, cut down to what the scopes of a token allow.</summary>
    public IReadOnlySet<string> Of(string role, string office, TokenScopes scopes) =>
        _cut.GetOrAdd(
            (role, office, scopes.Text),
            static (key, state) => state.Table.Of(key.Role, key.Office).Where(state.Scopes.Allow).ToFrozenSet(StringComparer.Ordinal),
            (Table: this, Scopes: scopes));

    /// <summary>Every permission that exists, with its label: what the page of roles lists.</summary>
    public IEnumerable<(string Code, string Label)> Catalogue() =>
        declared.Select(permission => (permission.Code, permission.Label)).Distinct().Concat(
            from resource in resources
            from right in StandardRights.All
            select ($"{resource.Address}.{right.Right}", $"{resource.Name}：{right.Label}"));

    /// <summary>Does the role hold it in the office by default, whatever was changed?</summary>
    public bool ByDefault(string permission, string role, string office) => Defaults(role, office).Contains(permission);

    /// <summary>Declared by a system, rather than one of the rights that every resource has.</summary>
    public bool IsDeclared(string permission) => declared.Any(each => string.Equals(each.Code, permission, StringComparison.Ordinal));

    private FrozenSet<string> Compute(string role, string office)
    {
        var set = new HashSet<string>(Defaults(role, office), StringComparer.Ordinal);
        foreach (var change in _changes.Where(change => Applies(change, role, office)).OrderBy(change => change.From))
        {
            _ = change.Gives ? set.Add(change.Permission) : set.Remove(change.Permission);
        }

        return set.ToFrozenSet(StringComparer.Ordinal);
    }

    private IEnumerable<string> Defaults(string role, string office) =>
        declared
            .Where(permission => permission.Roles.Contains(role, StringComparer.Ordinal)
                && (permission.Offices.Count == 0 || permission.Offices.Any(named => OfficeCode.Matches(named, office))))
            .Select(permission => permission.Code)
            .Concat(
                from resource in resources
                from right in StandardRights.Of(resource, role, office)
                select $"{resource.Address}.{right}");

    private static bool Applies(RoleRight change, string role, string office) =>
        string.Equals(change.Role, role, StringComparison.Ordinal)
        && (change.Office.Length == 0 || OfficeCode.Matches(change.Office, office));
}
