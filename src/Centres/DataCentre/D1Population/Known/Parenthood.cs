namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Whether somebody is a child's parent, as far as the register proves it: pure. An entry of birth, recognition or adoption
/// names him; or the child is registered as the child of the head of his household, who is he or whose spouse he was when
/// the child came. An adoption ends what was before (民法典 art. 1111). A step-child has no entry and is not proved.
/// </summary>
public static class Parenthood
{
    /// <summary>The entries that make somebody a parent.</summary>
    public static readonly IReadOnlyList<string> Kinds = [EventKind.Birth, EventKind.Adoption, EventKind.Acknowledgment];

    private static readonly string[] Named = ["mother", "father", "adopter", "claimant"];

    public static bool Holds(string parent, FamilyFacts family)
    {
        var entries = family.Entries.Where(entry => entry.Person == family.Child.Key && entry.State != EventState.Corrected && Kinds.Contains(entry.Kind))
            .OrderBy(entry => entry.Date).ToList();
        var adoption = entries.FindLast(entry => entry.Kind == EventKind.Adoption);
        var named = entries.Where(entry => adoption is null || entry == adoption || entry.Date > adoption.Date).SelectMany(Parents).ToHashSet(StringComparer.Ordinal);
        if (named.Contains(parent))
        {
            return true;
        }

        var own = family.Household.FirstOrDefault(spell => spell.Person == family.Child.Key && spell.To is null);
        var head = family.Household.FirstOrDefault(spell => spell.To is null && spell.Household == own?.Household && Relations.IsHead(spell.Relation))?.Person;
        var isHeads = head is not null && own is not null && Relations.IsOwnChild(own.Relation) && (adoption is null || named.Contains(head));
        return isHeads && (head == parent || family.Marriages.Any(marriage =>
            marriage.To is null && marriage.From <= (adoption?.Date ?? family.Child.BirthDate)
            && ((marriage.A == head && marriage.B == parent) || (marriage.B == head && marriage.A == parent))));
    }

    private static IEnumerable<string> Parents(LifeEvent entry)
    {
        var details = EventForm.Read(entry);
        return Named.Select(details.Text).Append(entry.Other).OfType<string>();
    }
}

/// <summary>What is read of a family to know whose a child is.</summary>
/// <param name="Household">Open spells of the child's household.</param>
/// <param name="Marriages">Open ones of whoever wants to act.</param>
public sealed record FamilyFacts(
    Person Child, IReadOnlyList<LifeEvent> Entries, IReadOnlyList<Membership> Household, IReadOnlyList<Marriage> Marriages);
