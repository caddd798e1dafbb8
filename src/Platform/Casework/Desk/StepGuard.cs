using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// A system's own say in the steps of its cases. Asked inside the transaction, after the engine has found nothing
/// against the step; registered with <c>services.AddSingleton&lt;StepGuard, ...&gt;()</c>.
/// </summary>
public abstract class StepGuard
{
    /// <summary>Whether it has a say in this step; <see cref="BuiltInSteps.Open"/> is the opening.</summary>
    public abstract bool Concerns(CaseType type, string step);

    /// <summary>Why it may not be; none when it may. It may read and lock through the session.</summary>
    public abstract Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel);
}

/// <summary>
/// What a system does when a step was taken, in the same transaction: lines of a bill, a licence, further cases.
/// Refusing undoes the step.
/// </summary>
public abstract class CaseEffect
{
    /// <inheritdoc cref="StepGuard.Concerns"/>
    public abstract bool Concerns(CaseType type, string step);

    public abstract Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel);
}
