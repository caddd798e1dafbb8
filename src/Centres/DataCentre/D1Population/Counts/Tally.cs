using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// The running sums behind the three counts: every event adds its differences in its own transaction, so a count of
/// any day is one sum, and the sum over the persons gives the same.
/// </summary>
public sealed class Tally(Db db)
{
    /// <summary>Acts hold it shared, the count anew holds it alone.</summary>
    private const long Lock = 0x44315441; // "D1TA"

    /// <summary>Begins an act that will change the tally.</summary>
    public static Task Hold(Session session, CancellationToken cancel) =>
        session.Run($"select pg_advisory_xact_lock_shared({Lock})", cancel);

    /// <summary>Adds differences; rows are taken in order, so that acts wait for each other and never lock in a ring.</summary>
    public static async Task Add(Session session, IReadOnlyDictionary<TallyRow, int> differences, CancellationToken cancel)
    {
        var rows = differences.Where(row => row.Value != 0).OrderBy(row => row.Key).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        await session.Run(
            $"""
            insert into population.tally as t (day, registered, usual, present, sex, born, persons)
            select * from unnest(
                {rows.Select(row => row.Key.Day).ToArray()}, {rows.Select(row => row.Key.Registered).ToArray()},
                {rows.Select(row => row.Key.Usual).ToArray()}, {rows.Select(row => row.Key.Present).ToArray()},
                {rows.Select(row => row.Key.Sex).ToArray()}, {rows.Select(row => row.Key.Born).ToArray()},
                {rows.Select(row => row.Value).ToArray()})
            on conflict (day, registered, usual, present, sex, born) do update set persons = t.persons + excluded.persons
            """,
            cancel);
    }

    /// <summary>What a person adds to the tally: one up when a standing begins, one down when it ends.</summary>
    public static void Count(Dictionary<TallyRow, int> into, IEnumerable<Standing> standings, string sex, DateOnly birth, int sign)
    {
        foreach (var standing in standings)
        {
            Step(into, standing, standing.From, sex, birth, sign);
            if (standing.To is { } end)
            {
                Step(into, standing, end, sex, birth, -sign);
            }
        }
    }

    /// <summary>Says that rows were loaded past the events: the tally is to be counted anew.</summary>
    public static Task FallBehind(Session session, string resource, int rows, CancellationToken cancel) =>
        session.Run($"insert into population.tally_behind (resource, rows) values ({resource}, {rows})", cancel);

    public Task<bool> IsBehind(CancellationToken cancel) =>
        db.Scalar<bool>($"select exists (select 1 from population.tally_behind)", cancel);

    /// <summary>
    /// Counts the whole register anew, person by person, by the same function that every event uses. Memory stays
    /// flat; events wait meanwhile. Gives how many persons were counted.
    /// </summary>
    public Task<long> Recount(CancellationToken cancel = default) => db.Unhurried.InTransaction(
        async session =>
        {
            await session.Run($"select pg_advisory_xact_lock({Lock})", cancel);
            await session.Run(Sql.Trusted(
                """
                set local work_mem = '256MB';
                truncate population.tally;
                delete from population.tally_behind;
                create temporary table counted (day date, registered bigint, usual bigint, present bigint,
                    sex smallint, born smallint, persons int) on commit drop;
                """), cancel);
            var persons = await CountAll(session, cancel);
            await session.Run(Sql.Trusted(
                """
                insert into population.tally
                select day, registered, usual, present, sex, born, sum(persons) from counted
                group by day, registered, usual, present, sex, born having sum(persons) <> 0;
                analyze population.tally;
                """), cancel);
            return persons;
        },
        cancel);

    private const int FlushAt = 200_000;

    private async Task<long> CountAll(Session session, CancellationToken cancel)
    {
        var sums = new Dictionary<TallyRow, int>();
        var (registered, present) = (new List<Standing.Spell>(), new List<Standing.Spell>());
        var (person, sex, birth, persons) = ("", "", default(DateOnly), 0L);
        void Close()
        {
            if (registered.Count + present.Count > 0)
            {
                Count(sums, Standing.Of(registered, present), sex, birth, 1);
                persons++;
                registered.Clear();
                present.Clear();
            }
        }

        // A second connection streams; what it reads was committed before the lock let this transaction in.
        await foreach (var row in db.Stream(Spells, Read, cancel))
        {
            if (row.Person != person)
            {
                Close();
                (person, sex, birth) = (row.Person, row.Sex, row.Birth);
                if (sums.Count >= FlushAt)
                {
                    await Flush(session, sums, cancel);
                }
            }

            (row.Registered ? registered : present).Add(row.Spell);
        }

        Close();
        await Flush(session, sums, cancel);
        return persons;
    }

    private static readonly Sql Spells = Sql.Trusted(
        """
        select s.person, p.sex, p.birth_date, s.registered, s.village, s."from", s."to"
        from (
            select person, true as registered, village, "from", "to" from population.membership
            union all
            select person, false, village, "from", "to" from population.residence) s
        join population.person p on p._key = s.person
        order by s.person collate "C"
        """);

    private static (string Person, string Sex, DateOnly Birth, bool Registered, Standing.Spell Spell) Read(NpgsqlDataReader row) =>
    (
        row.GetString(0),
        row.GetString(1),
        row.GetFieldValue<DateOnly>(2),
        row.GetBoolean(3),
        new(Area.Number(row.GetString(4)), row.GetFieldValue<DateOnly>(5), row.IsDBNull(6) ? null : row.GetFieldValue<DateOnly>(6)));

    private static async Task Flush(Session session, Dictionary<TallyRow, int> sums, CancellationToken cancel)
    {
        await using (var copy = await session.Copy(Sql.Trusted("counted (day, registered, usual, present, sex, born, persons)"), cancel))
        {
            foreach (var (row, count) in sums)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(row.Day, NpgsqlDbType.Date, cancel);
                await copy.WriteAsync(row.Registered, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(row.Usual, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(row.Present, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(row.Sex, NpgsqlDbType.Smallint, cancel);
                await copy.WriteAsync(row.Born, NpgsqlDbType.Smallint, cancel);
                await copy.WriteAsync(count, NpgsqlDbType.Integer, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        sums.Clear();
    }

    private static void Step(Dictionary<TallyRow, int> into, Standing standing, DateOnly day, string sex, DateOnly birth, int step)
    {
        var code = short.TryParse(sex, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (short)0;
        var row = new TallyRow(day, standing.Registered, standing.Usual, standing.Present, code, checked((short)birth.Year));
        into[row] = into.GetValueOrDefault(row) + step;
    }
}

/// <summary>One line of the tally, without its number.</summary>
public readonly record struct TallyRow(DateOnly Day, long Registered, long Usual, long Present, short Sex, short Born) : IComparable<TallyRow>
{
    public int CompareTo(TallyRow other) =>
        (Day, Registered, Usual, Present, Sex, Born).CompareTo((other.Day, other.Registered, other.Usual, other.Present, other.Sex, other.Born));

    public static bool operator <(TallyRow left, TallyRow right) => left.CompareTo(right) < 0;

    public static bool operator >(TallyRow left, TallyRow right) => left.CompareTo(right) > 0;

    public static bool operator <=(TallyRow left, TallyRow right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TallyRow left, TallyRow right) => left.CompareTo(right) >= 0;
}
