using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Identity;

/// <summary>
/// The table of permissions as it stands now: follows the definitions (also those made at run time), the security
/// administrator's changes and the calendar.
/// </summary>
public sealed class Permissions
{
    private readonly ResourceRegistry _registry;
    private readonly RecordReader _reader;
    private readonly TimeProvider _time;
    private readonly Permission[] _declared;
    private readonly Lock _gate = new();
    private IReadOnlyList<RoleRight> _changes = [];
    private State? _state;

    public Permissions(
        ResourceRegistry registry, IReadOnlyList<CitySystem> systems, RecordReader reader, Revocations revocations, TimeProvider time)
    {
        (_registry, _reader, _time) = (registry, reader, time);
        _declared = [.. systems.SelectMany(system => system.Permissions)];
        revocations.Listen(marks => marks.Contains(Revocations.Rights, StringComparer.Ordinal) ? Reload(CancellationToken.None) : Task.CompletedTask);
    }

    public PermissionTable Current
    {
        get
        {
            var state = Volatile.Read(ref _state);
            return state is not null && state.Generation == _registry.Generation && state.Table.Day == _time.Today()
                ? state.Table
                : Rebuild();
        }
    }

    /// <summary>All that a role may do in an office today.</summary>
    public IReadOnlySet<string> Of(string role, string office) => Current.Of(role, office);

    /// <summary>Reads the security administrator's changes anew.</summary>
    public async Task Reload(CancellationToken cancel)
    {
        var changes = new List<RoleRight>();
        await foreach (var record in _reader.Stream(IdentityResources.RoleRight, new RecordQuery(), cancel))
        {
            changes.Add(IdentityResources.ReadRoleRight(record));
        }

        lock (_gate)
        {
            _changes = changes;
            Volatile.Write(ref _state, null);
        }
    }

    /// <summary>All changes ever made, for the page of roles.</summary>
    public IReadOnlyList<RoleRight> Changes => _changes;

    private PermissionTable Rebuild()
    {
        lock (_gate)
        {
            var generation = _registry.Generation;
            var state = new State(generation, new PermissionTable(_registry.All, _declared, _changes, _time.Today()));
            Volatile.Write(ref _state, state);
            return state.Table;
        }
    }

    private sealed record State(long Generation, PermissionTable Table);
}
