namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Living away from the place of registration (户口登记条例 art. 15; 居住证暂行条例).</summary>
internal static class ResidenceRules
{
    public static readonly Rule AwayFromHome = new Rule(
        "D1-R70", "village", "此人户口就在本街道（乡镇），不需要暂住登记；实际居住地变动请办理市内移居。", Acts.Registration("第十五条"),
        (facts, form) => facts.MembershipOf(form.Person) is { } spell && form.Text("village") is { Length: 12 } village
            && Area.Town(spell.Village) == Area.Town(village)).Reading("person", "village");

    public static readonly Rule NotThereAlready = new Rule(
        "D1-R71", "village", "此人已登记居住在此处。", Acts.Registration("第十五条"),
        (facts, form) => facts.ResidenceOf(form.Person) is { } spell && spell.Village == form.Text("village") && spell.Address == form.Text("address"))
        .Reading("person", "village");

    public static readonly Rule LivesHere = new(
        "D1-R72", "person", "此人没有在本市居住的登记。", Acts.Registration("第十五条"),
        (facts, form) => facts.Person(form.Person) is not null && facts.ResidenceOf(form.Person) is null);

    public static readonly Rule FromAnotherCity = new(
        "D1-R73", "person", "居住证发给离开常住户口所在地、到其他城市居住的公民；此人户口在本市。", Acts.Permit("第二条"),
        (facts, form) => facts.MembershipOf(form.Person) is not null);

    public static readonly Rule HalfAYear = new Rule(
        "D1-R74", "date", "在居住地居住不满半年，尚不能申领居住证。", Acts.Permit("第二条"),
        (facts, form) => facts.ResidenceOf(form.Person) is { } spell && form.Date < Standing.HalfAYearAfter(Since(facts, spell)))
        .Reading("person", "date");

    public static readonly Rule NoPermitYet = new(
        "D1-R75", "person", "此人已有未终止的居住证，每年办理签注即可。", Acts.Permit("第十条"),
        (facts, form) => facts.PermitOf(form.Person) is not null);

    public static readonly Rule HasPermit = new(
        "D1-R76", "person", "此人没有未终止的居住证，请办理居住证申领。", Acts.Permit("第十条"),
        (facts, form) => facts.Person(form.Person) is not null && facts.PermitOf(form.Person) is null);

    public static readonly Rule NotTooEarly = new Rule(
        "D1-R77", "date", "签注应当在居住每满一年之日前一个月内办理，现在还没有到签注期。", Acts.Permit("第十条"),
        (facts, form) => facts.PermitOf(form.Person) is { } permit && form.Date < permit.EndorsableFrom).Reading("date", "person");

    public static readonly Rule Lapsed = new Rule(
        "D1-R78", "person", "居住证仍在签注有效期内，或者已经中止、终止。", Acts.Permit("第十条"),
        (facts, form) => facts.PermitOf(form.Person) is not { State: PermitState.Valid } permit || permit.StateOn(form.Date) != PermitState.Suspended)
        .Reading("date", "person");

    /// <summary>Since when he has been in the city without a break.</summary>
    private static DateOnly Since(Facts facts, Residence spell)
    {
        var since = spell.From;
        while (facts.Residences.All.FirstOrDefault(earlier => earlier.Person == spell.Person && earlier.To == since && earlier.From < since) is { } before)
        {
            since = before.From;
        }

        return since;
    }
}
