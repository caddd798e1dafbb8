using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// One reason to say no, with the article that gives it. A pure function of the facts and of what was declared.
/// </summary>
/// <param name="Code">Permanent: <c>D1-R05</c>.</param>
/// <param name="Sentence">What the rule demands, as the person is told when it is not met.</param>
/// <param name="Field">The answer that it is about; empty: the whole.</param>
/// <param name="Broken">True when the event may not be registered.</param>
public sealed record Rule(string Code, string Field, string Sentence, Basis Basis, Func<Facts, EventForm, bool> Broken)
{
    /// <summary>The answers that it reads: when one of them makes no sense, the rule has nothing to say.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [Field];

    public Rule Reading(params string[] names) => this with { Reads = names };

    /// <summary>The same rule about another answer.</summary>
    public Rule About(string field) => this with { Field = field };

    public Refusal? Judge(Facts facts, EventForm form) =>
        Broken(facts, form) ? new Refusal(Code, Field, Sentence, Basis) : null;
}
