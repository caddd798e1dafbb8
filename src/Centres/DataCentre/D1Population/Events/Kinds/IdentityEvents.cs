namespace Shali.Centres.DataCentre.D1Population;

/// <summary>姓名变更 (户口登记条例 art. 18).</summary>
public sealed class NameChangeEvent : EventType
{
    public override string Kind => EventKind.NameChange;

    public override string Lead => Text.NameChangeLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, new Question("name", "新姓名", AnswerKind.Text), Ask.Date with { Label = "变更日期" },
        new Question("declared_by", "申请人", AnswerKind.Choice) { Codes = "declarant" },
        new Question("reason", "变更理由", AnswerKind.Text));

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        HouseholdRules.NameIsNew, HouseholdRules.NameDeclaredByEntitled, HouseholdRules.MinorByParents);

    public override string Apply(Facts facts, EventForm form)
    {
        facts.Change(form.Person!, known => known with { FormerName = known.Name, Name = form.Text("name")! });
        return form.Person!;
    }
}

/// <summary>公民身份号码更正: the old number stays in the history and still leads to the person (居民身份证法 art. 3).</summary>
public sealed class NumberCorrectionEvent : EventType
{
    public override string Kind => EventKind.NumberCorrection;

    public override string Lead => Text.NumberCorrectionLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, Ask.Number with { Label = "更正后的公民身份号码" }, Ask.Date with { Label = "启用日期" },
        new Question("reason", "更正原因", AnswerKind.Text));

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(NumberRules.Different, NumberRules.Fits, NumberRules.AfterLast, CorrectionRules.Evidence);

    public override string Apply(Facts facts, EventForm form)
    {
        facts.Renumber(form.Person!, form.Text("citizen_number")!, form.Date, NumberReason.Correction);
        return form.Person!;
    }
}

/// <summary>What a corrected number must be (GB 11643).</summary>
internal static class NumberRules
{
    public static readonly Rule Different = new Rule(
        "D1-R88", "citizen_number", "更正后的号码与现登记相同。", Acts.IdentityCard("第三条"),
        (facts, form) => facts.Person(form.Person) is { CitizenNumber: { } number } && number == form.Text("citizen_number"))
        .Reading("person", "citizen_number");

    public static readonly Rule Fits = new Rule(
        "D1-R89", "citizen_number", "更正后的号码与此人的出生日期或性别不符，或者校验位不对。", Acts.IdentityCard("第三条"),
        (facts, form) => facts.Person(form.Person) is { } person && form.Text("citizen_number") is { } number
            && !CitizenNumbers.Fits(number, person.BirthDate, person.Sex)).Reading("person", "citizen_number");

    public static readonly Rule AfterLast = new Rule(
        "D1-R90", "date", "启用日期不能早于现号码的启用日期。", Acts.IdentityCard("第三条"),
        (facts, form) => facts.Numbers.All.Any(number => number.Person == form.Person && number.To is null && form.Date < number.From))
        .Reading("person", "date");
}
