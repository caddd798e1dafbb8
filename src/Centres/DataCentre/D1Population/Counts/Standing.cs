namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Where a person counts during some days: where he is registered (户籍), where he is a usual resident (常住), where
/// he actually lives (实有). 0: nowhere in this city. The three counts of any day are sums over these, so they
/// reconcile to the person.
/// </summary>
/// <param name="To">The first day on which it no longer holds; null: until further notice.</param>
public readonly record struct Standing(DateOnly From, DateOnly? To, long Registered, long Usual, long Present)
{
    /// <summary>Days in one village.</summary>
    public readonly record struct Spell(long Village, DateOnly From, DateOnly? To);

    public static DateOnly HalfAYearAfter(DateOnly day) => day.AddMonths(6);

    /// <summary>
    /// The half-year rule of the statistics offices. Who lives in the street or town of his registration is usual
    /// where he lives. Who left it is usual there for half a year more, and from then on where he lives. Who is
    /// registered outside the city is usual here once he has been here for half a year.
    /// </summary>
    public static IReadOnlyList<Standing> Of(IReadOnlyList<Spell> registered, IReadOnlyList<Spell> present)
    {
        var days = new SortedSet<DateOnly>();
        foreach (var spell in registered.Concat(present))
        {
            days.Add(spell.From);
            if (spell.To is { } end)
            {
                days.Add(end);
            }
        }

        var standings = new List<Standing>();
        var bounds = days.ToArray();
        var (mode, since) = (Mode.Nowhere, DateOnly.MinValue);
        for (var i = 0; i < bounds.Length; i++)
        {
            var (from, to) = (bounds[i], i + 1 < bounds.Length ? bounds[i + 1] : (DateOnly?)null);
            var (at, lives) = (On(registered, from), On(present, from));
            var now = ModeOf(at, lives);
            if (now != mode)
            {
                (mode, since) = (now, from);
            }

            var turn = HalfAYearAfter(since);
            switch (mode)
            {
                case Mode.Nowhere:
                    break;
                case Mode.Home:
                    Add(standings, new(from, to, at, lives, lives));
                    break;
                default:
                    // Before the turn he still counts where he is registered; afterwards where he lives.
                    if (from < turn)
                    {
                        Add(standings, new(from, to is null || turn < to ? turn : to, at, at, lives));
                    }

                    if (to is null || turn < to)
                    {
                        Add(standings, new(from < turn ? turn : from, to, at, lives, lives));
                    }

                    break;
            }
        }

        return standings;
    }

    private enum Mode
    {
        Nowhere,
        Home,
        Away,
        Visiting,
    }

    private static Mode ModeOf(long registered, long present) => (registered, present) switch
    {
        (0, 0) => Mode.Nowhere,
        (0, _) => Mode.Visiting,
        _ => registered / 1000 == present / 1000 ? Mode.Home : Mode.Away,
    };

    /// <summary>Should spells overlap in what was loaded, the one that began last counts: a person is in one place.</summary>
    private static long On(IReadOnlyList<Spell> spells, DateOnly day)
    {
        var (village, from) = (0L, DateOnly.MinValue);
        foreach (var spell in spells)
        {
            if (spell.From <= day && (spell.To is null || day < spell.To) && spell.From >= from)
            {
                (village, from) = (spell.Village, spell.From);
            }
        }

        return village;
    }

    private static void Add(List<Standing> standings, Standing next)
    {
        if (next.Registered == 0 && next.Usual == 0 && next.Present == 0)
        {
            return;
        }

        if (standings.Count > 0 && standings[^1] is var last && last.To == next.From
            && (last.Registered, last.Usual, last.Present) == (next.Registered, next.Usual, next.Present))
        {
            standings[^1] = last with { To = next.To };
            return;
        }

        standings.Add(next);
    }
}
