namespace Shali.Platform.Kernel;

/// <summary>Where a duty or a limit is written: an act (or standard) and the article in it.</summary>
public sealed record Basis(string Act, string Article)
{
    /// <summary>As it is quoted to people: 《act》article.</summary>
    public override string ToString() => $"《{Act}》{Article}";
}
