using Shali.Platform.Casework.Clocks;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// Says on which day a dated limit of a case ends, when the case comes to where the limit runs; asked in the transaction of
/// the step. Registered with <c>services.AddSingleton&lt;ClockDay, ...&gt;()</c>.
/// </summary>
public abstract class ClockDay
{
    public abstract bool Concerns(CaseType type);

    /// <summary>Null: there is no such day, and the clock does not run.</summary>
    public abstract Task<DateOnly?> Of(WriteSession session, Case of, ClockRule rule, CancellationToken cancel);
}
