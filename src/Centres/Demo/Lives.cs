using System.Globalization;

namespace Shali.Centres.Demo;

/// <summary>What a person of an age and a place usually is: how long he lives, what he learned, what he does.</summary>
public sealed class Lives(DemoPlan plan)
{
    private static readonly string[] Farm = ["农业生产人员", "农业生产人员", "农业生产人员", "建筑施工人员", "生产制造人员", "个体经营者"];
    private static readonly string[] Town = ["商业服务业人员", "生产制造人员", "专业技术人员", "办事人员", "教师", "医疗卫生人员", "驾驶员", "个体经营者", "企业管理人员", "公务人员"];
    private static readonly string[] Employers = ["双汇食品车间", "市第二实验小学", "市中心医院", "沙澧物流园", "源汇商贸城", "召陵食品产业园", "临颍面制品厂", "舞阳盐化工厂", "市公交公司", "经开区机械厂"];

    private int _phones;

    /// <summary>The day of death of somebody who may have died in the years that are told; null: he lives.</summary>
    public DateOnly? Death(Dice dice, DateOnly birth)
    {
        var age = plan.Today.Year - birth.Year;
        var yearly = age switch { < 1 => 0.003, < 40 => 0.0005, < 60 => 0.0028, < 70 => 0.011, < 80 => 0.034, < 90 => 0.1, < 100 => 0.24, _ => 0.5 };
        var years = Math.Min(5, age + 1);
        if (!dice.Chance(1 - Math.Pow(1 - yearly, years)))
        {
            return null;
        }

        var first = Later(plan.HistoryFrom, birth);
        var days = plan.Today.DayNumber - first.DayNumber;
        return days <= 2 ? null : first.AddDays(dice.Next(days - 1));
    }

    /// <summary>A birth day at that age today.</summary>
    public DateOnly Born(Dice dice, int age) => plan.Today.AddDays(-(int)(age * 365.2425) - dice.Next(365));

    public void Describe(Dice dice, DemoPerson person, bool urban)
    {
        var age = person.AgeOn(plan.Today);
        if (age < 6)
        {
            return;
        }

        person.Education = Education(dice, age, person.Birth.Year, urban);
        if (age is >= 18 and < 65)
        {
            person.Occupation = dice.Pick(urban ? Town : Farm);
            person.Employer = urban && dice.Chance(0.25) ? dice.Pick(Employers) : null;
            person.Insured = dice.Chance(urban ? 0.85 : 0.7);
        }
        else if (age >= 65)
        {
            person.Occupation = "离退休人员";
            person.Insured = dice.Chance(0.96);
        }
        else
        {
            person.Occupation = "学生";
        }

        if (age >= 16 && dice.Chance(0.88))
        {
            person.Phone = Phone();
        }
    }

    // 199 0395 xxxx first, then the ranges beside it: one after the other, so no two persons share one by accident.
    private string Phone()
    {
        var number = _phones++;
        return string.Create(CultureInfo.InvariantCulture, $"+86199{395 + (number / 10_000):0000}{(number * 7919L) % 10_000:0000}");
    }

    private static string Education(Dice dice, int age, int year, bool urban)
    {
        if (age < 12)
        {
            return "80";
        }

        if (age < 15)
        {
            return "80";
        }

        var luck = dice.Share() + (urban ? 0.12 : 0) + Math.Clamp((year - 1950) * 0.006, 0, 0.36);
        return age < 18 ? "70"
            : luck > 1.40 && age > 24 ? "10"
            : luck > 1.12 && age > 20 ? "20"
            : luck > 0.95 && age > 20 ? "30"
            : luck > 0.85 ? "40"
            : luck > 0.72 ? "60"
            : luck > 0.30 ? "70"
            : luck > 0.08 || year > 1960 ? "80"
            : "90";
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
