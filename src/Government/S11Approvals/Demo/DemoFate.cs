namespace Shali.Government.S11Approvals.Demo;

/// <summary>What becomes of a case of the demo city, as cases go.</summary>
internal enum DemoFate
{
    InTime,
    Corrected,

    /// <summary>Asked for corrections that never come: the platform ends it.</summary>
    Uncorrected,

    /// <summary>Nobody says anything for five working days: the platform accepts it.</summary>
    Silent,
    LatePromise,
    LateLegal,
    Refused,
    NotAccepted,
    Special,
    Extended,
    Withdrawn,
    Terminated,

    /// <summary>Accepted and left lying: overdue, urged by the supervisor.</summary>
    Idle,
}
