using Shali.Platform.Messages;

namespace Shali.Platform.Casework;

/// <summary>What somebody wants to do with a case, as he said it.</summary>
/// <param name="Step">Code of the step.</param>
public sealed record StepRequest(string Step)
{
    /// <summary>The version of the case that he saw; null only for the platform.</summary>
    public int? Expected { get; init; }

    public string? Opinion { get; init; }

    public string? Reason { get; init; }

    public string? Basis { get; init; }

    /// <summary>Number of the document.</summary>
    public string? Document { get; init; }

    /// <summary>Address of its file.</summary>
    public string? File { get; init; }

    /// <summary>Decision fields of the step, as text.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = Nothing;

    /// <summary>New answers to the form, where the step lets the applicant change them; null: as they are.</summary>
    public IReadOnlyDictionary<string, string>? Answers { get; init; }

    /// <summary>What the applicant is told to put right; see <see cref="CaseFaults.Tell"/>.</summary>
    public IReadOnlyList<CaseFault> Faults { get; init; } = [];

    /// <summary>Account of the second officer.</summary>
    public string? Second { get; init; }

    /// <summary>Account of the person to whom it goes.</summary>
    public string? Person { get; init; }

    /// <summary>Code of the office to which it goes or which is asked.</summary>
    public string? Office { get; init; }

    /// <summary>Number of another case.</summary>
    public string? Other { get; init; }

    /// <summary>The day until which a delegation holds or an answer is awaited.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>For suspensions: days that it will take. For extensions: the length that is added.</summary>
    public int? Length { get; init; }

    /// <summary>
    /// Only the platform says it: the moment from which the step counts in law, when silence decided (行政许可法 art. 32:
    /// accepted from the day of receipt; art. 50: renewed when the licence ends).
    /// </summary>
    public DateTimeOffset? Counts { get; init; }

    /// <summary>Only the platform says it: the last days of the dated clocks that the step starts, by their codes.</summary>
    public IReadOnlyDictionary<string, DateOnly> Days { get; init; } = new Dictionary<string, DateOnly>();

    /// <summary>Only the platform says it: what is told with the step beside the notices of the type. Each goes out as often as the step is taken, once.</summary>
    public IReadOnlyList<NewMessage> Messages { get; init; } = [];

    private static readonly Dictionary<string, string> Nothing = [];
}
