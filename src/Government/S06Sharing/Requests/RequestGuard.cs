using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S06Sharing.Requests;

/// <summary>What the engine cannot know of a request: whether what is asked for could be granted.</summary>
internal sealed class RequestGuard(SharedResources shared) : StepGuard
{
    private static readonly Basis Answering = new("政务数据共享条例", "第二十一条");

    public static readonly IReadOnlyList<RuleEntry> Rules =
    [
        new("SHR-R01", Text.NotInYourName, new("政务数据共享条例", "第二十条")),
        new("SHR-R02", Text.OtherClass, new("政务数据共享条例", "第十四条")),
        new("SHR-R03", Text.OnTheForm, Answering),
        new("SHR-R04", Text.OtherRequest, Answering),
        new("SHR-R05", Text.NotAskedToExtend, Answering),
    ];

    public override bool Concerns(CaseType type, string step) => RequestType.Is(type) && step is BuiltInSteps.Open or "correct" or "agree" or "extend";

    public override async Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel)
    {
        if (request.Step == "extend")
        {
            // The provider asks, the authority consents: nobody extends what nobody asked for.
            return await session.Session.Scalar<bool>($"select exists (select 1 from casework.event where \"case\" = {facts.Case.Number} and step = 'ask-extension')", cancel)
                ? Refusals.None : Refusals.Of(new Refusal("SHR-R05", "", Text.NotAskedToExtend, Answering));
        }

        var before = CaseRules.AnswersOf(facts.Case);
        if (request.Step == "correct" && request.Answers is null)
        {
            return Refusals.Of(new Refusal("SHR-R03", "", Text.OnTheForm, Answering));
        }

        var answers = request.Answers ?? before;
        var terms = RequestTerms.Of(answers);
        var refusals = GrantRules.Judge(terms, shared, session.At.Local().Day());
        if (shared.Find(terms.Resource) is { } resource)
        {
            var unconditional = resource.Sharing.Class == SharingClass.Unconditional;
            refusals = refusals.And(Refusals.Of(
                request.Step == BuiltInSteps.Open && (terms.Consumer != who.Office || answers.GetValueOrDefault(RequestTerms.Provider) != resource.Owner)
                    ? new("SHR-R01", RequestTerms.Consumer, Text.NotInYourName, new("政务数据共享条例", "第二十条")) : null,
                request.Step == BuiltInSteps.Open && unconditional != (facts.Type.Code == RequestType.UnconditionalCode)
                    ? new("SHR-R02", RequestTerms.Resource, Text.OtherClass, new("政务数据共享条例", "第十四条")) : null,
                request.Step == "correct" && new[] { RequestTerms.Resource, RequestTerms.Consumer, RequestTerms.Provider }
                    .Any(name => before.GetValueOrDefault(name) != answers.GetValueOrDefault(name))
                    ? new("SHR-R04", RequestTerms.Resource, Text.OtherRequest, Answering) : null));
        }

        return refusals;
    }
}
