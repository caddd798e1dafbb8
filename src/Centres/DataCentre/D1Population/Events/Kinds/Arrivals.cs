namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Persons whom the register did not know until they came to the city.</summary>
internal static class Arrivals
{
    public static string Enter(Facts facts, EventForm form, string state)
    {
        var number = form.Text("citizen_number");
        var person = new Person
        {
            Key = facts.NewKey(),
            Name = form.Text("name")!,
            Sex = form.Text("sex")!,
            BirthDate = form.Day("birth_date")!.Value,
            CitizenNumber = number,
            RegistrationKind = RegistrationKind.None,
            RegisteredAddress = form.Text("registered_address"),
            State = state,
        };
        facts.Persons.Set(person);
        if (number is not null)
        {
            facts.Numbers.Set(new Number
            {
                Key = facts.NewKey(),
                Person = person.Key,
                Value = number,
                From = person.BirthDate,
                Reason = NumberReason.First,
                State = NumberState.Sound,
            });
        }

        return person.Key;
    }
}

/// <summary>Who arrives, and where (户口登记条例 art. 13, 15).</summary>
internal static class ArrivalRules
{
    public static readonly Rule WhoArrives = new Rule(
        "D1-R56", "person", "请选择已有记录的人，或者填写姓名、性别和出生日期新建记录（二者择一）。", Acts.Registration("第四条"),
        (_, form) => form.Person is null == (form.Text("name") is null || form.Text("sex") is null || form.Day("birth_date") is null))
        .Reading("person", "name", "sex", "birth_date");

    public static readonly Rule WhereTo = new Rule(
        "D1-R57", "household", "请选择落入的户并填写与户主关系，或者填写村（社区）代码和地址自立一户（二者择一）。", Acts.Registration("第五条"),
        (_, form) => form.Text("household") is null
            ? form.Text("village") is null || form.Text("address") is null
            : form.Text("relation") is null || form.Text("village") is not null).Reading("household", "relation", "village", "address");

    public static readonly Rule BornBefore = new Rule(
        "D1-R58", "birth_date", "出生日期不能晚于事项日期。", Acts.Registration("第四条"),
        (_, form) => form.Day("birth_date") is { } birth && birth > form.Date).Reading("birth_date", "date");
}
