using System.Collections.Concurrent;
using System.Collections.Frozen;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange;

/// <summary>
/// All grants, as this node knows them: at most a second old, by the announcements that end callers too
/// (<see cref="Revocations"/>). Says what a program of one office may read of another office's resource, or why not.
/// </summary>
public sealed class GrantBook
{
    /// <summary>The announcement: a grant was made or changed.</summary>
    public const string Mark = "grants";

    private readonly ResourceRegistry _registry;
    private readonly SharedResources _shared;
    private readonly RecordReader _reader;
    private readonly TimeProvider _time;
    private readonly CallRates _rates;
    private readonly KeptReading<IReadOnlyList<Grant>> _grants = new([]);
    private volatile State _bound = new((-1, -1), default, []);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GrantBook(ResourceRegistry registry, SharedResources shared, RecordReader reader, Revocations revocations, GrantFlows flows, TimeProvider time)
    {
        (_registry, _shared, _reader, _time, _rates, Flows) = (registry, shared, reader, time, new(time), flows);
        revocations.Listen(marks => marks.Contains(Mark, StringComparer.Ordinal) ? Reload(CancellationToken.None) : Task.CompletedTask);
    }

    /// <summary>Counts what goes out.</summary>
    internal GrantFlows Flows { get; }

    /// <summary>Completes when a grant was made or changed: whoever waits with data on the way asks again. Take it before asking.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Takes effect with the commit of the session's transaction, on every node within a second.</summary>
    public static Task Announce(WriteSession session, CancellationToken cancel) => Revocations.Announce(session.Session, cancel, Mark);

    /// <summary>
    /// Whether this caller reads this resource only by a grant: a program of an office, and another office's data; a system
    /// of the city, and another system's data. A service is always called by a grant: what its answer holds nobody here can see.
    /// </summary>
    public static bool Governs(Caller caller, ResourceDefinition resource) => caller.System.Length > 0
        ? resource.Schema != caller.System
        : caller.Kind == CallerKind.Client && caller.Office.Length > 0
        && (resource.Service || resource.Sharing.Class != SharingClass.Unconditional) && !OfficeCode.Matches(resource.Owner, caller.Office);

    /// <summary>
    /// Whether a grant answers this request. What is shared without condition needs none; but whoever names one, as a push does,
    /// reads by it and within it, and no longer when it has ended.
    /// </summary>
    private static bool Answers(ReadRequest request) =>
        (Governs(request.Who, request.Resource)
            || (request.Grant is not null && request.Who is { Kind: CallerKind.Client, System.Length: 0, Office.Length: > 0 } && !OfficeCode.Matches(request.Resource.Owner, request.Who.Office)))
        && Reads(request.Who, request.Resource);

    /// <summary>Null: no grant lets him read it as he asks.</summary>
    public Access? Of(ReadRequest request) => Find(request) is [{ Access: { } access } held] && held.Serves(request.Way) ? access : null;

    /// <summary>Why not; null when a grant is not what he lacks.</summary>
    public Refusal? Why(ReadRequest request)
    {
        var (who, resource) = (request.Who, request.Resource);
        if (!Answers(request))
        {
            return null;
        }

        var usable = Find(request);
        if (usable.Count > 1)
        {
            return new("SHR-A07", "grant", Text.SeveralGrants(resource.Name, usable.Select(held => held.Grant.Number)));
        }

        if (usable is [var one])
        {
            return one.Access is null ? new("SHR-A08", "grant", Text.ConditionBroken(one.Grant.Number))
                : one.Serves(request.Way) ? null
                : new("SHR-A06", "grant", Text.OtherWay(one.Grant.Number, request.Way));
        }

        var today = _time.Today();
        var last = All(ConsumerOf(who), resource).Where(held => request.Grant is null || held.Grant.Number == request.Grant)
            .Select(held => held.Grant).OrderByDescending(grant => grant.Number, StringComparer.Ordinal).FirstOrDefault();
        return last?.StateOn(today) switch
        {
            null when resource.Sharing.Class == SharingClass.NotShared => new("SHR-A02", "", Text.NotShared(resource.Name), resource.Sharing.Basis),
            null when who.System.Length > 0 => new("SHR-A11", "", Text.NoSystemGrant(who.System, resource.Name)),
            null => new("SHR-A01", "", Text.NoGrant(resource.Name), new Basis("政务数据共享条例", "第二十条")),
            GrantState.Suspended => new("SHR-A03", "", Text.IsSuspended(last.Number, last.Reason)),
            GrantState.Revoked => new("SHR-A04", "", Text.IsRevoked(last.Number, last.Reason)),
            GrantState.Coming => new("SHR-A05", "", Text.NotYet(last.Number, last.Begins)),
            _ => new("SHR-A05", "", Text.IsOver(last.Number, last.Ends)),
        };
    }

