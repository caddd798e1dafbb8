namespace Shali.Centres.Demo;

/// <summary>Makes family households: couples of plausible ages, their children and parents, and those who live alone.</summary>
internal sealed class Families(Register register)
{
    private static readonly Weighted<Shape> Shapes = new(
    [
        (Shape.Couple, 20), (Shape.Nuclear, 41), (Shape.ThreeGenerations, 20), (Shape.OneParent, 4), (Shape.Alone, 11), (Shape.Divorced, 4),
    ]);

    // Age of the husband or of the one who lives alone, in steps of five years from 20.
    private static readonly Weighted<int> Ages = new(
        [(20, 3), (25, 7), (30, 11), (35, 11), (40, 9), (45, 10), (50, 12), (55, 12), (60, 9), (65, 8), (70, 6), (75, 3.6), (80, 2), (85, 0.9), (90, 0.3)]);

    private static readonly Weighted<string> Nationalities = new(
        [("01", 987), ("03", 9), ("11", 1), ("02", 0.8), ("06", 0.4), ("15", 0.6), ("08", 0.5), ("07", 0.3), ("05", 0.25), ("12", 0.15), ("04", 0.1)]);

    private enum Shape
    {
        Couple,
        Nuclear,
        ThreeGenerations,
        OneParent,
        Alone,
        Divorced,
    }

    private DateOnly Today => register.Plan.Today;

    public void Make(Dice dice)
    {
        var place = register.Places.Pick(dice);
        var shape = Shapes.Pick(dice);
        var age = Ages.Pick(dice) + dice.Next(5);
        if (shape == Shape.Alone || age < 24)
        {
            Alone(dice, place, Math.Max(age, 20));
        }
        else if (shape == Shape.Divorced)
        {
            Divorced(dice, place, age);
        }
        else
        {
            Couple(dice, place, shape, age);
        }
    }

    private void Couple(Dice dice, DemoPlace place, Shape shape, int age)
    {
        age = shape is Shape.ThreeGenerations ? Math.Clamp(age, 26, 62) : shape == Shape.Nuclear ? Math.Clamp(age, 25, 60) : age;
        var home = Nationality(dice, place);
        var surname = register.Names.Surname(dice, home);
        var born = register.Lives.Born(dice, age);
        var bornWife = born.AddDays((int)dice.Normal(500, 700));
        var first = Register.Later(born.AddYears(22), bornWife.AddYears(20));
        if (first.AddDays(400) >= Today)
        {
            Alone(dice, place, age);
            return;
        }

        var wedding = first.AddDays(dice.Next(Math.Min(2600, Today.DayNumber - first.DayNumber - 30)));
        var husband = register.Person(dice, surname, true, born, home, place);
        var wife = register.Person(
            dice, register.Names.Surname(dice, home), false, bornWife, dice.Chance(0.97) ? home : Nationality(dice, place), place,
            dice.Chance(0.22) ? register.Places.Elsewhere(dice) : null);
        husband.Death = register.Lives.Death(dice, born) is { } one && one > wedding.AddDays(300) ? one : null;
        wife.Death = register.Lives.Death(dice, bornWife) is { } two && two > wedding.AddDays(300) ? two : null;
        if (shape == Shape.OneParent && wife.Death is null)
        {
            husband.Death = LaterThan(dice, wedding.AddDays(4000)) ?? husband.Death;
        }

        register.Marry(dice, husband, wife, wedding);
        var children = shape == Shape.Couple && age < 55 ? [] : Children(dice, place, husband, wife, wedding, surname);
        var parents = shape == Shape.ThreeGenerations ? Parents(dice, place, husband, surname) : [];
        Settle(dice, place, husband, wife, wedding, children, parents);
    }

