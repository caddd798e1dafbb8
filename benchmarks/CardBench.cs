using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Portal;

namespace Shali.Bench;

/// <summary>
/// <c>card.issue</c>: how long after its moment a card can be seen, with the host as it runs: limits that run out one by
/// one, and as many as run out in a city at one midnight.
/// </summary>
internal static class CardBench
{
    private const int Spread = 200;
    private const int Together = 1_000;
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(10);

    public static async Task<Row> Issue(string connection, string folder)
    {
        await using var app = await ShaliHost.Build(new(connection, folder, 0, Demo: true) { Quiet = true, Systems = [.. Systems.All, new BenchCases()] });
        await app.StartAsync();
        var numbers = await Open(app, Spread + Together);
        var db = app.Services.GetRequiredService<Db>();
        var together = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);
        var first = together + TimeSpan.FromSeconds(10);
        var moments = numbers.Select((number, i) => (Number: number, Moment: i < Together ? together : first + (Over * (i - Together) / Spread))).ToList();
        await db.Run(
            $"""
            update casework.clock k set started_at = m.at - interval '2 hours', due_at = m.at, next_judgement = m.at
            from unnest({moments.Select(each => each.Number).ToArray()}::text[], {moments.Select(each => each.Moment.UtcDateTime).ToArray()}::timestamptz[]) as m(number, at)
            where k."case" = m.number and k.ended_at is null
            """);
        var late = await Late(db, numbers);
        await app.StopAsync();
        var (midnight, single) = (late.Where(each => each.Moment <= together).Max(each => each.Seconds), late.Where(each => each.Moment > together).Max(each => each.Seconds));
        var worst = Math.Max(midnight, single);
        return new(
            "card.issue",
            string.Create(CultureInfo.InvariantCulture, $"from the moment until the card can be seen, at most; {Spread} one by one {single:N2} s, {Together:N0} at one moment {midnight:N2} s"),
            worst, "s", null, null, "5 s", "2 s", worst <= 5 && late.Count == numbers.Count);
    }

    private static async Task<List<string>> Open(WebApplication app, int count)
    {
        var desk = app.Services.GetRequiredService<CaseDesk>();
        var who = new Caller { Id = "account-bench", Name = "李申请", Kind = CallerKind.Resident, Person = "bench-person", Role = Roles.Resident };
        var numbers = new List<string>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, cancel) =>
        {
            var opened = await desk.Open(
                who, new(BenchCases.Quick, new Dictionary<string, string>(StringComparer.Ordinal)) { Person = who.Person, PersonName = who.Name }, "card-" + Guid.NewGuid().ToString("N"), cancel);
            lock (numbers)
            {
                numbers.Add(opened.Value.Number);
            }
        });
        return numbers;
    }

    /// <summary>Looks twenty times a second which cards are there.</summary>
    private static async Task<IReadOnlyList<(DateTimeOffset Moment, double Seconds)>> Late(Db db, IReadOnlyList<string> numbers)
    {
        var wanted = numbers.ToArray();
        var seen = new Dictionary<string, (DateTimeOffset, double)>(StringComparer.Ordinal);
        for (var clock = Stopwatch.StartNew(); seen.Count < numbers.Count && clock.Elapsed < TimeSpan.FromSeconds(90);)
        {
            await Task.Delay(50);
            var cards = await db.List($"select number, moment from casework.card where kind = 'red' and \"case\" = any({wanted})", row => (row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)));
            var now = TimeProvider.System.GetUtcNow();
            foreach (var (number, moment) in cards)
            {
                seen.TryAdd(number, (moment, (now - moment).TotalSeconds));
            }
        }

        return [.. seen.Values];
    }
}
