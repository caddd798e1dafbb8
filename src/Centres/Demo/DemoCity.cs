namespace Shali.Centres.Demo;

/// <summary>
/// A city that never was: coherent, of any size, the same for the same plan. It comes in chunks of some thousand
/// persons, so that its making needs no more memory for two million people than for fifty thousand.
/// </summary>
public static class DemoCity
{
    private const int ChunkPersons = 8_000;

    /// <summary>The share of persons for each kind of seeded fault.</summary>
    public static IReadOnlyDictionary<string, double> FaultRates => Faults.Rates;

    /// <summary>
    /// The population, chunk by chunk. What a chunk's records link to is in the chunk itself. The chunks must be taken
    /// in order; whoever resumes takes those again that he has already and throws them away.
    /// </summary>
    public static IEnumerable<DemoChunk> Population(DemoPlan plan)
    {
        var dice = new Dice(plan.Seed);
        var (keys, places) = (new DemoKeys(Dice.Mix(plan.Seed)), new Places());
        var register = new Register(plan, keys, places, new Names(), new Lives(plan), new NumberIssuer());
        var firms = new Firms(plan, keys, places);
        var (families, movements, faults) = (new Families(register), new Movements(register), new Faults(register));
        var living = 0;
        for (var ordinal = 0; living < plan.People; ordinal++)
        {
            var chunk = new DemoChunk { Ordinal = ordinal };
            register.Chunk = chunk;
            var counted = 0;
            while (counted < chunk.Persons.Count || Unfinished(chunk, living, plan))
            {
                for (; counted < chunk.Persons.Count; counted++)
                {
                    living += Counts(chunk.Persons[counted]) ? 1 : 0;
                }

                if (Unfinished(chunk, living, plan))
                {
                    Step(dice, families, movements, Math.Min(400, plan.People - living));
                }
            }

            Stir(dice, movements, chunk);
            faults.Seed(dice);
            chunk.Trade = firms.Make(dice, chunk);
            yield return chunk;
        }
    }

    private static bool Unfinished(DemoChunk chunk, int living, DemoPlan plan) =>
        chunk.Persons.Count < ChunkPersons && living < plan.People;

    private static bool Counts(DemoPerson person) => person.Death is null && person.State != "moved-out";

    private static void Step(Dice dice, Families families, Movements movements, int room)
    {
        var luck = dice.Share();
        if (luck < 0.76)
        {
            families.Make(dice);
        }
        else if (luck < 0.93)
        {
            movements.Stranger(dice);
        }
        else if (luck < 0.9985)
        {
            movements.Gone(dice, inTransit: luck < 0.9320);
        }
        else
        {
            movements.Collective(dice, Math.Clamp(dice.Between(20, 220), 1, room));
        }
    }

    /// <summary>Some of those who were just made live elsewhere or changed their name.</summary>
    private static void Stir(Dice dice, Movements movements, DemoChunk chunk)
    {
        var made = chunk.Persons.Count;
        for (var i = made / 14; i > 0; i--)
        {
            movements.Away(dice, dice.Pick(chunk.Persons));
        }

        for (var i = made / 60; i > 0; i--)
        {
            movements.Renamed(dice, dice.Pick(chunk.Persons));
        }
    }
}
