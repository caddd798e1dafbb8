namespace Shali.Government.Governance.Disclosure;

/// <summary>What the automatic check looks for.</summary>
public enum FindingKind
{
    CitizenNumber,
    OldCitizenNumber,
    MobilePhone,
    BankCard,
    Address,
    SecrecyMark,
    SecrecyWord,
    InternalMark,
}

/// <summary>One thing that was found, with where it stands and a masked piece of its surroundings.</summary>
/// <param name="Place">标题, 正文, or the name of a file with the part of it.</param>
/// <param name="Line">Line in that place, from 1.</param>
/// <param name="Excerpt">What stands around it; everything found there is masked.</param>
public sealed record Finding(FindingKind Kind, string Place, int Line, string Excerpt)
{
    /// <summary>It cannot be published with this; a warning needs a person's word.</summary>
    public bool Blocks => Kind is FindingKind.CitizenNumber or FindingKind.MobilePhone or FindingKind.BankCard or FindingKind.SecrecyMark;

    /// <summary>It concerns secrecy, not personal information.</summary>
    public bool Secret => Kind is FindingKind.SecrecyMark or FindingKind.SecrecyWord or FindingKind.InternalMark;
}

/// <summary>A file, or a part of one, that no program here can read: a person has to look at it.</summary>
public sealed record Unread(string Name, string Why);

/// <summary>All that the check found in one draft and its files.</summary>
public sealed record CheckReport(IReadOnlyList<Finding> Findings, IReadOnlyList<Unread> Unread)
{
    public IEnumerable<Finding> Blocking => Findings.Where(finding => finding.Blocks);

    public IEnumerable<Finding> Warnings => Findings.Where(finding => !finding.Blocks);

    /// <summary>Somebody has to say in his own words that he looked at what the program cannot judge.</summary>
    public bool NeedsWord => Unread.Count > 0 || Warnings.Any();
}