    /// <summary>Those who still live with their parents: born in marriage, months apart or twins.</summary>
    private List<DemoPerson> Children(
        Dice dice, DemoPlace place, DemoPerson husband, DemoPerson wife, DateOnly wedding, string surname)
    {
        var wanted = wife.Birth.Year switch
        {
            < 1955 => dice.Between(2, 5),
            < 1968 => dice.Between(1, 3),
            < 1988 => dice.Chance(0.5) ? 1 : 2,
            _ => dice.Between(0, 9) switch { < 1 => 0, < 5 => 1, < 9 => 2, _ => 3 },
        };
        var children = new List<DemoPerson>();
        var day = wedding.AddDays(dice.Between(280, 1300));
        for (var i = 0; i < wanted; i++)
        {
            var last = Earlier(husband.Death?.AddDays(200), wife.Death);
            if (day >= Today || day > wife.Birth.AddYears(43) || day < wife.Birth.AddYears(16) || day >= last)
            {
                break;
            }

            var age = Today.Year - day.Year;
            if (age < 24 || (age < 33 && dice.Chance(0.35)))
            {
                children.Add(Child(dice, place, husband, day, surname));
                if (dice.Chance(0.012))
                {
                    children.Add(Child(dice, place, husband, day, surname));
                }
            }

            day = day.AddDays(dice.Between(420, 2300));
        }

        return children;
    }

    private DemoPerson Child(Dice dice, DemoPlace place, DemoPerson father, DateOnly day, string surname)
    {
        var child = register.Person(dice, surname, dice.Chance(0.527), day, father.Nationality, place);
        child.Death = register.Lives.Death(dice, day);
        return child;
    }

    private List<DemoPerson> Parents(Dice dice, DemoPlace place, DemoPerson husband, string surname)
    {
        var born = husband.Birth.AddDays(-dice.Between(8200, 11_500));
        var bornMother = born.AddDays((int)dice.Normal(400, 500));
        if (born.Year < 1928 || bornMother.AddYears(18) > husband.Birth)
        {
            return [];
        }

        var father = register.Person(dice, surname, true, born, husband.Nationality, place);
        var mother = register.Person(dice, register.Names.Surname(dice, husband.Nationality), false, bornMother, husband.Nationality, place);
        father.Death = register.Lives.Death(dice, born);
        mother.Death = register.Lives.Death(dice, bornMother);
        // Before the law of 1980 marriages were earlier.
        var earliest = Register.Later(born.AddYears(18), bornMother.AddYears(17));
        var wedding = Register.Later(earliest, husband.Birth.AddDays(-dice.Between(290, 700)));
        register.Marry(dice, father, mother, wedding);
        return [father, mother];
    }

    private void Settle(
        Dice dice, DemoPlace place, DemoPerson husband, DemoPerson wife, DateOnly wedding, List<DemoPerson> children, List<DemoPerson> parents)
    {
        var established = parents.Count > 0 ? Register.Later(parents.Max(parent => parent.Birth).AddYears(22), new(1958, 1, 9)) : wedding;
        established = established > wedding ? wedding : established;
        var household = register.Household("family", place, Places.Home(dice, place), established);
        var recent = wedding >= register.Plan.HistoryFrom;
        register.Join(husband, household, "02", established, "initial", Stays(dice));
        register.Join(wife, household, "10", wedding, recent && parents.Count > 0 ? "move-in" : "initial", Stays(dice));
        foreach (var parent in parents)
        {
            register.Join(parent, household, "50", established, "initial", Stays(dice));
        }

        foreach (var child in children)
        {
            register.Join(
                child, household, child.Male ? "20" : "30", child.Birth, child.Birth >= register.Plan.HistoryFrom ? "birth" : "initial", Stays(dice));
        }

        List<DemoPerson> members = [husband, wife, .. parents, .. children];
        foreach (var member in members)
        {
            register.BirthAndDeath(dice, member, household, children.Contains(member) ? wife.Key : null);
        }

        Lead(household, members);
    }

