namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// The three counts of an area on a day, with what lies between them. Every figure is a number of persons, and each
/// person of one figure is found in the next or in the difference between them.
/// </summary>
/// <param name="Registered">户籍人口: registered in the area.</param>
/// <param name="Usual">常住人口: usual residents by the half-year rule.</param>
/// <param name="Present">实有人口: living in the area, registered there or not.</param>
/// <param name="AwayForLong">Registered in the area, usual residents of elsewhere: gone for half a year or more.</param>
/// <param name="HereForLong">Usual residents who are registered elsewhere.</param>
/// <param name="AwayNow">Registered in the area, living elsewhere.</param>
/// <param name="HereNow">Living in the area, registered elsewhere.</param>
public sealed record Counts(
    string Area, long Registered, long Usual, long Present, long AwayForLong, long HereForLong, long AwayNow, long HereNow)
{
    /// <summary>Both sums come out to the person.</summary>
    public bool Reconcile => Registered - AwayForLong + HereForLong == Usual && Registered - AwayNow + HereNow == Present;

    public static Counts None(string area) => new(area, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>Which of the figures of <see cref="Counts"/> is looked into.</summary>
public enum CountKind
{
    Registered,
    Usual,
    Present,
    AwayForLong,
    HereForLong,
    AwayNow,
    HereNow,
}
