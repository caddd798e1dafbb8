using System.Globalization;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>What an applicant of the demo city answers and brings: by the form and the list of materials of the type itself.</summary>
internal static class DemoAnswers
{
    public static Dictionary<string, string> Of(CaseType type, DemoApplicant who, DateOnly day, Random dice)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in type.Form.Questions.Where(question => question.When?.Holds(answers) ?? true))
        {
            if (question.Field.Required || dice.Next(2) == 0)
            {
                answers[question.Field.Name] = Answer(question, who, day, dice);
            }
        }

        return answers;
    }

    /// <param name="file">Address of the file that stands for what was uploaded.</param>
    public static IReadOnlyList<GivenMaterial> Materials(CaseType type, IReadOnlyDictionary<string, string> answers, bool online, string file, Random dice) =>
    [
        .. type.Materials.Where(rule => (rule.When?.Holds(answers) ?? true) && (rule.Required || dice.Next(2) == 0)).Select(rule => Given(rule, online, file, dice)),
    ];

    private static GivenMaterial Given(MaterialRule rule, bool online, string file, Random dice) =>
        KnownSources.Find(rule.Known) is { } known
            ? new(rule.Code, rule.Name, known.Code.Split('.')[0] is "person" or "parent" or "child" ? MaterialSource.Data : MaterialSource.Licence) { Source = known.Source }
        : rule.Secondary && dice.Next(3) == 0 ? new(rule.Code, rule.Name, MaterialSource.Promised)
        : online ? new(rule.Code, rule.Name, MaterialSource.Uploaded) { File = file, FileName = Text.FileName }
        : new(rule.Code, rule.Name, MaterialSource.Paper);

    private static string Answer(CaseQuestion question, DemoApplicant who, DateOnly day, Random dice)
    {
        var field = question.Field;
        var answer = question.Choices.Count > 0 ? question.Choices[dice.Next(question.Choices.Count)].Value
            : Known(question.Known, who) ?? field.Type.Name switch
            {
                FieldKind.Date => day.AddDays(dice.Next(10, 60)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                FieldKind.Integer or FieldKind.Decimal => Amount(field, dice),
                FieldKind.CitizenNumber => who.Number,
                "bank-card" => Card(dice),
                _ => Words(field.Label, who, dice),
            };
        return field.LengthMax is { } most && answer.Length > most ? answer[..most] : answer;
    }

    private static string? Known(string? source, DemoApplicant who) => source switch
    {
        "person.name" or "parent.name" => who.PersonName,
        "person.number" or "parent.number" => who.Number,
        "person.address" or "person.residence" or "parent.residence" => who.Address ?? Text.Street(8),
        "person.nation" or "parent.nation" => Text.Nation,
        "firm.name" => who.EntityName ?? Text.Shop(who.PersonName),
        "firm.code" => who.CreditCode,
        "firm.address" => who.Address ?? Text.Street(18),
        "firm.representative" => who.PersonName,
        _ => null,
    };

    private static string Words(string label, DemoApplicant who, Random dice)
    {
        bool Says(params string[] words) => words.Any(word => label.Contains(word, StringComparison.Ordinal));
        return Says("电话", "手机") ? Text.Phone
            : Says("地址", "住所", "地点", "位置", "路段", "场所", "坐落") ? Text.Street(dice.Next(1, 200))
            : Says("姓名", "负责人", "管理人员", "法定代表人", "联系人") ? Text.Names[dice.Next(Text.Names.Count)]
            : Says("项目", "工程", "活动") ? Text.Project(dice.Next(1, 9))
            : Says("名称", "字号", "店名") ? Text.Shop(who.PersonName)
            : Text.AsAttached;
    }

    private static string Amount(FieldDefinition field, Random dice)
    {
        var low = decimal.TryParse(field.Min, CultureInfo.InvariantCulture, out var min) ? Math.Max(0, min) : 1;
        var high = decimal.TryParse(field.Max, CultureInfo.InvariantCulture, out var max) ? Math.Min(max, low + 200) : low + 200;
        return (low + dice.Next(0, (int)Math.Max(1, high - low + 1))).ToString("0", CultureInfo.InvariantCulture);
    }

    private static string Card(Random dice)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"622200000{dice.Next(1_000_000):000000}");
        return Enumerable.Range(0, 10).Select(check => string.Create(CultureInfo.InvariantCulture, $"{body}{check}")).First(number => BankCard.IsValid(number));
    }
}
