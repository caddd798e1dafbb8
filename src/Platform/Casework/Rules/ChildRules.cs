namespace Shali.Platform.Casework;

/// <summary>When a case that another one opens may begin, and when nothing more of them is to be expected.</summary>
public static class ChildRules
{
    /// <summary>It is not there yet, it concerns this case, and all that it waits for ended well.</summary>
    public static bool MayBegin(CaseFacts facts, ChildCase child, IReadOnlyDictionary<string, string> answers) =>
        Concerns(child, answers)
        && facts.Children.All(known => known.Code != child.Code)
        && child.After.All(before => Settled(facts, before, answers));

    /// <summary>Those that begin because another one has ended: they wait for one that is there.</summary>
    public static IReadOnlyList<ChildCase> Next(CaseFacts facts, IReadOnlyDictionary<string, string> answers) =>
    [
        .. facts.Type.Children.Where(child => child.After.Any(before => facts.Children.Any(known => known.Code == before))
            && MayBegin(facts, child, answers)),
    ];

    /// <summary>All that were opened have ended or are settled, and none can begin any more.</summary>
    public static bool Done(CaseFacts facts, IReadOnlyDictionary<string, string> answers) =>
        facts.Children.Count > 0 && facts.Children.All(child => child.Over) && Next(facts, answers).Count == 0;

    /// <summary>All that were opened are decided, and none that waits for them can begin any more.</summary>
    public static bool Decided(CaseFacts facts, IReadOnlyDictionary<string, string> answers) =>
        facts.Children.Count > 0 && facts.Children.All(child => child.Over || child.Decided)
        && facts.Type.Children.All(child => !Concerns(child, answers) || facts.Children.Any(known => known.Code == child.Code) || IsBarred(facts, child, answers));

    /// <summary>It concerns this case and can never begin: something that it waits for did not end well.</summary>
    public static bool IsBarred(CaseFacts facts, ChildCase child, IReadOnlyDictionary<string, string> answers) => Bar(facts, child, answers) is not null;

    /// <summary>The child that ended badly and keeps another one from ever beginning; null: nothing does.</summary>
    public static ChildState? Bar(CaseFacts facts, ChildCase child, IReadOnlyDictionary<string, string> answers)
    {
        if (!Concerns(child, answers) || facts.Children.Any(known => known.Code == child.Code))
        {
            return null;
        }

        foreach (var before in child.After)
        {
            var opened = facts.Children.FirstOrDefault(known => known.Code == before);
            var bar = opened is { Ended: true, Good: false } ? opened
                : opened is null && facts.Type.Children.FirstOrDefault(other => other.Code == before) is { } other ? Bar(facts, other, answers)
                : null;
            if (bar is not null)
            {
                return bar;
            }
        }

        return null;
    }

    /// <summary>How those came out that concern this case; what could not begin did not come about.</summary>
    public static ChildrenOutcome Outcome(CaseFacts facts, IReadOnlyDictionary<string, string> answers)
    {
        var good = facts.Type.Children.Where(child => Concerns(child, answers))
            .Select(child => facts.Children.Any(known => known.Code == child.Code && known.Good)).ToList();
        return good.TrueForAll(each => each) ? ChildrenOutcome.AllGood : good.Contains(true) ? ChildrenOutcome.SomeGood : ChildrenOutcome.NoneGood;
    }

    /// <summary>It belongs to what this applicant has asked for.</summary>
    public static bool Concerns(ChildCase child, IReadOnlyDictionary<string, string> answers) => child.When?.Holds(answers) ?? true;

    // What does not concern this case keeps nothing waiting.
    private static bool Settled(CaseFacts facts, string code, IReadOnlyDictionary<string, string> answers) =>
        facts.Children.FirstOrDefault(known => known.Code == code) is { } opened
            ? opened is { Over: true, Good: true }
            : facts.Type.Children.FirstOrDefault(child => child.Code == code) is { } child && !Concerns(child, answers);
}
