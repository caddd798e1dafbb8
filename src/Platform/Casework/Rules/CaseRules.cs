using System.Text.Json;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// The one transition: what a step makes of a case, or everything that speaks against it. Pure; the same judgement
/// serves the page that shows what may be done, the desk that does it, and the test that walks through a type.
/// </summary>
public static class CaseRules
{
    private const int WordsMax = 4000;

    /// <summary>The steps that this person may take now, whatever they need.</summary>
    public static IReadOnlyList<CaseStep> Possible(CaseFacts facts, Caller who) =>
        [.. facts.Type.AllSteps.Where(step => step.By != Actor.Platform && !Standing.Of(facts, step, who).Any)];

    /// <summary>The change, or all that is wrong with the request at once.</summary>
    public static Outcome<CaseChange> Judge(CaseFacts facts, StepRequest request, Caller who)
    {
        if (facts.Type.Step(request.Step) is not { } step)
        {
            return new Refusal("CASE-R01", "step", Text.NoSuchStep(facts.Type.Name, request.Step));
        }

        // Who may not take it is not told what it would need.
        var standing = Standing.Of(facts, step, who);
        if (standing.Any)
        {
            return standing;
        }

        // Silence has decided already; the platform's step comes first, whoever is quicker.
        if (who.Kind != CallerKind.Platform && step is { IsBuiltIn: false, To: not null } && Silent(facts) is { } silent)
        {
            return new Refusal(SilenceDecided, "", Text.SilenceDecided(silent.Label, facts.Type.Step(silent.Silence!.Step)!.Label), silent.Silence.Basis);
        }

        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        var refusals = Needs(facts, step, request, who).And(Fields(step, request, details)).And(CaseFaults.Judge(facts.Type, step, request.Faults, details));
        string? answers = null;
        if (request.Answers is { } changed)
        {
            refusals = refusals.And(Answers(facts, step, changed, out answers));
        }

        var to = step.To ?? facts.Case.Stage;
        var after = After(facts, step, request, who, to) with { Answers = answers ?? facts.Case.Answers };
        var clocks = CaseClocks.After(facts, step, request, who, to);
        refusals = refusals.And(clocks.Refusals);
        if (refusals.Any)
        {
            return refusals;
        }

        var open = CaseClocks.Open(facts.Clocks, clocks.Value);
        var work = CaseWorks.After(facts, step, request, who, after, open);
        return new CaseChange(step, facts.Case, after, Event(facts, step, request, who, after, details))
        {
            Clocks = clocks.Value,
            Work = work,
            Notices = [.. facts.Type.Notices.Where(notice => step.Notices.Contains(notice.Code))],
            Opens = [.. facts.Type.Children.Where(child => step.Opens.Contains(child.Code) && ChildRules.MayBegin(facts, child, AnswersOf(after)))],
        };
    }

    /// <summary>Code of the refusal while silence has decided and the platform has not yet taken its step.</summary>
    internal const string SilenceDecided = "CASE-R27";

    /// <summary>A clock whose silence means something and which has run out, while the case still stands where it ran.</summary>
    private static ClockRule? Silent(CaseFacts facts) => facts.Clocks.Select(clock => clock.Facts).FirstOrDefault(clock =>
        clock is { Rule.Silence: { } silence, Ended: null }
        && (facts.Type.Step(silence.Step)?.From.Contains(facts.Case.Stage, StringComparer.Ordinal) ?? false)
        && ClockJudge.Judge(clock, facts.Calendar, facts.Now).Late)?.Rule;

    /// <summary>The answers of a case as its form knows them.</summary>
    public static IReadOnlyDictionary<string, string> AnswersOf(Case of) =>
        of.Answers is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(of.Answers) ?? [];

    /// <summary>Answers as a case keeps them.</summary>
    public static string Write(IReadOnlyDictionary<string, string> answers) => JsonSerializer.Serialize(answers, DefinitionJson.Options);

