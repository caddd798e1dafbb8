using System.Text.RegularExpressions;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>Whether a case type can be worked with: everything that it names is there, and nobody gets stuck in it.</summary>
public static partial class CaseTypeCheck
{
    public static Refusals Of(CaseType type)
    {
        var refusals = new List<Refusal>();
        void Refuse(bool wrong, string code, string field, string sentence)
        {
            if (wrong)
            {
                refusals.Add(new(code, field, sentence));
            }
        }

        Refuse(!CodePattern().IsMatch(type.Code), "CASE-T01", "code", Text.BadTypeCode(type.Code));
        Refuse(string.IsNullOrWhiteSpace(type.Name), "CASE-T02", "name", Text.NoTypeName);
        Refuse(type.Stages.Count < 2, "CASE-T03", "stages", Text.TooFewStages);
        foreach (var twice in Twice(type.Stages.Select(stage => stage.Code))
            .Concat(Twice(type.Steps.Select(step => step.Code)))
            .Concat(Twice(type.Materials.Select(material => material.Code)))
            .Concat(Twice(type.Children.Select(child => child.Code)))
            .Concat(Twice(type.Results.Select(result => result.Code)))
            .Concat(Twice(type.Form.Questions.Select(question => question.Field.Name))))
        {
            Refuse(true, "CASE-T04", twice, Text.DoubleCode(twice));
        }

        if (refusals.Count > 0)
        {
            return new(refusals);
        }

        foreach (var step in type.Steps)
        {
            Refuse(step.IsBuiltIn, "CASE-T05", step.Code, Text.ReservedCode(step.Code));
            Refuse(step.From.Count == 0, "CASE-T06", step.Code, Text.StepFromNowhere(step.Label));
            foreach (var stage in step.From.Append(step.To ?? type.Start).Where(code => type.Stage(code) is null))
            {
                Refuse(true, "CASE-T07", step.Code, Text.NoSuchStage(step.Label, stage));
            }

            foreach (var clock in step.Clocks.Where(effect => type.Clocks.All(rule => rule.Code != effect.Clock)))
            {
                Refuse(true, "CASE-T08", step.Code, Text.NoSuchClock(step.Label, clock.Clock));
            }

            foreach (var child in step.Opens.Where(code => type.Children.All(known => known.Code != code)))
            {
                Refuse(true, "CASE-T09", step.Code, Text.NoSuchChild(step.Label, child));
            }

            foreach (var notice in step.Notices.Where(code => type.Notices.All(known => known.Code != code)))
            {
                Refuse(true, "CASE-T10", step.Code, Text.NoSuchNotice(step.Label, notice));
            }

            Refuse(step.Result is { } result && type.Results.All(known => known.Code != result), "CASE-T11", step.Code, Text.NoSuchResult(step.Label, step.Result ?? ""));
            Refuse(step.OfficeBy is { } office && type.Form.Find(office) is null, "CASE-T20", step.Code, Text.NoSuchQuestion(step.OfficeBy ?? ""));
            Refuse(step.By == Actor.Supervisor && step.Permission is null, "CASE-T12", step.Code, Text.SupervisorNeedsPermission(step.Label));
            Refuse(step.Bulk && step.Needs.HasFlag(StepNeeds.Document), "CASE-T13", step.Code, Text.NotSafeInBulk(step.Label));
            Refuse(
                step.By is Actor.Handler or Actor.Head && step.From.Any(code => type.Stage(code) is { Seat: null, Kind: not StageKind.Ended }),
                "CASE-T14", step.Code, Text.NobodySits(step.Label));
        }

        foreach (var notice in type.OnOpening.Where(code => type.Notices.All(known => known.Code != code)))
        {
            Refuse(true, "CASE-T10", "on_opening", Text.NoSuchNotice(Text.Opened, notice));
        }

        foreach (var stage in type.Stages)
        {
            Refuse(stage.Kind == StageKind.Ended && stage.Seat is not null, "CASE-T15", stage.Code, Text.EndedHasSeat(stage.Label));
            Refuse(stage.Kind is StageKind.Before or StageKind.Running && stage.Seat is null && !Leaves(type, stage), "CASE-T16", stage.Code, Text.NoWayOut(stage.Label));
        }

        foreach (var stage in new[] { (type.Withdrawal, true), (type.Merger, true), (type.Reopening, false) })
        {
            Refuse(
                stage.Item1 is { } code && (type.Stage(code) is not { } named || (named.Kind == StageKind.Ended) != stage.Item2),
                "CASE-T17", stage.Item1 ?? "", Text.BadSpecialStage(stage.Item1 ?? ""));
        }

        foreach (var child in type.Children)
        {
            foreach (var after in child.After.Where(code => code == child.Code || type.Children.All(known => known.Code != code)))
            {
                Refuse(true, "CASE-T18", child.Code, Text.BadDependency(child.Code, after));
            }

            foreach (var question in child.Questions?.Values.Where(name => type.Form.Find(name) is null) ?? [])
            {
                Refuse(true, "CASE-T20", question, Text.NoSuchQuestion(question));
            }

            foreach (var material in child.Materials.Values.Where(code => type.Materials.All(known => known.Code != code)))
            {
                Refuse(true, "CASE-T23", material, Text.NoSharedMaterial(material));
            }
        }

        Refuse(type.OfficeBy is { } by && type.Form.Find(by) is null, "CASE-T20", "office_by", Text.NoSuchQuestion(type.OfficeBy ?? ""));
        refusals.AddRange(ClockRuleCheck.Judge(type.Clocks));
        foreach (var clock in type.Clocks)
        {
            foreach (var stage in clock.Runs.Where(code => type.Stage(code) is null))
            {
                Refuse(true, "CASE-T07", clock.Code, Text.NoSuchStage(clock.Label, stage));
            }

            Refuse(
                clock.Silence is { } silence && type.Steps.All(step => step.Code != silence.Step || step.On != Occasion.ClockRanOut),
                "CASE-T22", clock.Code, Text.NoSilentStep(clock.Label));
        }

        Refuse(Circle(type), "CASE-T19", "children", Text.CircularChildren);
        foreach (var condition in type.Form.Questions.Select(question => question.When)
            .Concat(type.Materials.Select(material => material.When)).Concat(type.Fees.Select(fee => fee.When)).Concat(type.Children.Select(child => child.When)))
        {
            foreach (var question in condition?.Questions.Where(name => type.Form.Find(name) is null) ?? [])
            {
                Refuse(true, "CASE-T20", question, Text.NoSuchQuestion(question));
            }
        }

        foreach (var fee in type.Fees.Where(fee => fee.Quantity is { } quantity && type.Form.Find(quantity) is null))
        {
            Refuse(true, "CASE-T20", fee.Quantity!, Text.NoSuchQuestion(fee.Quantity!));
        }

        if (refusals.Count == 0)
        {
            refusals.AddRange(Stuck(type).Select(stage => new Refusal("CASE-T16", stage.Code, Text.NoWayOut(stage.Label))));
            refusals.AddRange(Unreached(type).Select(stage => new Refusal("CASE-T21", stage.Code, Text.NoWayIn(stage.Label))));
        }

        return new(refusals);
    }

