using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// Putting right what a notice told: the applicant sees exactly that, each thing with its place. What he has uploaded
/// stays in the file, whatever else is still missing.
/// </summary>
internal static class CorrectionPages
{
    /// <summary>The step answers a notice that told its faults one by one.</summary>
    public static bool Serves(CaseFile file, CaseStep step) => step is { ChangesAnswers: true, By: Actor.Applicant } && CaseFaults.Last(file.Events).Count > 0;

    public static IResult Ask(HttpContext context, CaseFile file, CaseStep step, string once) =>
        Page(context, file, step, null, once, file.Version, Refusals.None, file.Answers, file.Answers);

    public static async Task<IResult> Take(
        HttpContext context, CaseFile file, CaseStep step, Posted form, string once, string done, CancellationToken cancel)
    {
        var services = context.RequestServices;
        var (who, type) = (context.Caller(), file.Type);
        var (files, parts, desk, cases) = (
            services.GetRequiredService<CaseFiles>(), services.GetRequiredService<CaseParts>(), services.GetRequiredService<CaseDesk>(), services.GetRequiredService<CaseReader>());
        var answers = file.Answers.ToDictionary(StringComparer.Ordinal);
        foreach (var question in type.Form.Questions.Where(question => form.Has(question.Field.Name)))
        {
            Applying.Keep(answers, question.Field.Name, form[question.Field.Name].Trim());
        }

        var refusals = Refusals.None;
        foreach (var material in type.Materials)
        {
            var kept = await files.Take(material.Code, form.Files.GetFile(material.Code), who, cancel);
            refusals = refusals.And(kept.Refusals);
            var given = kept is { Ok: true, Value: { } stored }
                ? new GivenMaterial(material.Code, material.Name, MaterialSource.Uploaded) { File = stored.Address, FileName = stored.Name }
                : file.Sight != Sight.Own && form.All(MaterialPages.HowPrefix + material.Code).Contains(MaterialSource.Paper)
                    ? new GivenMaterial(material.Code, material.Name, MaterialSource.Paper) : null;
            if (given?.File is { } same && file.Materials.Any(one => one.Material is { State: MaterialState.Faulty } old && old.Code == material.Code && old.File == same))
            {
                refusals = refusals.And(Refusals.Of(new Refusal("CASE-P08", material.Code, Text.SameFile)));
            }
            else if (given is not null)
            {
                refusals = refusals.And((await parts.Attach(who, file.Case, null, given, $"{once}:{material.Code}", cancel)).Refusals);
            }
        }

        // What was uploaded is in the file now.
        file = await cases.Get(who, file.Case.Number, cancel) ?? file;
        refusals = refusals.And(new([.. Missing(file, answers).Select(material => new Refusal("CASE-M01", material.Code, Casework.Text.MaterialMissing(material.Name), material.Basis))]));
        var request = new StepRequest(step.Code) { Expected = Version(form), Answers = answers, Opinion = form.Or("opinion") };
        if (!refusals.Any && !form.Has("more"))
        {
            if (CaseFaults.Last(file.Events).Any(fault => fault.Of == FaultOf.Other) && request.Opinion is null)
            {
                refusals = Refusals.Of(new Refusal("CASE-R26", "opinion", Text.SayHowMended));
            }
            else
            {
                var taken = await desk.Take(who, file.Case.Number, request, once, cancel);
                if (taken.Ok)
                {
                    return Ui.Pages.SeeOther(done);
                }

                refusals = taken.Refusals;
            }
        }

        return Page(context, file, step, form, once, request.Expected ?? file.Version, form.Has("more") ? new([.. refusals.Where(one => one.Code != "CASE-M01")]) : refusals, file.Answers, answers);
    }

    private static int Version(Posted form) =>
        int.TryParse(form[Posted.Version], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : -1;

    /// <summary>Required papers that the corrected answers bring up and that nobody has handed in.</summary>
    private static IEnumerable<MaterialRule> Missing(CaseFile file, IReadOnlyDictionary<string, string> answers) => file.Type.Materials.Where(material =>
        material.Required && material.When is { } when && when.Holds(answers) && !when.Holds(file.Answers) && file.Materials.All(one => one.Material.Code != material.Code));

    private static IResult Page(
        HttpContext context, CaseFile file, CaseStep step, Posted? sent, string once, int version, Refusals refusals,
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> answers)
    {
        var faults = CaseFaults.Last(file.Events);
        return context.Show<CorrectionPage>(
            new
            {
                File = file,
                Step = step,
                Faults = faults,
                Registry = context.RequestServices.GetRequiredService<ResourceRegistry>(),
                Further = (IReadOnlyList<CaseQuestion>)[.. file.Type.Form.Asked(answers).Where(question =>
                    faults.All(fault => fault.Of != FaultOf.Answer || fault.Code != question.Field.Name)
                    && question.When is { } when && !when.Holds(before))],
                Missing = (IReadOnlyList<MaterialRule>)[.. Missing(file, answers)],
                Sent = sent,
                Once = once,
                Version = version,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}
