using System.Globalization;
using Shali.Centres.DataCentre.D1Population;

namespace Shali.Centres.Demo;

/// <summary>
/// People on the move: strangers who live here, natives who left, those in transit between two registers, households
/// that moved within the city, and the members of collective households.
/// </summary>
internal sealed class Movements(Register register)
{
    private static readonly string[] Colleges = ["职业技术学院学生集体户", "医学高等专科学校学生集体户", "食品职业学院学生集体户"];
    private static readonly string[] Works = ["经开区食品园职工集体户", "市人才服务中心集体户", "沙澧开发建设公司职工集体户"];
    private static readonly string[] Reasons = ["工作调动", "大中专招生", "投靠亲属", "购房落户", "毕业分配"];

    private int _certificates;
    private int _permits;

    private DateOnly Today => register.Plan.Today;

    /// <summary>Lives here, registered elsewhere in the country.</summary>
    public void Stranger(Dice dice)
    {
        var place = register.Places.PickUrban(dice);
        var from = register.Places.Elsewhere(dice);
        var age = (int)Math.Clamp(dice.Normal(34, 13), 1, 88);
        var nationality = dice.Chance(0.975) ? "01" : dice.Chance(0.6) ? "03" : "05";
        var person = register.Person(
            dice, register.Names.Surname(dice, nationality), dice.Chance(0.54), register.Lives.Born(dice, age), nationality, place, from);
        person.AddressElsewhere = register.Places.Names[from];
        person.Marital = age < 25 ? "10" : dice.Chance(0.8) ? "20" : "10";
        var since = Register.Later(person.Birth, Today.AddDays(-dice.Between(2, dice.Chance(0.6) ? 700 : 2600)));
        var ground = age < 18 ? "family" : age < 23 && dice.Chance(0.4) ? "study" : dice.Chance(0.72) ? "work" : "dwelling";
        var reported = since.AddDays(dice.Chance(0.8) ? dice.Between(1, 3) : dice.Between(4, 200));
        reported = reported > Today ? Today : reported;
        register.Live(person, place, Places.Home(dice, place), since, ground, reported);
        if (since >= register.Plan.HistoryFrom)
        {
            register.Event("temporary-registration", person, null, null, since, reported, since.AddDays(3), "{}", "暂住登记申报表");
        }

        if (since.AddDays(200) < Today && age >= 16 && dice.Chance(0.55))
        {
            Permit(dice, person, place, ground, since);
        }
        else if (dice.Chance(0.05))
        {
            Leave(dice, person, since);
        }
    }

    /// <summary>Was registered here and moved away in the told years; some are still on their way.</summary>
    public void Gone(Dice dice, bool inTransit)
    {
        var place = register.Places.Pick(dice);
        var age = dice.Between(24, 50);
        var person = register.Person(
            dice, register.Names.Surname(dice, "01"), dice.Chance(0.5), register.Lives.Born(dice, age), "01", place);
        var overdue = inTransit && dice.Chance(0.2);
        var day = overdue ? Today.AddDays(-dice.Between(35, 240)) : inTransit ? Today.AddDays(-dice.Between(1, 28)) : Today.AddDays(-dice.Between(45, 1800));
        var household = register.Household("family", place, Places.Home(dice, place), person.Birth.AddYears(17));
        household.Dissolved = day;
        register.Chunk.Memberships.Add(new(
            register.Key(), person.Key, household.Key, place.Code, "02", household.Established, day, "initial", "move-out"));
        register.Chunk.Residences.Add(new(
            register.Key(), person.Key, place.Code, household.Address, household.Established, day, "registered", null));
        var to = register.Places.Names[register.Places.Elsewhere(dice)];
        register.Chunk.Transfers.Add(new(
            register.Key(), $"豫漯迁字{day.Year:0000}{++_certificates:000000}", person.Key, household.Key, place.Code, to, dice.Pick(Reasons),
            day, day.AddDays(MoveOutEvent.CertificateDays), inTransit ? null : day.AddDays(dice.Between(3, MoveOutEvent.CertificateDays - 1)),
            overdue ? "expired" : inTransit ? "open" : "surrendered"));
        register.Event("move-out", person, null, household, day, day, null, "{}", "准予迁入证明");
        if (overdue)
        {
            register.Event("transfer-lapse", person, null, household, day.AddDays(MoveOutEvent.CertificateDays + 1), day.AddDays(MoveOutEvent.CertificateDays + 1), null, "{}", null);
        }

        person.Left = place;
        person.State = overdue ? "unsettled" : inTransit ? "in-transit" : "moved-out";
        person.AddressElsewhere = inTransit ? null : to;
    }

