using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>The persons behind a figure of the three counts, one by one, by the same function that counted them.</summary>
public sealed class CountedPersons(Db db)
{
    /// <summary>Keys of those who make up the figure, in order of key.</summary>
    public async Task<IReadOnlyList<string>> Of(string area, DateOnly day, CountKind kind, CancellationToken cancel = default)
    {
        var (low, high) = CountReader.Range(area);
        var pattern = area + "%";
        var spells = await db.List(
            $"""
            with concerned as (
                select person from population.membership where village like {pattern} and "from" <= {day}
                union select person from population.residence where village like {pattern} and "from" <= {day})
            select s.person, s.registered, s.village, s."from", s."to" from (
                select person, true as registered, village, "from", "to" from population.membership where person in (select person from concerned)
                union all
                select person, false, village, "from", "to" from population.residence where person in (select person from concerned)) s
            order by s.person collate "C"
            """,
            row => (
                Person: row.GetString(0),
                Registered: row.GetBoolean(1),
                Spell: new Standing.Spell(Area.Number(row.GetString(2)), row.GetFieldValue<DateOnly>(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4))),
            cancel);
        return
        [
            .. spells.GroupBy(row => row.Person, StringComparer.Ordinal)
                .Where(rows => Standing.Of([.. rows.Where(row => row.Registered).Select(row => row.Spell)], [.. rows.Where(row => !row.Registered).Select(row => row.Spell)])
                    .Any(standing => standing.From <= day && (standing.To is null || day < standing.To) && Within(standing)))
                .Select(rows => rows.Key),
        ];

        bool Within(Standing standing)
        {
            var (r, u, p) = (In(standing.Registered), In(standing.Usual), In(standing.Present));
            return kind switch
            {
                CountKind.Registered => r,
                CountKind.Usual => u,
                CountKind.Present => p,
                CountKind.AwayForLong => r && !u,
                CountKind.HereForLong => u && !r,
                CountKind.AwayNow => r && !p,
                _ => p && !r,
            };
        }

        bool In(long village) => village >= low && village <= high;
    }
}
