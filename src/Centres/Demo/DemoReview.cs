using Shali.Centres.DataCentre.D1Population;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Centres.Demo;

/// <summary>
/// Lets the population base judge what came in past its guards: numbers that cannot be their holders', numbers held
/// twice, and people who look like one. It is the check of every load; only who has to be looked at is found in one go.
/// </summary>
internal sealed class DemoReview(Db db, RecordStore store, TimeProvider time)
{
    private const int Slice = 400;

    public async Task Run(Action<string> say, CancellationToken cancel)
    {
        var today = time.Today();
        var suspects = await Suspects(today, cancel);
        var act = new Act(Caller.Platform("demo"), "population.review", "演示城市：入库核查") { Source = "police" };
        foreach (var slice in suspects.Chunk(Slice))
        {
            _ = (await store.Write(
                act,
                Resources.Schema,
                async session =>
                {
                    await DuplicateLoad.Check(session, slice, today, cancel);
                    return Refusals.None;
                },
                cancel)).Value;
        }

        await db.InTransaction(session => Tally.FallBehind(session, Resources.Person.Id, suspects.Count, cancel), cancel);
        await NameReadings.CatchUp(db, cancel);
        say($"演示城市：已核查 {suspects.Count} 条可疑记录");
    }

    private async Task<List<string>> Suspects(DateOnly today, CancellationToken cancel)
    {
        var suspects = (await db.List(
            $"""
            select _key from population.person where citizen_number in (
                select citizen_number from population.person where citizen_number is not null group by citizen_number having count(*) > 1)
            union
            select p._key from population.person p join (
                select birth_date, name, sex from population.person group by birth_date, name, sex having count(*) > 1) twice
            on p.birth_date = twice.birth_date and p.name = twice.name and p.sex = twice.sex
            """,
            row => row.GetString(0),
            cancel)).ToHashSet(StringComparer.Ordinal);
        await foreach (var key in db.Stream(
            $"select _key, citizen_number, birth_date, sex from population.person where citizen_number is not null and number_state is null",
            row => Fits(row.GetString(1), row.GetFieldValue<DateOnly>(2), row.GetString(3), today) ? null : row.GetString(0),
            cancel))
        {
            if (key is not null)
            {
                suspects.Add(key);
            }
        }

        return [.. suspects.Order(StringComparer.Ordinal)];
    }

    private static bool Fits(string number, DateOnly birth, string sex, DateOnly today) =>
        CitizenNumber.IsValid(number, today) && CitizenNumber.BirthDate(number) == birth && CitizenNumber.Sex(number) == sex;
}
