using System.Globalization;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S06Sharing.Requests;

/// <summary>The terms of a grant as the answers of a request, and back.</summary>
public static class RequestTerms
{
    public const string Resource = "resource";
    public const string Consumer = "consumer";
    public const string Provider = "provider";

    /// <summary>
    /// Basis, scene, scope, way and duration: what art. 20 demands of a request, and nothing else. What is kept as codes
    /// <see cref="Pages.RequestTermsView"/> says in words.
    /// </summary>
    public static readonly CaseForm Form = new(
    [
        Ask(Resource, "信息资源", FieldTypes.Text, 80) with { Coded = true },
        Ask(Provider, "提供部门", FieldTypes.Text, 60) with { Coded = true },
        Ask(Consumer, "需求部门", FieldTypes.Text, 60) with { Coded = true },
        Ask("basis", "使用依据", FieldTypes.Text, GrantRules.WordsMax),
        Ask("scene", "使用场景", FieldTypes.Text, GrantRules.WordsMax),
        Ask("fields", "信息项", FieldTypes.LongText, 8000) with { Coded = true },
        Ask("clear", "需要原文的信息项", FieldTypes.LongText, 8000, false) with { Coded = true },
        Ask("condition", "行条件", FieldTypes.LongText, GrantRules.ConditionMax, false) with { Coded = true },
        Ask("ways", "共享方式", FieldTypes.Text, 60) with { Coded = true },
        Ask("rate", "每分钟调用上限", FieldTypes.Integer),
        Ask("begins", "开始日期", FieldTypes.Date),
        Ask("ends", "截止日期", FieldTypes.Date),
    ]);

    public static Dictionary<string, string> Answers(GrantTerms terms, string provider) => new(StringComparer.Ordinal)
    {
        [Resource] = terms.Resource,
        [Provider] = provider,
        [Consumer] = terms.Consumer,
        ["basis"] = terms.Basis,
        ["scene"] = terms.Scene,
        ["fields"] = string.Join(',', terms.Fields),
        ["clear"] = string.Join(',', terms.Clear),
        ["condition"] = terms.Condition,
        ["ways"] = string.Join(',', terms.Ways),
        ["rate"] = terms.Rate?.ToString(CultureInfo.InvariantCulture) ?? "",
        ["begins"] = Day(terms.Begins),
        ["ends"] = Day(terms.Ends),
    };

    public static GrantTerms Of(IReadOnlyDictionary<string, string> answers)
    {
        string Said(string name) => answers.GetValueOrDefault(name) ?? "";
        return new(Said(Resource), Said(Consumer))
        {
            Basis = Said("basis"),
            Scene = Said("scene"),
            Fields = Split(Said("fields")),
            Clear = Split(Said("clear")),
            Condition = Said("condition"),
            Ways = Split(Said("ways")),
            Rate = Number(Said("rate")),
            Begins = Day(Said("begins")),
            Ends = Day(Said("ends")),
        };
    }

    public static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static CaseQuestion Ask(string name, string label, FieldType type, int? length = null, bool required = true) =>
        new(new FieldDefinition { Name = name, Label = label, Type = type, Required = required, LengthMax = length });
}