    private void Alone(Dice dice, DemoPlace place, int age)
    {
        var nationality = Nationality(dice, place);
        var male = dice.Chance(age < 45 ? 0.68 : 0.45);
        var born = register.Lives.Born(dice, age);
        var person = register.Person(dice, register.Names.Surname(dice, nationality), male, born, nationality, place);
        person.Death = register.Lives.Death(dice, born) is { } death && death > born.AddYears(19) ? death : null;
        person.Marital = age > 60 && dice.Chance(0.8) ? "30" : age > 35 && dice.Chance(0.35) ? "40" : "10";
        var household = register.Household("family", place, Places.Home(dice, place), Register.Later(born.AddYears(18), new(1958, 1, 9)));
        register.Join(person, household, "02", household.Established, "initial", Stays(dice));
        register.BirthAndDeath(dice, person, household, null);
        Lead(household, [person]);
    }

    /// <summary>Two who were married and now lead a household each.</summary>
    private void Divorced(Dice dice, DemoPlace place, int age)
    {
        age = Math.Clamp(age, 28, 65);
        var nationality = Nationality(dice, place);
        var born = register.Lives.Born(dice, age);
        var bornWife = born.AddDays((int)dice.Normal(400, 500));
        var wedding = Register.Later(born.AddYears(22), bornWife.AddYears(20)).AddDays(dice.Next(700));
        var apart = wedding.AddDays(dice.Between(400, Math.Max(401, Today.DayNumber - wedding.DayNumber - 60)));
        if (apart.AddDays(30) >= Today)
        {
            Alone(dice, place, age);
            return;
        }

        var surname = register.Names.Surname(dice, nationality);
        var husband = register.Person(dice, surname, true, born, nationality, place);
        var wife = register.Person(dice, register.Names.Surname(dice, nationality), false, bornWife, nationality, place);
        register.Marry(dice, husband, wife, wedding, apart, "divorce");
        var told = apart >= register.Plan.HistoryFrom;
        var his = register.Household("family", place, Places.Home(dice, place), wedding);
        var elsewhere = register.Places.Pick(dice);
        var hers = register.Household("family", elsewhere, Places.Home(dice, elsewhere), apart);
        register.Join(husband, his, "02", wedding, "initial", Stays(dice));
        register.Join(wife, hers, "02", apart, told ? "household-split" : "initial", Stays(dice));
        (his.Head, hers.Head) = (husband.Key, wife.Key);
        var child = wedding.AddDays(dice.Between(290, 900));
        if (child < apart && child > Today.AddYears(-20))
        {
            var young = register.Person(dice, surname, dice.Chance(0.52), child, nationality, place);
            register.Join(young, his, young.Male ? "20" : "30", child, child >= register.Plan.HistoryFrom ? "birth" : "initial");
            register.BirthAndDeath(dice, young, his, wife.Key);
        }
    }

    /// <summary>The first of those left leads; with nobody left the household ended with the last one.</summary>
    private static void Lead(DemoHousehold household, List<DemoPerson> members)
    {
        var living = members.Where(member => member.Death is null).ToList();
        if (living.Count == 0)
        {
            household.Dissolved = members.Max(member => member.Death);
            return;
        }

        household.Head = (living.FirstOrDefault(member => member.Relation is "02" or "10") ?? living.MinBy(member => member.Birth))!.Key;
    }

    private bool Stays(Dice dice) => dice.Chance(0.985);

    private static string Nationality(Dice dice, DemoPlace place) =>
        place.Prefix.Contains("回族", StringComparison.Ordinal) && dice.Chance(0.35) ? "03" : Nationalities.Pick(dice);

    private DateOnly? LaterThan(Dice dice, DateOnly day)
    {
        var first = Register.Later(day, register.Plan.HistoryFrom);
        return first.AddDays(10) < Today ? first.AddDays(dice.Next(Today.DayNumber - first.DayNumber - 5)) : null;
    }

    private static DateOnly Earlier(DateOnly? one, DateOnly? other)
    {
        var (a, b) = (one ?? DateOnly.MaxValue, other ?? DateOnly.MaxValue);
        return a < b ? a : b;
    }
}
