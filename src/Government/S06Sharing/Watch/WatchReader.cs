using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S06Sharing.Watch;

/// <summary>A grant in force, and how it flows.</summary>
/// <param name="Behind">Changes of the resource's schema that its feed or push has not reached; null: it follows none.</param>
/// <param name="Tries">Of the push that does not get through; 0: it does.</param>
public sealed record WatchedGrant(
    string Number, string Provider, string Consumer, string Resource, string? System, IReadOnlyList<string> Ways, long Requests, long Records, DateTimeOffset? LastAt, long? Behind, int Tries, long Letters)
{
    public bool Fails => Tries > 0 || Letters > 0;
}

/// <summary>Puts together what each grant in force says, what went out by it, and how its push stands.</summary>
public sealed class WatchReader(Db db, RecordReader reader, ResourceRegistry registry, GrantFlows flows, TimeProvider time)
{
    /// <summary>Days of which the figures are.</summary>
    public const int Days = 7;

    /// <param name="office">Only what this office gives or takes; null: all.</param>
    /// <param name="resource">Only this one; null: all.</param>
    public async Task<IReadOnlyList<WatchedGrant>> Read(string? office, string? resource, CancellationToken cancel = default)
    {
        var today = time.Today();
        var flowed = (await flows.Since(today.AddDays(1 - Days), cancel)).ToLookup(flow => flow.Grant, StringComparer.Ordinal);
        var hooks = (await db.List(
            $"""
            select h.grant_no, h.position, h.tries, (select count(*) from push.letter l where l.grant_no = h.grant_no and l.state = 'dead') from push.hook h
            """,
            row => (Grant: row.GetString(0), Position: row.GetInt64(1), Tries: row.GetInt32(2), Letters: row.GetInt64(3)), cancel)).ToDictionary(one => one.Grant, StringComparer.Ordinal);
        var found = new List<WatchedGrant>();
        await foreach (var record in reader.Stream(GrantResources.Grant, new RecordQuery(), cancel))
        {
            var grant = Typed<Grant>.Of(record);
            if (grant.StateOn(today) != GrantState.InForce || (office is not null && grant.Provider != office && grant.Consumer != office) || (resource is not null && grant.Resource != resource))
            {
                continue;
            }

            var own = flowed[grant.Number].ToList();
            var hook = hooks.GetValueOrDefault(grant.Number);
            var place = Math.Max(hook.Grant is null ? -1 : hook.Position, own.Select(flow => flow.Position).DefaultIfEmpty(-1).Max());
            found.Add(new(
                grant.Number, grant.Provider, grant.Consumer, grant.Resource, grant.System, grant.WayCodes, own.Sum(flow => flow.Requests), own.Sum(flow => flow.Records),
                own.Count == 0 ? null : own.Max(flow => flow.LastAt), place < 0 && hook.Grant is null ? null : await Behind(grant.Resource, place, cancel), hook.Tries, hook.Letters));
        }

        return [.. found.OrderByDescending(one => one.Fails).ThenByDescending(one => one.Records).ThenBy(one => one.Number, StringComparer.Ordinal)];
    }

    private async Task<long> Behind(string resource, long position, CancellationToken cancel) => registry.Find(resource) is { } definition
        ? await db.Scalar<long>(
            $"""
            select count(*) from (select 1 from {Sql.Name(definition.Schema, "act")} a join {Sql.Name(definition.Schema, "journal")} j on j.act = a.id
                where a.position > {position} and j.resource = {definition.Id} limit 100000) as some_rows
            """,
            cancel)
        : 0;

    /// <summary>Whether he watches all offices; else only his own.</summary>
    public static bool SeesAll(Caller who) => who.May(SharingRights.Manage);
}
