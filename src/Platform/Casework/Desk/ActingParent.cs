using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// Who applied for his child acts for him as long as the register says that he is his parent: an adoption or a divorce
/// in the middle of the case ends it (民法典 art. 23, 27).
/// </summary>
internal sealed class ActingParent(GuardianDirectory guardians) : StepGuard
{
    public override bool Concerns(CaseType type, string step) => type.Wards != Wards.None && type.Step(step) is { By: Actor.Applicant };

    public override async Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel) =>
        facts.Case is { AgentPerson: { } parent, Person: { } child } && parent == who.Person && parent != child
        && (await guardians.WardsOf(KnownAnswers.Reader(who, facts.Type), KnownAnswers.Guardianship(facts.Type), parent, cancel)).All(ward => ward.Key != child)
            ? Refusals.Of(new Refusal("CASE-O10", "", Text.NotHisChild, KnownAnswers.ByParents)) : Refusals.None;
}
