using Shali.Government.S11Approvals.Items;
using Shali.Platform.Documents;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>
/// Which answers stand on a licence: those that its item names, else those that tell what was permitted and where. How
/// to reach people and who they are by number never does.
/// </summary>
internal static class LicenceFields
{
    private static readonly HashSet<string> Personal = new(StringComparer.Ordinal)
    {
        FieldTypes.Phone.Name, FieldTypes.Email.Name, FieldTypes.CitizenNumber.Name, FieldTypes.BankCard.Name,
    };

    private static readonly string[] Telling = ["名称", "字号", "地址", "住所", "场所", "地点", "位置", "范围", "项目", "类别", "业态", "用途", "面积", "规模", "等级"];

    public static IReadOnlyList<ContentField> Of(ServiceItem item, IReadOnlyDictionary<string, string> answers) =>
    [
        .. item.Questions.Where(question => Stands(item, question) && answers.GetValueOrDefault(question.Name) is { Length: > 0 })
            .Select(question => new ContentField(question.Label.TrimEnd('？', '?'), Shown(question, answers[question.Name]))),
    ];

    private static bool Stands(ServiceItem item, ItemQuestion question) => !Personal.Contains(question.Type.Name)
        && (item.Result?.Fields is { Count: > 0 } named
            ? named.Contains(question.Name, StringComparer.Ordinal)
            : question.Choices.Count > 0 || Telling.Any(word => question.Label.Contains(word, StringComparison.Ordinal)));

    private static string Shown(ItemQuestion question, string answer)
    {
        if (question.Choices.FirstOrDefault(choice => choice.Value == answer) is { } choice)
        {
            return choice.Label;
        }

        var field = new FieldDefinition { Name = question.Name, Label = question.Label, Type = question.Type };
        var read = question.Type.Parse(field, answer);
        return read.Ok ? question.Type.Show(field, read.Value) : answer;
    }
}
