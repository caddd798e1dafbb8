using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>What is asked of whoever opens a case, one question a page.</summary>
public sealed record CaseForm(IReadOnlyList<CaseQuestion> Questions)
{
    public static readonly CaseForm Empty = new([]);

    /// <summary>The questions that these answers lead to, in order.</summary>
    public IEnumerable<CaseQuestion> Asked(IReadOnlyDictionary<string, string> answers) =>
        Questions.Where(question => question.When?.Holds(answers) ?? true);

    /// <summary>The answers that count: those to questions that the others lead to.</summary>
    public IReadOnlyDictionary<string, string> Counted(IReadOnlyDictionary<string, string> answers)
    {
        var counted = answers;
        while (Asked(counted).Where(question => counted.ContainsKey(question.Field.Name)).Select(question => question.Field.Name).ToList() is var names
            && names.Count < counted.Count)
        {
            counted = names.ToDictionary(name => name, name => counted[name], StringComparer.Ordinal);
        }

        return counted;
    }

    public CaseQuestion? Find(string name) => Questions.FirstOrDefault(question => question.Field.Name == name);

    /// <summary>
    /// All that is wrong with the answers at once: unknown names, values that are none, required ones that are missing.
    /// Answers to questions that no longer come up are left out of <paramref name="values"/>.
    /// </summary>
    public Refusals Judge(IReadOnlyDictionary<string, string> answers, out Dictionary<string, string> values)
    {
        var refusals = new List<Refusal>();
        values = new(StringComparer.Ordinal);
        refusals.AddRange(answers.Keys.Where(name => Find(name) is null)
            .Select(name => new Refusal("CASE-F01", name, Text.UnknownAnswer(name))));
        foreach (var question in Asked(answers))
        {
            var read = question.Read(answers.GetValueOrDefault(question.Field.Name));
            refusals.AddRange(read.Refusals);
            if (read.Ok && read.Value.Length > 0)
            {
                values[question.Field.Name] = read.Value;
            }
        }

        return new(refusals);
    }
}

/// <summary>One question: a field of the registry's types, when it comes up, and what may be known already.</summary>
public sealed record CaseQuestion(FieldDefinition Field)
{
    public Condition? When { get; init; }

    /// <summary>Where the government knows it from: <c>person.name</c>, <c>firm.address</c>. Filled and shown with its source.</summary>
    public string? Known { get; init; }

    /// <summary>The only answers that there are, for a question of text; empty: whatever the field takes.</summary>
    public IReadOnlyList<AnswerChoice> Choices { get; init; } = [];

    /// <summary>Its answers are codes of programs: the case shows them in the words of a panel of its system, not as they are kept.</summary>
    public bool Coded { get; init; }

    /// <summary>The answer as it is kept; empty for none. Or what is wrong with it. A choice may be named by code or label.</summary>
    public Outcome<string> Read(string? answer)
    {
        var read = Field.Type.Parse(Field, answer);
        if (!read.Ok)
        {
            return read.Refusals;
        }

        var kept = Field.Type.Write(Field, read.Value);
        return read.Value is null && Field.Required ? new Refusal("CASE-F02", Field.Name, Text.Unanswered(Field.Label))
            : Choices.Count == 0 || kept.Length == 0 ? kept
            : Choices.FirstOrDefault(choice => choice.Value == kept || choice.Label == kept) is { } chosen ? chosen.Value
            : new Refusal("CASE-F03", Field.Name, Text.NotOffered(Field.Label));
    }

    /// <summary>The words for an answer of a choice; the answer itself for any other.</summary>
    public string Label(string answer) => Choices.FirstOrDefault(choice => choice.Value == answer)?.Label ?? answer;
}

/// <summary>An answer that a question offers.</summary>
public sealed record AnswerChoice(string Value, string Label);

/// <summary>A condition on answers; a question, a material or a child comes up only where it holds.</summary>
/// <param name="Values">For <see cref="Test.Is"/> and <see cref="Test.IsNot"/>: any of these.</param>
public sealed record Condition(string Question, Test Test, IReadOnlyList<string> Values)
{
    /// <summary>Further conditions, all of which must hold too.</summary>
    public IReadOnlyList<Condition> And { get; init; } = [];

    /// <summary>Or any of these instead, each with all that it demands.</summary>
    public IReadOnlyList<Condition> Or { get; init; } = [];

    public static Condition Is(string question, params string[] values) => new(question, Test.Is, values);

    public static Condition Filled(string question) => new(question, Test.Filled, []);

    public bool Holds(IReadOnlyDictionary<string, string> answers)
    {
        var answer = answers.GetValueOrDefault(Question) ?? "";
        var holds = Test switch
        {
            Test.Is => Values.Contains(answer, StringComparer.Ordinal),
            Test.IsNot => !Values.Contains(answer, StringComparer.Ordinal),
            _ => answer.Length > 0,
        };
        return (holds && And.All(condition => condition.Holds(answers))) || Or.Any(condition => condition.Holds(answers));
    }

    /// <summary>All questions that it looks at.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<string> Questions => And.Concat(Or).SelectMany(condition => condition.Questions).Prepend(Question);
}

public enum Test
{
    Is,
    IsNot,
    Filled,
}

/// <summary>A paper that a case needs.</summary>
/// <param name="Code">Permanent within its type.</param>
public sealed record MaterialRule(string Code, string Name)
{
    public bool Required { get; init; } = true;

    public Condition? When { get; init; }

    /// <summary>What it must look like, who issues it.</summary>
    public string Note { get; init; } = "";

    /// <summary>Where the government has it already: it is not asked for.</summary>
    public string? Known { get; init; }

    /// <summary>May be handed in later against a promise (容缺受理).</summary>
    public bool Secondary { get; init; }

    public Basis? Basis { get; init; }
}
