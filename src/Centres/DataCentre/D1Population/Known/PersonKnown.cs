using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// What the population base knows of an applicant, so that he need not write or bring it. It reads only the fields that
/// the application asks for (个人信息保护法 art. 6), in clear, for the office that receives it, on record for the person.
/// </summary>
public sealed class PersonKnown(GovernedReader reader, ResourceRegistry registry, TimeProvider time) : KnownAnswers
{
    private const int Most = 20;

    /// <summary>GB/T 2261.1.</summary>
    private const string Man = "1";
    private const string Woman = "2";

    /// <summary>The fields that an answer is made of; for papers those that prove that there is one.</summary>
    private static readonly Dictionary<string, string[]> Fields = new(StringComparer.Ordinal)
    {
        ["person.name"] = ["name"],
        ["person.number"] = ["citizen_number", "number_state"],
        ["person.sex"] = ["sex"],
        ["person.birth"] = ["birth_date"],
        ["person.nation"] = ["nationality"],
        ["person.address"] = ["registered_address"],
        ["person.residence"] = ["residence_address"],
        ["person.identity"] = ["citizen_number", "number_state"],
        ["person.household"] = ["household", "registration_kind"],
        ["person.insurance"] = ["insured"],

        // Of whoever applies for his child: known where he is its mother, or its father.
        ["person.mother-name"] = ["name", "sex"],
        ["person.mother-number"] = ["citizen_number", "number_state", "sex"],
        ["person.father-name"] = ["name", "sex"],
    };

    public override bool Reads(string resource, string code) =>
        (code switch { "person.marriage" => Resources.Marriage, "person.permit" => Resources.Permit, _ => Fields.ContainsKey(code) ? Resources.Person : null })?.Id == resource;

    public override async Task<IReadOnlyDictionary<string, KnownAnswer>> Of(Caller who, CaseType type, IReadOnlySet<string> asked, CancellationToken cancel)
    {
        var known = new Dictionary<string, KnownAnswer>(StringComparer.Ordinal);
        if (who.Person is not { } key || !asked.Any(code => code.StartsWith("person.", StringComparison.Ordinal)))
        {
            return known;
        }

        ReadRequest Request(ResourceDefinition resource, params string[] fields) =>
            new(Reader(who, type), resource, Purpose(who, type), Clear: true) { Fields = fields };

        var fields = asked.SelectMany(code => Fields.GetValueOrDefault(code, [])).Append("state").Distinct(StringComparer.Ordinal).ToArray();
        bool Granted(ReadRequest request) => reader.AccessOf(request) is not null;
        if (Request(Resources.Person, fields) is var own && !Granted(own))
        {
            return known;
        }

        if (await reader.Get(own, key, cancel: cancel) is not { } shown
            || Typed<Person>.Of(shown.Record) is not { State: not (PersonState.Dead or PersonState.Merged or PersonState.Cancelled) } person)
        {
            return known;
        }

        foreach (var (code, answer) in Of(person, Label, time.Today()).Where(each => asked.Contains(each.Code)))
        {
            known[code] = answer;
        }

        if (asked.Contains("person.marriage") && Granted(Request(Resources.Marriage)))
        {
            var where = Filter.All(
                new Filter.Or([new Filter.Compare("a", Comparison.Equal, key), new Filter.Compare("b", Comparison.Equal, key)]), new Filter.IsNull("to"));
            var page = await reader.List(Request(Resources.Marriage, "a", "b", "from", "to", "certificate"), new() { Where = where, Limit = 1 }, cancel);
            if (page.Value.Records is [var marriage])
            {
                known["person.marriage"] = new(Typed<Marriage>.Of(marriage.Record).Certificate ?? Text.Registered, Text.MarriageSource);
            }
        }

        if (asked.Contains("person.permit") && Granted(Request(Resources.Permit)))
        {
            var query = new RecordQuery { Where = new Filter.Compare("person", Comparison.Equal, key), Sort = [new("issued", Descending: true)], Limit = Most };
            var page = await reader.List(Request(Resources.Permit, "person", "permit_number", "issued", "endorsed_until", "state"), query, cancel);
            var today = time.Today();
            if (page.Value.Records.Select(one => Typed<ResidencePermit>.Of(one.Record)).FirstOrDefault(one => one.StateOn(today) == PermitState.Valid) is { } permit)
            {
                known["person.permit"] = new(permit.PermitNumber, Text.PermitSource);
            }
        }

        return known;
    }

    /// <summary>
    /// What the record itself says. A number that is under review is no proof of identity and is not filled in: the
    /// person shows his card.
    /// </summary>
    internal static IEnumerable<(string Code, KnownAnswer Answer)> Of(Person person, Func<string, string?, string?> label, DateOnly today)
    {
        (string, KnownAnswer)? Known(string code, string? value, string source) => value is { Length: > 0 } ? (code, new(value, source)) : null;
        var number = person is { CitizenNumber: { } typed, NumberState: null or NumberState.Sound } && CitizenNumber.IsValid(typed, today) ? typed : null;
        return new[]
        {
            Known("person.name", person.Name, Text.PersonSource),
            Known("person.number", number, Text.PersonSource),
            Known("person.sex", label("sex", person.Sex), Text.PersonSource),
            Known("person.birth", person.BirthDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Text.PersonSource),
            Known("person.nation", label("nationality", person.Nationality), Text.PersonSource),
            Known("person.address", person.RegisteredAddress, Text.PersonSource),
            Known("person.residence", person.ResidenceAddress, Text.ResidenceSource),
            Known("person.identity", number, Text.PersonSource),
            Known("person.household", person.RegistrationKind == RegistrationKind.None ? null : person.Household, Text.HouseholdSource),
            Known("person.insurance", person.Insured == true ? Text.Insured : null, Text.InsuranceSource),
            Known("person.mother-name", person.Sex == Woman ? person.Name : null, Text.PersonSource),
            Known("person.mother-number", person.Sex == Woman ? number : null, Text.PersonSource),
            Known("person.father-name", person.Sex == Man ? person.Name : null, Text.PersonSource),
        }.OfType<(string, KnownAnswer)>();
    }

    private string? Label(string list, string? code) => code is null ? null : registry.Codes(list)?.Find(code)?.Label;
}
