namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// A kind of identifier: how it is written, what can be wrong with it. One object a kind; the fast checks for
/// millions of rows are static methods of each kind.
/// </summary>
public abstract class Identifier
{
    /// <summary>Permanent name, also the name of the field type: <c>citizen-number</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Chinese name: 公民身份号码.</summary>
    public abstract string Label { get; }

    /// <summary>The standard that defines it; empty when there is none.</summary>
    public virtual string Standard => "";

    /// <summary>A regular expression of the normal form, for JSON Schema and forms; null when it says too little.</summary>
    public virtual string? Pattern => null;

    /// <summary>
    /// The normal form: trimmed, full-width folded to half-width, upper case, and what else the kind asks for. Text
    /// that cannot be the identifier comes back folded, so that the flaw is told about what was written.
    /// </summary>
    public virtual string Normalise(string text) => Folding.Fold(text);

    /// <summary>All that is wrong with a normalised identifier, on the day given. Empty: nothing.</summary>
    public abstract IReadOnlyList<Flaw> Check(string number, DateOnly today);

    /// <summary>As people write it; usually the normal form.</summary>
    public virtual string Show(string number) => number;

    /// <summary>Normalised and checked: what is refused (warnings are not).</summary>
    public Outcome<string> Accept(string text, DateOnly today)
    {
        var number = Normalise(text);
        var wrong = Check(number, today).Where(flaw => flaw.Kind != FlawKind.Warning)
            .Select(flaw => new Refusal(flaw.Code, "", flaw.Sentence)).ToList();
        return wrong.Count == 0 ? number : new Refusals(wrong);
    }

    public override string ToString() => Name;

    private protected static readonly IReadOnlyList<Flaw> Sound = [];
}

/// <summary>One thing wrong with an identifier.</summary>
/// <param name="Code">Permanent: ID-01 and so on, listed in <see cref="Flaws"/>.</param>
public sealed record Flaw(string Code, FlawKind Kind, string Sentence);

public enum FlawKind
{
    /// <summary>Length or characters: it cannot be such an identifier.</summary>
    Shape,

    /// <summary>A part of it says what cannot be: 30 February, province 99.</summary>
    Fact,

    /// <summary>The check character does not fit. In old records this is a finding, not a reason to lose the record.</summary>
    Checksum,

    /// <summary>Unusual, and to be looked at, but it occurs in practice.</summary>
    Warning,
}

/// <summary>The permanent codes of what can be wrong with an identifier.</summary>
public static class Flaws
{
    public const string Length = "ID-01";
    public const string Characters = "ID-02";
    public const string Date = "ID-03";
    public const string Future = "ID-04";
    public const string Age = "ID-05";
    public const string Region = "ID-06";
    public const string Check = "ID-07";
    public const string InnerCheck = "ID-08";
    public const string Category = "ID-09";
    public const string Country = "ID-10";
    public const string Form = "ID-11";
}
