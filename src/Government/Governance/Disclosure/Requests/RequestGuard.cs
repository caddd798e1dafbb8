using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>What the regulation says of requests that the engine cannot know.</summary>
internal sealed class RequestGuard : StepGuard
{
    public override bool Concerns(CaseType type, string step) => type.Code == RequestType.Code;

    public override Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel)
    {
        var correction = CaseRules.AnswersOf(facts.Case).GetValueOrDefault("kind") == "correction";
        return Task.FromResult(Refusals.Of(
            request.Step is "ask-third" or "ask-maker" && request.Length is > RequestType.DaysToReply
                ? new("G3-Q01", "length", Text.ReplyTooLong(RequestType.DaysToReply), new("政府信息公开条例", "第三十二条、第三十四条")) : null,
            request.Step is "answer-corrected" or "answer-not-corrected" && !correction
                ? new("G3-Q02", "step", Text.NotACorrection, new("政府信息公开条例", "第四十一条")) : null));
    }
}
