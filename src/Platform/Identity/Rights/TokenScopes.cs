using System.Collections.Frozen;

namespace Shali.Platform.Identity;

/// <summary>
/// What a token is for. <c>api.read</c> allows reading (<c>.read</c>, <c>.clear</c>, <c>.export</c>),
/// <c>api.write</c> everything else. A scope that is the address of a resource (<c>population.person</c>)
/// restricts the token to the resources so named; without one it is for all. A token that names neither
/// <c>api.read</c> nor <c>api.write</c> only reads the resources that it names.
/// </summary>
public sealed class TokenScopes
{
    public const string Read = "api.read";
    public const string Write = "api.write";

    private static readonly FrozenSet<string> OpenId =
        new[] { "openid", "profile", "offline_access" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly bool _read;
    private readonly bool _write;
    private readonly string[] _resources;

    public TokenScopes(IEnumerable<string> scopes)
    {
        var all = scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        _resources = [.. all.Where(IsResource)];
        _write = all.Contains(Write, StringComparer.Ordinal);
        _read = all.Contains(Read, StringComparer.Ordinal) || (!_write && _resources.Length > 0);
        Text = string.Join(' ', all);
    }

    /// <summary>As the token carries it.</summary>
    public string Text { get; }

    public static bool IsResource(string scope) =>
        !string.Equals(scope, Read, StringComparison.Ordinal) && !string.Equals(scope, Write, StringComparison.Ordinal) && !OpenId.Contains(scope);

    public bool Allow(string permission)
    {
        var dot = permission.LastIndexOf('.');
        var reads = permission.AsSpan(dot + 1) is "read" or "clear" or "export";
        if (reads ? !_read : !_write)
        {
            return false;
        }

        return _resources.Length == 0
            || Array.Exists(_resources, resource => permission.AsSpan(0, dot).SequenceEqual(resource));
    }
}
