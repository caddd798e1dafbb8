namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Marriage, divorce and adoption (民法典, fifth book).</summary>
internal static class FamilyRules
{
    public static readonly Rule TwoPersons = new Rule(
        "D1-R30", "spouse", "结婚的双方应是两个人。", Acts.CivilCode("第一千零四十六条"),
        (_, form) => form.Person == form.Text("spouse")).Reading("person", "spouse");

    public static readonly Rule ManAndWoman = new Rule(
        "D1-R31", "spouse", "结婚应当男女双方完全自愿；登记的双方性别相同。", Acts.CivilCode("第一千零四十六条"),
        (facts, form) => facts.Person(form.Person) is { } one && facts.Person(form.Text("spouse")) is { } other && one.Sex == other.Sex)
        .Reading("person", "spouse");

    public static readonly Rule OfAge = new Rule(
        "D1-R32", "date", "结婚年龄，男不得早于二十二周岁，女不得早于二十周岁。", Acts.CivilCode("第一千零四十七条"),
        (facts, form) => Couple(facts, form).Any(person => form.Date < person.BirthDate.AddYears(person.Sex == Sex.Male ? 22 : 20)))
        .Reading("person", "spouse", "date");

    public static readonly Rule NotMarried = new Rule(
        "D1-R33", "spouse", "一方有未终止的婚姻登记，禁止重婚。", Acts.CivilCode("第一千零四十二条"),
        (facts, form) => facts.MarriageOf(form.Person) is not null || facts.MarriageOf(form.Text("spouse")) is not null)
        .Reading("person", "spouse");

    public static readonly Rule NotKin = new Rule(
        "D1-R34", "spouse", "双方是直系血亲或者三代以内的旁系血亲，禁止结婚。", Acts.CivilCode("第一千零四十八条"),
        (facts, form) => form.Text("spouse") is { } spouse && form.Person is { } person && Kinship.Prohibited(facts, person, spouse))
        .Reading("person", "spouse");

    public static readonly Rule SpouseAlive = new(
        "D1-R35", "spouse", "对方已登记死亡。", Acts.CivilCode("第一千零五十一条"),
        (facts, form) => facts.Person(form.Text("spouse")) is { State: PersonState.Dead });

    public static readonly Rule MarriedToEachOther = new Rule(
        "D1-R36", "spouse", "双方之间没有未终止的婚姻登记。", Acts.CivilCode("第一千零八十条"),
        (facts, form) => facts.Person(form.Person) is not null && facts.Person(form.Text("spouse")) is not null
            && (facts.MarriageOf(form.Person) is not { } marriage || (marriage.A != form.Text("spouse") && marriage.B != form.Text("spouse"))
                || form.Person == form.Text("spouse")))
        .Reading("person", "spouse");

    public static readonly Rule NotBeforeMarriage = new Rule(
        "D1-R37", "date", "离婚日期不能早于结婚日期。", Acts.CivilCode("第一千零八十条"),
        (facts, form) => facts.MarriageOf(form.Person) is { } marriage && form.Date < marriage.From).Reading("person", "date");

    public static readonly Rule CoolingOff = new Rule(
        "D1-R38", "applied_on", "协议离婚自申请之日起三十日内任何一方可以撤回，期满后三十日内双方应亲自申请发证；登记日期不在此期间。",
        Acts.CivilCode("第一千零七十七条"),
        (_, form) => form.Day("applied_on") is { } applied
            && (form.Date.DayNumber - applied.DayNumber) is < 30 or > 60).Reading("applied_on", "date");

    public static readonly Rule AdopteeMinor = new Rule(
        "D1-R40", "date", "被收养人应是未成年人。", Acts.CivilCode("第一千零九十三条"),
        (facts, form) => facts.Person(form.Person) is { } child && form.Date >= child.BirthDate.AddYears(18)).Reading("person", "date");

    public static readonly Rule AdopterOfAge = new Rule(
        "D1-R41", "adopter", "收养人应年满三十周岁。", Acts.CivilCode("第一千零九十八条"),
        (facts, form) => facts.Person(form.Text("adopter")) is { } adopter && form.Date < adopter.BirthDate.AddYears(30))
        .Reading("adopter", "date");

    public static readonly Rule FortyYearsApart = new Rule(
        "D1-R42", "adopter", "无配偶者收养异性子女的，年龄应当相差四十周岁以上。", Acts.CivilCode("第一千一百零二条"),
        (facts, form) => facts.Person(form.Text("adopter")) is { } adopter && facts.Person(form.Person) is { } child
            && adopter.Sex != child.Sex && facts.MarriageOf(adopter.Key) is null
            && child.BirthDate < adopter.BirthDate.AddYears(40)).Reading("person", "adopter");

    public static readonly Rule AdoptedByAnother = new Rule(
        "D1-R43", "adopter", "收养人和被收养人应是两个人。", Acts.CivilCode("第一千零九十八条"),
        (_, form) => form.Person == form.Text("adopter")).Reading("person", "adopter");

    private static IEnumerable<Person> Couple(Facts facts, EventForm form) =>
        new[] { facts.Person(form.Person), facts.Person(form.Text("spouse")) }.OfType<Person>();
}
