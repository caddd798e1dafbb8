using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Exchange;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S06Sharing.Demands;

/// <summary>
/// A demand for data that does not exist yet (政务数据共享条例 art. 11, 19): the authority gives it to the office whose duty
/// it is, and it is closed when the resource stands in the catalogue.
/// </summary>
public static class DemandType
{
    public const string Code = "sharing/demand";
    public const string Assigned = "assigned";
    public const string Name = "name";
    public const string Consumer = "consumer";
    public const string Resource = "resource";

    /// <summary>The order gives the catalogue ten working days after duties changed; a demand is taken for such a change.</summary>
    private static readonly Basis Cataloguing = new("政务数据共享条例", "第十七条");

    private static readonly Basis Duties = new("政务数据共享条例", "第十九条");

    public static readonly CaseType Type = new()
    {
        Code = Code,
        Name = Text.Demand,
        Clause = "S06",
        Owner = RequestType.Authority,
        WindowPermission = SharingRights.Apply,
        Stages =
        [
            new("listed", "等待交办", StageKind.Before) { Seat = new(SharingRights.Manage), Note = Text.ListedNote },
            new(Assigned, "提供部门编目发布", StageKind.Running) { Seat = new(SharingRights.Answer), Note = Text.AssignedNote },
            new("published", "已发布", StageKind.Ended),
            new("declined", "无法提供", StageKind.Ended),
        ],
        Steps =
        [
            new("assign", "交办提供部门", ["listed"], Assigned, Actor.Handler)
            {
                Needs = StepNeeds.Office, Marks = Milestone.Accepted, Note = Text.AssignNote, Basis = Duties,
            },
            new("decline", "无法提供，说明理由", ["listed"], "declined", Actor.Head)
            {
                Needs = StepNeeds.Reason, Marks = Milestone.Decided, Result = "declined", Adverse = true, Note = Text.DeclineNote,
            },
            new("return", "退回主管部门", [Assigned], "listed", Actor.Handler) { Needs = StepNeeds.Reason, Office = RequestType.Authority, Note = Text.ReturnNote },
            new("publish", "已经发布", [Assigned], "published", Actor.Handler)
            {
                Fields = [new FieldDefinition { Name = Resource, Label = Text.PublishedAs, Type = FieldTypes.Text, Required = true, LengthMax = 80 }],
                Marks = Milestone.Decided, Result = "published", Note = Text.PublishNote, Basis = Cataloguing,
            },
            new("found", "同名资源已经发布", [Assigned], "published", Actor.Platform)
            {
                Fields = [new FieldDefinition { Name = Resource, Label = Text.PublishedAs, Type = FieldTypes.Text, Required = true, LengthMax = 80 }],
                Marks = Milestone.Decided, Result = "published", Basis = Cataloguing,
            },
        ],
        Clocks = [new("publish", "编目发布时限（比照目录更新）", ClockUnit.WorkingDays, 10, ClockKind.Step, Cataloguing) { Runs = [Assigned] }],
        Form = new(
        [
            Ask(Name, Text.Name, FieldTypes.Text, 100),
            Ask("use", Text.Use, FieldTypes.LongText, 1_000),
            Ask("fields", Text.Fields, FieldTypes.LongText, 2_000),
            Ask("items", Text.Items, FieldTypes.LongText, 2_000, false),
            Ask(Consumer, Text.Consumer, FieldTypes.Text, 60) with { Coded = true },
        ]),
        Results = [new("published", "已发布", true), new("declined", "无法提供", false)],
    };

    private static CaseQuestion Ask(string name, string label, FieldType type, int length, bool required = true) =>
        new(new FieldDefinition { Name = name, Label = label, Type = type, Required = required, LengthMax = length });
}
