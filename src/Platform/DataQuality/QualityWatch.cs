using Microsoft.Extensions.Logging;
using NpgsqlTypes;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.DataQuality;

/// <summary>
/// Measures what is due: at night everything that stood then, by day what somebody asked for and what a load brought in. With it
/// goes the look at the inflow, whose alarm the office and the authority are told of once.
/// </summary>
public sealed partial class QualityWatch(
    Db db, Measuring measuring, ResourceRegistry registry, RecordStore store, Outbox outbox, OutboxSignal signal, Colleagues colleagues, TimeProvider time,
    ILogger<QualityWatch> logger)
{
    private const int Acts = 2_000;
    private const int InflowActs = 200_000;

    /// <summary>The hour of the night at which measuring begins.</summary>
    private const int Hour = 2;

    /// <summary>Measures all that is due; how many resources.</summary>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        foreach (var schema in registry.Schemas)
        {
            await Loaded(schema, cancel);
        }

        var done = 0;
        foreach (var id in await Due(cancel))
        {
            try
            {
                if (registry.Find(id) is { } resource && await measuring.Run(resource, cancel) is not null)
                {
                    await Inflows(resource, cancel);
                    done++;
                }
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                // It stays claimed for a while and is tried again; the others are measured all the same.
                NotMeasured(logger, id, failed);
            }
        }

        return done;
    }

    /// <summary>Looks whether the resource still flows in; raises and lifts its alarm.</summary>
    public async Task<InflowVerdict> Inflows(ResourceDefinition resource, CancellationToken cancel = default)
    {
        var today = time.Today();
        if (Inflow.Period(resource.Rhythm) is null)
        {
            return new(InflowState.Flows, 0, 0);
        }

        var from = time.GetUtcNow().AddDays(-Inflow.Days);
        var rows = (await db.Unhurried.List(
            $"""
            select (a.at at time zone 'UTC' + interval '8 hours')::date, count(*)
            from (select id, at from {Sql.Name(resource.Schema, "act")} order by id desc limit {InflowActs}) as a
            join {Sql.Name(resource.Schema, "journal")} as j on j.act = a.id
            where a.at > {from} and j.resource = {resource.Id} group by 1
            """,
            row => (row.GetFieldValue<DateOnly>(0), row.GetInt64(1)),
            cancel)).ToDictionary(one => one.Item1, one => one.Item2);
        var verdict = Inflow.Judge(rows, resource.Rhythm, today);
        if (verdict.State == InflowState.Flows)
        {
            await db.Run($"delete from quality.alarm where resource = {resource.Id}", cancel);
        }
        else
        {
            await Alarm(resource, verdict, cancel);
        }

        return verdict;
    }

    private async Task Alarm(ResourceDefinition resource, InflowVerdict verdict, CancellationToken cancel)
    {
        var kind = verdict.State.ToString().ToLowerInvariant();
        var words = Text.Alarm(resource.Name, verdict);

        // The messages stand in the act that says so for the first time; another node finds the alarm there.
        await store.Write(
            new Act(Caller.Platform("quality"), "quality.alarm"),
            CaseResources.Schema,
            async session =>
            {
                var fresh = await session.Session.Scalar<string>(
                    $"""
                    insert into quality.alarm (resource, kind, since, usual, now) values ({resource.Id}, {kind}, {session.At}, {verdict.Usual}, {verdict.Now})
                    on conflict (resource) do update set kind = excluded.kind, usual = excluded.usual, now = excluded.now where quality.alarm.kind <> excluded.kind
                    returning resource
                    """,
                    cancel);
                foreach (var office in fresh is null ? [] : new[] { resource.Owner, "data" }.Distinct(StringComparer.Ordinal))
                {
                    foreach (var head in await colleagues.Heads(office, cancel))
                    {
                        outbox.Add(session, new("quality.alarm", new(Receiver.OfAccount(head.Account), head.Name), Text.AlarmSubject(resource.Name), words, "/sharing/quality/" + resource.Address));
                    }
                }

                await session.Send(cancel);
                return Refusals.None;
            },
            cancel);
        signal.Wake();
    }

    /// <summary>What a load brought in since it was last measured is wanted.</summary>
    private async Task Loaded(string schema, CancellationToken cancel)
    {
        var loaded = await db.List(
            $"""
            select j.resource, max(a.at) from (select id, at, kind from {Sql.Name(schema, "act")} order by id desc limit {Acts}) as a
            join {Sql.Name(schema, "journal")} as j on j.act = a.id and j.ordinal = 0
            where a.kind = 'load' group by j.resource
            """,
            row => (Resource: row.GetString(0), At: row.GetFieldValue<DateTimeOffset>(1)),
            cancel);
        foreach (var (resource, at) in loaded)
        {
            await db.Run(
                $"""
                insert into quality.run (resource, wanted_at) values ({resource}, {at})
                on conflict (resource) do update set wanted_at = excluded.wanted_at
                where coalesce(quality.run.started_at, '-infinity') < excluded.wanted_at and coalesce(quality.run.wanted_at, '-infinity') < excluded.wanted_at
                """,
                cancel);
        }
    }

    /// <summary>What is wanted, what was begun, and at night what was defined before it.</summary>
    private async Task<IReadOnlyList<string>> Due(CancellationToken cancel)
    {
        var now = time.GetUtcNow().Local();
        var night = new DateTimeOffset(now.Date.AddHours(Hour), CityTime.Offset);
        night = (night > now ? night.AddDays(-1) : night).ToUniversalTime();
        var all = registry.All.Select(resource => resource.Id).ToArray();
        return await db.List(
            $"""
            select d.id from (select id, min(at) as since from registry.definition where id = any({Sql.Value(all, NpgsqlDbType.Array | NpgsqlDbType.Text)}) group by id) as d
            left join quality.run as r on r.resource = d.id
            where coalesce(r.held_until, '-infinity') < {time.GetUtcNow()} and (
                r.wanted_at > coalesce(r.finished_at, '-infinity') or r.after_key is not null
                or (d.since < {night} and coalesce(r.finished_at, '-infinity') < {night}))
            order by d.id
            """,
            row => row.GetString(0),
            cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The quality of {Resource} could not be measured and will be tried again")]
    private static partial void NotMeasured(ILogger logger, string resource, Exception failed);
}
