using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>What is to be done about a case after a step, and by whom.</summary>
internal static class CaseWorks
{
    /// <summary>Holding it, an office may be asked for an opinion and give one.</summary>
    public const string AnswerPermission = "casework.answer";

    /// <summary>Seats of offices that a stage asks by itself begin so.</summary>
    private const string AskedByStage = "asked-";

    /// <summary>What a case needs that has just begun.</summary>
    public static IReadOnlyList<CaseWork> First(CaseFacts facts, IReadOnlyList<ClockFacts> open)
    {
        var due = Due(open, facts.Calendar, facts.Now);
        return [.. Main(facts, facts.Case, facts.Stage, due) is { } main ? [main] : Array.Empty<CaseWork>(), .. Asked(facts, facts.Case, facts.Stage, due)];
    }

    public static IReadOnlyList<CaseWork> After(
        CaseFacts facts, CaseStep step, StepRequest request, Caller who, Case after, IReadOnlyList<ClockFacts> open)
    {
        if (after.State == CaseState.Ended)
        {
            return [];
        }

        var due = Due(open, facts.Calendar, facts.Now);
        var stage = facts.Type.Stage(after.Stage)!;
        var main = step.To is not null || facts.Main is null
            ? Main(facts, after, stage, due)
            : Kept(facts, step, request, after, facts.Main) with { Due = due };
        var consultations = facts.Work.Where(work => work.Kind == WorkKind.Consult);
        consultations = step.Code switch
        {
            BuiltInSteps.Consult => consultations.Append(Consultation(facts, request, who)),
            BuiltInSteps.Answer => consultations.Where(work => !Standing.IsAsked(work, who)),
            _ => consultations,
        };
        // Another stage asks anew, or asks nothing; so does the same one when it is entered again.
        if (step.To is not null)
        {
            consultations = consultations.Where(work => !work.Seat.StartsWith(AskedByStage, StringComparison.Ordinal)).Concat(Asked(facts, after, stage, due));
        }

        return [.. main is null ? [] : new[] { main }, .. consultations];
    }

    /// <summary>One question for each other office that a child of this case concerns, however many children it has.</summary>
    private static IEnumerable<CaseWork> Asked(CaseFacts facts, Case after, CaseStage stage, DateTimeOffset due)
    {
        if (stage.Asks is not { } question)
        {
            return [];
        }

        var answers = CaseRules.AnswersOf(after);
        return facts.Type.Children
            .Where(child => child.Office is { } office && office != after.Office && ChildRules.Concerns(child, answers))
            .DistinctBy(child => child.Office, StringComparer.Ordinal)
            .Select(child => new CaseWork(after.Number, AskedByStage + child.Code, WorkKind.Consult, child.Office!, AnswerPermission)
            {
                Asked = question,
                Since = facts.Now,
                Due = due,
            });
    }

    /// <summary>The nearest day on which something is due; suspended clocks have none until they run again.</summary>
    public static DateTimeOffset Due(IReadOnlyList<ClockFacts> open, WorkCalendar calendar, DateTimeOffset now) => open
        .Select(clock => ClockJudge.Judge(clock, calendar, now))
        .Where(verdict => verdict.Status != ClockStatus.Paused)
        .Select(verdict => verdict.Due)
        .DefaultIfEmpty(CaseWork.NoDue)
        .Min();

    private static CaseWork? Main(CaseFacts facts, Case after, CaseStage stage, DateTimeOffset due)
    {
        if (stage.Kind == StageKind.Ended)
        {
            return null;
        }

        var seat = stage.Seat;
        var waits = seat is null || stage.Kind == StageKind.Waiting;
        var permission = seat?.Permission ?? facts.Type.Stages.Select(other => other.Seat?.Permission).FirstOrDefault(right => right is not null) ?? AnswerPermission;
        var office = seat?.Office ?? after.Office;
        var stays = (waits || seat!.Handler) && after.Handler is not null && office == after.Office;
        return new(after.Number, CaseWork.Main, waits ? WorkKind.Wait : WorkKind.Handle, office, permission)
        {
            Role = seat?.Role,
            Person = stays ? after.Handler : null,
            PersonName = stays ? after.HandlerName : null,
            Since = facts.Now,
            Due = due,
        };
    }

    private static CaseWork Kept(CaseFacts facts, CaseStep step, StepRequest request, Case after, CaseWork main) => step.Code switch
    {
        BuiltInSteps.Claim or BuiltInSteps.Assign or BuiltInSteps.HandOver => main with
        {
            Person = after.Handler,
            PersonName = after.HandlerName,
            Delegate = null,
            DelegateName = null,
            DelegateUntil = null,
        },
        BuiltInSteps.Delegate => main with
        {
            Delegate = facts.Person?.Account,
            DelegateName = facts.Person?.Name,
            DelegateUntil = request.Until is { } day ? EndOf(day) : null,
        },
        BuiltInSteps.Recuse => main with { Person = null, PersonName = null, Delegate = null, DelegateName = null, DelegateUntil = null },
        BuiltInSteps.Transfer => main with
        {
            Office = after.Office,
            Person = null,
            PersonName = null,
            Delegate = null,
            DelegateName = null,
            DelegateUntil = null,
            Since = facts.Now,
        },
        _ when main is { Person: null, Kind: WorkKind.Handle } && after.Handler is not null && step.By == Actor.Handler && !step.IsBuiltIn =>
            main with { Person = after.Handler, PersonName = after.HandlerName },
        _ => main,
    };

    private static CaseWork Consultation(CaseFacts facts, StepRequest request, Caller who) =>
        new(facts.Case.Number, $"consult-{facts.Case.Events + 1}", WorkKind.Consult, facts.Office?.Code ?? "", AnswerPermission)
        {
            Asked = request.Opinion?.Trim(),
            AskedBy = who.Id,
            Since = facts.Now,
            Due = request.Until is { } day ? EndOf(day) : CaseWork.NoDue,
        };

    private static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), CityTime.Offset);
}
