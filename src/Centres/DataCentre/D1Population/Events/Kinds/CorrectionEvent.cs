namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// 更正: what was entered wrongly is put right on evidence. The wrong entry stays, marked, and this entry names it
/// (户口登记条例 art. 17). Taking back a death restores what it ended.
/// </summary>
public sealed class CorrectionEvent : EventType
{
    public override string Kind => EventKind.Correction;

    public override string Lead => Text.CorrectionLead;

    public override IReadOnlyList<Question> Questions { get; } = Ask.Of(
        Ask.Person, Ask.Date with { Label = "更正日期" },
        new Question("field", "更正的信息项", AnswerKind.Choice) { Codes = "correctable-field" },
        new Question("value", "更正后的值", AnswerKind.Text).Optional(Text.CorrectValueHint),
        new Question("corrects", "更正的登记事项", AnswerKind.Event).Optional(Text.CorrectsHint));

    // Not EntryRules.Alive: a correction is the one thing that a death does not end.
    public override IReadOnlyList<Rule> Rules { get; } =
    [
        EntryRules.NotMerged, EntryRules.NotInFuture, CorrectionRules.Evidence, CorrectionRules.KnownField, CorrectionRules.Different,
        CorrectionRules.Sensible, CorrectionRules.LifeInOrder, CorrectionRules.SpellsAfterBirth, CorrectionRules.EventOfPerson,
        CorrectionRules.DeathIsEntered,
    ];

    public override string Apply(Facts facts, EventForm form)
    {
        var key = form.Person!;
        var before = facts.Person(key)!;
        if (form.Text("field") == "death_date")
        {
            CorrectDeath(facts, before, form.Day("value"));
        }
        else
        {
            facts.Change(key, known => CorrectionRules.After(known, form)!);
        }

        if (form.Text("field") == "birth_date")
        {
            CorrectBirth(facts, before, form.Day("value")!.Value);
        }

        if (facts.Events.Find(form.Text("corrects")) is { } entry)
        {
            facts.Events.Set(entry with { State = EventState.Corrected });
        }

        return key;
    }

    /// <summary>The wrong value as the entry keeps it: added to the answers before they are stored.</summary>
    internal static EventForm WithOldValue(Facts facts, EventForm form) =>
        form.Kind == EventKind.Correction && facts.Person(form.Person) is { } person
            ? form.With("old_value", CorrectionRules.Value(person, form.Text("field")))
            : form;

    /// <summary>Spells that began with the birth begin with the right one.</summary>
    private static void CorrectBirth(Facts facts, Person person, DateOnly birth)
    {
        foreach (var spell in facts.Memberships.All.Where(spell => spell.Person == person.Key && spell.From == person.BirthDate).ToList())
        {
            facts.Memberships.Set(spell with { From = birth });
        }

        foreach (var spell in facts.Residences.All.Where(spell => spell.Person == person.Key && spell.From == person.BirthDate).ToList())
        {
            facts.Residences.Set(spell with { From = birth });
        }
    }

    /// <summary>Another day of death moves what ended with it; no death at all opens it again.</summary>
    private static void CorrectDeath(Facts facts, Person person, DateOnly? died)
    {
        var wrong = person.DeathDate!.Value;
        var spell = facts.Memberships.All.FirstOrDefault(ended => ended.Person == person.Key && ended.To == wrong && ended.ClosedBy == EventKind.Death);
        var home = facts.Residences.All.FirstOrDefault(ended => ended.Person == person.Key && ended.To == wrong);
        facts.Persons.Set(person with { DeathDate = died });
        if (spell is not null)
        {
            facts.Memberships.Set(spell with { To = died is { } day ? Later(day, spell.From) : null, ClosedBy = died is null ? null : spell.ClosedBy });
        }

        if (home is not null)
        {
            facts.Residences.Set(home with { To = died is { } day ? Later(day, home.From) : null });
        }

        if (died is null)
        {
            Restore(facts, person.Key, spell, home);
        }
    }

    private static void Restore(Facts facts, string person, Membership? spell, Residence? home)
    {
        facts.Reinstate(person, spell, home);
        foreach (var marriage in facts.Marriages.All.Where(ended => (ended.A == person || ended.B == person) && ended.End == "death").ToList())
        {
            var other = marriage.A == person ? marriage.B : marriage.A;
            if (facts.MarriageOf(other) is null && facts.Person(other) is { DeathDate: null })
            {
                facts.Marriages.Set(marriage with { To = null, End = null });
                facts.Change(other, known => known with { MaritalStatus = MaritalStatus.Married });
            }
        }
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
