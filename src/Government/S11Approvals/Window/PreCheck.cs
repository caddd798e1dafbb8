using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Window;

/// <summary>
/// 一次性告知 before anything is handed in: the few questions on which materials and fees hang, and with their answers the
/// complete list for just this case. Nothing of it is about a person: the answers are choices.
/// </summary>
/// <param name="Answers">By question; what is no answer of it counts as not given.</param>
public sealed record PreCheck(ServiceItem Item, IReadOnlyDictionary<string, string> Answers)
{
    /// <summary>From what somebody sent: what no question offers is left out.</summary>
    public static PreCheck Of(ServiceItem item, Func<string, string?> sent) => new(
        item,
        Hinges(item).Select(question => (question.Name, Value: Chosen(question, sent(question.Name)))).Where(each => each.Value is not null)
            .ToDictionary(each => each.Name, each => each.Value!, StringComparer.Ordinal));

    /// <summary>The questions that decide what is needed, in the order of the item; those that decide about them too.</summary>
    public static IReadOnlyList<ItemQuestion> Hinges(ServiceItem item)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Condition?>(item.Materials.Select(material => material.When).Concat(item.Fees.Select(fee => fee.When)));
        while (open.TryDequeue(out var condition))
        {
            foreach (var name in Named(condition).Where(names.Add))
            {
                open.Enqueue(item.Questions.FirstOrDefault(question => question.Name == name)?.When);
            }
        }

        return [.. item.Questions.Where(question => names.Contains(question.Name))];
    }

    /// <summary>The answers that a question offers here: its choices, yes and no, or whether it will be filled in at all.</summary>
    public static IReadOnlyList<AnswerChoice> Choices(ItemQuestion question) =>
        question.Choices.Count > 0 ? question.Choices
        : question.Type == Platform.Registry.Types.FieldTypes.YesNo ? [new("true", Text.Yes), new("false", Text.No)]
        : [new(Filled, Text.WillFill), new(NotFilled, Text.WillNotFill)];

    /// <summary>The hinges that come up with these answers.</summary>
    public IReadOnlyList<ItemQuestion> Asked => [.. Hinges(Item).Where(question => Holds(question.When))];

    /// <summary>The next question to ask; null: all is answered, the list is complete.</summary>
    public ItemQuestion? Next => Asked.FirstOrDefault(question => !Answers.ContainsKey(question.Name));

    /// <summary>What must be brought, a secondary paper against a promise later.</summary>
    public IReadOnlyList<ItemMaterial> Brought => [.. Item.Materials.Where(material => Holds(material.When) && material.Known is null)];

    /// <summary>What the government has, if its data knows the applicant.</summary>
    public IReadOnlyList<ItemMaterial> Had => [.. Item.Materials.Where(material => Holds(material.When) && material.Known is { } code && code != KnownAnswers.Form)];

    /// <summary>Made of what is filled in.</summary>
    public IReadOnlyList<ItemMaterial> Made => [.. Item.Materials.Where(material => Holds(material.When) && material.Known == KnownAnswers.Form)];

    /// <summary>Codes of the fee items that are charged in this case.</summary>
    public IReadOnlyList<string> Fees => [.. Item.Fees.Where(fee => Holds(fee.When)).Select(fee => fee.Code)];

    /// <summary>The questions that the application will ask, without those that data answers.</summary>
    public IReadOnlyList<ItemQuestion> ToFill => [.. Item.Questions.Where(question => question.Known is null && Holds(question.When))];

    /// <summary>The answers that an application can take over.</summary>
    public IEnumerable<KeyValuePair<string, string>> Carried => Answers.Where(answer => answer.Value is not (Filled or NotFilled));

    /// <summary>As they stand in the address of the list.</summary>
    public string Query => string.Join('&', Asked.Where(question => Answers.ContainsKey(question.Name))
        .Select(question => $"{question.Name}={Uri.EscapeDataString(Answers[question.Name])}"));

    public string Label(ItemQuestion question) => Choices(question).FirstOrDefault(choice => choice.Value == Answers.GetValueOrDefault(question.Name))?.Label ?? "";

    private const string Filled = "_filled";
    private const string NotFilled = "_not_filled";

    // An answer whose question no longer comes up decides nothing; hinges hang on earlier ones only.
    private bool Holds(Condition? when) => when?.Holds(Counted) ?? true;

    private Dictionary<string, string> Counted
    {
        get
        {
            var counted = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var question in Hinges(Item))
            {
                if ((question.When?.Holds(counted) ?? true) && Answers.TryGetValue(question.Name, out var answer) && answer != NotFilled)
                {
                    counted[question.Name] = answer;
                }
            }

            return counted;
        }
    }

    private static IEnumerable<string> Named(Condition? condition) =>
        condition is null ? [] : condition.And.SelectMany(Named).Prepend(condition.Question);

    private static string? Chosen(ItemQuestion question, string? sent) => Choices(question).FirstOrDefault(choice => choice.Value == sent)?.Value;
}
