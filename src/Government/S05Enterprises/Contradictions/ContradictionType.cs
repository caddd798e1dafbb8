using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>
/// A contradiction as a case of the office whose word it is: it puts its database right, or says why both sides are right, within
/// the ten working days that the law gives for verifying shared data. That the contradiction is gone the comparison says, not the office.
/// </summary>
public static class ContradictionType
{
    public const string Code = "enterprises/contradiction";
    public const string Verifying = "verifying";
    public const string Awaiting = "awaiting";
    public const string Reviewing = "reviewing";

    /// <summary>The answer with the code of the contradiction.</summary>
    public const string Number = "contradiction";

    public static readonly Basis Law = new("政务数据共享条例", "第二十六条");

    public static readonly CaseType Type = new()
    {
        Code = Code,
        Name = Text.Case,
        Clause = "S05",
        Owner = "market-regulation",
        OfficeBy = "office",
        Stages =
        [
            new(Verifying, "负责部门核实", StageKind.Running) { Seat = new(EnterpriseSystem.Answer), Note = Text.VerifyingNote },
            new(Reviewing, "审核情况说明", StageKind.Running) { Seat = new(EnterpriseSystem.Review) { Office = "data" }, Note = Text.ReviewingNote },
            new(Awaiting, "等待数据更新后复核", StageKind.Waiting) { Note = Text.AwaitingNote },
            new("closed", "矛盾已消除", StageKind.Ended),
            new("explained", "情况属实，已说明", StageKind.Ended),
        ],
        Steps =
        [
            new("put-right", "已在本部门数据库中更正", [Verifying], Awaiting, Actor.Handler) { Needs = StepNeeds.Opinion, Note = Text.PutRightNote, Basis = Law },
            new("explain", "双方都对，说明理由", [Verifying], Reviewing, Actor.Handler) { Needs = StepNeeds.Reason, Note = Text.ExplainNote, Basis = Law },
            new("accept", "同意说明", [Reviewing], "explained", Actor.Handler) { Needs = StepNeeds.Opinion, Marks = Milestone.Decided, Result = "explained", Basis = Law },
            new("reject", "理由不足，退回核实", [Reviewing], Verifying, Actor.Handler) { Needs = StepNeeds.Reason, Basis = Law },
            new("still", "更新后仍有矛盾，退回核实", [Awaiting], Verifying, Actor.Platform) { Needs = StepNeeds.Reason },
            new("gone", "复核后矛盾已消除", [Verifying, Reviewing, Awaiting], "closed", Actor.Platform) { Needs = StepNeeds.Opinion, Marks = Milestone.Decided, Result = "closed" },
        ],
        Clocks = [new("answer", "核实时限", ClockUnit.WorkingDays, 10, ClockKind.Legal, Law) { Runs = [Verifying, Reviewing, Awaiting] }],
        Form = new(
        [
            Ask(Number, "矛盾编号", FieldTypes.Text, 120), Ask("rule", "矛盾类型", FieldTypes.Text, 60), Ask("statement", "说明", FieldTypes.LongText, 1_000) with { Coded = false },
            Ask("office", "负责部门", FieldTypes.Text, 60), Ask("returned", "再次出现次数", FieldTypes.Integer, null),
        ]),
        Results = [new("closed", "矛盾已消除", true), new("explained", "情况属实，已说明", true)],
    };

    private static CaseQuestion Ask(string name, string label, FieldType type, int? length) =>
        new(new FieldDefinition { Name = name, Label = label, Type = type, Required = true, LengthMax = length }) { Coded = true };
}
