namespace Shali.Platform.Systems;

/// <summary>
/// What a system puts on the home page: the things for which most people come. A system registers its own with
/// <c>services.AddSingleton&lt;FrontSection, ...&gt;()</c>.
/// </summary>
public abstract class FrontSection
{
    public abstract string Title { get; }

    /// <summary>Smaller stands higher.</summary>
    public virtual int Order => 100;

    /// <summary>Nothing to show: the section is left out.</summary>
    public abstract Task<IReadOnlyList<FrontLink>> Links(CancellationToken cancel);
}

/// <summary>One way in.</summary>
public sealed record FrontLink(string Label, string Address, string Note = "");
