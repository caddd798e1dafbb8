using Shali.Platform.Identity;

namespace Shali.Platform.Systems;

/// <summary>
/// Something that can be found from the one search line of the portal: the catalogue, the pages, a system's public
/// records. A system registers its own with <c>services.AddSingleton&lt;SearchSource, ...&gt;()</c>; it answers
/// only with what the caller may see, and quickly: the page waits for all of them.
/// </summary>
public abstract class SearchSource
{
    /// <summary>Heading over the hits: 企业, 信息目录.</summary>
    public abstract string Label { get; }

    /// <summary>Smaller stands higher.</summary>
    public virtual int Order => 100;

    public abstract Task<SearchFound> Find(string words, Caller who, int limit, CancellationToken cancel);
}

/// <summary>What one source found.</summary>
/// <param name="More">Where all hits of this source are; null when these are all.</param>
public sealed record SearchFound(IReadOnlyList<SearchHit> Hits, string? More = null)
{
    public static readonly SearchFound Nothing = new([]);
}

/// <summary>One hit.</summary>
public sealed record SearchHit(string Title, string Address, string Note = "");
