using Shali.Platform.Kernel;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>
/// What must not be so between the databases. Judged for all firms at once: a statement over the sides as
/// <see cref="ComparedTables"/> prepares them.
/// </summary>
/// <param name="Code">Permanent: <c>S05-C01</c>.</param>
/// <param name="Name">The contradiction in a few words.</param>
/// <param name="Sides">Aliases of the databases that it compares, and what its values are.</param>
/// <param name="Found">
/// Selects what is found: subject, organisation (null: several firms), name, office, values as text. The subject tells one
/// contradiction of the rule from another.
/// </param>
/// <param name="Explain">The contradiction as a sentence for the office, from the values.</param>
public sealed record ContradictionRule(
    string Code, string Name, Basis Basis, IReadOnlyList<ContradictionSide> Sides, Func<ComparisonDay, Sql> Found, Func<IReadOnlyList<string>, string> Explain)
{
    /// <summary>About firms that share something rather than about one firm.</summary>
    public bool OfMany { get; init; }

    /// <summary>Needs all rows of a database and is judged at night only.</summary>
    public bool WholeOnly { get; init; }
}

/// <summary>One of the values that contradict one another.</summary>
/// <param name="Alias">The database; empty: of population.</param>
/// <param name="Label">What it is there.</param>
public sealed record ContradictionSide(string Alias, string Label)
{
    /// <summary>What it says whatever the values are, where the contradiction is that it says nothing; such sides stand last.</summary>
    public string? Says { get; init; }
}

/// <summary>What the rules are told: the day, and the tables with the number's place in them.</summary>
public sealed record ComparisonDay(DateOnly Today);
