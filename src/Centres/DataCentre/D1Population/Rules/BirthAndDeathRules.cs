namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Birth, death, and going missing (户口登记条例 art. 7 to 9, 19).</summary>
internal static class BirthAndDeathRules
{
    /// <summary>Children of one mother are born together or at least this far apart.</summary>
    public const int DaysBetweenBirths = 150;

    public static readonly Rule MotherIsWoman = new(
        "D1-R20", "mother", "登记为母亲的人，性别应为女。", Acts.Registration("第七条"),
        (facts, form) => facts.Person(form.Text("mother")) is { } mother && mother.Sex != Sex.Female);

    public static readonly Rule MotherOfAge = new Rule(
        "D1-R21", "mother", "按出生日期，母亲当时不足10周岁或者超过60周岁，请核对母亲和出生日期。", Acts.Registration("第七条"),
        (facts, form) => facts.Person(form.Text("mother")) is { } mother
            && (form.Date < mother.BirthDate.AddYears(10) || form.Date > mother.BirthDate.AddYears(61))).Reading("mother", "date");

    public static readonly Rule MotherAlive = new Rule(
        "D1-R22", "mother", "按登记，母亲在此日期之前已经死亡，请核对。", Acts.Registration("第七条"),
        (facts, form) => facts.Person(form.Text("mother")) is { DeathDate: { } died } && form.Date > died).Reading("mother", "date");

    public static readonly Rule SiblingsApart = new Rule(
        "D1-R23", "date", "同一母亲已登记的子女与此次出生相隔不足150天，又不是同胞多胞胎，请核对。", Acts.Registration("第七条"),
        (facts, form) => form.Text("mother") is { } mother && facts.ChildrenOf(mother)
            .Select(child => Math.Abs(child.BirthDate.DayNumber - form.Date.DayNumber))
            .Any(days => days is > 1 and < DaysBetweenBirths)).Reading("mother", "date");

    public static readonly Rule FatherIsMan = new(
        "D1-R24", "father", "登记为父亲的人，性别应为男。", Acts.Registration("第七条"),
        (facts, form) => facts.Person(form.Text("father")) is { } father && father.Sex != Sex.Male);

    public static readonly Rule NumberSaysSame = new Rule(
        "D1-R25", "citizen_number", "公民身份号码与出生日期或性别不符，或者校验位不对。", Acts.IdentityCard("第三条"),
        (_, form) => form.Text("citizen_number") is { } number
            && !CitizenNumbers.Fits(number, form.Text("birth_date") is null ? form.Day("date") : form.Day("birth_date"), form.Text("sex")))
        .Reading("citizen_number", "sex");

    public static readonly Rule NotMissing = new(
        "D1-R26", "person", "此人已登记失踪，不能重复登记。", Acts.Registration("第十九条"),
        (facts, form) => facts.Person(form.Person) is { MissingSince: not null });

    public static readonly Rule IsMissing = new(
        "D1-R27", "person", "此人没有登记失踪，无需办理寻回登记。", Acts.Registration("第十九条"),
        (facts, form) => facts.Person(form.Person) is { MissingSince: null });

    public static readonly Rule FoundAfterMissing = new Rule(
        "D1-R28", "date", "寻回日期不能早于失踪日期。", Acts.Registration("第十九条"),
        (facts, form) => facts.Person(form.Person) is { MissingSince: { } since } && form.Date < since).Reading("date", "person");
}
