using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Makes one person of two records and takes it back. Nothing is thrown away: the record that gives way keeps its
/// values, its spells end, and its number stays in the history of the one that remains.
/// </summary>
public static class Merging
{
    public static Refusals Judge(Facts facts, string survivor, string other)
    {
        var (one, two) = (facts.Person(survivor), facts.Person(other));
        return Refusals.Of(
            one is null || two is null ? new Refusal("D1-D01", "decision", Text.NoSuchPerson("合并")) : null,
            one is { State: PersonState.Merged } || two is { State: PersonState.Merged }
                ? new Refusal("D1-D02", "decision", Text.AlreadyMerged) : null,
            one is not null && two is not null && one.CitizenNumber is { } mine && two.CitizenNumber is { } theirs && mine != theirs
                && CitizenNumbers.Fits(mine, one.BirthDate, one.Sex) && CitizenNumbers.Fits(theirs, two.BirthDate, two.Sex)
                ? new Refusal("D1-D03", "decision", Text.TwoSoundNumbers, Acts.IdentityCard("第三条")) : null,
            one is not null && two is not null && Likeness.BornTogether(one, two)
                ? new Refusal("D1-D04", "decision", Text.BornTogether) : null,
            facts.MembershipOf(other) is { Relation: Relation.Head } spell && facts.MembersOf(spell.Household).Count > 1
                && facts.MembershipOf(survivor)?.Household != spell.Household
                ? new Refusal("D1-D05", "decision", Text.HeadBeforeMerging, Acts.Registration("第五条")) : null);
    }

    /// <summary>The entry that the merger leaves on the record that gives way.</summary>
    public static EventForm Merge(Facts facts, string survivor, string other)
    {
        var loser = facts.Person(other)!;
        var day = facts.Today;
        var (spell, home) = (facts.MembershipOf(other), facts.ResidenceOf(other));
        var form = new EventForm(
            EventKind.Merger,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["person"] = other,
                ["survivor"] = survivor,
                ["state"] = loser.State,
                ["membership"] = spell?.Key ?? "",
                ["residence"] = home?.Key ?? "",
                ["number_state"] = loser.NumberState ?? "",
            });
        facts.Leave(other, Later(day, spell?.From), EventKind.Merger, survivor);
        facts.Depart(other, Later(day, home?.From));
        facts.Change(other, known => known with { State = PersonState.Merged });
        var number = loser.CitizenNumber ?? loser.RecordedNumber;
        if (number is not null && number != facts.Person(survivor)!.CitizenNumber)
        {
            facts.Numbers.Set(new Number
            {
                Key = facts.NewKey(),
                Person = survivor,
                Value = number,
                From = loser.BirthDate,
                To = Later(day, loser.BirthDate),
                Reason = NumberReason.Correction,
                State = NumberState.Double,
            });
        }

        return form;
    }

    /// <summary>Everything as it was before the merger, as far as nothing else has happened to it since.</summary>
    public static void Undo(Facts facts, string survivor, string other, EventForm merger)
    {
        if (facts.Memberships.Find(merger.Text("membership")) is { ClosedBy: EventKind.Merger } spell)
        {
            facts.Memberships.Set(spell with { To = null, ClosedBy = null });
        }

        if (facts.Residences.Find(merger.Text("residence")) is { } home)
        {
            facts.Residences.Set(home with { To = null });
        }

        facts.Reinstate(other, facts.Memberships.Find(merger.Text("membership")), facts.Residences.Find(merger.Text("residence")));
        facts.Change(other, known => known with
        {
            State = merger.Text("state") ?? PersonState.Normal,
            NumberState = merger.Text("number_state"),
        });
        var number = facts.Person(other)!.CitizenNumber ?? facts.Person(other)!.RecordedNumber;
        foreach (var taken in facts.Numbers.All.Where(spell => spell.Person == survivor && spell.Value == number && spell.State == NumberState.Double).ToList())
        {
            // The line stays, told to have been a mistake: the number was never this person's.
            facts.Numbers.Set(taken with { To = taken.From, State = NumberState.Contradiction });
        }
    }

    private static DateOnly Later(DateOnly day, DateOnly? other) => other > day ? other.Value : day;
}
