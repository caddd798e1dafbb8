namespace Shali.Centres.DataCentre.D1Population;

/// <summary>How alike two records are, and what a number says against its own record.</summary>
public static class Likeness
{
    /// <summary>The state of a person's number by itself, before anybody else is looked at.</summary>
    public static string OfNumber(Person person) => person.CitizenNumber switch
    {
        null when person.RecordedNumber is not null => NumberState.InvalidCheck,
        null => NumberState.Missing,
        { } number when !CitizenNumbers.CheckIsRight(number) => NumberState.InvalidCheck,
        { } number when !CitizenNumbers.Fits(number, person.BirthDate, person.Sex) => NumberState.Contradiction,
        _ => NumberState.Sound,
    };

    /// <summary>
    /// Twins, triplets: same surname, same day, and same household or numbers given one after the other. They are
    /// two people by birth and are never proposed as one, whatever else they share, except one number.
    /// </summary>
    public static bool BornTogether(Person one, Person other)
    {
        if (one.BirthDate != other.BirthDate || one.Name.Length == 0 || other.Name.Length == 0 || one.Name[0] != other.Name[0])
        {
            return false;
        }

        var (mine, theirs) = (one.CitizenNumber, other.CitizenNumber);
        if (mine is not null && mine == theirs)
        {
            return false;
        }

        return (mine is not null && theirs is not null && CitizenNumbers.Adjacent(mine, theirs))
            || (one.Household is not null && one.Household == other.Household && one.Name != other.Name);
    }

    /// <summary>From 0 to 1: what speaks for one person.</summary>
    public static decimal Score(Person one, Person other)
    {
        var score = 0m;
        score += one.Name == other.Name || one.Name == other.FormerName || one.FormerName == other.Name ? 0.35m : 0;
        score += one.BirthDate == other.BirthDate ? 0.25m : 0;
        score += one.Sex == other.Sex ? 0.05m : 0;
        score += one.CitizenNumber is { } number && number == other.CitizenNumber ? 0.25m : 0;
        score += one.Phone is { } phone && phone == other.Phone ? 0.05m : 0;
        score += one.Village is { } village && village == other.Village ? 0.05m : 0;
        // Two different sound numbers speak for two people.
        return Sound(one) && Sound(other) && one.CitizenNumber != other.CitizenNumber ? Math.Min(score, 0.5m) : score;
    }

    public static Duplicate Pair(Person one, Person other, string reason, DateOnly today)
    {
        var (a, b) = Order(one.Key, other.Key);
        return new() { A = a, B = b, Reason = reason, Score = Score(one, other), State = DuplicateState.Open, FoundOn = today };
    }

    public static (string A, string B) Order(string one, string other) =>
        string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);

    private static bool Sound(Person person) =>
        person.CitizenNumber is { } number && CitizenNumbers.Fits(number, person.BirthDate, person.Sex);
}
