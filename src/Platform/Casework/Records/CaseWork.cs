namespace Shali.Platform.Casework;

/// <summary>
/// Something that somebody has to do about a case, or waits for; a row of <c>casework.work</c>, gone when it is done.
/// </summary>
/// <param name="Seat"><see cref="Main"/> for the stage itself, <c>consult-2</c> for the second office that was asked.</param>
/// <param name="Permission">What he must hold who takes it.</param>
public sealed record CaseWork(string Case, string Seat, WorkKind Kind, string Office, string Permission)
{
    public const string Main = "main";

    /// <summary>Stands for "no day": later than every due day.</summary>
    public static readonly DateTimeOffset NoDue = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public string? Role { get; init; }

    /// <summary>The account whose work it is; null while it lies in the office's pool.</summary>
    public string? Person { get; init; }

    public string? PersonName { get; init; }

    /// <summary>Who does it for him until <see cref="DelegateUntil"/>.</summary>
    public string? Delegate { get; init; }

    public string? DelegateName { get; init; }

    public DateTimeOffset? DelegateUntil { get; init; }

    /// <summary>For consultations: the question.</summary>
    public string? Asked { get; init; }

    /// <summary>For consultations: the account that asked.</summary>
    public string? AskedBy { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The nearest of the limits that run; <see cref="NoDue"/> without one.</summary>
    public required DateTimeOffset Due { get; init; }

    public bool DelegatedTo(string account, DateTimeOffset now) => Delegate == account && DelegateUntil > now;
}

/// <summary>What kind of work.</summary>
public enum WorkKind
{
    /// <summary>The stage of the case.</summary>
    Handle,

    /// <summary>Another office asks for an opinion.</summary>
    Consult,

    /// <summary>Nothing to do: the applicant or another case has the next word.</summary>
    Wait,
}
