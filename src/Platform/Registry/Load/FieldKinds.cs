using Shali.Platform.Registry.Types;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// Finds the kind of a column. The heading and the values must agree where values alone mislead: some citizen
/// numbers pass as credit codes, and a number of an office is no quantity.
/// </summary>
internal static class FieldKinds
{
    /// <summary>The share of the cells that must fit: files have bad rows, and those are corrected one by one.</summary>
    private const double Enough = 0.9;
    private const int CodesMost = 30;

    private static readonly string[] Tried =
    [
        "citizen-number", "credit-code", "phone", "date", "datetime", "time", "yes-no", "integer", "decimal", "money", "geometry",
        "organisation-code", "region", "email", "plate", "bank-card", "postal-code",
    ];

    /// <summary>Kinds that are believed only when the heading says so as well.</summary>
    private static readonly (string Type, string[] Words)[] Named =
    [
        ("citizen-number", ["身份证", "公民身份", "身份号码"]),
        ("credit-code", ["信用代码"]),
        ("organisation-code", ["组织机构代码"]),
        ("phone", ["电话", "手机", "联系方式"]),
        ("email", ["邮箱", "邮件"]),
        ("plate", ["车牌", "号牌"]),
        ("bank-card", ["银行卡", "卡号"]),
        ("postal-code", ["邮编", "邮政编码"]),
        ("region", ["区划代码"]),
        ("money", ["金额", "收入", "支出", "价格", "单价", "费用", "资本", "（元）", "(元)"]),
    ];

    private static readonly string[] CodeWords = ["编号", "代码", "编码", "号码", "文号", "序列号", "账号", "证号"];

    private static readonly string[] CodeEnds = ["id", "code", "number", "no"];

    public static IReadOnlyList<FieldType> Candidates { get; } = [.. Tried.Select(FieldTypes.Find).OfType<FieldType>()];

    public static ProposedField Propose(ColumnSketch column, string name, string resource, IReadOnlyList<CodeList> known)
    {
        var reasons = new List<string>();
        var (type, codes) = Kind(column, reasons);
        CodeList? list = null;
        CodeList? existing = null;
        if (codes)
        {
            existing = known.FirstOrDefault(candidate => column.Values!.Keys.All(value => candidate.Find(value) is not null || candidate.FindLabel(value) is not null));
            list = existing is null ? List(column, name, resource) : null;
            reasons.Add(existing is null ? Text.FewValues(column.Values!.Count) : Text.KnownCodes(existing.Label));
        }

        var required = column.Rows > 0 && column.Filled == column.Rows;
        var unique = column.AllDistinct && column.Filled >= 10 && Names(column, type);
        if (required)
        {
            reasons.Add(Text.NeverEmpty);
        }

        if (unique)
        {
            reasons.Add(Text.AllDistinct);
        }

        var field = new FieldDefinition
        {
            Name = name,
            Label = column.Heading.Length > 0 ? column.Heading : Text.Unnamed(name),
            Type = type,
            Required = required,
            Unique = unique,
            Indexed = !unique && existing is null && list is null && type.Name is "citizen-number" or "credit-code" or "phone",
            CodeList = existing?.Name ?? list?.Name,
            LengthMax = type.Name == "text" ? Room(column.Longest) : null,
            Scale = type.Name is "decimal" ? Math.Clamp(column.DecimalPlaces, 1, 10) : 2,
        };
        return new(column.Heading, Protection.Of(field, reasons), reasons, column.Samples, list);
    }

    private static (FieldType Type, bool Codes) Kind(ColumnSketch column, List<string> reasons)
    {
        if (column.Filled == 0)
        {
            reasons.Add(Text.Empty);
            return (FieldTypes.Find("text")!, false);
        }

        foreach (var (name, words) in Named)
        {
            if (words.Any(word => column.Heading.Contains(word, StringComparison.Ordinal)) && Found(column, name, 0.5, reasons) is { } type)
            {
                return (type, false);
            }
        }

        var strict = column.Fits("citizen-number") >= column.Fits("credit-code") ? "citizen-number" : "credit-code";
        var code = IsCode(column);
        string[] order = code ? [strict] : [strict, "geometry", "integer", "decimal", "date", "datetime", "time", "yes-no"];
        foreach (var name in order)
        {
            if (Found(column, name, Enough, reasons) is { } type)
            {
                return (type, false);
            }
        }

        if (!code && column.Values is { Count: > 1 and <= CodesMost } values && column.Filled >= values.Count * 5L
            && column.Longest <= 20 && FieldTypes.Find("code") is { } codeType)
        {
            return (codeType, true);
        }

        reasons.Add(code ? Text.CodeNotNumber : Text.PlainText(column.Longest));
        return (FieldTypes.Find("text")!, false);
    }

    /// <summary>Names and addresses differ in every row of a small file and are no numbers by which a thing is known.</summary>
    private static bool Names(ColumnSketch column, FieldType type) =>
        type.Name is "citizen-number" or "credit-code" or "organisation-code" or "plate" || (type.Name is "text" or "integer" && IsCode(column));

    private static bool IsCode(ColumnSketch column) => column.LeadingZeros || column.LongestDigits > XlsxNumbers.SafeDigits
        || CodeWords.Any(word => column.Heading.Contains(word, StringComparison.Ordinal))
        || CodeEnds.Any(word => column.Heading.EndsWith(word, StringComparison.OrdinalIgnoreCase));

    private static FieldType? Found(ColumnSketch column, string name, double enough, List<string> reasons)
    {
        var fits = column.Fits(name);
        if (fits < enough || FieldTypes.Find(name) is not { } type)
        {
            return null;
        }

        var wrong = (long)Math.Round((1 - fits) * column.Filled);
        reasons.Add(wrong == 0 ? Text.AllFit(type.Label) : Text.MostFit(type.Label, wrong, column.Filled));
        return type;
    }

    private static CodeList List(ColumnSketch column, string name, string resource) => new(
        $"{resource.Replace('/', '-')}-{name.Replace('_', '-')}",
        column.Heading,
        "",
        [.. column.Values!.OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => new Code(value.Key, value.Key))]);

    /// <summary>Twice what was seen, in round numbers: the next file has longer ones.</summary>
    private static int Room(int longest) => longest switch
    {
        <= 10 => 20,
        <= 25 => 50,
        <= 50 => 100,
        <= 100 => 200,
        <= 250 => 500,
        <= 1000 => 2000,
        _ => (int)Math.Min(1L << 20, (longest * 2L / 1000 + 1) * 1000),
    };
}
