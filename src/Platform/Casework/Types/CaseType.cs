using System.Text.Json.Serialization;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;

namespace Shali.Platform.Casework;

/// <summary>
/// A kind of case: its stages, steps, clocks, form, materials, results and the cases that it opens. The same record
/// whether a system wrote it in code or an office made it from data. Every version is kept; a case keeps its own.
/// </summary>
public sealed record CaseType
{
    /// <summary>System and noun: <c>approvals/licence</c>, <c>approvals/item-0412</c>. Permanent.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>The clause of the programme that it serves.</summary>
    public required string Clause { get; init; }

    /// <summary>The office that handles it unless the opener says another; a function or a code.</summary>
    public required string Owner { get; init; }

    /// <summary>The question whose answer is the code of the office where it begins, such as that of one's district; null: the owner.</summary>
    public string? OfficeBy { get; init; }

    /// <summary>Starts at 1; each published change adds one.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The first is where a case begins.</summary>
    public required IReadOnlyList<CaseStage> Stages { get; init; }

    public required IReadOnlyList<CaseStep> Steps { get; init; }

    public IReadOnlyList<ClockRule> Clocks { get; init; } = [];

    public CaseForm Form { get; init; } = CaseForm.Empty;

    public IReadOnlyList<MaterialRule> Materials { get; init; } = [];

    public IReadOnlyList<CaseFee> Fees { get; init; } = [];

    /// <summary>How a case can end.</summary>
    public IReadOnlyList<CaseResult> Results { get; init; } = [];

    /// <summary>Cases of other types that this one opens, each when those that it waits for have ended.</summary>
    public IReadOnlyList<ChildCase> Children { get; init; } = [];

    public IReadOnlyList<NoticeTemplate> Notices { get; init; } = [];

    /// <summary>Codes of the notices that go out when a case is opened.</summary>
    public IReadOnlyList<string> OnOpening { get; init; } = [];

    /// <summary>Who may open one himself; nobody: only offices and the platform do.</summary>
    public Applicants Applicants { get; init; } = Applicants.None;

    /// <summary>Whether parents may apply on line for their minor children.</summary>
    public Wards Wards { get; init; } = Wards.None;

    /// <summary>What a member of an office must hold to open one for somebody (window); null: nobody may.</summary>
    public string? WindowPermission { get; init; }

    /// <summary>The ended stage to which the applicant may withdraw; null: he may not.</summary>
    public string? Withdrawal { get; init; }

    /// <summary>The ended stage of a case that was merged into another; null: cases of this type are not merged.</summary>
    public string? Merger { get; init; }

    /// <summary>The stage to which the head may open an ended case again; null: he may not.</summary>
    public string? Reopening { get; init; }

    [JsonIgnore]
    public string Start => Stages[0].Code;

    public CaseStage? Stage(string code) => Stages.FirstOrDefault(stage => stage.Code == code);

    /// <summary>A step of the type or one that every case has.</summary>
    public CaseStep? Step(string code) =>
        Steps.FirstOrDefault(step => step.Code == code) ?? BuiltInSteps.Of(this).FirstOrDefault(step => step.Code == code);

    [JsonIgnore]
    public IEnumerable<CaseStep> AllSteps => Steps.Concat(BuiltInSteps.Of(this));

    public string ResultLabel(string? code) =>
        code is null ? "" : Results.FirstOrDefault(result => result.Code == code)?.Label ?? code;
}

/// <summary>Who may apply, as the service objects of GB/T 39046 tell them apart.</summary>
[Flags]
public enum Applicants
{
    None = 0,
    Persons = 1,
    Firms = 2,
    Everyone = Persons | Firms,
}

/// <summary>Whether parents may apply for their minor children (民法典 art. 23), and whether it is about children alone.</summary>
public enum Wards
{
    /// <summary>Who applies, applies for himself.</summary>
    None,

    /// <summary>For himself or for a child.</summary>
    Also,

    /// <summary>It is about a child: for one of his, or in his own name for one whom the register does not know.</summary>
    Only,

    /// <summary>It is about a child who is perhaps not registered yet.</summary>
    Newborns,
}

/// <summary>How a case ended, in the office's words.</summary>
/// <param name="Good">What the applicant asked for came about: cases that wait for this one may begin.</param>
public sealed record CaseResult(string Code, string Label, bool Good);

/// <summary>What a case costs: an item of the published list of fees. Amounts stand there, not here.</summary>
public sealed record CaseFee(string Item, Basis Basis)
{
    /// <summary>Charged only where it holds; null: always.</summary>
    public Condition? When { get; init; }

    /// <summary>The question whose answer says how much of it: copies, square metres. Null: one.</summary>
    public string? Quantity { get; init; }

    /// <summary>The result may be handed over before it is paid.</summary>
    public bool PaidLater { get; init; }

    public FeeRefund Refund { get; init; }
}

/// <summary>When a fee that was paid goes back, because the case did not end as it was asked for.</summary>
public enum FeeRefund
{
    /// <summary>It pays for what is given in the end: nothing was given, nothing is kept.</summary>
    UnlessGranted,

    /// <summary>It pays for the work of the examination: kept once that was done and decided.</summary>
    UnlessDecided,
}

/// <summary>A case that another one opens.</summary>
/// <param name="Code">Permanent within the type that opens it.</param>
/// <param name="Type">The case type.</param>
/// <param name="After">Codes of the children that must have ended well before.</param>
public sealed record ChildCase(string Code, string Type, IReadOnlyList<string> After)
{
    public Condition? When { get; init; }

    /// <summary>The office; null: the owner of its type.</summary>
    public string? Office { get; init; }

    /// <summary>The version of its type: a running case keeps those of its children too; null: the newest.</summary>
    public int? Version { get; init; }

    /// <summary>
    /// The question here that answers a question there, by the child's name for it. Null: what has the same name here
    /// answers it.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Questions { get; init; }

    /// <summary>Answers that the child has by its nature, without anybody being asked.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = Nothing;

    /// <summary>The material here that serves as a material there, by the child's code for it: handed in once, seen by both.</summary>
    public IReadOnlyDictionary<string, string> Materials { get; init; } = Nothing;

    /// <summary>Materials there, by the child's code, that other children bring about: nobody brings them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Made { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>
    /// A step of the platform that the child takes as it begins: what was accepted as a whole is not accepted again.
    /// Null: it begins where its type begins.
    /// </summary>
    public string? Begins { get; init; }

    /// <summary>The child's answers, from those of the case that opens it.</summary>
    /// <param name="form">The child's: what it does not ask is left out.</param>
    public Dictionary<string, string> Answers(IReadOnlyDictionary<string, string> answers, CaseForm form)
    {
        var own = new Dictionary<string, string>(Given, StringComparer.Ordinal);
        foreach (var name in form.Questions.Select(question => question.Field.Name))
        {
            var here = Questions is null ? name : Questions.GetValueOrDefault(name);
            if (here is not null && answers.TryGetValue(here, out var answer))
            {
                own.TryAdd(name, answer);
            }
        }

        return form.Asked(own).Where(question => own.ContainsKey(question.Field.Name))
            .ToDictionary(question => question.Field.Name, question => own[question.Field.Name], StringComparer.Ordinal);
    }

    private static readonly Dictionary<string, string> Nothing = [];
}
