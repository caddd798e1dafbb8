using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>What an effect may do beside the step that it follows: everything in the one transaction.</summary>
public sealed class CaseSession(WriteSession session, Caller who, CaseDesk desk)
{
    /// <summary>For records of the schema <c>casework</c> and for statements of its tables.</summary>
    public WriteSession Write => session;

    public Caller Who => who;

    /// <summary>Opens a further case; its number.</summary>
    public Task<Outcome<string>> Open(OpenRequest request, CancellationToken cancel) => desk.OpenWithin(session, Caller.Platform("case"), request, cancel);

    /// <summary>The facts of another case, locked until the end of the act; null when there is none.</summary>
    public Task<CaseFacts?> Facts(string number, CancellationToken cancel) => desk.FactsWithin(session, number, cancel);

    /// <summary>The platform takes a step in this or another case.</summary>
    public Task<Refusals> Take(string number, StepRequest request, CancellationToken cancel) =>
        desk.TakeWithin(session, Caller.Platform("case"), number, request, cancel);
}
