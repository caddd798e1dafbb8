using Shali.Government.S11Approvals.Items;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>
/// What a lead office writes of its package: words, the total limit, and for each item what comes before it. How the
/// items' questions and papers serve each other follows from the items.
/// </summary>
internal static class PackageInputs
{
    public static IReadOnlyList<Input<ServicePackage>> Of(ServicePackage package, IReadOnlyList<ServiceItem> items) =>
    [
        Inputs.Text<ServicePackage>("name", "名称", of => of.Name, (of, text) => of with { Name = text }, 100),
        Inputs.Long<ServicePackage>("summary", "一句话说明", of => of.Summary, (of, text) => of with { Summary = text }, 500) with { Rows = 2, Hint = "什么时候需要办，写给不了解的人看" },
        Inputs.List<ServicePackage>("words", "俗称", of => of.Words, (of, lines) => of with { Words = [.. lines.SelectMany(Inputs.Values)] }) with { Hint = "群众怎么叫它，每行一个", Optional = true },
        Inputs.Number<ServicePackage>("promised", "承诺总时限", of => of.Promised.Length, (of, days) => of with { Promised = of.Promised with { Length = days ?? 0 } }) with
        {
            Unit = "个工作日", Hint = "不得短于先后各项承诺时限之和，不得长于法定总时限",
        },
        .. package.Items.Select(part => new Input<ServicePackage>(
            "after." + part.Item, Text.AfterOf(NameOf(part.Item, items)), FieldKind.Checkboxes, of => string.Join('\n', of.Items.First(one => one.Item == part.Item).After),
            (of, text) => After(of, part.Item, Inputs.Lines(text)))
        {
            Optional = true,
            Hint = "都不选：受理后立即开始",
            Choices = [.. package.Items.Where(other => other.Item != part.Item).Select(other => new Choice(other.Item, NameOf(other.Item, items)))],
        }),
    ];

    private static Outcome<ServicePackage> After(ServicePackage of, string item, IReadOnlyList<string> codes) =>
        of with { Items = [.. of.Items.Select(part => part.Item == item ? part with { After = [.. codes.Where(code => of.Items.Any(other => other.Item == code))] } : part)] };

    private static string NameOf(string code, IReadOnlyList<ServiceItem> items) => items.FirstOrDefault(item => item.Code == code)?.Name ?? code;
}