    private static bool Leaves(CaseType type, CaseStage stage) =>
        type.Steps.Any(step => step.To is not null && step.From.Contains(stage.Code) && step.By is Actor.Platform or Actor.Applicant or Actor.Supervisor);

    /// <summary>Stages from which no end can be reached.</summary>
    private static IEnumerable<CaseStage> Stuck(CaseType type)
    {
        var good = type.Stages.Where(stage => stage.Kind == StageKind.Ended).Select(stage => stage.Code).ToHashSet(StringComparer.Ordinal);
        while (type.Steps.Where(step => step.To is not null && good.Contains(step.To)).SelectMany(step => step.From).Any(good.Add))
        {
            // Each round adds at least one stage.
        }

        return type.Stages.Where(stage => !good.Contains(stage.Code));
    }

    private static IEnumerable<CaseStage> Unreached(CaseType type)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { type.Start };
        while (type.AllSteps.Where(step => step.To is not null && step.From.Any(reached.Contains)).Any(step => reached.Add(step.To!)))
        {
            // As above.
        }

        return type.Stages.Where(stage => !reached.Contains(stage.Code));
    }

    private static bool Circle(CaseType type)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (type.Children.Where(child => child.After.All(done.Contains)).Any(child => done.Add(child.Code)))
        {
            // As above.
        }

        return done.Count < type.Children.Count;
    }

    private static IEnumerable<string> Twice(IEnumerable<string> codes) =>
        codes.GroupBy(code => code, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,30}/[a-z0-9][a-z0-9-]{0,60}$")]
    private static partial Regex CodePattern();
}
