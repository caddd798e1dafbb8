using Shali.Platform.Systems;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Every rule of the register once, in the order of its code.</summary>
internal static class RuleIndex
{
    public static IReadOnlyList<RuleEntry> All { get; } =
    [
        .. EventTypes.All.Concat(EventTypes.OfADay).SelectMany(type => type.Rules).DistinctBy(rule => rule.Code)
            .OrderBy(rule => rule.Code, StringComparer.Ordinal)
            .Select(rule => new RuleEntry(rule.Code, rule.Sentence, rule.Basis)),
    ];
}
