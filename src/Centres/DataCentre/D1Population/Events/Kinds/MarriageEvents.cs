namespace Shali.Centres.DataCentre.D1Population;

/// <summary>结婚: civil affairs' entry (民法典 art. 1046 to 1049).</summary>
public sealed class MarriageEvent : EventType
{
    public override string Kind => EventKind.Marriage;

    public override string Lead => Text.MarriageLead;

    public override string Permission => PopulationSystem.RegisterMarriages;

    public override bool NeedsKin => true;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, new Question("spouse", "另一方", AnswerKind.Person), Ask.Date with { Label = "登记日期" },
        Ask.Certificate with { Label = "结婚证字号" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        FamilyRules.TwoPersons, FamilyRules.ManAndWoman, FamilyRules.OfAge, FamilyRules.NotMarried, FamilyRules.NotKin, FamilyRules.SpouseAlive);

    public override string? Other(EventForm form) => form.Text("spouse");

    public override string Apply(Facts facts, EventForm form)
    {
        var (one, other) = (form.Person!, form.Text("spouse")!);
        var again = facts.Marriages.All.Any(before => before.To is not null && Are(before, one, other));
        foreach (var person in new[] { one, other })
        {
            var before = facts.Marriages.All.Any(marriage => marriage.A == person || marriage.B == person)
                || facts.Person(person)!.MaritalStatus is MaritalStatus.Widowed or MaritalStatus.Divorced;
            facts.Change(person, known => known with
            {
                MaritalStatus = again ? MaritalStatus.Restored : before ? MaritalStatus.Remarried : MaritalStatus.FirstMarriage,
            });
        }

        facts.Marriages.Set(new Marriage
        {
            Key = facts.NewKey(),
            A = one,
            B = other,
            From = form.Date,
            Certificate = form.Text("certificate"),
        });
        return one;
    }

    private static bool Are(Marriage marriage, string one, string other) =>
        (marriage.A == one && marriage.B == other) || (marriage.A == other && marriage.B == one);
}

/// <summary>离婚 (民法典 art. 1076 to 1080).</summary>
public sealed class DivorceEvent : EventType
{
    public override string Kind => EventKind.Divorce;

    public override string Lead => Text.DivorceLead;

    public override string Permission => PopulationSystem.RegisterMarriages;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, new Question("spouse", "另一方", AnswerKind.Person), Ask.Date with { Label = "登记或判决生效日期" },
        new Question("applied_on", "协议离婚的申请日期", AnswerKind.Date).Optional(Text.AppliedOnHint),
        Ask.Certificate with { Label = "离婚证或文书字号" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        FamilyRules.MarriedToEachOther, FamilyRules.NotBeforeMarriage, FamilyRules.CoolingOff);

    public override string? Other(EventForm form) => form.Text("spouse");

    public override string Apply(Facts facts, EventForm form)
    {
        facts.EndMarriage(facts.MarriageOf(form.Person)!, form.Date, "divorce", MaritalStatus.Divorced, form.Person!, form.Text("spouse")!);
        return form.Person!;
    }
}
