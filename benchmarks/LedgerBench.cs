using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Portal;

namespace Shali.Bench;

/// <summary>How many postings a second the books take when each caller waits until his own is on disk.</summary>
/// <param name="Hot">Postings a second by 16 writers at one account.</param>
/// <param name="Spread">The same over a thousand accounts.</param>
/// <param name="Plain">Baseline: the same rows by 16 writers into plain tables with a key, without checks, seal or balances.</param>
public sealed record PostFigures(double Hot, double Spread, double Plain);

/// <summary>Figures of the books, in a database of its own.</summary>
public static class LedgerBench
{
    private const int Writers = 16;
    private const int Window = 250;
    private const int Accounts = 1_000;

    public static async Task<PostFigures> Post(string connectionString, string folder, TimeSpan time)
    {
        await using var app = await Host(connectionString, folder);
        await Open(app.Services.GetRequiredService<RecordStore>());
        var posting = app.Services.GetRequiredService<Posting>();
        using var stop = new CancellationTokenSource();
        var gathering = Gather(app.Services.GetRequiredService<Balances>(), stop.Token);
        await Lanes(posting, TimeSpan.FromSeconds(1), "warm", _ => "bench.0");
        var spread = await Lanes(posting, time, "spread", n => $"bench.{n % Accounts}");
        var hot = await Lanes(posting, time, "hot", _ => "bench.0");
        await stop.CancelAsync();
        await gathering;
        var plain = await Plain(app.Services.GetRequiredService<Db>(), time);
        return new(hot, spread, plain);
    }

    public static async Task<(StormResult Result, double Seconds)> Storm(string connectionString, string folder, int events)
    {
        await using var app = await Host(connectionString, folder);
        var storm = new LedgerStorm(
            app.Services.GetRequiredService<Posting>(), app.Services.GetRequiredService<Balances>(),
            app.Services.GetRequiredService<BookCheck>(), app.Services.GetRequiredService<RecordStore>());
        await storm.Open();
        using var stop = new CancellationTokenSource();
        var gathering = Gather(app.Services.GetRequiredService<Balances>(), stop.Token);
        var clock = Stopwatch.StartNew();
        var result = await storm.Run(events, Environment.TickCount, Writers);
        await stop.CancelAsync();
        await gathering;
        return (result, clock.Elapsed.TotalSeconds);
    }

    private static Task<WebApplication> Host(string connectionString, string folder) =>
        ShaliHost.Build(new(connectionString, folder, 0, Demo: true) { Quiet = true });

    private static async Task Gather(Balances balances, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await balances.Gather(CancellationToken.None);
            await Task.Delay(1_000, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static async Task Open(RecordStore store)
    {
        var opened = await store.Write(
            new Act(Caller.Platform("bench"), "ledger.account.open"),
            "ledger",
            writing => Chart.Open(
                writing,
                Enumerable.Range(0, Accounts + 1).Select(i => new LedgerAccount
                {
                    Code = i == Accounts ? "bench.channel" : $"bench.{i}",
                    Name = $"bench {i}",
                    Kind = AccountKind.Asset,
                    Office = "finance",
                    Guarded = false,
                    OpenedOn = default,
                }),
                default));
        if (!opened.Ok)
        {
            throw new InvalidOperationException(opened.Refusals.ToString());
        }
    }

    private static async Task<double> Lanes(Posting posting, TimeSpan time, string name, Func<int, string> account)
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(lane => Task.Run(async () =>
        {
            var count = 0;
            while (clock.Elapsed < time)
            {
                var window = Enumerable.Range(count, Window).Select(i => posting.Post(new(
                    $"{name}:{run}:{lane}:{i}", EntryKind.Payment, "bench", "刷卡消费", [new("bench.channel", account((lane * 7919) + i), new(200))])));
                foreach (var outcome in await Task.WhenAll(window))
                {
                    if (!outcome.Ok)
                    {
                        throw new InvalidOperationException(outcome.Refusals.ToString());
                    }
                }

                count += Window;
            }

            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> Plain(Db db, TimeSpan time)
    {
        await db.Run(Sql.Trusted(
            """
            drop table if exists public.plain_posting;
            create table public.plain_posting (id bigint generated always as identity primary key, request text, debit text, credit text, amount bigint, at timestamptz)
            """));
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(lane => Task.Run(async () =>
        {
            var count = 0;
            while (clock.Elapsed < time)
            {
                var requests = Enumerable.Range(count, Window).Select(i => $"plain:{lane}:{i}").ToArray();
                await db.Run(
                    $"""
                    insert into public.plain_posting (request, debit, credit, amount, at)
                    select r, 'bench.channel', 'bench.0', 200, now() from unnest({requests}) as t(r)
                    """);
                count += Window;
            }

            return count;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }
}
