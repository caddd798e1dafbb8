namespace Shali.Platform.Casework;

/// <summary>When a case that another one opens may begin, and when nothing more of them is to be expected.</summary>
internal static class ChildRules
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

    /// <summary>All that were opened have ended, and none can begin any more.</summary>
    public static bool Done(CaseFacts facts, IReadOnlyDictionary<string, string> answers) =>
        facts.Children.Count > 0 && facts.Children.All(child => child.Ended) && Next(facts, answers).Count == 0;

    // What does not concern this case keeps nothing waiting.
    private static bool Settled(CaseFacts facts, string code, IReadOnlyDictionary<string, string> answers) =>
        facts.Children.FirstOrDefault(known => known.Code == code) is { } opened
            ? opened is { Ended: true, Good: true }
            : facts.Type.Children.FirstOrDefault(child => child.Code == code) is { } child && !Concerns(child, answers);

    private static bool Concerns(ChildCase child, IReadOnlyDictionary<string, string> answers) => child.When?.Holds(answers) ?? true;
}