    /// <summary>A family member who is registered at home and lives elsewhere in the city, or outside.</summary>
    public void Away(Dice dice, DemoPerson person)
    {
        if (person.Household is not { } household || person.Lives is not { } || person.AgeOn(Today) < 18)
        {
            return;
        }

        var index = register.Chunk.Residences.FindLastIndex(spell => spell.Person == person.Key);
        var spell = register.Chunk.Residences[index];
        var day = Register.Later(spell.From.AddDays(30), Today.AddDays(-dice.Between(30, 1700)));
        if (day >= Today)
        {
            return;
        }

        register.Chunk.Residences[index] = spell with { To = day };
        if (dice.Chance(0.45))
        {
            var place = register.Places.PickUrban(dice);
            var told = day.AddDays(dice.Next(30));
            register.Live(
                person, place, Places.Home(dice, place), day, dice.Chance(0.6) ? "dwelling" : "work", told > Today ? Today : told);
        }
        else
        {
            (person.Lives, person.LivesAt, person.LivesSince) = (null, null, null);
            register.Event("departure", person, null, household, day, day.AddDays(dice.Next(40)), null, "{}", null);
        }
    }

    /// <summary>A school or an employer with those registered at its address (户口登记条例 art. 5).</summary>
    public void Collective(Dice dice, int members)
    {
        var place = register.Places.PickUrban(dice);
        var school = dice.Chance(0.6);
        var address = $"{place.Prefix}{dice.Pick(school ? Colleges : Works)}";
        var household = register.Household("collective", place, address, new DateOnly(dice.Between(1985, 2015), 9, 1));
        for (var i = 0; i < members; i++)
        {
            var age = school ? dice.Between(18, 22) : dice.Between(27, 48);
            var person = register.Person(
                dice, register.Names.Surname(dice, "01"), dice.Chance(0.52), register.Lives.Born(dice, age), "01", place, register.Places.Elsewhere(dice));
            var arrived = Today.AddDays(-dice.Between(20, school ? 1100 : 3000));
            register.Join(person, household, "99", Register.Later(arrived, household.Established), arrived >= register.Plan.HistoryFrom ? "move-in" : "initial");
            person.Education = school ? "60" : person.Education;
            person.Occupation = school ? "学生" : person.Occupation;
            if (arrived >= register.Plan.HistoryFrom)
            {
                register.Event("move-in", person, null, household, arrived, arrived.AddDays(dice.Next(8)), arrived.AddDays(3), "{}", "户口迁移证");
            }
        }
    }

    /// <summary>A new name or a corrected number, with what was there before.</summary>
    public void Renamed(Dice dice, DemoPerson person)
    {
        if (person.Household is null || person.FormerName is not null || person.Name.Length is < 2 or > 4)
        {
            return;
        }

        var day = Register.Later(person.Birth.AddDays(400), Today.AddDays(-dice.Between(20, 1700)));
        if (day >= Today)
        {
            return;
        }

        person.FormerName = person.Name;
        person.Name = person.Name[..1] + register.Names.Given(dice, person.Male, person.Birth.Year);
        if (person.Name == person.FormerName)
        {
            (person.Name, person.FormerName) = (person.Name + "儿", person.Name);
        }

        register.Event("name-change", person, null, person.Household, day, day, null, "{}", "变更姓名申请书");
    }

    private void Permit(Dice dice, DemoPerson person, DemoPlace place, string ground, DateOnly since)
    {
        var issued = since.AddMonths(6).AddDays(dice.Next(60));
        if (issued >= Today || ground == "family")
        {
            return;
        }

        var valid = dice.Chance(0.85);
        var until = issued.AddYears(1);
        while (valid && until < Today)
        {
            until = until.AddYears(1);
        }

        register.Chunk.Permits.Add(new(
            register.Key(), string.Create(CultureInfo.InvariantCulture, $"{place.County}{issued:yyyyMM}{++_permits:00000000}"), person.Key, place.Code,
            ground, issued, until > issued.AddYears(1) ? until.AddYears(-1).AddDays(-7) : null, until, until >= Today ? "valid" : "suspended"));
        if (issued >= register.Plan.HistoryFrom)
        {
            register.Event("residence-permit", person, null, null, issued, issued, null, "{}", "居住证申领表");
        }
    }

    private void Leave(Dice dice, DemoPerson person, DateOnly since)
    {
        var index = register.Chunk.Residences.FindLastIndex(spell => spell.Person == person.Key);
        var day = since.AddDays(dice.Between(1, Math.Max(2, Today.DayNumber - since.DayNumber)));
        if (day >= Today)
        {
            return;
        }

        register.Chunk.Residences[index] = register.Chunk.Residences[index] with { To = day };
        (person.Lives, person.LivesAt, person.LivesSince, person.State) = (null, null, null, "moved-out");
        register.Event("departure", person, null, null, day, day, null, "{}", null);
    }
}
