using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>
/// Something that several departments record of a firm, and whose word counts for it (数源部门): that one the base of legal entities
/// takes.
/// </summary>
/// <param name="Base">Its field in the base of legal entities; null: the base does not keep it.</param>
/// <param name="Office">The department whose word counts.</param>
/// <param name="Sides">Database and field, the one whose word counts first.</param>
public sealed record SharedField(string Label, string? Base, string Office, Basis Basis, IReadOnlyList<(string Alias, string Field)> Sides)
{
    /// <summary>Brings a value to the measure of the others; null: they say it in the same way.</summary>
    public Func<string, object, object>? Measure { get; init; }

    /// <summary>States and addresses are counted differently by each: they stand side by side and are not compared letter by letter.</summary>
    public bool Compared { get; init; } = true;

    private const string Registry = "市场主体登记管理条例";

    public static readonly IReadOnlyList<SharedField> All =
    [
        new("名称", "name", "market-regulation", new(Registry, "第八条"),
            [("r", "name"), ("t", "name"), ("q", "holder_name"), ("l", "holder_name"), ("h", "occupant_name"), ("s", "name"), ("e", "holder_name"), ("i", "name")]),
        new("登记、经营状态", "state", "market-regulation", new(Registry, "第三条"), [("r", "state"), ("t", "state"), ("s", "state"), ("i", "state")]) { Compared = false },
        new("法定代表人（负责人）", "representative_name", "market-regulation", new(Registry, "第八条"), [("r", "representative"), ("t", "representative")]),
        new("注册资本（万元）", "capital", "market-regulation", new(Registry, "第八条"), [("r", "capital"), ("t", "registered_capital")])
        {
            Measure = (alias, value) => alias == "t" && value is decimal yuan ? yuan / 10_000m : value,
        },
        new("行业", "industry", "market-regulation", new(Registry, "第八条"), [("r", "industry"), ("t", "industry"), ("s", "industry")]),
        new("成立日期", "established_on", "market-regulation", new(Registry, "第二十一条"), [("r", "established_on")]),
        new("住所、场所", "address", "market-regulation", new(Registry, "第八条"), [("r", "address"), ("l", "location"), ("h", "location"), ("e", "site_address")]) { Compared = false },
        new("联系电话", "phone", "market-regulation", new(Registry, "第十七条"), [("r", "phone")]),
        new("纳税人状态", null, "tax", new("税收征收管理法", "第十五条"), [("t", "state")]),
        new("纳税信用级别", null, "tax", new("纳税缴费信用管理办法", ""), [("t", "credit_grade")]),
        new("上年度销售收入（元）", null, "tax", new("税收征收管理法", "第二十五条"), [("t", "turnover")]),
        new("参保人数", "insured", "labour", new("社会保险经办条例", "第十条"), [("i", "insured")]),
        new("从业人员", null, "statistics", new("统计法", "第七条"), [("s", "employees")]),
        new("单位规模", null, "statistics", new("统计法", "第七条"), [("s", "size_class")]),
        new("排污许可", null, "environment", new("排污许可管理条例", ""), [("e", "permit_number")]),
        new("工业产品生产许可", null, "market-regulation", new("工业产品生产许可证管理条例", ""), [("q", "product")]),
        new("用地面积（平方米）", null, "natural-resources", new("不动产登记暂行条例", ""), [("l", "area")]),
        new("房屋面积（平方米）", null, "housing", new("不动产登记暂行条例", ""), [("h", "floor_area")]),
    ];
}

/// <summary>One value beside the others.</summary>
/// <param name="Text">As it is shown; empty: none there.</param>
/// <param name="At">When it came in.</param>
/// <param name="Differs">It is not what the department says whose word counts.</param>
public sealed record SideValue(string Text, DateTimeOffset? At, bool Differs);

/// <summary>A row of the page: what each says, and what the base took.</summary>
/// <param name="Base">What the base of legal entities says; null: it does not keep it.</param>
/// <param name="BaseOffice">The office from which the base has it.</param>
public sealed record FieldLine(SharedField Field, IReadOnlyDictionary<string, IReadOnlyList<SideValue>> Values, string? Base, string? BaseOffice, bool BaseDiffers)
{
    /// <summary>The lines of a firm: only what somebody says anything about.</summary>
    /// <param name="entity">The firm in the base of legal entities; null: not there.</param>
    public static IReadOnlyList<FieldLine> Of(IReadOnlyList<FirmSide> sides, ShownRecord? entity, Func<string, CodeList?> codes)
    {
        var lines = new List<FieldLine>();
        foreach (var field in SharedField.All)
        {
            var values = new Dictionary<string, IReadOnlyList<SideValue>>(StringComparer.Ordinal);
            string? counts = null;
            foreach (var (alias, name) in field.Sides)
            {
                if (sides.FirstOrDefault(side => side.Authority.Alias == alias) is not { Records: { Count: > 0 } records })
                {
                    continue;
                }

                var texts = records.Select(record => (Record: record, Text: Shown.Text(record, name, codes, value => field.Measure?.Invoke(alias, value) ?? value))).Where(one => one.Text.Length > 0).ToList();
                if (alias == field.Sides[0].Alias)
                {
                    counts = texts.Count > 0 ? texts[0].Text : null;
                }

                values[alias] = [.. texts.Select(one => new SideValue(one.Text, one.Record.Record.ChangedAt, field.Compared && counts is not null && one.Text != counts))];
            }

            var (text, office) = field.Base is { } own && entity is not null
                ? (Shown.Text(entity, own, codes), entity.Record.Sources.GetValueOrDefault(own) ?? entity.Record.Definition.Field(own)?.Authority ?? entity.Record.Definition.Owner) : (null, null);
            if (values.Values.Any(some => some.Count > 0) || text is { Length: > 0 })
            {
                lines.Add(new(field, values, text, office, field.Compared && counts is not null && text is { Length: > 0 } && text != counts));
            }
        }

        return lines;
    }
}

/// <summary>Values of governed records as people read them.</summary>
internal static class Shown
{
    /// <param name="measure">Brings the value to another measure before it is shown.</param>
    public static string Text(ShownRecord record, string name, Func<string, CodeList?> codes, Func<object, object>? measure = null)
    {
        var position = Plan.Of(record.Record.Definition).Position(name);
        if (position < 0 || record.Values[position] is not { } value)
        {
            return "";
        }

        var field = record.Record.Definition.Fields[position];
        return record.Masked[position] && value is string masked ? masked : (measure?.Invoke(value) ?? value) switch
        {
            decimal number => number.ToString("#,0.####", System.Globalization.CultureInfo.InvariantCulture),
            string code when field.CodeList is { } list => codes(list)?.Find(code)?.Label ?? code,
            var shown => field.Type.Show(field, shown),
        };
    }

    /// <summary>A day; null: none, or masked.</summary>
    public static DateOnly? Day(ShownRecord record, string name) =>
        Plan.Of(record.Record.Definition).Position(name) is >= 0 and var position && !record.Masked[position] ? record.Values[position] as DateOnly? : null;
}
