using System.Globalization;
using Shali.Centres.DataCentre.D2LegalEntities.Rules;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Ui;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>The form of one step: which facts of the entity it asks, and what was sent as a request.</summary>
internal sealed class FilingForm(ResourceRegistry registry, Representatives representatives)
{
    public const string Number = "representative_number";

    private static readonly string[] Whole =
    [
        "organisation_code", "credit_code", "name", "kind", "registrar", "representative_name", "capital", "capital_currency", "industry",
        "scope", "address", "village", "term_to", "parent", "phone",
    ];

    /// <summary>The steps that bring a new entity in.</summary>
    public static readonly IReadOnlyList<string> Beginnings = LifeCycle.From("");

    /// <summary>The facts that a step asks; a new entity is told whole.</summary>
    public static IReadOnlyList<string> Fields(string step, bool isNew) => (step, isNew) switch
    {
        ("establish", true) => Whole,
        (_, true) => [.. Whole, "established_on"],
        ("change", _) => ["name", "registrar", "industry", "scope", "address", "village", "term_to"],
        ("change-representative", _) => ["representative_name"],
        ("increase-capital" or "decrease-capital", _) => ["capital"],
        ("move-in", _) => ["registrar", "address", "village"],
        _ => [],
    };

    /// <summary>Whether the step names a representative, whom the population base can confirm.</summary>
    public static bool Names(string step, bool isNew) => isNew || step == "change-representative";

    /// <summary>The inputs, holding what was sent or else what the entity holds; never a masked value.</summary>
    public IReadOnlyList<FormField> Inputs(string step, ShownRecord? entity, Posted? sent) =>
    [
        .. Fields(step, entity is null).Select(name =>
        {
            var field = Resources.Entity.Field(name)!;
            var value = sent is not null ? sent[name] : Held(entity, field);
            return new FormField(field, value) { Choices = Choices(field) };
        }),
    ];

    public async Task<(FilingRequest Request, Refusals Unclear)> Read(
        string step, ShownRecord? entity, Posted sent, Caller who, CancellationToken cancel)
    {
        var refusals = new List<Refusal>();
        var hasDay = DateOnly.TryParseExact(sent["on"].Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on);
        if (!hasDay)
        {
            refusals.Add(new("D2-R02", "on", Text.NoDate));
        }

        var changes = Changes(step, entity, sent, refusals);
        if (Names(step, entity is null) && changes.GetValueOrDefault("representative_name") is string name)
        {
            // A new name without a person that we know stands for somebody else than the person of before.
            changes["representative_person"] = null;
            if (sent.Or(Number) is { } number)
            {
                var found = await representatives.Find(number, name, who, cancel);
                refusals.AddRange(found.Refusals);
                changes["representative_person"] = found.Ok ? found.Value : null;
            }
        }

        if (step is "change" or "change-representative" && changes.Count == 0 && refusals.Count == 0)
        {
            refusals.Add(new("D2-R15", Fields(step, false)[0], Text.NothingChanged));
        }

        return (new(step, hasDay ? on : DateOnly.MinValue, sent.Or("document"), sent.Or("details")) { Changes = changes }, new(refusals));
    }

    private static Dictionary<string, object?> Changes(string step, ShownRecord? entity, Posted sent, List<Refusal> refusals)
    {
        var changes = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in Fields(step, entity is null))
        {
            var field = Resources.Entity.Field(name)!;
            var parsed = field.Type.Parse(field, sent[name]);
            refusals.AddRange(parsed.Refusals);
            if (!parsed.Ok)
            {
                continue;
            }

            if (parsed.Value is null && (field.Required || name is "representative_name" && step == "change-representative"))
            {
                refusals.Add(new("REG-F02", name, Text.Missing(field.Label)));
            }
            else if (entity is null ? parsed.Value is not null : sent.Has(name) && !Equals(parsed.Value, entity.Record[name]))
            {
                changes[name] = parsed.Value;
            }
        }

        return changes;
    }

    private static string Held(ShownRecord? entity, FieldDefinition field)
    {
        if (entity is null)
        {
            return "";
        }

        var position = entity.Record.Definition.Fields.ToList().FindIndex(known => known.Name == field.Name);
        return entity.Masked[position] ? "" : FormField.Text(field, entity.Values[position]);
    }

    private IReadOnlyList<Choice> Choices(FieldDefinition field) =>
        field.CodeList is { } list && registry.Codes(list) is { } codes
            ? [.. codes.Codes.Where(code => code.Until is null && (field.Name != "kind" || FilingRules.InTrade(code.Value))).Select(code => new Choice(code.Value, field.Name == "industry" ? $"{code.Value} {code.Label}" : code.Label))]
            : [];
}
