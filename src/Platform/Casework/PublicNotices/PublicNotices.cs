using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Casework;

/// <summary>How long something is announced, and by what act. The time of it counts: 行政许可法 art. 45 does not name it.</summary>
public sealed record PublicNoticeRule(int Length, ClockUnit Unit, Basis Basis);

/// <summary>
/// A public notice as a part of a case type: one stage, its clock, and the steps that belong to it. A type that takes
/// them in is held to them: what is asked for is granted only after the notice has run its time, and after every
/// objection has been answered and none was found to be right.
/// </summary>
public static class PublicNotices
{
    public const string Stage = "announced";
    public const string Clock = "public-notice";

    public const string Publish = "publish-notice";
    public const string Over = "notice-over";
    public const string TakeDown = "take-notice-down";
    public const string Record = "record-objection";
    public const string Answer = "answer-objection";

    /// <summary>Names of the fields of the steps.</summary>
    public const string Words = "notice_words";
    public const string Objector = "objector";
    public const string Objecting = "objecting";
    public const string Which = "objection";
    public const string Finding = "finding";

    /// <summary>Code of the notice to the applicant.</summary>
    public const string Told = "notice-published";

    public const int TextMost = 4000;
    public const int WordsMost = 2000;

    /// <summary>Longest time, in days of either kind.</summary>
    public const int DaysMost = 60;

    /// <summary>Whether cases of the type may be announced.</summary>
    public static bool In(CaseType type) => type.Stage(Stage) is not null;

    /// <param name="seat">Who handles the case.</param>
    public static CaseStage StageFor(CaseSeat seat) => new(Stage, Text.NoticeStage, StageKind.Running) { Seat = seat, Note = Text.NoticeStageNote };

    public static ClockRule ClockOf(PublicNoticeRule rule) => new(Clock, Text.NoticeClock, rule.Unit, rule.Length, ClockKind.Step, rule.Basis)
    {
        Runs = [Stage],
        Silence = new(Over, Text.NoticeOver, rule.Basis),
    };

    public static NoticeTemplate Message { get; } = new(Told, Text.NoticeToldSubject, Text.NoticeTold);

    /// <param name="from">The stage in which the case is examined: from there it is announced, and there it comes back.</param>
    public static IEnumerable<CaseStep> Steps(PublicNoticeRule rule, string from)
    {
        yield return new(Publish, Text.PublishNotice, [from], Stage, Actor.Handler)
        {
            Note = Text.PublishNoticeNote,
            Fields = [new FieldDefinition { Name = Words, Label = Text.NoticeWords, Type = FieldTypes.LongText, Required = true, LengthMax = TextMost, Note = Text.NoticeWordsNote }],
            Notices = [Told],
            Basis = rule.Basis,
        };
        yield return new(Over, Text.NoticeIsOver, [Stage], from, Actor.Platform) { On = Occasion.ClockRanOut, Basis = rule.Basis };
        yield return new(TakeDown, Text.TakeDown, [Stage], from, Actor.Handler) { Note = Text.TakeDownNote, Needs = StepNeeds.Reason };
        yield return new(Record, Text.RecordObjection, [Stage], null, Actor.Handler)
        {
            Note = Text.RecordObjectionNote,
            Fields =
            [
                new FieldDefinition { Name = Objector, Label = Text.Objector, Type = FieldTypes.Text, Required = true, LengthMax = 100 },
                new FieldDefinition { Name = Objecting, Label = Text.ObjectionWords, Type = FieldTypes.LongText, Required = true, LengthMax = WordsMost },
            ],
        };
        yield return new(Answer, Text.AnswerObjection, [Stage, from], null, Actor.Handler)
        {
            InPanel = true,
            Needs = StepNeeds.Opinion,
            Fields =
            [
                new FieldDefinition { Name = Which, Label = Text.WhichObjection, Type = FieldTypes.Text, Required = true, LengthMax = 60 },
                new FieldDefinition { Name = Finding, Label = Text.FindingLabel, Type = FieldTypes.Code, CodeList = ObjectionFinding.Codes.Name, Required = true },
            ],
            Basis = rule.Basis,
        };
    }

    /// <summary>The step gives what was asked for, by somebody's decision: silence asks nobody.</summary>
    internal static bool Grants(CaseType type, CaseStep step) =>
        step is { Marks: Milestone.Decided, By: not Actor.Platform } && type.Results.Any(result => result.Good && result.Code == step.Result);
}
