using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Supervision;

/// <summary>One thing that supervision watches for, in every case of every type.</summary>
/// <param name="Code">Permanent: <c>SV-R04</c>. Cards carry it for ever.</param>
/// <param name="Name">In a table: 超过法定时限.</param>
/// <param name="Sentence">What the office did, as its card says.</param>
/// <param name="Kind">The card that it draws unless a threshold says another: one of <see cref="CardKind"/>.</param>
/// <param name="Found">What notices it.</param>
public sealed record SupervisionRule(string Code, string Name, string Sentence, string Kind, FoundBy Found, Basis? Basis)
{
    /// <summary>For rules of clocks: which of them, and whether before or after they run out.</summary>
    internal Func<ClockRule, bool> Watches { get; init; } = static _ => false;

    internal bool Warns { get; init; }
}

/// <summary>What notices that a rule was broken.</summary>
public enum FoundBy
{
    /// <summary>The platform's clock.</summary>
    Clock,

    /// <summary>The engine or a system, in the act that breaks it.</summary>
    Act,

    /// <summary>An earlier card that nobody answered.</summary>
    Card,

    /// <summary>The supervisor, from a complaint or an inspection.</summary>
    Supervisor,
}

/// <summary>The codes of <c>card-kind</c>, from mild to grave.</summary>
public static class CardKind
{
    public const string Warning = "warning";
    public const string Yellow = "yellow";
    public const string Red = "red";

    /// <summary>监察建议书: not a card against an office's case, but a written demand to change how it works.</summary>
    public const string Proposal = "proposal";
}
