namespace Shali.Centres.DataCentre.D1Population;

/// <summary>暂住登记: staying more than three days away from the place of registration (户口登记条例 art. 15).</summary>
public sealed class TemporaryRegistrationEvent : EventType
{
    public override string Kind => EventKind.TemporaryRegistration;

    public override string Lead => Text.TemporaryLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person.Optional(Text.ArrivalHint),
        new Question("name", "姓名", AnswerKind.Text).Optional(Text.OnlyArrivals),
        new Question("sex", "性别", AnswerKind.Choice) { Codes = "sex", Required = false, Hint = Text.OnlyArrivals },
        new Question("birth_date", "出生日期", AnswerKind.Date).Optional(Text.OnlyArrivals),
        Ask.Number.Optional(Text.OnlyArrivals),
        new Question("registered_address", "户籍地址", AnswerKind.Text).Optional(Text.OnlyArrivals),
        Ask.Date with { Label = "居住起始日期" }, Ask.Village, Ask.Address,
        new Question("ground", "居住事由", AnswerKind.Choice)
        {
            Codes = "residence-ground",
            Offered = [ResidenceGround.Work, ResidenceGround.Dwelling, ResidenceGround.Study, ResidenceGround.Family, ResidenceGround.Other],
        });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.NotBeforeResidence, ResidenceRules.AwayFromHome, ResidenceRules.NotThereAlready, ArrivalRules.WhoArrives,
        BirthAndDeathRules.NumberSaysSame, ArrivalRules.BornBefore);

    /// <summary>Within three days of the arrival.</summary>
    public override DateOnly? Deadline(Facts facts, EventForm form) => form.Date.AddDays(3);

    public override string Apply(Facts facts, EventForm form)
    {
        var person = form.Person ?? Arrivals.Enter(facts, form, PersonState.Normal);
        facts.Live(person, form.Text("village")!, form.Text("address"), form.Date, form.Text("ground")!);
        return person;
    }
}

/// <summary>离开登记: the stay ends; one registered elsewhere is no longer of this city (户口登记条例 art. 15).</summary>
public sealed class DepartureEvent : EventType
{
    public override string Kind => EventKind.Departure;

    public override string Lead => Text.DepartureLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, Ask.Date with { Label = "离开日期" }, new Question("destination", "去往地", AnswerKind.Text).Optional());

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(ResidenceRules.LivesHere, EntryRules.NotBeforeResidence);

    public override string Apply(Facts facts, EventForm form)
    {
        var person = form.Person!;
        facts.Depart(person, form.Date);
        if (facts.PermitOf(person) is { } permit)
        {
            facts.Permits.Set(permit with { State = PermitState.Ended });
        }

        if (facts.MembershipOf(person) is null && facts.Person(person)!.State == PersonState.Normal)
        {
            facts.Change(person, known => known with { State = PersonState.MovedOut });
        }

        return person;
    }
}

/// <summary>居住证申领 (居住证暂行条例 art. 2): half a year here, and work, a dwelling or schooling.</summary>
public sealed class ResidencePermitEvent : EventType
{
    public override string Kind => EventKind.ResidencePermit;

    public override string Lead => Text.PermitLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, Ask.Date with { Label = "签发日期" }, Ask.Certificate with { Label = "居住证编号" },
        new Question("ground", "申领条件", AnswerKind.Choice) { Codes = "permit-ground" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        ResidenceRules.FromAnotherCity, ResidenceRules.LivesHere, ResidenceRules.HalfAYear, ResidenceRules.NoPermitYet);

    public override string Apply(Facts facts, EventForm form)
    {
        facts.Permits.Set(new ResidencePermit
        {
            Key = facts.NewKey(),
            PermitNumber = form.Text("certificate")!,
            Person = form.Person!,
            Village = facts.ResidenceOf(form.Person)!.Village,
            Ground = form.Text("ground")!,
            Issued = form.Date,
            EndorsedUntil = form.Date.AddYears(1),
            State = PermitState.Valid,
        });
        return form.Person!;
    }
}
