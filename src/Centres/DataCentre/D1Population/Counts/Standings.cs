namespace Shali.Centres.DataCentre.D1Population;

/// <summary>What the persons of some facts count for, and how that changes with an event.</summary>
internal static class Standings
{
    /// <summary>The tally of all persons whose spells are known.</summary>
    public static Dictionary<TallyRow, int> Of(Facts facts)
    {
        var tally = new Dictionary<TallyRow, int>();
        var registered = facts.Memberships.All.ToLookup(spell => spell.Person, spell => new Standing.Spell(Area.Number(spell.Village), spell.From, spell.To), StringComparer.Ordinal);
        var present = facts.Residences.All.ToLookup(spell => spell.Person, spell => new Standing.Spell(Area.Number(spell.Village), spell.From, spell.To), StringComparer.Ordinal);
        foreach (var person in facts.Persons.All)
        {
            Tally.Count(tally, Standing.Of([.. registered[person.Key]], [.. present[person.Key]]), person.Sex, person.BirthDate, 1);
        }

        return tally;
    }

    public static IReadOnlyDictionary<TallyRow, int> Difference(Dictionary<TallyRow, int> before, Dictionary<TallyRow, int> after)
    {
        var difference = new Dictionary<TallyRow, int>(after);
        foreach (var (row, count) in before)
        {
            difference[row] = difference.GetValueOrDefault(row) - count;
        }

        return difference;
    }
}
