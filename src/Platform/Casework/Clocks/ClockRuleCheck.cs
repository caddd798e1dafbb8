using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

/// <summary>Whether the clocks of a case type can be, before the type is published.</summary>
public static class ClockRuleCheck
{
    public static Refusals Judge(IReadOnlyList<ClockRule> rules) => new([.. rules.SelectMany(rule => Of(rule, rules)).Concat(Twice(rules))]);

    private static IEnumerable<Refusal> Of(ClockRule rule, IReadOnlyList<ClockRule> rules)
    {
        if (rule.Length is < 1 or > ClockRule.LengthMax)
        {
            yield return new("CLK-R20", rule.Code, Text.LengthOutOfRange(rule));
        }

        if (rule.Dated && (rule.Unit != ClockUnit.CalendarDays || rule.Suspensions.Count > 0 || rule.Extension is not null))
        {
            yield return new("CLK-R26", rule.Code, Text.DatedIsFixed(rule));
        }

        foreach (var kind in rule.Suspensions.Where(kind => SuspensionKinds.Find(kind) is null))
        {
            yield return new("CLK-R21", rule.Code, Text.UnknownSuspension(rule, kind), Law.Suspension);
        }

        if (rule.Extension is { } extension && (extension.Length < 1 || extension.Length > ClockRule.LengthMax))
        {
            yield return new("CLK-R22", rule.Code, Text.ExtensionOutOfRange(rule), extension.Basis);
        }

        if (rule.Promises is not null)
        {
            var legal = rules.FirstOrDefault(other => other.Code == rule.Promises && other.Kind == ClockKind.Legal);
            if (legal is null || rule.Kind != ClockKind.Promised)
            {
                yield return new("CLK-R23", rule.Code, Text.NoSuchLegal(rule));
            }
            else if (LongestDays(rule) > LongestDays(legal))
            {
                yield return new("CLK-R24", rule.Code, Text.PromiseTooLong(rule, legal), legal.Basis);
            }
        }
    }

    private static IEnumerable<Refusal> Twice(IReadOnlyList<ClockRule> rules) => rules
        .GroupBy(rule => rule.Code, StringComparer.Ordinal).Where(group => group.Count() > 1)
        .Select(group => new Refusal("CLK-R25", group.Key, Text.CodeTwice(group.Key)));

    // Five working days are at least seven days of the calendar: compared without holidays, which only make them longer.
    private static decimal LongestDays(ClockRule rule) => rule.Unit switch
    {
        ClockUnit.WorkingDays => rule.Length * 7m / 5,
        ClockUnit.CalendarDays => rule.Length,
        _ => rule.Length / 24m,
    };
}
