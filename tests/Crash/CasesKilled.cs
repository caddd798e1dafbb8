using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// The database cuts every connection again and again while people hand in and clerks take steps, each sending again
/// what was not acknowledged. Nothing is lost, nothing is there twice, nothing is there by half.
/// </summary>
public sealed class CasesKilled(City city)
{
    private const int Cuts = 25;
    private const int Writers = 4;

    [Fact]
    public async Task Cut_connections_lose_no_case_and_double_none()
    {
        await IdentityPeople.Offices(city);
        var own = await city.OwnDatabase();
        var name = new NpgsqlConnectionStringBuilder(own).Database!;
        await using var host = await city.AnotherHost(own);
        var desk = host.Services.GetRequiredService<CaseDesk>();
        var acknowledged = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(lane => Task.Run(() => Write(desk, lane, acknowledged, stop.Token))).ToArray();
        await using (var super = Db.Briefly(city.SuperuserConnectionString.Replace("Database=shali", "Database=postgres", StringComparison.Ordinal)))
        {
            for (var cut = 0; cut < Cuts; cut++)
            {
                var before = acknowledged.Count;
                while (acknowledged.Count < before + 3)
                {
                    await Task.Yield();
                    Assert.DoesNotContain(writers, writer => writer.IsFaulted);
                }

                await super.Run($"select pg_terminate_backend(pid) from pg_stat_activity where datname = {name} and usename = 'shali'");
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await Judge(host.Services.GetRequiredService<Db>(), acknowledged);
    }

    private static async Task Judge(Db db, ConcurrentDictionary<string, string> acknowledged)
    {
        var cases = (await db.List(
            $"""
            select c.number, c.title, c.stage, c.events,
                (select count(*) from casework.event e where e."case" = c.number),
                (select count(*) from casework.work w where w.case_no = c.number and w.stage = c.stage),
                (select string_agg(k.rule, ',' order by k.rule) from casework.clock k where k."case" = c.number and k.ended_at is null),
                (select count(*) from casework.outbox o where o.case_no = c.number and o.channel = 'inbox'),
                (select count(*) from casework.search s where s.case_no = c.number),
                (select count(*) from casework.journal j where j.resource = 'casework/event' and j.key like c.number || '-%')
            from casework.case c
            """,
            row => (
                Number: row.GetString(0), Title: row.GetString(1), Stage: row.GetString(2), Events: row.GetInt64(3), Rows: row.GetInt64(4), Work: row.GetInt64(5),
                Clocks: row.GetString(6), Messages: row.GetInt64(7), Search: row.GetInt64(8), Journal: row.GetInt64(9)))).ToDictionary(row => row.Number, StringComparer.Ordinal);
        Assert.Equal(cases.Count, cases.Values.Select(one => one.Title).Distinct().Count());
        Assert.All(acknowledged, one => Assert.Equal(one.Key, cases[one.Value].Title));
        Assert.All(cases.Values, one =>
        {
            var accepted = one.Stage == "review";
            Assert.Equal(accepted ? 2 : 1, one.Events);
            Assert.Equal((one.Events, 1, one.Events, 1, one.Events), (one.Rows, one.Work, one.Messages, one.Search, one.Journal));
            Assert.Equal(accepted ? "decide,promise" : "notice", one.Clocks);
        });
        Assert.True(cases.Values.Count(one => one.Stage == "review") >= Cuts);
    }

    /// <summary>Hands in and has it accepted, one case after the other; what was not acknowledged is sent again under its key.</summary>
    private static async Task Write(CaseDesk desk, int lane, ConcurrentDictionary<string, string> acknowledged, CancellationToken stop)
    {
        var clerk = CaseTown.Clerk("kill" + lane);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var title = $"店{lane}-{i}";
            var person = CaseTown.Resident("李" + lane);
            var request = new CaseTown(null!).Request(person) with { Title = title };
            var opened = await Until(() => desk.Open(person, request, "open-" + title), stop);
            if (opened is null)
            {
                return;
            }

            acknowledged[title] = opened.Value.Number;
            if (await Until(() => desk.Take(clerk, opened.Value.Number, new("accept") { Expected = 1 }, "accept-" + title), stop) is { } step)
            {
                Assert.True(step.Ok, step.Refusals.ToString());
            }
        }
    }

    private static async Task<Outcome<T>?> Until<T>(Func<Task<Outcome<T>>> act, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                return await act();
            }
            catch (NpgsqlException)
            {
                // Cut off: nobody knows whether it was done.
            }
        }

        return null;
    }
}
