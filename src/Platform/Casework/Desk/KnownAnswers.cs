using Shali.Platform.Identity;

namespace Shali.Platform.Casework;

/// <summary>
/// What the government knows already of whoever applies: a base of data registers its own with
/// <c>services.AddSingleton&lt;KnownAnswers, ...&gt;()</c>. What is known is filled in and shown with its source, and
/// what can be had from data is not asked for.
/// </summary>
public abstract class KnownAnswers
{
    /// <summary>Value by <see cref="CaseQuestion.Known"/> and <see cref="MaterialRule.Known"/>, such as <c>person.name</c>.</summary>
    public abstract Task<IReadOnlyDictionary<string, KnownAnswer>> Of(Caller who, CaseType type, CancellationToken cancel);
}

/// <summary>Something known.</summary>
/// <param name="Source">Where from, in words: 公安局 人口基本信息.</param>
public sealed record KnownAnswer(string Value, string Source);