    /// <summary>Counts a request against the grant's limit; false when it is used up for this minute. Each node counts for itself.</summary>
    internal bool Count(HeldGrant held) => _rates.Take(held.Grant.Number, held.Grant.Rate);

    /// <summary>Reads all grants anew.</summary>
    public async Task Reload(CancellationToken cancel)
    {
        await _grants.Read(() => Stored(cancel));
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private async Task<IReadOnlyList<Grant>> Stored(CancellationToken cancel)
    {
        // A host without the system of sharing has no grants.
        if (_registry.Find(GrantResources.Grant.Id) is not { } resource)
        {
            return [];
        }

        var grants = new List<Grant>();
        await foreach (var record in _reader.Stream(resource, new RecordQuery(), cancel))
        {
            grants.Add(Typed<Grant>.Of(record));
        }

        return grants;
    }

    private IReadOnlyList<HeldGrant> Find(ReadRequest request)
    {
        if (!Answers(request))
        {
            return [];
        }

        var usable = All(ConsumerOf(request.Who), request.Resource).Where(held => held.InForce && (request.Grant is null || held.Grant.Number == request.Grant)).ToList();

        // Nobody has to say which where only one gives what he asks for.
        return usable.Count > 1 && usable.Where(held => held.Serves(request.Way)).ToList() is [var single] ? [single] : usable;
    }

    /// <summary>What the token is for: rights that a grant gives are cut down by its scopes as all others.</summary>
    private static bool Reads(Caller who, ResourceDefinition resource) => who.Scopes?.Allow(resource.Address + ".read") ?? true;

    private static string ConsumerOf(Caller who) => who.System.Length > 0 ? SystemMark + who.System : who.Office;

    /// <summary>No office is called so.</summary>
    private const string SystemMark = "system:";

    private IReadOnlyList<HeldGrant> All(string office, ResourceDefinition resource)
    {
        // Conditions are bound to the definitions of now, and grants begin and end with the day.
        var (bound, grants) = (_bound, _grants.Value);
        if (bound.Grants != grants || bound.Generation != _shared.Generation || bound.Day != _time.Today())
        {
            _bound = bound = Bind(grants);
        }

        return bound.Held.GetValueOrDefault((office, resource.Id)) ?? [];
    }

    private State Bind(IReadOnlyList<Grant> grants)
    {
        var (generation, today) = (_shared.Generation, _time.Today());
        return new(generation, today, grants)
        {
            Held = grants.GroupBy(grant => (grant.System is { } system ? SystemMark + system : grant.Consumer, grant.Resource)).ToFrozenDictionary(
                group => group.Key,
                group => (IReadOnlyList<HeldGrant>)[.. group.Select(grant => HeldGrant.Of(grant, _shared.Find(grant.Resource), today))]),
        };
    }

    private sealed record State((long, long) Generation, DateOnly Day, IReadOnlyList<Grant> Grants)
    {
        public FrozenDictionary<(string Office, string Resource), IReadOnlyList<HeldGrant>> Held { get; init; } =
            FrozenDictionary<(string, string), IReadOnlyList<HeldGrant>>.Empty;
    }

}

/// <summary>A grant as the reader applies it.</summary>
/// <param name="InForce">Today, and neither suspended nor ended.</param>
public sealed record HeldGrant(Grant Grant, bool InForce)
{
    private readonly FrozenSet<string> _fields = Grant.FieldNames.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> _clear = Grant.ClearNames.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> _ways = Grant.WayCodes.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Its rows and fields; null: its condition no longer fits the resource.</summary>
    public Access? Access { get; private init; }

    public bool Shows(string field) => _fields.Contains(field);

    public bool Clears(string field) => _clear.Contains(field);

    public bool Serves(string way) => way == GrantWay.Any || _ways.Contains(way);

    internal static HeldGrant Of(Grant grant, ResourceDefinition? resource, DateOnly today)
    {
        var held = new HeldGrant(grant, grant.StateOn(today) == GrantState.InForce);
        var rows = resource is null ? null : GrantRules.Rows(resource, grant.Condition);
        return rows is { Ok: true }
            // A system works with what it reads: what its grant names it has in clear.
            ? held with { Access = new(true, grant.System is not null, false, false, held.Serves(GrantWay.File), rows.Value) { Grant = held } }
            : held;
    }
}

/// <summary>Requests of the current minute, by grant.</summary>
internal sealed class CallRates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Minute> _minutes = new(StringComparer.Ordinal);

    public bool Take(string grant, int most)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        return _minutes.AddOrUpdate(
            grant,
            static (_, now) => new(now, 1),
            static (_, before, now) => before.Number == now ? before with { Calls = before.Calls + 1 } : new(now, 1),
            minute).Calls <= most;
    }

    private sealed record Minute(long Number, int Calls);
}

/// <summary>A grant ended while its data was on the way: nothing more goes out.</summary>
public sealed class GrantEndedException(Refusal refusal) : Exception(refusal.Sentence)
{
    public Refusal Refusal { get; } = refusal;
}
