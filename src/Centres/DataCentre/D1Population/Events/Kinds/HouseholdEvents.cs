namespace Shali.Centres.DataCentre.D1Population;

/// <summary>分户: some members of a household found one of their own at the same address (户口登记条例 art. 19).</summary>
public sealed class HouseholdSplitEvent : EventType
{
    public override string Kind => EventKind.HouseholdSplit;

    public override string Lead => Text.SplitLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person with { Label = "新户的户主" }, Ask.Date with { Label = "分户日期" }, Ask.Members with { Label = "随同分出的成员" },
        new Question("address", "新户地址", AnswerKind.Text).Optional(Text.SameAddressHint));

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.Registered, HouseholdRules.SplitStaysWithin, HouseholdRules.SplitLeavesHead, HouseholdRules.MoversSince);

    public override string Apply(Facts facts, EventForm form)
    {
        var members = facts.MembersOf(facts.MembershipOf(form.Person)!.Household)
            .Where(member => member.Person == form.Person || form.Many("members").Contains(member.Person)).ToList();
        var head = members.First(member => member.Person == form.Person);
        var old = facts.Households.Find(head.Household)!;
        var household = new Household
        {
            Key = facts.NewKey(),
            Kind = HouseholdKind.Family,
            Village = old.Village,
            Address = form.Text("address") ?? old.Address,
            Established = form.Date,
        };
        facts.Households.Set(household);
        foreach (var member in members.OrderBy(member => member.Person != form.Person))
        {
            var relation = member == head ? Relation.Head : Relations.After(head.Relation, member.Relation, facts.Person(member.Person)!.Sex);
            facts.Leave(member.Person, form.Date, Kind);
            facts.Join(member.Person, facts.Households.Find(household.Key)!, relation, form.Date, Kind);
        }

        return form.Person!;
    }
}

/// <summary>并户: all members of one household join another of the same village (户口登记条例 art. 19).</summary>
public sealed class HouseholdMergeEvent : EventType
{
    public override string Kind => EventKind.HouseholdMerge;

    public override string Lead => Text.MergeLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person with { Label = "并入的户的成员" }, Ask.Household with { Label = "并到的户" }, Ask.Date with { Label = "并户日期" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.Registered, HouseholdRules.MergeOfTwo, HouseholdRules.MergeAtOnePlace, EntryRules.HouseholdOpen,
        EntryRules.NotBeforeHousehold, HouseholdRules.MoversSince);

    public override string Apply(Facts facts, EventForm form)
    {
        var members = facts.MembersOf(facts.MembershipOf(form.Person)!.Household);
        var into = form.Text("household")!;
        foreach (var member in members.OrderBy(member => member.Relation == Relation.Head))
        {
            facts.Leave(member.Person, form.Date, Kind);
            facts.Join(member.Person, facts.Households.Find(into)!, Relation.OtherKin, form.Date, Kind);
        }

        return form.Person!;
    }
}

/// <summary>变更户主 (户口登记条例 art. 5).</summary>
public sealed class HeadChangeEvent : EventType
{
    public override string Kind => EventKind.HeadChange;

    public override string Lead => Text.HeadChangeLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person with { Label = "户内成员" }, new Question("new_head", "新户主", AnswerKind.Person), Ask.Date with { Label = "变更日期" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.Registered, HouseholdRules.NewHeadIsMember, HouseholdRules.NewHeadIsNew, HouseholdRules.HeadIsGrown);

    public override string? Other(EventForm form) => form.Text("new_head");

    public override string Apply(Facts facts, EventForm form)
    {
        facts.Lead(facts.Households.Find(facts.MembershipOf(form.Person)!.Household)!, form.Text("new_head"));
        return form.Person!;
    }
}
