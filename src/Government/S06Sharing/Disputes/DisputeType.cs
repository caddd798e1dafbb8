using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Exchange;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S06Sharing.Disputes;

/// <summary>
/// A dispute about a refused request (政务数据共享条例 art. 28): the authority mediates, and where that fails the government
/// of the city decides. Either may bring the request back to the provider for another answer.
/// </summary>
public static class DisputeType
{
    public const string Code = "sharing/dispute";

    /// <summary>The question that holds the number of the refused request.</summary>
    public const string Request = "request";

    public const string Consumer = "consumer";

    private static readonly Basis Law = new("政务数据共享条例", "第二十八条");

    /// <summary>Codes of the steps after which the provider answers again.</summary>
    public static readonly IReadOnlyList<string> Provide = ["to-provide", "decide-provide"];

    public static readonly CaseType Type = new()
    {
        Code = Code,
        Name = Text.Dispute,
        Clause = "S06",
        Owner = RequestType.Authority,
        WindowPermission = SharingRights.Apply,
        Stages =
        [
            new("mediating", "主管部门调解", StageKind.Running) { Seat = new(SharingRights.Manage), Note = Text.MediatingNote },
            new("deciding", "本级政府决定", StageKind.Running) { Seat = new(SharingRights.Manage), Note = Text.DecidingNote },
            new("provide", "由提供部门重新答复", StageKind.Ended),
            new("stay", "维持不予共享", StageKind.Ended),
        ],
        Steps =
        [
            new("to-provide", "调解成功，提供部门重新答复", ["mediating"], "provide", Actor.Handler)
            {
                Needs = StepNeeds.Opinion, Marks = Milestone.Decided, Result = "provide", Note = Text.ProvideNote, Basis = Law,
            },
            new("to-stay", "调解成功，维持不予共享", ["mediating"], "stay", Actor.Handler)
            {
                Needs = StepNeeds.Opinion, Marks = Milestone.Decided, Result = "stay", Note = Text.StayNote, Basis = Law,
            },
            new("escalate", "调解不成，报本级政府", ["mediating"], "deciding", Actor.Head) { Needs = StepNeeds.Opinion, Note = Text.EscalateNote, Basis = Law },
            new("decide-provide", "政府决定共享", ["deciding"], "provide", Actor.Handler)
            {
                Needs = StepNeeds.Opinion | StepNeeds.Document, Marks = Milestone.Decided, Result = "provide", Note = Text.DecisionNote, Basis = Law,
            },
            new("decide-stay", "政府决定不予共享", ["deciding"], "stay", Actor.Handler)
            {
                Needs = StepNeeds.Opinion | StepNeeds.Document, Marks = Milestone.Decided, Result = "stay", Adverse = true, Note = Text.DecisionNote, Basis = Law,
            },
        ],

        // The order sets no days for the mediation; those of the answer are taken.
        Clocks =
        [
            new("mediate", "调解时限（比照答复）", ClockUnit.WorkingDays, 10, ClockKind.Step, new("政务数据共享条例", "第二十一条")) { Runs = ["mediating"] },
        ],
        Form = new(
        [
            new(new FieldDefinition { Name = Request, Label = Text.Request, Type = FieldTypes.Text, Required = true, LengthMax = 20 }) { Coded = true },
            new(new FieldDefinition { Name = Consumer, Label = Text.Consumer, Type = FieldTypes.Text, Required = true, LengthMax = 60 }) { Coded = true },
            new(new FieldDefinition { Name = "why", Label = Text.Why, Type = FieldTypes.LongText, Required = true, LengthMax = 2_000 }),
        ]),
        Results = [new("provide", "由提供部门重新答复", true), new("stay", "维持不予共享", false)],
    };
}
