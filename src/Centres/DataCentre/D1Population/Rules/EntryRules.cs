namespace Shali.Centres.DataCentre.D1Population;

/// <summary>What every entry must meet, whatever its kind.</summary>
internal static class EntryRules
{
    public static readonly Rule Alive = new(
        "D1-R01", "person", "此人已登记死亡，除更正登记外不再办理其他登记。", Acts.Registration("第八条"),
        (facts, form) => facts.Person(form.Person) is { State: PersonState.Dead });

    public static readonly Rule NotMerged = new(
        "D1-R02", "person", "此记录已并入他人记录，请在留存的记录上办理。", Acts.Registration("第六条"),
        (facts, form) => facts.Person(form.Person) is { State: PersonState.Merged });

    public static readonly Rule NotInFuture = new(
        "D1-R03", "date", "发生日期不能晚于今天。", Acts.Registration("第四条"),
        (facts, form) => form.Date > facts.Today);

    public static readonly Rule NotBeforeBirth = new Rule(
        "D1-R04", "date", "发生日期不能早于本人出生日期。", Acts.Registration("第四条"),
        (facts, form) => facts.Person(form.Person) is { } person && form.Date < person.BirthDate).Reading("date", "person");

    /// <summary>Otherwise a spell would end before it began.</summary>
    public static readonly Rule NotBeforeRegistration = new Rule(
        "D1-R05", "date", "发生日期不能早于本人在现户口的登记日期；此前的情况请用更正登记。", Acts.Registration("第十七条"),
        (facts, form) => facts.MembershipOf(form.Person) is { } spell && form.Date < spell.From).Reading("date", "person");

    public static readonly Rule NotBeforeResidence = new Rule(
        "D1-R06", "date", "发生日期不能早于本人在现住地的居住起始日期；此前的情况请用更正登记。", Acts.Registration("第十七条"),
        (facts, form) => facts.ResidenceOf(form.Person) is { } spell && form.Date < spell.From).Reading("date", "person");

    public static readonly Rule Registered = new(
        "D1-R07", "person", "此人现在没有本市户口登记。", Acts.Registration("第六条"),
        (facts, form) => facts.Person(form.Person) is not null && facts.MembershipOf(form.Person) is null);

    public static readonly Rule NotRegisteredElsewhere = new(
        "D1-R08", "person", "此人仍登记在另一户；一个公民只能在一个地方登记为常住人口，请先办理迁出。", Acts.Registration("第六条"),
        (facts, form) => facts.MembershipOf(form.Person) is not null);

    public static readonly Rule HouseholdOpen = new(
        "D1-R09", "household", "此户已经销户，不能再登记成员。", Acts.Registration("第五条"),
        (facts, form) => facts.Households.Find(form.Text("household")) is { Dissolved: not null });

    public static readonly Rule NotBeforeHousehold = new Rule(
        "D1-R10", "date", "登记日期不能早于此户的立户日期。", Acts.Registration("第五条"),
        (facts, form) => facts.Households.Find(form.Text("household")) is { } household && form.Date < household.Established)
        .Reading("date", "household");

    /// <summary>One head a household: others are something to him.</summary>
    public static readonly Rule OneHead = new Rule(
        "D1-R11", "relation", "此户已有户主，请选择与户主的关系；变更户主请另行办理。", Acts.Registration("第五条"),
        (facts, form) => form.Text("relation") == Relation.Head
            && facts.Households.Find(form.Text("household")) is { Head: not null }).Reading("relation", "household");

    /// <summary>A head who goes leaves the household to somebody who stays.</summary>
    public static readonly Rule HeadHandsOver = new Rule(
        "D1-R12", "new_head", "此人是户主，户内还有其他成员，请在留下的成员中选择新户主。", Acts.Registration("第五条"),
        (facts, form) => facts.MembershipOf(form.Person) is { Relation: Relation.Head } spell
            && facts.MembersOf(spell.Household) is { Count: > 1 } members
            && !members.Any(member => member.Person == form.Text("new_head") && member.Person != form.Person)).Reading("person");

    public static readonly IReadOnlyList<Rule> Common = [Alive, NotMerged, NotInFuture, NotBeforeBirth];

    public static IReadOnlyList<Rule> With(params Rule[] more) => [.. Common, .. more];
}
