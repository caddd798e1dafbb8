using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>
/// A condition as alternatives, each a list of single tests that all must hold: none is never, an empty one is always.
/// So conditions of several items can be joined, and what holds anyway falls away.
/// </summary>
internal sealed record Alternatives(IReadOnlyList<IReadOnlyList<Condition>> Of)
{
    public static readonly Alternatives Always = new([[]]);
    public static readonly Alternatives Never = new([]);

    public bool IsAlways => Of.Any(tests => tests.Count == 0);

    public bool IsNever => Of.Count == 0;

    /// <summary>A condition on questions that go by other names here, or whose answer is given.</summary>
    /// <param name="name">The name here; null: nobody is asked.</param>
    /// <param name="given">Answers that are there without a question.</param>
    public static Alternatives Read(Condition? condition, Func<string, string?> name, IReadOnlyDictionary<string, string> given)
    {
        if (condition is null)
        {
            return Always;
        }

        var single = condition with { And = [], Or = [] };
        var own = given.ContainsKey(condition.Question) || name(condition.Question) is not { } here
            ? single.Holds(given) ? Always : Never
            : new([[single with { Question = here }]]);
        var all = condition.And.Aggregate(own, (joined, one) => joined.And(Read(one, name, given)));
        return condition.Or.Aggregate(all, (either, one) => either.Or(Read(one, name, given)));
    }

    public Alternatives And(Alternatives other) =>
        Simple(Of.SelectMany(tests => other.Of.Select(more => (IReadOnlyList<Condition>)[.. tests.Concat(more).DistinctBy(Key)])));

    public Alternatives Or(Alternatives other) => Simple(Of.Concat(other.Of));

    public Alternatives Not() => Of.Aggregate(
        Always,
        (left, tests) => left.And(new([.. tests.Select(test => (IReadOnlyList<Condition>)[Opposite(test)])])));

    /// <summary>As a form knows it; null: always. What never holds has no condition: see <see cref="IsNever"/>.</summary>
    public Condition? Condition()
    {
        if (IsAlways || IsNever)
        {
            return null;
        }

        var each = Of.Select(tests => tests[0] with { And = [.. tests.Skip(1)] }).ToList();
        return each[0] with { Or = [.. each.Skip(1)] };
    }

    // An alternative that demands more than another one adds nothing.
    private static Alternatives Simple(IEnumerable<IReadOnlyList<Condition>> alternatives)
    {
        var kept = new List<(HashSet<string> Keys, IReadOnlyList<Condition> Tests)>();
        foreach (var tests in alternatives)
        {
            var keys = tests.Select(Key).ToHashSet(StringComparer.Ordinal);
            if (!kept.Exists(one => one.Keys.IsSubsetOf(keys)))
            {
                kept.RemoveAll(one => keys.IsSubsetOf(one.Keys));
                kept.Add((keys, tests));
            }
        }

        return new([.. kept.Select(one => one.Tests)]);
    }

    private static string Key(Condition test) => $"{test.Question}|{test.Test}|{string.Join(',', test.Values.Order(StringComparer.Ordinal))}";

    private static Condition Opposite(Condition test) => test.Test switch
    {
        Test.Is => test with { Test = Test.IsNot },
        Test.IsNot => test with { Test = Test.Is },
        _ => test with { Test = Test.Is, Values = [""] },
    };
}
