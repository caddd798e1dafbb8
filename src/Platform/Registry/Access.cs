using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;

namespace Shali.Platform.Registry;

/// <summary>What one caller may do with one resource.</summary>
/// <param name="Scope">Restricts to the caller's office or area; null: all records.</param>
public sealed record Access(bool Read, bool Clear, bool Write, bool Load, bool Export, Filter? Scope)
{
    /// <summary>He reads it only because it is open to everybody: within its limits, without its closed fields.</summary>
    public bool Public { get; init; }

    /// <summary>He reads it only by this grant: its rows, its fields, and nothing else. Null: by a right of his own.</summary>
    public HeldGrant? Grant { get; init; }

    /// <summary>Whether he is shown the field at all.</summary>
    public bool Shows(FieldDefinition field) => Grant is null || Grant.Shows(field.Name);

    /// <summary>What the records must meet today to be open; null: nothing.</summary>
    public Filter? Open(ResourceDefinition resource, DateOnly today) =>
        Public && resource.OpenLimits is { } limits ? Filter.All([.. limits.Select(limit => limit.On(today))]) : null;

    /// <summary>How a value of the field is shown to him who has no leave to see it whole.</summary>
    public MaskShape MaskOf(FieldDefinition field) =>
        (Public && field.Closed) || !Shows(field) ? MaskShape.Whole
        : Grant is not null && Grant.Clears(field.Name) ? MaskShape.None
        : ReadView.MaskOf(field);

    private static readonly ConditionalWeakTable<IReadOnlySet<string>, ConcurrentDictionary<(string, int, DataScope, string, string, CallerKind, string), Access?>> Known = [];

    /// <summary>
    /// What rights alone give; null when he may not read it. Another office's data is opened to programs by a grant, by no
    /// right. Worked out once for each set of permissions.
    /// </summary>
    public static Access? Of(Caller caller, ResourceDefinition resource) =>
        Known.GetOrCreateValue(caller.Permissions).GetOrAdd(
            (resource.Id, resource.Version, caller.Scope, caller.Area, caller.Office, caller.Kind, caller.System),
            static (_, given) => Judge(given.caller, given.resource),
            (caller, resource));

    private static Access? Judge(Caller caller, ResourceDefinition resource)
    {
        var address = resource.Address;
        var platform = caller.Kind == CallerKind.Platform;
        bool May(string right) => platform || caller.May($"{address}.{right}");
        if (!May("read") || GrantBook.Governs(caller, resource) || (!platform && resource.KeptTo is { } kept && !kept.Any(caller.May)))
        {
            return resource.Open ? new(true, false, false, false, false, null) { Public = true } : null;
        }

        return new(true, May("clear"), May("write"), May("load"), May("export"), ScopeOf(caller, resource));
    }

    private static Filter? ScopeOf(Caller caller, ResourceDefinition resource)
    {
        if (resource.ScopeField is not { } name || resource.Field(name) is not { } field || caller.Kind == CallerKind.Platform)
        {
            return null;
        }

        var region = field.Type.Name == "region";
        return (resource.KeptTo is null ? caller.Scope : DataScope.OwnOffice) switch
        {
            DataScope.All => null,
            // An area that is not known is no area: such a caller sees his own office's records and no others.
            DataScope.Area when region && caller.Area.Length > 0 => new Filter.Like(name, caller.Area + "%"),
            _ when region => new Filter.Like(name, caller.Office + "%"),
            _ => new Filter.Compare(name, Comparison.Equal, caller.Office),
        };
    }
}
