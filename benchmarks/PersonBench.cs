using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Shali.Centres.DataCentre.D1Population;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Portal;
using Shali.Portal.Hosting;

namespace Shali.Bench;

/// <summary>
/// <c>duplicate.check</c>, <c>person.search</c> and <c>citizen.check</c>: what happens to a person at the entry. Forms,
/// interface and life events all write a person through one guard, so one figure speaks for them; bulk loads check a
/// chunk at once, so theirs is a share of a chunk. Every act is rolled back: the city stays as it was.
/// </summary>
internal static class PersonBench
{
    private static readonly Act Act = new(Caller.Platform("bench"), "bench.duplicate-check");

    public static async Task<Row> DuplicateCheck(BenchCity city, int rounds)
    {
        await using var host = await Host(city);
        var (store, db) = (host.Services.GetRequiredService<RecordStore>(), host.Services.GetRequiredService<Db>());
        var known = (await Known(db, rounds + 50)).ToList();
        var times = new List<double>(rounds);
        for (var i = 0; i < known.Count; i++)
        {
            // In turn: somebody new, the same person once more, the same number on another name.
            var person = known[i] with
            {
                Key = "",
                Name = i % 3 == 1 ? known[i].Name : $"新{known[i].Name}",
                CitizenNumber = i % 3 == 0 ? CitizenNumber.Compose("411102", known[i].BirthDate, 900 + (i % 2)) : known[i].CitizenNumber,
                NumberState = null,
            };
            var milliseconds = 0d;
            await Roll(store, async session =>
            {
                var clock = Stopwatch.StartNew();
                _ = (await session.Apply(new Change.Insert(Resources.Person, "", Typed<Person>.Values(person)))).Value;
                milliseconds = clock.Elapsed.TotalMilliseconds;
            });
            if (i >= 50)
            {
                times.Add(milliseconds);
            }
        }

        var chunk = known.Take(Math.Min(2_000, known.Count)).Select(person => person.Key).ToArray();
        var guard = host.Services.GetServices<RecordGuard>().First(guard => guard.Resource == Resources.Person.Id);
        var load = 0d;
        await Roll(store, async session =>
        {
            var clock = Stopwatch.StartNew();
            await guard.AfterLoad(session, chunk, CancellationToken.None);
            load = clock.Elapsed.TotalMilliseconds / chunk.Length;
        });
        var p99 = Percentile(times, 0.99);
        return new(
            "duplicate.check",
            string.Create(CultureInfo.InvariantCulture, $"writing one person with the duplicate check, p99; median {Percentile(times, 0.5):N1} ms; in bulk loads {load:N2} ms a row"),
            p99, "ms", null, null, "20 ms", "", p99 <= 20 && load <= 20);
    }

    public static async Task<Row> Search(BenchCity city, int rounds)
    {
        await using var host = await Host(city);
        var (search, reader, db) = (host.Services.GetRequiredService<NameSearch>(), host.Services.GetRequiredService<RecordReader>(), host.Services.GetRequiredService<Db>());
        var known = await Known(db, rounds + 20);
        var times = new List<double>(rounds);
        for (var i = 0; i < known.Count; i++)
        {
            var words = (i % 3) switch
            {
                0 => Pinyin.Full(known[i].Name),
                1 => string.Create(CultureInfo.InvariantCulture, $"{Pinyin.Initials(known[i].Name)} {known[i].BirthDate.Year}"),
                _ => known[i].Name,
            };
            if (NameWords.Read(words) is not { Ok: true, Value: var read })
            {
                continue;
            }

            var clock = Stopwatch.StartNew();
            var (where, _) = await search.Persons(read, whole: false, CancellationToken.None);
            await reader.List(Resources.Person, new RecordQuery { Where = where, Sort = [new("name"), new("birth_date")], Limit = 50 });
            if (i >= 20)
            {
                times.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        var p95 = Percentile(times, 0.95);
        return new("person.search", $"finding persons by pinyin, initials with a year, or name, p95; median {Percentile(times, 0.5):N1} ms", p95, "ms", null, null, "50 ms", "", p95 <= 50);
    }

    /// <summary>One thread over a million numbers, one in ten of them wrong.</summary>
    public static Row CitizenCheck()
    {
        var (today, chance) = (new DateOnly(2026, 1, 1), new Random(7));
        var numbers = new string[1_000_000];
        for (var i = 0; i < numbers.Length; i++)
        {
            var number = CitizenNumber.Compose("411102", new DateOnly(1930, 1, 1).AddDays(chance.Next(34_000)), chance.Next(1, 999));
            numbers[i] = i % 10 == 0 ? number[..17] + (number[17] == '0' ? '1' : '0') : number;
        }

        var best = double.MaxValue;
        for (var round = 0; round < 7; round++)
        {
            var clock = Stopwatch.StartNew();
            var right = 0;
            foreach (var number in numbers)
            {
                right += CitizenNumber.IsValid(number, today) ? 1 : 0;
            }

            var seconds = clock.Elapsed.TotalSeconds;
            if (right != 900_000)
            {
                throw new InvalidOperationException($"{right} of 900000 right numbers were found.");
            }

            best = Math.Min(best, seconds);
        }

        var perSecond = numbers.Length / best / 1e6;
        return new("citizen.check", "citizen numbers checked whole, one thread, best of seven", perSecond, "M/s", null, null, "20 M/s", "", perSecond >= 20);
    }

    private static async Task<Microsoft.AspNetCore.Builder.WebApplication> Host(BenchCity city) =>
        await ShaliHost.Build(new(PrivatePostgres.Running(Path.Combine(city.Folder, "pg"))!, Path.Combine(city.Folder, "bench"), 0, Demo: true)
        {
            Quiet = true,
            MasterKey = await MasterKeyFile.Of(city.Folder, RunOptions.Parse([]).MasterKeyFile).Read(sealedAlready: true, Console.WriteLine),
        });

    /// <summary>Runs the work in an act and takes everything back.</summary>
    private static async Task Roll(RecordStore store, Func<WriteSession, Task> work) => await store.Write(
        Act,
        Resources.Schema,
        async session =>
        {
            await work(session);
            return Refusals.Of(new Refusal("BENCH", "", "Taken back."));
        });

    private static Task<List<Person>> Known(Db db, int count) => db.List(
        $"""
        select _key, citizen_number, name, sex, birth_date, village from population.person tablesample system (20)
        where citizen_number is not null and state = 'normal' limit {count}
        """,
        row => new Person
        {
            Key = row.GetString(0),
            CitizenNumber = row.GetString(1),
            Name = row.GetString(2),
            Sex = row.GetString(3),
            BirthDate = row.GetFieldValue<DateOnly>(4),
            Village = row.IsDBNull(5) ? null : row.GetString(5),
            RegistrationKind = RegistrationKind.None,
            State = PersonState.Normal,
        });

    private static double Percentile(List<double> times, double share) => times.Order().ElementAt((int)(times.Count * share));
}
