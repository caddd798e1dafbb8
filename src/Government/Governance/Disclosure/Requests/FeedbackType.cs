using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Registry.Types;

namespace Shali.Government.Governance.Disclosure;

/// <summary>意见建议: what somebody wants to say to the government, and the reply that he gets.</summary>
public static class FeedbackType
{
    public const string Code = "disclosure/feedback";

    public static readonly CaseType Type = new()
    {
        Code = Code,
        Name = Text.Feedback,
        Clause = "P4",
        Owner = OfficeCode.City,
        Applicants = Applicants.Everyone,
        WindowPermission = DisclosureSystem.Requests,
        Withdrawal = "withdrawn",
        Stages =
        [
            new("received", "收到", StageKind.Before) { Seat = new(DisclosureSystem.Requests) },
            new("review", "办理", StageKind.Running) { Seat = new(DisclosureSystem.Requests) { Handler = true } },
            new("replied", "已回复", StageKind.Ended),
            new("withdrawn", "已撤回", StageKind.Ended),
        ],
        Steps =
        [
            new("take", "登记办理", ["received"], "review", Actor.Handler) { Marks = Milestone.Accepted, Bulk = true },
            new("reply", "回复", ["received", "review"], "replied", Actor.Handler)
            {
                Needs = StepNeeds.Opinion, Marks = Milestone.Decided, Result = "replied", Notices = ["replied"],
            },
        ],
        Clocks =
        [
            new("promise", "承诺回复时限", ClockUnit.WorkingDays, 5, ClockKind.Promised, new("政府网站发展指引", "互动交流")) { Runs = ["received", "review"] },
        ],
        Form = new(
        [
            new(new() { Name = "subject", Label = "关于什么", Type = FieldTypes.Text, Required = true, LengthMax = 80 }),
            new(new() { Name = "words", Label = "您的意见或者建议", Type = FieldTypes.LongText, Required = true, LengthMax = 2000 }),
        ]),
        Results = [new("replied", "已回复", true), new("withdrawn", "已撤回", false)],
        Notices =
        [
            new("received", "已收到您的意见建议", "您的意见建议{number}已收到，查询码{code}。"),
            new("replied", "您的意见建议有了回复", "{number}：{opinion}"),
        ],
        OnOpening = ["received"],
    };
}
