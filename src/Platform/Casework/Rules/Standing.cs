using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>Whether a person may take a step at all: the stage, his post, whose work it is.</summary>
internal static class Standing
{
    /// <summary>Why not; none when he may.</summary>
    public static Refusals Of(CaseFacts facts, CaseStep step, Caller who)
    {
        if (!step.From.Contains(facts.Case.Stage, StringComparer.Ordinal))
        {
            return Refusals.Of(new Refusal("CASE-R02", "step", Text.NotInStage(step.Label, facts.Stage.Label)));
        }

        var refusal = step.By switch
        {
            Actor.Platform => who.Kind == CallerKind.Platform ? null : NotYours(step),
            Actor.Applicant => Applicant(facts, step, who),
            Actor.Supervisor => step.Permission is { } right && who.May(right) ? null : NotYours(step),
            Actor.Head => Head(facts, step, who),
            _ when step.Code == BuiltInSteps.Answer => Asked(facts, who),
            _ => Handler(facts, step, who),
        };
        return Refusals.Of(refusal);
    }

    /// <summary>The person or firm itself, or the window that enters it for him.</summary>
    private static Refusal? Applicant(CaseFacts facts, CaseStep step, Caller who) =>
        facts.Case.IsOf(who, facts.Now.Local().Day()) || (who.Kind == CallerKind.Staff && facts.Type.WindowPermission is { } window && who.May(window))
            ? null
            : NotYours(step);

    private static Refusal? Head(CaseFacts facts, CaseStep step, Caller who)
    {
        var office = facts.Main?.Office ?? facts.Case.Office;
        if (who.Kind != CallerKind.Staff || who.Office != office)
        {
            return new("CASE-R04", "", Text.OtherOffice);
        }

        return who.Role is Roles.Head && May(facts.Main?.Permission, who) && May(step.Permission, who)
            ? null
            : new("CASE-R03", "", Text.OnlyHead(step.Label));
    }

    private static Refusal? Handler(CaseFacts facts, CaseStep step, Caller who)
    {
        if (facts.Main is not { Kind: WorkKind.Handle } main)
        {
            return new("CASE-R02", "step", Text.NotInStage(step.Label, facts.Stage.Label));
        }

        if (who.Kind != CallerKind.Staff || who.Office != main.Office)
        {
            return new("CASE-R04", "", Text.OtherOffice);
        }

        if (!May(main.Permission, who) || !May(step.Permission, who) || (main.Role is { } role && who.Role != role))
        {
            return new("CASE-R03", "", Text.NotPermitted(step.Label));
        }

        if (facts.Case.IsRecused(who.Id))
        {
            return new("CASE-R13", "", Text.Recused(who.Name));
        }

        var own = main.Person == who.Id;
        var stands = own || (main.Person is null ? step.Code is not (BuiltInSteps.HandOver or BuiltInSteps.Delegate) : main.DelegatedTo(who.Id, facts.Now));
        return step.Code switch
        {
            BuiltInSteps.Claim when own => new("CASE-R05", "", Text.YoursAlready),
            BuiltInSteps.Claim when main.Person is not null => new("CASE-R05", "", Text.SomebodyElses(main.PersonName ?? "")),

            // A delegate does the work; to give it away is its owner's.
            BuiltInSteps.HandOver or BuiltInSteps.Delegate when !own => new("CASE-R05", "", Text.OnlyOwner),
            _ when !stands => new("CASE-R05", "", Text.SomebodyElses(main.PersonName ?? "")),
            _ => null,
        };
    }

    private static Refusal? Asked(CaseFacts facts, Caller who) =>
        facts.Work.Any(work => IsAsked(work, who)) ? null : new("CASE-R04", "", Text.NotAsked);

    public static bool IsAsked(CaseWork work, Caller who) =>
        work.Kind == WorkKind.Consult && who.Kind == CallerKind.Staff && work.Office == who.Office && who.May(work.Permission);

    private static bool May(string? permission, Caller who) => permission is null || who.May(permission);

    private static Refusal NotYours(CaseStep step) => new("CASE-R03", "", Text.NotPermitted(step.Label));
}
