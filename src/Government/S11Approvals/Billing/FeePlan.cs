using System.Globalization;
using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>One fee that a case costs.</summary>
/// <param name="Part">Codes of the sub-case from the root on, with slashes; empty: the root itself.</param>
/// <param name="Type">Case type of the part.</param>
public sealed record PlannedFee(string FeeItem, decimal Quantity, string Part, string Type)
{
    /// <summary>Key of the relief that was granted for it on an earlier bill; null: none.</summary>
    public string? Relief { get; init; }
}

/// <summary>All fees of a root case: its own and those of the sub-cases that concern it. Pure.</summary>
internal static class FeePlan
{
    private const int DepthMax = 5;

    /// <param name="find">The type of a sub-case, in the version that the root keeps.</param>
    public static IReadOnlyList<PlannedFee> Of(CaseType root, IReadOnlyDictionary<string, string> answers, Func<ChildCase, CaseType?> find) =>
        [.. Fees(root, answers, find, "", 0)];

    /// <summary>The fees of a root case by the types as they are kept.</summary>
    public static async Task<IReadOnlyList<PlannedFee>> Of(CaseType root, IReadOnlyDictionary<string, string> answers, CaseTypes types, CancellationToken cancel)
    {
        var known = new Dictionary<(string Type, int? Version), CaseType?>();
        var open = new Queue<CaseType>([root]);
        while (open.TryDequeue(out var type))
        {
            foreach (var child in type.Children.Where(child => !known.ContainsKey((child.Type, child.Version))))
            {
                var of = child.Version is { } version ? await types.Of(child.Type, version, cancel) : types.Find(child.Type);
                known[(child.Type, child.Version)] = of;
                if (of is not null)
                {
                    open.Enqueue(of);
                }
            }
        }

        return Of(root, answers, child => known.GetValueOrDefault((child.Type, child.Version)));
    }

    /// <summary>The fees of one part, with their rules, by the answers of that part.</summary>
    public static IEnumerable<CaseFee> Holding(CaseType type, IReadOnlyDictionary<string, string> answers) => type.Fees.Where(fee => fee.When?.Holds(answers) ?? true);

    private static IEnumerable<PlannedFee> Fees(CaseType type, IReadOnlyDictionary<string, string> answers, Func<ChildCase, CaseType?> find, string part, int depth)
    {
        foreach (var fee in Holding(type, answers))
        {
            if (Quantity(fee, answers) is { } quantity)
            {
                yield return new(fee.Item, quantity, part, type.Code);
            }
        }

        foreach (var child in depth < DepthMax ? type.Children : [])
        {
            if ((child.When?.Holds(answers) ?? true) && find(child) is { } of)
            {
                // A part knows the answers that serve its own form, whatever they are called in the whole.
                var own = child.Answers(answers, of.Form);
                foreach (var fee in Fees(of, own, find, part.Length == 0 ? child.Code : $"{part}/{child.Code}", depth + 1))
                {
                    yield return fee;
                }
            }
        }
    }

    /// <summary>Null: the answer says none of it.</summary>
    private static decimal? Quantity(CaseFee fee, IReadOnlyDictionary<string, string> answers) => fee.Quantity is not { } question
        ? 1
        : decimal.TryParse(answers.GetValueOrDefault(question), NumberStyles.Number, CultureInfo.InvariantCulture, out var quantity) && quantity > 0
            ? decimal.Round(quantity, 3)
            : null;
}
