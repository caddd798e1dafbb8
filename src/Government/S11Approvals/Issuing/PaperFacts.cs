using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>All that the text of a document depends on.</summary>
/// <param name="Office">Name of the office as it stands in the head.</param>
/// <param name="Government">The government to which one may apply for review.</param>
internal sealed record PaperFacts(ServiceItem Item, Case Case, CaseEvent Event, CaseStep Step, string Office, string Government)
{
    public required string Number { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>The day by which it is decided, as the clocks stand after the step; null where none runs.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Length of a suspension or an extension, in words: 7个工作日.</summary>
    public string? Length { get; init; }

    /// <summary>Materials that were found faulty, with the fault.</summary>
    public IReadOnlyList<(string Name, string Fault)> Faults { get; init; } = [];

    /// <summary>What is handed over: documents of the case with their numbers.</summary>
    public IReadOnlyList<string> Delivered { get; init; } = [];

    public string Holder => Case.EntityName ?? Case.PersonName ?? "";

    public string You => Case.EntityName is not null ? "你单位" : "你";
}