    private static Refusals Needs(CaseFacts facts, CaseStep step, StepRequest request, Caller who)
    {
        Refusal? Missing(StepNeeds need, string? given, string code, string field, string sentence) =>
            step.Needs.HasFlag(need) && string.IsNullOrWhiteSpace(given) ? new(code, field, sentence, step.Basis) : null;
        Refusal? Long(string? given, string field) => given?.Length > WordsMax ? new("CASE-R19", field, Text.TooLong(WordsMax)) : null;
        return Refusals.Of(
            Missing(StepNeeds.Opinion, request.Opinion, "CASE-R06", "opinion", step.Code == BuiltInSteps.Consult ? Text.NoQuestion : step.TellsFaults ? Text.NoFaultNamed : Text.NoOpinion),
            Missing(StepNeeds.Reason, request.Reason, "CASE-R07", "reason", Text.NoReason),
            Missing(StepNeeds.Basis, request.Basis, "CASE-R08", "basis", Text.NoBasis),
            Missing(StepNeeds.Document, request.Document, "CASE-R09", "document", Text.NoDocument),
            Long(request.Opinion, "opinion"),
            Long(request.Reason, "reason"),
            request.Basis?.Length > 400 ? new("CASE-R19", "basis", Text.TooLong(400)) : null,
            request.Document?.Length > 400 ? new("CASE-R19", "document", Text.TooLong(400)) : null,
            step.Needs.HasFlag(StepNeeds.SecondOfficer) ? Second(facts, request, who) : null,
            step.Needs.HasFlag(StepNeeds.Person) ? Person(facts, request) : null,
            step.Needs.HasFlag(StepNeeds.Office) ? Office(facts, step, request) : null,
            step.Needs.HasFlag(StepNeeds.OtherCase) ? Other(facts, request) : null,
            step.Needs.HasFlag(StepNeeds.Until) ? Until(facts, request) : null);
    }

    private static Refusal? Second(CaseFacts facts, StepRequest request, Caller who) =>
        string.IsNullOrWhiteSpace(request.Second) ? new("CASE-R11", "second", Text.NoSecond, Law.TwoOfficers)
        : request.Second == who.Id ? new("CASE-R11", "second", Text.SecondIsSelf, Law.TwoOfficers)
        : facts.Second is not { } second || !second.Offices.Contains(who.Office) ? new("CASE-R12", "second", Text.NotOfOffice)
        : facts.Case.IsRecused(second.Account) ? new("CASE-R13", "second", Text.Recused(second.Name))
        : null;

    private static Refusal? Person(CaseFacts facts, StepRequest request) =>
        string.IsNullOrWhiteSpace(request.Person) ? new("CASE-R12", "person", Text.NoPerson)
        : facts.Person is not { } person || !person.Offices.Contains(facts.Main?.Office ?? facts.Case.Office) ? new("CASE-R12", "person", Text.NotOfOffice)
        : facts.Case.IsRecused(person.Account) ? new("CASE-R13", "person", Text.Recused(person.Name))
        : facts.Main?.Person == person.Account ? new("CASE-R14", "person", Text.HasItAlready(person.Name))
        : null;

    private static Refusal? Office(CaseFacts facts, CaseStep step, StepRequest request) =>
        string.IsNullOrWhiteSpace(request.Office) || facts.Office is null ? new("CASE-R15", "office", Text.NoOffice)
        : facts.Office.Code == facts.Case.Office ? new("CASE-R15", "office", Text.OwnOffice)
        : step.Code == BuiltInSteps.Consult && facts.Work.Any(work => work.Kind == WorkKind.Consult && work.Office == facts.Office.Code)
            ? new("CASE-R15", "office", Text.AskedAlready(facts.Office.Name))
        : step.Code == BuiltInSteps.Transfer && facts.Stage.Seat?.Office is not null ? new("CASE-R15", "office", Text.FixedOffice(facts.Stage.Label))
        : null;

    private static Refusal? Other(CaseFacts facts, StepRequest request) =>
        string.IsNullOrWhiteSpace(request.Other) || facts.Other is not { } other ? new("CASE-R16", "other", Text.NoOtherCase)
        : other.Number == facts.Case.Number ? new("CASE-R16", "other", Text.SameCase)
        : other.Type != facts.Case.Type || other.Office != facts.Case.Office ? new("CASE-R16", "other", Text.OtherKind)
        : other.State == CaseState.Ended ? new("CASE-R16", "other", Text.OtherEnded)
        : null;

    private static Refusal? Until(CaseFacts facts, StepRequest request) =>
        request.Until is not { } day ? new("CASE-R17", "until", Text.NoUntil)
        : day < facts.Now.Local().Day() ? new("CASE-R17", "until", Text.UntilPast)
        : day > facts.Now.Local().Day().AddDays(366) ? new("CASE-R17", "until", Text.UntilFar)
        : null;

