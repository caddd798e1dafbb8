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
            YearsFrom = form.Date,
            State = PermitState.Valid,
        });
        return form.Person!;
    }
}

/// <summary>
/// 居住证签注 (居住证暂行条例 art. 10): yearly, in the month before the year is full. Made up later it serves again, and
/// the years of living here count anew from that day.
/// </summary>
public sealed class PermitEndorsementEvent : EventType
{
    public override string Kind => EventKind.PermitEndorsement;

    public override string Lead => Text.EndorsementLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, Ask.Date with { Label = "签注日期" }, new Question("ground", "符合的条件", AnswerKind.Choice) { Codes = "permit-ground" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        ResidenceRules.HasPermit, ResidenceRules.FromAnotherCity, ResidenceRules.LivesHere, ResidenceRules.NotTooEarly);

    public override DateOnly? Deadline(Facts facts, EventForm form) => facts.PermitOf(form.Person)?.EndorsedUntil;

    public override string Apply(Facts facts, EventForm form)
    {
        var permit = facts.PermitOf(form.Person)!;
        var missed = permit.StateOn(form.Date) == PermitState.Suspended;
        var until = (missed ? form.Date : permit.EndorsedUntil).AddYears(1);
        var endorsed = permit with
        {
            Village = facts.ResidenceOf(form.Person)!.Village,
            Ground = form.Text("ground")!,
            EndorsedOn = form.Date,
            EndorsedUntil = until,
            YearsFrom = missed ? form.Date : permit.YearsFrom ?? permit.Issued,
            State = PermitState.Valid,
        };
        // Entered for a day so long ago that the next year has passed too: it is what it is today.
        facts.Permits.Set(endorsed with { State = endorsed.StateOn(facts.Today) });
        return form.Person!;
    }
}

/// <summary>居住证未签注中止: the year was full and nobody came (居住证暂行条例 art. 10).</summary>
public sealed class PermitLapseEvent : EventType
{
    public override string Kind => EventKind.PermitLapse;

    public override string Lead => Text.PermitLapseLead;

    public override bool ComesWithADay => true;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(Ask.Person, Ask.Date);

    public override IReadOnlyList<Rule> Rules { get; } = [EntryRules.NotInFuture, ResidenceRules.Lapsed];

    public override string Apply(Facts facts, EventForm form)
    {
        facts.Permits.Set(facts.PermitOf(form.Person)! with { State = PermitState.Suspended });
        return form.Person!;
    }
}
