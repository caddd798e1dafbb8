using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// What is published names nobody's numbers; what was announced is granted after the notice ran its time and nobody
/// was right against it (for public rental housing 公共租赁住房管理办法 art. 9 says so in these words).
/// </summary>
internal sealed class PublicNoticeGuard : StepGuard
{
    public override bool Concerns(CaseType type, string step) => PublicNotices.In(type)
        && (step is PublicNotices.Publish or PublicNotices.Answer || (type.Step(step) is { } taken && PublicNotices.Grants(type, taken)));

    public override async Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel)
    {
        var basis = facts.Type.Clocks.First(rule => rule.Code == PublicNotices.Clock).Basis;
        switch (request.Step)
        {
            case PublicNotices.Publish:
                var found = PersonalNumbers.Find(request.Fields.GetValueOrDefault(PublicNotices.Words));
                return found.Count == 0 ? Refusals.None : Refusals.Of(new Refusal("CASE-N01", PublicNotices.Words, Text.NumbersInNotice(string.Join('、', found)), NotMore));
            case PublicNotices.Answer:
                var record = request.Fields.GetValueOrDefault(PublicNotices.Which) is { Length: > 0 } key ? await session.Get(CaseResources.Objection, key.Trim(), cancel) : null;
                return record?.Text("case") != facts.Case.Number ? Refusals.Of(new Refusal("CASE-N05", PublicNotices.Which, Text.NoSuchObjection))
                    : record.Text("finding") is not null ? Refusals.Of(new Refusal("CASE-N05", PublicNotices.Which, Text.AnsweredAlready)) : Refusals.None;
            default:
                var notices = await PublicNoticeReader.Within(session, facts.Case.Number, cancel);
                if (notices.Count == 0 || !notices[^1].IsComplete())
                {
                    return Refusals.Of(new Refusal("CASE-N02", "", Text.NotAnnounced, basis));
                }

                var against = (await PublicNoticeReader.ObjectionsWithin(session, facts.Case.Number, cancel)).ToList();
                return Refusals.Of(
                    against.Exists(objection => objection.Finding is null) ? new("CASE-N03", "", Text.Unanswered(against.Count(objection => objection.Finding is null)), basis) : null,
                    against.Exists(objection => objection.Notice == notices[^1].Key && objection.Finding == ObjectionFinding.Sustained) ? new("CASE-N04", "", Text.SomebodyWasRight, basis) : null);
        }
    }

    private static readonly Basis NotMore = new("个人信息保护法", "第六条");
}
