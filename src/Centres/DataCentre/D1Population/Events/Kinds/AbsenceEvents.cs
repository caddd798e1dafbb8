namespace Shali.Centres.DataCentre.D1Population;

/// <summary>应征入伍注销: conscripts are struck off without a transfer certificate (户口登记条例 art. 11).</summary>
public sealed class EnlistmentEvent : EventType
{
    public override string Kind => EventKind.Enlistment;

    public override string Lead => Text.EnlistmentLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, Ask.Date with { Label = "入伍日期" }, Ask.Certificate with { Label = "应征公民入伍通知书编号" }, Ask.NewHead);

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(
        EntryRules.Registered, EntryRules.NotBeforeRegistration, EntryRules.NotBeforeResidence, EntryRules.HeadHandsOver);

    public override string Apply(Facts facts, EventForm form)
    {
        facts.Leave(form.Person!, form.Date, Kind, form.Text("new_head"));
        facts.Depart(form.Person!, form.Date);
        facts.Change(form.Person!, known => known with { State = PersonState.Cancelled });
        return form.Person!;
    }
}

/// <summary>失踪: the person stays registered, and is known to be missing (户口登记条例 art. 19).</summary>
public sealed class MissingEvent : EventType
{
    public override string Kind => EventKind.Missing;

    public override string Lead => Text.MissingLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, Ask.Date with { Label = "失踪日期" }, Ask.Certificate with { Label = "报案或判决文书编号" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(BirthAndDeathRules.NotMissing);

    public override string Apply(Facts facts, EventForm form)
    {
        facts.Change(form.Person!, known => known with { MissingSince = form.Date });
        return form.Person!;
    }
}

/// <summary>寻回 (户口登记条例 art. 19).</summary>
public sealed class FoundEvent : EventType
{
    public override string Kind => EventKind.Found;

    public override string Lead => Text.FoundLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(Ask.Person, Ask.Date with { Label = "寻回日期" });

    public override IReadOnlyList<Rule> Rules { get; } = EntryRules.With(BirthAndDeathRules.IsMissing, BirthAndDeathRules.FoundAfterMissing);

    public override string Apply(Facts facts, EventForm form)
    {
        facts.Change(form.Person!, known => known with { MissingSince = null });
        return form.Person!;
    }
}
