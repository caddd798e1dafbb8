namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Households and the ways between them (户口登记条例 art. 5, 6, 10, 13, 18, 19).</summary>
internal static class HouseholdRules
{
    public static readonly Rule MoversOfOneHousehold = new Rule(
        "D1-R50", "members", "一并迁移的人应都登记在同一户。", Acts.Registration("第五条"),
        (facts, form) => facts.MembershipOf(form.Person) is { } spell
            && form.Many("members").Any(member => facts.MembershipOf(member)?.Household != spell.Household)).Reading("person", "members");

    public static readonly Rule ReallyMoves = new Rule(
        "D1-R51", "address", "新地址与现户口地址相同，或者迁入的就是原户。", Acts.Registration("第十条"),
        (facts, form) => facts.MembershipOf(form.Person) is { } spell && (form.Text("household") is { } into
            ? into == spell.Household
            : facts.Households.Find(spell.Household) is { } household
                && household.Village == form.Text("village") && household.Address == form.Text("address")))
        .Reading("person", "village", "address", "household");

    public static readonly Rule MoveLeavesHead = new Rule(
        "D1-R52", "new_head", "户主迁走而户内还有其他成员，请在留下的成员中选择新户主。", Acts.Registration("第五条"),
        (facts, form) => Movers(facts, form) is { Stay.Count: > 0 } move
            && move.Go.Any(member => member.Relation == Relation.Head)
            && !move.Stay.Any(member => member.Person == form.Text("new_head"))).Reading("person", "members");

    public static readonly Rule MoversSince = new Rule(
        "D1-R53", "date", "迁移日期不能早于迁移人在现户口或现住地的登记日期。", Acts.Registration("第十七条"),
        (facts, form) => Movers(facts, form).Go.Any(member => form.Date < member.From || facts.ResidenceOf(member.Person) is { } home && form.Date < home.From))
        .Reading("person", "members", "date");

    public static readonly Rule CertificateSurrendered = new Rule(
        "D1-R54", "certificate", "迁入应缴销迁移证：证号与此人在途的迁移证不符，或者没有在途的迁移证。", Acts.Registration("第十三条"),
        (facts, form) => facts.Person(form.Person) is { State: PersonState.InTransit or PersonState.Unsettled }
            && facts.TransferOf(form.Person)?.Certificate != form.Text("certificate")).Reading("person", "certificate");

    public static readonly Rule ArrivesAfterIssue = new Rule(
        "D1-R55", "date", "迁入日期不能早于迁移证签发日期。", Acts.Registration("第十三条"),
        (facts, form) => facts.TransferOf(form.Person) is { } transfer && form.Date < transfer.Issued).Reading("person", "date");

    public static readonly Rule CertificateLapsed = new Rule(
        "D1-R59", "person", "迁移证仍在有效期内，或者已经缴销。", Acts.Registration("第十三条"),
        (facts, form) => facts.TransferOf(form.Person) is not { State: TransferState.Open } transfer
            || transfer.StateOn(form.Date) != TransferState.Expired).Reading("date", "person");

    public static readonly Rule NameIsNew = new Rule(
        "D1-R60", "name", "新姓名与现姓名相同。", Acts.Registration("第十八条"),
        (facts, form) => facts.Person(form.Person)?.Name == form.Text("name")).Reading("person", "name");

    public static readonly Rule NameDeclaredByEntitled = new Rule(
        "D1-R61", "declared_by", "十八周岁以上的人变更姓名，由本人申请。", Acts.Registration("第十八条"),
        (facts, form) => facts.Person(form.Person) is { } person && form.Date >= person.BirthDate.AddYears(18)
            && form.Text("declared_by") != "self").Reading("person", "declared_by", "date");

    public static readonly Rule MinorByParents = new Rule(
        "D1-R62", "declared_by", "未满十八周岁的人变更姓名，由父母或者收养人申请；年满八周岁的应当尊重本人意愿，由父母一并申请。",
        Acts.Registration("第十八条"),
        (facts, form) => facts.Person(form.Person) is { } person && form.Date < person.BirthDate.AddYears(18)
            && form.Text("declared_by") is not ("parent" or "adopter")).Reading("person", "declared_by", "date");

    public static readonly Rule SplitStaysWithin = new Rule(
        "D1-R63", "members", "分出的人应都登记在原户。", Acts.Registration("第十九条"),
        (facts, form) => form.Many("members").Any(member => facts.MembershipOf(member)?.Household != facts.MembershipOf(form.Person)?.Household))
        .Reading("person", "members");

    public static readonly Rule SplitLeavesHead = new(
        "D1-R64", "person", "原户的户主不能分出；请先变更户主。", Acts.Registration("第五条"),
        (facts, form) => form.Many("members").Append(form.Person).Any(member => facts.MembershipOf(member) is { Relation: Relation.Head }))
    { Reads = ["person", "members"] };

    public static readonly Rule MergeOfTwo = new Rule(
        "D1-R65", "household", "并户应是两个不同的户。", Acts.Registration("第十九条"),
        (facts, form) => facts.MembershipOf(form.Person)?.Household == form.Text("household")).Reading("person", "household");

    public static readonly Rule MergeAtOnePlace = new Rule(
        "D1-R66", "household", "同主管人共同居住一处的立为一户：两户不在同一村（社区），请先迁移。", Acts.Registration("第五条"),
        (facts, form) => facts.MembershipOf(form.Person) is { } spell && facts.Households.Find(form.Text("household")) is { } into
            && spell.Village != into.Village).Reading("person", "household");

    public static readonly Rule NewHeadIsMember = new Rule(
        "D1-R67", "new_head", "新户主应是本户成员。", Acts.Registration("第五条"),
        (facts, form) => facts.MembershipOf(form.Person) is { } spell
            && facts.MembershipOf(form.Text("new_head"))?.Household != spell.Household).Reading("person", "new_head");

    public static readonly Rule NewHeadIsNew = new Rule(
        "D1-R68", "new_head", "此人已经是户主。", Acts.Registration("第五条"),
        (facts, form) => facts.MembershipOf(form.Text("new_head")) is { Relation: Relation.Head }).Reading("new_head");

    public static readonly Rule HeadIsGrown = new Rule(
        "D1-R69", "new_head", "户内有成年人时，户主应由成年人担任。", Acts.Registration("第五条"),
        (facts, form) => facts.Person(form.Text("new_head")) is { } head && form.Date < head.BirthDate.AddYears(18)
            && facts.MembershipOf(head.Key) is { } spell && facts.MembersOf(spell.Household)
                .Where(member => member.Person != form.Person)
                .Any(member => facts.Person(member.Person) is { } other && form.Date >= other.BirthDate.AddYears(18))).Reading("new_head", "person", "date");

    /// <summary>Who goes and who stays. Without a list of members the whole household goes.</summary>
    public static (IReadOnlyList<Membership> Go, IReadOnlyList<Membership> Stay) Movers(Facts facts, EventForm form)
    {
        if (facts.MembershipOf(form.Person) is not { } spell)
        {
            return ([], []);
        }

        var members = facts.MembersOf(spell.Household);
        var named = form.Many("members");
        var go = members.Where(member => named.Count == 0 || member.Person == form.Person || named.Contains(member.Person)).ToList();
        return (go, [.. members.Except(go)]);
    }
}
