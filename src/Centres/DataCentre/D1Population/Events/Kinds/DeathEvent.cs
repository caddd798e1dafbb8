namespace Shali.Centres.DataCentre.D1Population;

/// <summary>死亡登记: the registration ends; marriage and permits end with it (户口登记条例 art. 8).</summary>
public sealed class DeathEvent : EventType
{
    public override string Kind => EventKind.Death;

    public override string Lead => Text.DeathLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, Ask.Date with { Label = "死亡日期" }, Ask.Certificate with { Label = "死亡医学证明编号" },
        new Question("cause", "死亡原因", AnswerKind.Text).Optional(), Ask.NewHead);

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.NotBeforeRegistration, EntryRules.NotBeforeResidence, EntryRules.HeadHandsOver);

    /// <summary>Before burial in cities, within a month in villages: the longer of the two is not late.</summary>
    public override DateOnly? Deadline(Facts facts, EventForm form) => form.Date.AddMonths(1);

    public override string Apply(Facts facts, EventForm form)
    {
        var person = form.Person!;
        facts.Leave(person, form.Date, Kind, form.Text("new_head"));
        facts.Depart(person, form.Date);
        if (facts.MarriageOf(person) is { } marriage)
        {
            facts.EndMarriage(marriage, form.Date < marriage.From ? marriage.From : form.Date, "death", MaritalStatus.Widowed,
                marriage.A == person ? marriage.B : marriage.A);
        }

        if (facts.TransferOf(person) is { } transfer)
        {
            facts.Transfers.Set(transfer with { State = TransferState.Surrendered, Surrendered = form.Date });
        }

        if (facts.PermitOf(person) is { } permit)
        {
            facts.Permits.Set(permit with { State = PermitState.Ended });
        }

        facts.Change(person, known => known with { State = PersonState.Dead, DeathDate = form.Date });
        return person;
    }
}
