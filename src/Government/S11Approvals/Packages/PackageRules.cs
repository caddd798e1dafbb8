using System.Text.RegularExpressions;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>Everything that is wrong with a package, at once. What passes can be published and worked with.</summary>
public static partial class PackageRules
{
    private const int TotalDays = 45;
    private const int TotalExtension = 15;

    /// <summary>The rules as the index shows them; from S11-R64 on they hold for running cases.</summary>
    public static readonly IReadOnlyList<RuleEntry> Index =
    [
        new("S11-R60", "一件事要有名称、编码、牵头单位、服务主题和依据", PackageLaw.Together),
        new("S11-R61", "几个事项共用的问题，类型、选项、数据来源要一致", PackageLaw.NotTwice),
        new("S11-R62", "一件事的事项要现行有效，先后关系、共用关系要指向其中的事项", PackageLaw.Together),
        new("S11-R63", "总时限不得长于法定四十五个工作日，不得短于先后各项承诺时限之和", PackageLaw.Total),
        new("S11-R64", "联合踏勘只约定一次，日期不得早于当日，要有需要现场核查的事项", PackageLaw.NotTwice),
        new("S11-R66", "材料有问题的，应当一次性告知补正，不得受理", PackageLaw.Once),
        new("S11-R67", "申请要至少涉及一件事中的一个事项", PackageLaw.Together),
        new("S11-R68", "共用的材料还有问题或者还没有补交的，不得准予", ItemLaw.Decision),
        new("S11-R69", "约定了联合踏勘的，各单位到场后签署意见，再报请审批", PackageLaw.NotTwice),
    ];

    internal static Refusal No(string code, string field, string sentence) => new(code, field, sentence, Index.First(rule => rule.Code == code).Basis);

    /// <param name="items">Those of the package that are in force.</param>
    /// <param name="offices">Codes of the offices that there are.</param>
    public static Refusals Judge(ServicePackage package, IReadOnlyList<ServiceItem> items, IReadOnlySet<string> offices)
    {
        var refusals = new Refusals([.. Basics(package, offices), .. Items(package, items)]);
        if (refusals.Any)
        {
            return refusals;
        }

        refusals = new([.. PackageUnion.Of(package, items).Conflicts, .. Limits(package, items)]);
        return refusals.Any ? refusals : CaseTypeCheck.Of(PackageCaseType.Of(package, items));
    }

    private static IEnumerable<Refusal> Basics(ServicePackage package, IReadOnlySet<string> offices)
    {
        if (string.IsNullOrWhiteSpace(package.Name) || package.Name.Length > 100)
        {
            yield return No("S11-R60", "name", Text.NoName);
        }

        if (!CodePattern().IsMatch(package.Code))
        {
            yield return No("S11-R60", "code", Text.BadCode);
        }

        if (!offices.Contains(package.Office))
        {
            yield return No("S11-R60", "office", Text.NoOffice(package.Office));
        }

        if (package.Themes.Count == 0 || package.Themes.Any(theme => ItemCodes.Themes.Find(theme) is null))
        {
            yield return No("S11-R60", "themes", Text.NoTheme);
        }

        if (package.Bases.Count == 0)
        {
            yield return No("S11-R60", "bases", Text.NoBasis);
        }
    }

    private static IEnumerable<Refusal> Items(ServicePackage package, IReadOnlyList<ServiceItem> items)
    {
        var inside = package.Items.Select(part => part.Item).ToHashSet(StringComparer.Ordinal);
        if (package.Items.Count < 2 || inside.Count < package.Items.Count)
        {
            yield return No("S11-R62", "items", Text.TooFewItems);
        }

        foreach (var part in package.Items)
        {
            if (items.FirstOrDefault(item => item.Code == part.Item) is not { } item)
            {
                yield return No("S11-R62", part.Item, Text.NotInForce(part.Item));
                continue;
            }

            foreach (var other in part.After.Concat(part.Made.SelectMany(made => made.By)).Where(code => !inside.Contains(code) || code == part.Item))
            {
                yield return No("S11-R62", part.Item, Text.NotInside(item.Name, other));
            }

            foreach (var name in part.Given.Keys.Where(name => item.Questions.All(question => question.Name != name)))
            {
                yield return No("S11-R62", part.Item, Text.NoQuestion(item.Name, name));
            }

            foreach (var code in part.Covered.Concat(part.Made.Select(made => made.Material)).Where(code => item.Materials.All(material => material.Code != code)))
            {
                yield return No("S11-R62", part.Item, Text.NoMaterial(item.Name, code));
            }

            foreach (var name in part.When?.Questions.Where(name => package.Questions.All(question => question.Name != name)) ?? [])
            {
                yield return No("S11-R62", part.Item, Text.NoQuestion(package.Name, name));
            }
        }

        var questions = items.SelectMany(item => item.Questions.Select(question => $"{item.Code}.{question.Name}")).ToHashSet(StringComparer.Ordinal);
        var materials = items.SelectMany(item => item.Materials.Select(material => $"{item.Code}.{material.Code}")).ToHashSet(StringComparer.Ordinal);
        foreach (var use in package.SharedQuestions.SelectMany(shared => shared.Uses).Where(use => !questions.Contains(use)))
        {
            yield return No("S11-R62", "shared_questions", Text.NoSuchUse(use));
        }

        foreach (var use in package.SharedMaterials.SelectMany(shared => shared.Uses).Where(use => !materials.Contains(use)))
        {
            yield return No("S11-R62", "shared_materials", Text.NoSuchUse(use));
        }
    }

    private static IEnumerable<Refusal> Limits(ServicePackage package, IReadOnlyList<ServiceItem> items)
    {
        if (package.Promised.Length < 1)
        {
            yield return No("S11-R63", "promised", Text.NoPromise);
        }

        if (package.Legal is { } legal)
        {
            if (legal.Basis is null || legal is { Unit: ClockUnit.WorkingDays, Length: > TotalDays } || WorkingDays(legal) > TotalDays)
            {
                yield return No("S11-R63", "legal", Text.LegalTooLong(TotalDays));
            }

            if (WorkingDays(package.Promised) > WorkingDays(legal))
            {
                yield return No("S11-R63", "promised", Text.PromiseTooLong);
            }
        }

        if (package.Extension is { Length: < 1 or > TotalExtension })
        {
            yield return No("S11-R63", "extension", Text.ExtensionTooLong(TotalExtension));
        }

        var chain = LongestChain(package, items);
        if (WorkingDays(package.Promised) < chain)
        {
            yield return No("S11-R63", "promised", Text.PromiseTooShort(chain));
        }
    }

    /// <summary>Working days of the longest way through the items, each with what its office promises.</summary>
    internal static int LongestChain(ServicePackage package, IReadOnlyList<ServiceItem> items)
    {
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        var left = package.Items.ToList();
        while (left.Find(part => part.After.All(ends.ContainsKey)) is { } next)
        {
            left.Remove(next);
            var own = items.First(item => item.Code == next.Item);
            ends[next.Item] = next.After.Select(code => ends[code]).DefaultIfEmpty().Max() + (own.Limit is { } limit ? WorkingDays(limit) : 1);
        }

        return ends.Values.DefaultIfEmpty().Max();
    }

    // Seven days of the calendar are five working days, without holidays.
    private static int WorkingDays(TimeLimit limit) => limit.Unit switch
    {
        ClockUnit.WorkingDays => limit.Length,
        ClockUnit.CalendarDays => (limit.Length * 5 + 6) / 7,
        _ => (limit.Length + 23) / 24,
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,40}$")]
    private static partial Regex CodePattern();
}
