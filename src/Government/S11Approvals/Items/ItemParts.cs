using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S11Approvals.Items;

/// <summary>So long, counted so, by this act. A number without unit and basis is no limit.</summary>
/// <param name="Basis">Null for a promise: the published guide itself is its basis.</param>
public sealed record TimeLimit(int Length, ClockUnit Unit, Basis? Basis = null)
{
    /// <summary>As people read it: 20个工作日.</summary>
    public override string ToString() => Text.Limit(Length, Unit);
}

/// <summary>The limit of one stage of the flow.</summary>
/// <param name="Stage">Code of a stage: <c>review</c>, <c>approval</c>.</param>
public sealed record StageLimit(string Stage, int Days);

/// <summary>How the legal limit may be extended, once.</summary>
/// <param name="Length">Most that may be added, in the unit of the legal limit.</param>
/// <param name="Approver">In the words of the law.</param>
public sealed record ItemExtension(int Length, string Approver, Basis Basis);

/// <summary>初审: who of the lower offices receives is the answer to a question whose choices are their codes.</summary>
/// <param name="Question">Name of the question.</param>
/// <param name="Days">Working days from its acceptance within which the lower office passes everything on.</param>
public sealed record FirstReview(string Question, int Days, Basis Basis);

/// <summary>告知承诺: what the applicant gives his word for, and how soon it is checked.</summary>
/// <param name="Words">What is promised, as he signs it.</param>
/// <param name="CheckDays">Days of the calendar after the decision within which it is checked.</param>
public sealed record Commitment(string Words, int CheckDays, Basis Basis);

/// <summary>One thing that is asked.</summary>
/// <param name="Name">Permanent within the item: lower case, digits, underscores.</param>
/// <param name="Label">The question as it stands on the page.</param>
public sealed record ItemQuestion(string Name, string Label, FieldType Type)
{
    public bool Required { get; init; } = true;

    /// <summary>What it means, for whoever is not sure.</summary>
    public string Note { get; init; } = "";

    /// <summary>The answers that there are; empty: what the type takes.</summary>
    public IReadOnlyList<AnswerChoice> Choices { get; init; } = [];

    public Condition? When { get; init; }

    /// <summary>Where the government knows it from; one of <see cref="KnownSources"/>.</summary>
    public string? Known { get; init; }

    public string? Min { get; init; }

    public string? Max { get; init; }

    public int? LengthMax { get; init; }
}

/// <summary>申请材料.</summary>
/// <param name="Code">Permanent within the item.</param>
public sealed record ItemMaterial(string Code, string Name)
{
    public bool Required { get; init; } = true;

    public Condition? When { get; init; }

    /// <summary>What it must look like.</summary>
    public string Note { get; init; } = "";

    /// <summary>出具机构: who issues it; empty: the applicant himself.</summary>
    public string Issuer { get; init; } = "";

    public int Originals { get; init; } = 1;

    public int Copies { get; init; }

    /// <summary>Where the government has it already: then it is not asked for (716 art. 7).</summary>
    public string? Known { get; init; }

    /// <summary>容缺: may follow later against a promise.</summary>
    public bool Secondary { get; init; }

    /// <summary>How a good one looks: a filled-in example in words.</summary>
    public string Sample { get; init; } = "";

    /// <summary>Null: the basis of the item.</summary>
    public Basis? Basis { get; init; }
}

/// <summary>A published fee item that is charged.</summary>
/// <param name="Code">Of the fee item of the ledger.</param>
public sealed record ItemFee(string Code)
{
    /// <summary>Charged only where it holds; null: always.</summary>
    public Condition? When { get; init; }

    /// <summary>The question whose answer says how much of it: copies, square metres. Null: one.</summary>
    public string? Quantity { get; init; }

    /// <summary>先办后缴: the result is handed over before it is paid.</summary>
    public bool PaidLater { get; init; }

    /// <summary>When it goes back to who has paid it.</summary>
    public FeeRefund Refund { get; init; }
}

/// <summary>办理结果.</summary>
/// <param name="Name">Name of the paper or of what comes about: 食品经营许可证.</param>
public sealed record ItemResult(string Name, ResultKind Kind)
{
    /// <summary>How long it is valid; null: without end.</summary>
    public int? ValidYears { get; init; }

    /// <summary>Open to the public when it is granted (行政许可法 art. 40).</summary>
    public bool Open { get; init; } = true;

    /// <summary>Names of the questions whose answers stand on the licence; none: those that its scope is told by.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Code of the item whose licence this one prolongs (延续, 行政许可法 art. 50); null: it gives a new one.</summary>
    public string? Renews { get; init; }

    /// <summary>Code of the item whose licence this one alters (变更, 行政许可法 art. 49).</summary>
    public string? Changes { get; init; }
}

public enum ResultKind
{
    Licence,
    Certificate,
    Decision,
    Registration,
    Payment,
    None,
}

/// <summary>Where and when one can come.</summary>
public sealed record ServicePlace(string Name, string Address, string Hours, string Phone);

/// <summary>常见问题.</summary>
public sealed record CommonQuestion(string Question, string Answer);
