using System.Globalization;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Changing what was entered wrongly (户口登记条例 art. 17): on evidence, and the wrong value stays visible.</summary>
internal static class CorrectionRules
{
    /// <summary>The fields that a correction can put right, and whether the value is one.</summary>
    public static readonly IReadOnlyList<string> Fields =
        ["name", "sex", "nationality", "birth_date", "birth_place", "death_date"];

    public static readonly Rule Evidence = new(
        "D1-R80", EntryFields.Documents, "更正应当提供证明材料，经审查属实后办理。", Acts.Registration("第十七条"),
        (_, form) => form.Text(EntryFields.Documents) is null);

    public static readonly Rule KnownField = new(
        "D1-R81", "field", "此项不能用更正登记修改。", Acts.Registration("第十七条"),
        (_, form) => form.Text("field") is { } field && !Fields.Contains(field));

    public static readonly Rule Different = new Rule(
        "D1-R82", "value", "更正后的值与现登记相同。", Acts.Registration("第十七条"),
        (facts, form) => facts.Person(form.Person) is { } person && Value(person, form.Text("field")) == (form.Text("value") ?? ""))
        .Reading("person", "field", "value");

    public static readonly Rule Sensible = new Rule(
        "D1-R83", "value", "更正后的值不合要求：日期按2026-01-31书写，性别和民族用代码，除死亡日期外不能为空。", Acts.Registration("第十七条"),
        (_, form) => !MayStand(form.Text("field"), form.Text("value"))).Reading("field", "value");

    public static readonly Rule LifeInOrder = new Rule(
        "D1-R84", "value", "更正后死亡日期早于出生日期，或者晚于今天。", Acts.Registration("第四条"),
        (facts, form) => facts.Person(form.Person) is { } person && After(person, form) is { } after
            && (after.BirthDate > facts.Today || after.DeathDate > facts.Today || after.DeathDate < after.BirthDate))
        .Reading("person", "field", "value");

    /// <summary>Spells cannot begin before the person does.</summary>
    public static readonly Rule SpellsAfterBirth = new Rule(
        "D1-R85", "value", "更正后的出生日期晚于此人已有的户籍或居住登记，请先更正那些登记。", Acts.Registration("第四条"),
        (facts, form) => form.Text("field") == "birth_date" && form.Day("value") is { } birth
            && (facts.Memberships.All.Any(spell => spell.Person == form.Person && spell.From < birth && spell.OpenedBy != EventKind.Birth)
                || facts.Residences.All.Any(spell => spell.Person == form.Person && spell.From < birth && spell.From != facts.Person(form.Person)?.BirthDate)))
        .Reading("person", "field", "value");

    public static readonly Rule EventOfPerson = new Rule(
        "D1-R86", "corrects", "被更正的登记不是此人的，或者已被更正。", Acts.Registration("第十七条"),
        (facts, form) => facts.Events.Find(form.Text("corrects")) is { } entry
            && (entry.Person != form.Person || entry.State == EventState.Corrected)).Reading("corrects", "person");

    public static readonly Rule DeathIsEntered = new Rule(
        "D1-R87", "field", "此人没有死亡登记，请用死亡登记办理。", Acts.Registration("第八条"),
        (facts, form) => form.Text("field") == "death_date" && facts.Person(form.Person) is { DeathDate: null }).Reading("person", "field");

    public static string Value(Person person, string? field) => field switch
    {
        "name" => person.Name,
        "sex" => person.Sex,
        "nationality" => person.Nationality ?? "",
        "birth_date" => Iso(person.BirthDate),
        "birth_place" => person.BirthPlace ?? "",
        "death_date" => Iso(person.DeathDate),
        _ => "",
    };

    /// <summary>The person as the correction leaves him; null when the value is none.</summary>
    public static Person? After(Person person, EventForm form) => !MayStand(form.Text("field"), form.Text("value")) ? null
        : form.Text("field") switch
        {
            "name" => person with { Name = form.Text("value")!, FormerName = person.FormerName },
            "sex" => person with { Sex = form.Text("value")!, NumberState = null },
            "nationality" => person with { Nationality = form.Text("value") },
            "birth_date" => person with { BirthDate = form.Day("value")!.Value, NumberState = null },
            "birth_place" => person with { BirthPlace = form.Text("value") },
            "death_date" => person with { DeathDate = form.Day("value") },
            _ => null,
        };

    private static bool MayStand(string? field, string? value) => field switch
    {
        "death_date" => value is null || IsDate(value),
        "birth_date" => value is not null && IsDate(value),
        "sex" or "nationality" => value is not null && CodeLists.Of(field).Find(value) is not null,
        "birth_place" => value is not null && value.Length is 6 or 12 && value.All(char.IsAsciiDigit),
        "name" => value is { Length: <= 60 },
        _ => true,
    };

    private static bool IsDate(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
