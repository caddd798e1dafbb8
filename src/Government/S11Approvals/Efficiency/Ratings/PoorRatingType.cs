using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>
/// 差评核实整改: the supervisor verifies, the rated office corrects or appeals, the supervisor calls the rater back.
/// It tells the office item, grade and words, never the case that was rated or its applicant.
/// </summary>
public static class PoorRatingType
{
    public const string Code = "approvals/poor-rating";
    public const string Verify = "verify";
    public const string Correct = "correct";
    public const string Appealed = "appealed";
    public const string CallBack = "call-back";

    /// <param name="days">Working days within which all of it is done.</param>
    public static CaseType Of(int days)
    {
        var supervisor = new CaseSeat(EfficiencyParts.Supervise) { Office = EfficiencyParts.Office };
        return new()
        {
            Code = Code,
            Name = "差评核实整改",
            Clause = ApprovalCases.ClauseOf,
            Owner = EfficiencyParts.Office,
            Stages =
            [
                new(Verify, "核实", StageKind.Running) { Seat = supervisor },
                new(Correct, "整改", StageKind.Running) { Seat = new(EfficiencyParts.CorrectRatings) },
                new(Appealed, "申诉复核", StageKind.Running) { Seat = supervisor },
                new(CallBack, "回访", StageKind.Running) { Seat = supervisor },
                new(RatingHandling.Corrected, "已整改并回访", StageKind.Ended),
                new(RatingHandling.Unreached, "已整改，未联系上", StageKind.Ended),
                new(RatingHandling.Excluded, "不计入评价", StageKind.Ended),
            ],
            Steps =
            [
                new("verified", "核实属实，转单位整改", [Verify], Correct, Actor.Handler) { Needs = StepNeeds.Opinion, Note = "核实意见不得写明评价人和所评价的办件。" },
                new("exclude", "认定恶意或者误评", [Verify], RatingHandling.Excluded, Actor.Handler) { Needs = StepNeeds.Reason, Result = RatingHandling.Excluded },
                new("report", "报告整改情况", [Correct], CallBack, Actor.Handler) { Needs = StepNeeds.Opinion },
                new("appeal", "申诉", [Correct], Appealed, Actor.Handler) { Needs = StepNeeds.Reason, Note = "认为评价恶意或者有误的，可以申诉。" },
                new("reject-appeal", "申诉不成立", [Appealed], Correct, Actor.Handler) { Needs = StepNeeds.Reason },
                new("accept-appeal", "申诉成立", [Appealed], RatingHandling.Excluded, Actor.Handler) { Needs = StepNeeds.Reason, Result = RatingHandling.Excluded },
                new("called", "已回访", [CallBack], RatingHandling.Corrected, Actor.Handler)
                {
                    Needs = StepNeeds.Opinion,
                    Result = RatingHandling.Corrected,
                    Fields = [new FieldDefinition { Name = "content", Label = "评价人对整改满意", Type = FieldTypes.YesNo, Required = true }],
                },
                new("again", "回访不满意，继续整改", [CallBack], Correct, Actor.Handler) { Needs = StepNeeds.Opinion },
                new("unreached", "多次回访未联系上", [CallBack], RatingHandling.Unreached, Actor.Handler) { Needs = StepNeeds.Reason, Result = RatingHandling.Unreached },
            ],
            Clocks =
            [
                new("handle", "差评整改期限", ClockUnit.WorkingDays, days, ClockKind.Promised, RatingRules.Law)
                {
                    Runs = [Verify, Correct, Appealed, CallBack],
                },
            ],
            Form = new(
            [
                new(new() { Name = "item", Label = "事项", Type = FieldTypes.Text, Required = true, LengthMax = 200 }),
                new(new() { Name = "grade", Label = "评价", Type = FieldTypes.Text, Required = true, LengthMax = 20 }),
                new(new() { Name = "words", Label = "意见", Type = FieldTypes.LongText, LengthMax = RatingRules.WordsMax }),
                new(new() { Name = "month", Label = "评价月份", Type = FieldTypes.Text, Required = true, LengthMax = 20 }),
            ]),
            Results =
            [
                new(RatingHandling.Corrected, "已整改并回访", true),
                new(RatingHandling.Unreached, "已整改，未联系上", true),
                new(RatingHandling.Excluded, "不计入评价", false),
            ],
        };
    }
}
