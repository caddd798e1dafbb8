namespace Shali.Centres.DataCentre.D1Population;

/// <summary>What members of a household are to their head, when the head changes (GB/T 4761, two digits).</summary>
public static class Relations
{
    /// <summary>
    /// What a member is to the new head, from what both were to the old one. Where that does not follow, it is
    /// "other": a clerk puts it right, nobody guesses.
    /// </summary>
    /// <param name="newHead">What the new head was to the old one.</param>
    /// <param name="member">What the member was to the old head.</param>
    /// <param name="sex">The member's sex.</param>
    public static string After(string newHead, string member, string sex) => (Group(newHead), Group(member)) switch
    {
        (Relation.Spouse, Relation.Head) => Relation.Spouse,
        (Relation.Spouse, Relation.Son or Relation.Daughter or Relation.Grandchild) => Blood(member),
        (Relation.Son or Relation.Daughter, Relation.Head or Relation.Spouse) => Relation.Parent,
        (Relation.Son or Relation.Daughter, Relation.Son or Relation.Daughter) => Relation.Sibling,
        (Relation.Son or Relation.Daughter, Relation.Parent) => Relation.Grandparent,
        (Relation.Parent, Relation.Head or Relation.Sibling) => Child(sex),
        (Relation.Parent, Relation.Parent) => Relation.Spouse,
        (Relation.Parent, Relation.Son or Relation.Daughter) => Relation.Grandchild,
        (Relation.Sibling, Relation.Head or Relation.Sibling) => Relation.Sibling,
        (Relation.Sibling, Relation.Parent) => Relation.Parent,
        (Relation.Grandchild, Relation.Head or Relation.Spouse) => Relation.Grandparent,
        (Relation.Grandparent, Relation.Head or Relation.Sibling) => Relation.Grandchild,
        _ => Relation.OtherKin,
    };

    /// <summary>The group of a code: 22 eldest son is a son. In-laws and step relations follow nobody else's.</summary>
    private static string Group(string code) => code is [var group, _]
        ? code is "28" or "38" or "45" or "46" or "53" or "54" or "55" or "56" ? Relation.OtherKin
            : code == Relation.Head || group is '0' ? Relation.Head
            : $"{group}0"
        : Relation.OtherKin;

    /// <summary>A child of the head himself: not the wife or husband of one, and not a step-child, whom the same code names as an adopted one.</summary>
    public static bool IsOwnChild(string code) => code is ['2' or '3', not ('7' or '8')];

    public static bool IsHead(string code) => Group(code) == Relation.Head || code.StartsWith('0');

    private static string Blood(string code) => code is "27" or "37" ? $"{code[0]}9" : code;

    private static string Child(string sex) => sex == Sex.Female ? Relation.Daughter : Relation.Son;
}
