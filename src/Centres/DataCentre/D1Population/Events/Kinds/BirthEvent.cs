namespace Shali.Centres.DataCentre.D1Population;

/// <summary>出生登记: a child is entered in the household of father or mother (户口登记条例 art. 7).</summary>
public sealed class BirthEvent : EventType
{
    public override string Kind => EventKind.Birth;

    public override string Lead => Text.BirthLead;

    public override bool NeedsKin => true;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        new Question("name", "新生儿姓名", AnswerKind.Text),
        new Question("sex", "性别", AnswerKind.Choice) { Codes = "sex" },
        Ask.Date with { Label = "出生日期" },
        new Question("mother", "母亲", AnswerKind.Person).Optional(),
        new Question("father", "父亲", AnswerKind.Person).Optional(),
        Ask.Household,
        Ask.Relation,
        new Question("nationality", "民族", AnswerKind.Choice) { Codes = "nationality", Required = false },
        new Question("birth_place", "出生地村（社区）代码", AnswerKind.Village).Optional(),
        Ask.Number.Optional(Text.NewNumberHint),
        Ask.Certificate with { Label = "出生医学证明编号" });

    public override IReadOnlyList<Rule> Rules { get; } =
    [
        EntryRules.NotInFuture, EntryRules.HouseholdOpen, EntryRules.OneHead,
        BirthAndDeathRules.MotherIsWoman, BirthAndDeathRules.MotherOfAge, BirthAndDeathRules.MotherAlive, BirthAndDeathRules.SiblingsApart,
        BirthAndDeathRules.FatherIsMan, BirthAndDeathRules.NumberSaysSame,
    ];

    /// <summary>Within a month of the birth.</summary>
    public override DateOnly? Deadline(Facts facts, EventForm form) => form.Date.AddMonths(1);

    public override string? Other(EventForm form) => form.Text("mother") ?? form.Text("father");

    public override string Apply(Facts facts, EventForm form)
    {
        var household = facts.Households.Find(form.Text("household"))!;
        var number = form.Text("citizen_number");
        var child = new Person
        {
            Key = facts.NewKey(),
            Name = form.Text("name")!,
            Sex = form.Text("sex")!,
            Nationality = form.Text("nationality"),
            BirthDate = form.Date,
            BirthPlace = form.Text("birth_place"),
            MaritalStatus = MaritalStatus.Unmarried,
            RegistrationKind = RegistrationKind.Family,
            State = PersonState.Normal,
            CitizenNumber = number,
        };
        facts.Persons.Set(child);
        if (number is not null)
        {
            facts.Numbers.Set(new Number
            {
                Key = facts.NewKey(),
                Person = child.Key,
                Value = number,
                From = form.Date,
                Reason = NumberReason.First,
                State = NumberState.Sound,
            });
        }

        // A household cannot have had the child before it was one itself.
        var since = form.Date < household.Established ? household.Established : form.Date;
        facts.Join(child.Key, household, form.Text("relation")!, since, Kind);
        facts.Live(child.Key, household.Village, household.Address, form.Date, ResidenceGround.Registered);
        return child.Key;
    }
}
