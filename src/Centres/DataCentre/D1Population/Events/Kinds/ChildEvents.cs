namespace Shali.Centres.DataCentre.D1Population;

/// <summary>收养: the child goes to the household of those who adopt him (民法典 art. 1093 to 1105; 户口登记条例 art. 19).</summary>
public sealed class AdoptionEvent : EventType
{
    public override string Kind => EventKind.Adoption;

    public override string Lead => Text.AdoptionLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person with { Label = "被收养人" }, new Question("adopter", "收养人", AnswerKind.Person), Ask.Date with { Label = "收养登记日期" },
        Ask.Household, Ask.Relation, Ask.Certificate with { Label = "收养登记证编号" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.NotBeforeRegistration, EntryRules.NotBeforeResidence, EntryRules.HouseholdOpen, EntryRules.NotBeforeHousehold,
        EntryRules.OneHead, FamilyRules.AdopteeMinor, FamilyRules.AdopterOfAge, FamilyRules.FortyYearsApart, FamilyRules.AdoptedByAnother);

    public override string? Other(EventForm form) => form.Text("adopter");

    public override string Apply(Facts facts, EventForm form) => Transplant(facts, form, Kind);

    internal static string Transplant(Facts facts, EventForm form, string kind)
    {
        var (person, household) = (form.Person!, facts.Households.Find(form.Text("household"))!);
        if (facts.MembershipOf(person)?.Household != household.Key)
        {
            facts.Leave(person, form.Date, kind);
            facts.Join(person, facts.Households.Find(household.Key)!, form.Text("relation")!, form.Date, kind);
            facts.Live(person, household.Village, household.Address, form.Date, ResidenceGround.Registered);
        }

        return person;
    }
}

/// <summary>认领: a child is recognised and goes to the household of the one who recognises him (户口登记条例 art. 19).</summary>
public sealed class AcknowledgmentEvent : EventType
{
    public override string Kind => EventKind.Acknowledgment;

    public override string Lead => Text.AcknowledgmentLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person with { Label = "被认领人" }, new Question("claimant", "认领人", AnswerKind.Person), Ask.Date with { Label = "认领日期" },
        Ask.Household, Ask.Relation, Ask.Certificate with { Label = "亲子鉴定或其他证明编号" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.NotBeforeRegistration, EntryRules.NotBeforeResidence, EntryRules.HouseholdOpen, EntryRules.NotBeforeHousehold, EntryRules.OneHead);

    public override string? Other(EventForm form) => form.Text("claimant");

    public override string Apply(Facts facts, EventForm form) => AdoptionEvent.Transplant(facts, form, Kind);
}
