using Shali.Platform.Identity;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// Something of a system's that an applicant can do beside his case: rate it, pay its bill. Registered with
/// <c>services.AddSingleton&lt;OwnCaseNote, ...&gt;()</c> and shown on the page of the case in his own space.
/// </summary>
public abstract class OwnCaseNote
{
    /// <summary>Null: nothing for this case.</summary>
    public abstract Task<ShownNote?> Of(Case of, Caller who, CancellationToken cancel);

    /// <summary>What those who work on the case read about it; null: nothing.</summary>
    public virtual Task<ShownNote?> AtDesk(Case of, Caller who, CancellationToken cancel) => Task.FromResult<ShownNote?>(null);
}

/// <param name="Address">Where it is done; null: it is only said.</param>
public sealed record ShownNote(string Title, string Words, string? Address = null, string Label = "");