    private static Refusals Fields(CaseStep step, StepRequest request, Dictionary<string, string> details)
    {
        var refusals = new List<Refusal>();
        refusals.AddRange(request.Fields.Keys.Where(name => step.Fields.All(field => field.Name != name))
            .Select(name => new Refusal("CASE-F01", name, Text.UnknownAnswer(name))));
        foreach (var field in step.Fields)
        {
            var read = new CaseQuestion(field).Read(request.Fields.GetValueOrDefault(field.Name));
            refusals.AddRange(read.Refusals);
            if (read.Ok && read.Value.Length > 0)
            {
                details[field.Name] = read.Value;
            }
        }

        return new(refusals);
    }

    private static Refusals Answers(CaseFacts facts, CaseStep step, IReadOnlyDictionary<string, string> changed, out string? answers)
    {
        answers = null;
        if (!step.ChangesAnswers)
        {
            return Refusals.Of(new Refusal("CASE-R18", "answers", Text.AnswersFixed));
        }

        var refusals = facts.Type.Form.Judge(changed, out var values);
        answers = Write(values);
        return refusals;
    }

    private static Case After(CaseFacts facts, CaseStep step, StepRequest request, Caller who, string to)
    {
        var stage = facts.Type.Stage(to)!;
        var at = request.Counts ?? facts.Now;
        var after = facts.Case with
        {
            Stage = to,
            State = CaseState.Of(stage.Kind),
            Events = facts.Case.Events + 1,
            Result = step.Result ?? facts.Case.Result,
            AcceptedAt = step.Marks == Milestone.Accepted ? facts.Case.AcceptedAt ?? at : facts.Case.AcceptedAt,
            DecidedAt = step.Marks == Milestone.Decided ? facts.Case.DecidedAt ?? at : facts.Case.DecidedAt,
            ClosedAt = stage.Kind == StageKind.Ended ? facts.Case.ClosedAt ?? facts.Now : null,
        };
        return step.Code switch
        {
            BuiltInSteps.Claim => after with { Handler = who.Id, HandlerName = who.Name },
            BuiltInSteps.Assign or BuiltInSteps.HandOver => after with { Handler = facts.Person?.Account, HandlerName = facts.Person?.Name },
            BuiltInSteps.Recuse => after with
            {
                Handler = null,
                HandlerName = null,
                Recused = facts.Case.Recused is { Length: > 0 } before ? before + " " + who.Id : who.Id,
            },
            BuiltInSteps.Transfer => after with { Office = facts.Office?.Code ?? facts.Case.Office, Handler = null, HandlerName = null },
            BuiltInSteps.Merge => after with { MergedInto = facts.Other?.Number },
            BuiltInSteps.Reopen => after with { Result = null, DecidedAt = null },
            _ when (step.OfficeBy is { } question ? AnswersOf(facts.Case).GetValueOrDefault(question)
                : step is { IsBuiltIn: false } && step.Needs.HasFlag(StepNeeds.Office) ? facts.Office?.Code : step.Office) is { } office && office != facts.Case.Office => after with { Office = office, Handler = null, HandlerName = null },

            // Whoever takes the first step of work that lies in the pool has the case from then on.
            _ when step.By == Actor.Handler && !step.IsBuiltIn && facts.Case.Handler is null && who.Kind == CallerKind.Staff =>
                after with { Handler = who.Id, HandlerName = who.Name },
            _ => after,
        };
    }

    private static CaseEvent Event(
        CaseFacts facts, CaseStep step, StepRequest request, Caller who, Case after, Dictionary<string, string> details) => new()
        {
            Key = EventKey(facts.Case.Number, after.Events),
            Case = facts.Case.Number,
            Ordinal = after.Events,
            Step = step.Code,
            Label = step.Label,
            Before = facts.Case.Stage,
            After = after.Stage,
            At = facts.Now,
            Who = who.Id,
            WhoName = who.Name,
            Office = who.Office.Length > 0 ? who.Office : null,
            Second = facts.Second?.Name,
            Opinion = Trimmed(request.Opinion),
            Reason = Trimmed(request.Reason),
            Basis = Trimmed(request.Basis),
            Document = Trimmed(request.Document),
            File = request.File,
            Details = details.Count == 0 ? null : Write(details),
            Towards = facts.Person?.Name ?? facts.Office?.Name ?? facts.Other?.Number,
            Person = facts.Case.Person,
        };

    /// <summary>Events of a case stand in the order of their keys.</summary>
    internal static string EventKey(string number, int ordinal) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number}-{ordinal:0000}");

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static class Law
    {
        public static readonly Basis TwoOfficers = new("行政许可法", "第三十四条第三款");
    }
}
