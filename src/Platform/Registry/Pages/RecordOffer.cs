using Shali.Platform.Identity;

namespace Shali.Platform.Registry.Pages;

/// <summary>
/// What a system offers or says with a record, such as that one of its values is being verified. Registered with
/// <c>services.AddSingleton&lt;RecordOffer, ...&gt;()</c>.
/// </summary>
public abstract class RecordOffer
{
    /// <summary>Empty: nothing for this caller.</summary>
    public abstract Task<IReadOnlyList<RecordOffered>> Of(ShownRecord record, Caller caller, CancellationToken cancel);
}

/// <summary>One such thing: a way on with its label, or a note that stands above the record.</summary>
public sealed record RecordOffered(string Label, string Address, string Note = "");
