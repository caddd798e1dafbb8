using CsCheck;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;

namespace Shali.Tests.Rules;

/// <summary>Packages and the case types that their items make of them, without a database.</summary>
public sealed class PackageTypes
{
    private static readonly HashSet<string> Offices = [.. ItemSeed.All.Select(item => item.Office)];

    private static ServicePackage Restaurant => PackageSeed.All.First(package => package.Code == "restaurant");

    [Fact]
    public void Every_package_of_the_seed_can_be_published_and_written_down()
    {
        Assert.Superset(
            new HashSet<string> { "restaurant", "project-land", "project-permit", "project-start", "project-completion", "newborn", "moving" },
            PackageSeed.All.Select(package => package.Code).ToHashSet());
        foreach (var package in PackageSeed.All)
        {
            Assert.Empty(PackageRules.Judge(package, Items(package), Offices).Select(refusal => $"{package.Code} {refusal.Code} {refusal.Field} {refusal.Sentence}"));
            Assert.Equal(PackageJson.Write(package), PackageJson.Write(PackageJson.Read(PackageJson.Write(package))));
            var type = PackageCaseType.Of(package, Items(package));
            Assert.Equal(CaseTypes.Write(type), CaseTypes.Write(PackageCaseType.Of(PackageJson.Read(PackageJson.Write(package)), Items(package))));
            Assert.Equal(CaseTypes.Write(type), CaseTypes.Write(CaseTypes.Read(CaseTypes.Write(type))));
        }
    }

    /// <summary>
    /// Whatever somebody answers: what he was asked and what he handed in is enough for every office that his case
    /// concerns, and nothing is asked that no office needs.
    /// </summary>
    [Fact]
    public void The_one_form_and_the_one_set_of_papers_serve_every_part_whatever_is_answered()
    {
        foreach (var package in PackageSeed.All)
        {
            var items = Items(package);
            var type = PackageCaseType.Of(package, items);
            Gen.Int[0, 1 << 20].Sample(seed =>
            {
                var answers = Answers(type.Form, seed);
                Assert.Empty(type.Form.Judge(answers, out _));
                var given = type.Materials.Where(material => material.Required && (material.When?.Holds(answers) ?? true)).Select(material => material.Code).ToHashSet();
                var used = new HashSet<string>();
                foreach (var child in type.Children.Where(child => ChildRules.Concerns(child, answers)))
                {
                    var item = items.First(one => one.Code == child.Code);
                    var part = package.Items.First(one => one.Item == child.Code);
                    var kind = ItemCaseType.Of(item);
                    var own = child.Answers(answers, kind.Form);
                    Assert.Empty(kind.Form.Judge(own, out _).Select(refusal => $"{package.Code} {child.Code} {refusal.Field} {refusal.Sentence}"));
                    foreach (var material in kind.Materials.Where(material => material.Required && (material.When?.Holds(own) ?? true)))
                    {
                        var made = part.Made.FirstOrDefault(one => one.Material == material.Code)?.By.Any(by => ChildRules.Concerns(type.Children.First(one => one.Code == by), answers)) ?? false;
                        Assert.True(
                            part.Covered.Contains(material.Code) || made || (child.Materials.TryGetValue(material.Code, out var code) && given.Contains(code)),
                            $"{package.Code}: {child.Code} lacks {material.Code}");
                        if (!made && child.Materials.TryGetValue(material.Code, out var mine))
                        {
                            used.Add(mine);
                        }
                    }
                }

                Assert.Equal(used.Order(), given.Order());
            }, iter: 300, threads: 1);
        }
    }

    [Fact]
    public void A_restaurant_is_asked_everything_once()
    {
        var type = PackageCaseType.Of(Restaurant, Items(Restaurant));
        Assert.Single(type.Form.Questions, question => question.Known == "firm.name");
        Assert.Single(type.Form.Questions, question => question.Field.Label.Contains("地址", StringComparison.Ordinal));
        Assert.Equal(type.Materials.Count, type.Materials.Select(material => material.Name).Distinct().Count());
        Assert.DoesNotContain(type.Materials, material => material.Name.Contains("申请书", StringComparison.Ordinal));
        Assert.DoesNotContain(type.Form.Questions, question => question.Field.Label is "经营什么" or "场所类别");

        // Who has his licence is not asked for it: the government has it. Who has none gets it here.
        var licence = type.Materials.First(material => material.Name == "营业执照");
        Assert.Equal("firm.licence", licence.Known);
        Assert.True(licence.When!.Holds(new Dictionary<string, string> { ["start"] = "have" }));
        Assert.False(licence.When.Holds(new Dictionary<string, string> { ["start"] = "company" }));
        Assert.Contains(type.Materials, material => material.Code == "fire-opening.commitment");
        Assert.True(type.Materials.First(material => material.Name == "从业人员健康证明").Secondary);
        Assert.Equal((100_000m.ToString(System.Globalization.CultureInfo.InvariantCulture), "1"), (type.Form.Find("area")!.Field.Max, type.Form.Find("area")!.Field.Min));
    }

