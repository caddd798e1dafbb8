using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>The form of one step: only what it needs.</summary>
/// <param name="Sent">What was sent, when it is shown again.</param>
public sealed record StepForm(CaseFile File, CaseStep Step, string Once, int Version, Posted? Sent)
{
    public IReadOnlyList<Choice> People { get; init; } = [];

    public IReadOnlyList<Choice> Offices { get; init; } = [];

    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>Shows answers in words, for steps that tell what is wrong with them.</summary>
    public ResourceRegistry? Registry { get; init; }

    /// <summary>The step stops or moves a clock: it asks how long.</summary>
    public bool AsksLength => Step.Clocks.Any(effect => effect.Action is ClockAction.Suspend or ClockAction.Extend);

    public bool Asks(StepNeeds need) => Step.Needs.HasFlag(need);

    /// <summary>Asks for a document that the step needs or that a suspension or extension is told with.</summary>
    public bool AsksDocument => !Numbered && (Asks(StepNeeds.Document) || AsksLength);

    /// <summary>The platform makes the document and numbers it.</summary>
    public bool Numbered { get; init; }

    /// <summary>What was asked for, from the form that was sent.</summary>
    public static StepRequest Read(CaseStep step, Posted form, string? file) => new(step.Code)
    {
        Expected = int.TryParse(form[Posted.Version], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1,
        Opinion = form.Or("opinion"),
        Reason = form.Or("reason"),
        Basis = form.Or("basis"),
        Document = form.Or("document"),
        File = file,
        Second = form.Or("second"),
        Person = form.Or("person"),
        Office = form.Or("office"),
        Other = form.Or("other"),
        Until = DateOnly.TryParseExact(form["until"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        Length = int.TryParse(form["length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null,
        Fields = step.Fields.ToDictionary(field => field.Name, field => form[field.Name], StringComparer.Ordinal),
    };

    /// <summary>What was written as wrong, in the order of the form.</summary>
    public static IReadOnlyList<CaseFault> Faults(CaseType type, Posted form)
    {
        var all = type.Materials.Select(material => (FaultOf.Material, material.Code))
            .Concat(type.Form.Questions.Select(question => (FaultOf.Answer, question.Field.Name))).Append((FaultOf.Other, ""));
        return
        [
            .. from each in all
               let field = CaseFaults.FieldOf(each.Item1, each.Item2)
               where form.Or(field) is not null
               select new CaseFault(each.Item1, each.Item2, form[field].Trim(), form["basis." + field].Trim()),
        ];
    }

    /// <summary>The form with the people and offices that it offers.</summary>
    public static async Task<StepForm> Of(
        HttpContext context, CaseFile file, CaseStep step, Posted? sent, string once, int version, CancellationToken cancel)
    {
        var services = context.RequestServices;
        var colleagues = (Colleagues)services.GetService(typeof(Colleagues))!;
        var offices = (Offices)services.GetService(typeof(Offices))!;
        var registry = (ResourceRegistry)services.GetService(typeof(ResourceRegistry))!;
        var who = context.Caller();
        var people = step.Needs.HasFlag(StepNeeds.Person) || step.Needs.HasFlag(StepNeeds.SecondOfficer)
            ? (await colleagues.In(who.Office, cancel)).Where(person => person.Account != who.Id || step.Code == BuiltInSteps.Assign)
            : [];
        return new(file, step, once, version, sent)
        {
            Registry = registry,
            People = [.. people.Where(person => !file.Case.IsRecused(person.Account)).Select(person => new Choice(person.Account, person.Name))],
            Offices = step.Needs.HasFlag(StepNeeds.Office)
                ? [.. offices.All.Where(office => office.Code != file.Case.Office).OrderBy(office => office.Code, StringComparer.Ordinal).Select(office => new Choice(office.Code, office.Name))]
                : [],
            Fields = [.. step.Fields.Select(field => Input(registry, field, sent?[field.Name] ?? ""))],
            Numbered = step.Produces is not null && ((IEnumerable<StepNumbers>)services.GetService(typeof(IEnumerable<StepNumbers>))!).Any(one => one.Concerns(file.Type)),
        };
    }

    /// <summary>The input of one field, with the codes that it offers.</summary>
    public static FormField Input(ResourceRegistry registry, FieldDefinition field, string value) => new(field, value)
    {
        Choices = field.CodeList is { } list && registry.Codes(list) is { } codes
            ? [.. codes.Codes.Where(code => code.Until is null).Select(code => new Choice(code.Value, code.Label))]
            : [],
    };
}
