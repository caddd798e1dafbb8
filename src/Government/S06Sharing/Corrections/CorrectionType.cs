using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Exchange;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>
/// A correction as a case (校核, 政务数据共享条例 art. 26): whoever received a value says that it is wrong, and why; the
/// office whose word counts looks at it and corrects or refuses in ten working days. What was corrected goes out by the
/// one write path and the feed, and everybody who received the wrong value is told.
/// </summary>
public static class CorrectionType
{
    public const string Code = "sharing/correction";
    public const string Verifying = "verifying";
    public const string Writing = "writing";

    /// <summary>The field of the step that corrects: what shall stand there.</summary>
    public const string Value = "value";

    public static readonly Basis Law = new("政务数据共享条例", "第二十六条");

    public static readonly CaseType Type = new()
    {
        Code = Code,
        Name = Text.Correction,
        Clause = "S06",
        Owner = RequestType.Authority,
        OfficeBy = CorrectionTerms.Provider,
        WindowPermission = SharingRights.Report,
        Stages =
        [
            new(Verifying, "提供部门核实", StageKind.Running) { Seat = new(SharingRights.Verify), Note = Text.VerifyingNote },
            new(Writing, "更正数据", StageKind.Running) { Note = Text.WritingNote },
            new("corrected", "已更正", StageKind.Ended),
            new("upheld", "不予更正", StageKind.Ended),
        ],
        Steps =
        [
            new("correct", "核实有误，更正", [Verifying], Writing, Actor.Handler)
            {
                Fields = [new FieldDefinition { Name = Value, Label = "更正后的值", Type = FieldTypes.LongText, LengthMax = 8_000, Note = Text.ValueHint }],
                Needs = StepNeeds.Opinion,
                Note = Text.CorrectNote,
                Basis = Law,
            },
            new("uphold", "核实无误，不予更正", [Verifying], "upheld", Actor.Handler)
            {
                Needs = StepNeeds.Reason, Marks = Milestone.Decided, Result = "upheld", Adverse = true, Notices = ["upheld"], Note = Text.UpholdNote, Basis = Law,
            },
            new("done", "更正完成，告知收到过错误值的部门", [Writing], "corrected", Actor.Platform)
            {
                Needs = StepNeeds.Opinion, Marks = Milestone.Decided, Result = "corrected", Notices = ["corrected"], Basis = Law,
            },
            new("give-back", "数据没有写入，退回核实", [Writing], Verifying, Actor.Platform) { Needs = StepNeeds.Reason },
        ],
        Clocks = [new("answer", "校核时限", ClockUnit.WorkingDays, 10, ClockKind.Legal, Law) { Runs = [Verifying, Writing] }],
        Form = CorrectionTerms.Form,
        Results = [new("corrected", "已更正", true), new("upheld", "不予更正", false)],
        Notices =
        [
            new("opened", "您的一项登记信息正在核实", "有部门在办理业务时认为您的一项登记信息可能有误，{office}正在核实，期限十个工作日。") { Channels = [] },
            new("corrected", "您的一项登记信息已经更正", "{office}核实后更正了您的一项登记信息，收到过原来的值的部门已经得到告知。") { Channels = [] },
            new("upheld", "您的一项登记信息核实完毕", "{office}核实后没有更改您的登记信息。理由：{reason}") { Channels = [] },
        ],
        OnOpening = ["opened"],
    };
}