    public static TheoryData<string, string> Faults => new(
        ("S11-R60", "名称"), ("S11-R60", "牵头单位"), ("S11-R60", "主题"), ("S11-R60", "编码"), ("S11-R61", "类型"), ("S11-R61", "选项"), ("S11-R62", "没有的事项"),
        ("S11-R62", "先后在外"), ("S11-R62", "没有的问题"), ("S11-R62", "没有的材料"), ("S11-R62", "共用在外"), ("S11-R62", "一个事项"), ("S11-R63", "四十六日"), ("S11-R63", "承诺过长"), ("S11-R63", "承诺过短"),
        ("S11-R63", "延长二十日"), ("CASE-T19", "互相等待"));

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_wrong_is_named_by_its_rule(string code, string fault)
    {
        var package = Restaurant;
        PackageItem[] With(string item, Func<PackageItem, PackageItem> change) => [.. package.Items.Select(part => part.Item == item ? change(part) : part)];
        var broken = fault switch
        {
            "名称" => package with { Name = " " },
            "编码" => package with { Code = "大写" },
            "牵头单位" => package with { Office = "nowhere" },
            "主题" => package with { Themes = ["nonsense"] },
            "类型" => package with { SharedQuestions = [.. package.SharedQuestions, new("mixed", ["food-business.seats", "food-business.manager"])] },
            "选项" => package with { SharedQuestions = [.. package.SharedQuestions, new("mixed", ["food-business.raw", "company-establish.premises"])] },
            "没有的事项" => package with { Items = [.. package.Items, new("nonsense")] },
            "一个事项" => package with { Items = [.. package.Items, package.Items[0]] },
            "先后在外" => package with { Items = With("signboard", part => part with { After = ["tax-registration"] }) },
            "没有的问题" => package with { Items = With("signboard", part => part with { When = Condition.Is("nonsense", "yes") }) },
            "没有的材料" => package with { Items = With("signboard", part => part with { Covered = ["nonsense"] }) },
            "共用在外" => package with { SharedMaterials = [new("x", "某材料", ["tax-registration.accounts"])] },
            "四十六日" => package with { Legal = package.Legal! with { Length = 46 } },
            "承诺过长" => package with { Promised = new(46, ClockUnit.WorkingDays) },
            "承诺过短" => package with { Promised = new(9, ClockUnit.WorkingDays) },
            "延长二十日" => package with { Extension = package.Extension! with { Length = 20 } },
            _ => package with { Items = With("company-establish", part => part with { After = ["signboard"] }) },
        };
        if (fault == "互相等待")
        {
            broken = broken with { Promised = new(45, ClockUnit.WorkingDays) };
        }

        var refusals = PackageRules.Judge(broken, Items(broken), Offices);
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.Equal(code, refusal.Code));
        Assert.All(refusals, refusal => Assert.NotEmpty(refusal.Sentence));
    }

    [Fact]
    public void Alternatives_mean_what_the_conditions_mean()
    {
        string[] questions = ["a", "b", "c"];
        Test[] tests = [Test.Is, Test.IsNot, Test.Filled];
        string[] values = ["", "1", "2"];
        var single = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 2], (question, test, value) =>
            new Condition(questions[question], tests[test], tests[test] == Test.Filled ? [] : [values[value]]));
        var condition = Gen.Select(single, single.Array[0, 2], single.Array[0, 2], (first, and, or) => first with { And = and, Or = or });
        Gen.Select(condition, condition).Sample((one, other) =>
        {
            static Alternatives Read(Condition given) => Alternatives.Read(given, name => name, new Dictionary<string, string>());
            foreach (var a in values)
            {
                foreach (var b in values)
                {
                    foreach (var c in values)
                    {
                        var answers = new Dictionary<string, string> { ["a"] = a, ["b"] = b, ["c"] = c };
                        bool Holds(Alternatives of) => !of.IsNever && (of.Condition()?.Holds(answers) ?? true);
                        Assert.Equal(one.Holds(answers), Holds(Read(one)));
                        Assert.Equal(one.Holds(answers) && other.Holds(answers), Holds(Read(one).And(Read(other))));
                        Assert.Equal(one.Holds(answers) || other.Holds(answers), Holds(Read(one).Or(Read(other))));
                        Assert.Equal(!one.Holds(answers), Holds(Read(one).Not()));

                        // An answer that is given is not asked for.
                        var known = Alternatives.Read(one, name => name == "a" ? null : name, new Dictionary<string, string> { ["a"] = a });
                        Assert.Equal(one.Holds(answers), Holds(known));
                        Assert.DoesNotContain("a", known.Condition()?.Questions ?? []);
                    }
                }
            }
        }, iter: 400);
    }

    private static IReadOnlyList<ServiceItem> Items(ServicePackage package) =>
        [.. package.Items.Select(part => ItemSeed.All.FirstOrDefault(item => item.Code == part.Item)).OfType<ServiceItem>().Distinct()];

    /// <summary>Answers to everything that comes up, drawn from a number.</summary>
    private static Dictionary<string, string> Answers(CaseForm form, int seed)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (form.Asked(answers).FirstOrDefault(question => !answers.ContainsKey(question.Field.Name)) is { } question)
        {
            seed = (int)(((long)seed * 1_103_515_245 + 12_345) & 0x7fffffff);
            answers[question.Field.Name] = question.Choices.Count > 0 ? question.Choices[(seed >> 8) % question.Choices.Count].Value : question.Field.Type.Name switch
            {
                "decimal" or "integer" => question.Field.Min is null or "0" ? "3" : question.Field.Min,
                "date" => "2026-11-20",
                "citizen-number" => "411102199003071231",
                "bank-card" => "6222021705000012347",
                _ => "测试",
            };
        }

        // Papers of the government's own are there by data: nobody is asked for them, and the test gives them all.
        return answers;
    }
}
