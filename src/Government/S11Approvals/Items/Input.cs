using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// One thing that somebody writes down of an item, a question or a material: the editor asks it, a spreadsheet brings it
/// in a column of its label, and two editions are compared by it.
/// </summary>
/// <param name="Get">The value as text; several values stand on lines.</param>
/// <param name="Set">The same with the value that was written, or what cannot be understood about it.</param>
internal sealed record Input<T>(string Name, string Label, FieldKind Kind, Func<T, string> Get, Func<T, string, Outcome<T>> Set)
{
    public string Hint { get; init; } = "";

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The choices that depend on the city or on the item: <c>fees</c>, <c>offices</c>, <c>questions</c>.</summary>
    public string From { get; init; } = "";

    public bool Optional { get; init; }

    public int Rows { get; init; } = 3;

    public string Width { get; init; } = "";

    public string Unit { get; init; } = "";

    /// <summary>The value in the words of a reader.</summary>
    public string Show(T of)
    {
        var value = Get(of);
        return Choices.Count == 0 ? value : string.Join('、', Inputs.Lines(value).Select(one => Choices.FirstOrDefault(choice => choice.Value == one)?.Label ?? one));
    }
}

/// <summary>How inputs read and write what people type.</summary>
internal static class Inputs
{
    private static readonly char[] Ends = ['\n', '\r'];

    /// <summary>Everything that a form sent, taken over; what cannot be understood stays as it was and is refused by name.</summary>
    public static (T Of, Refusals Refusals) Apply<T>(T of, IEnumerable<Input<T>> inputs, Func<Input<T>, string?> sent)
    {
        var refusals = new List<Refusal>();
        foreach (var input in inputs)
        {
            if (sent(input) is not { } text)
            {
                continue;
            }

            var set = input.Set(of, text.Trim());
            refusals.AddRange(set.Refusals);
            of = set.Ok ? set.Value : of;
        }

        return (of, new(refusals));
    }

    public static IReadOnlyList<string> Lines(string text) => text.Split(Ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Several values on lines or between 、 and ；.</summary>
    public static IReadOnlyList<string> Values(string text) =>
        text.Split(['\n', '\r', '、', '；', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Input<T> Text<T>(string name, string label, Func<T, string> get, Func<T, string, T> set, int max = 200) =>
        new(name, label, FieldKind.Text, get, (of, text) => text.Length > max ? Refuse<T>(name, Items.Text.TooLong(label, max)) : set(of, text));

    public static Input<T> Long<T>(string name, string label, Func<T, string> get, Func<T, string, T> set, int max = 1000) =>
        Text(name, label, get, set, max) with { Kind = FieldKind.LongText };

    public static Input<T> List<T>(string name, string label, Func<T, IReadOnlyList<string>> get, Func<T, IReadOnlyList<string>, T> set) =>
        new(name, label, FieldKind.LongText, of => string.Join('\n', get(of)), (of, text) => text.Length > 4000
            ? Refuse<T>(name, Items.Text.TooLong(label, 4000)) : set(of, Lines(text)));

    public static Input<T> Number<T>(string name, string label, Func<T, int?> get, Func<T, int?, T> set) =>
        new(name, label, FieldKind.Number, of => get(of)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", (of, text) =>
            text.Length == 0 ? set(of, null)
            : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? set(of, number)
            : Refuse<T>(name, Items.Text.NotANumber(label)))
        { Width = "short" };

    public static Input<T> YesNo<T>(string name, string label, Func<T, bool> get, Func<T, bool, T> set) =>
        new(name, label, FieldKind.Radios, of => get(of) ? "yes" : "no", (of, text) => text switch
        {
            "yes" or "是" => set(of, true),
            "no" or "否" or "" => set(of, false),
            _ => Refuse<T>(name, Items.Text.NotOffered(label, text)),
        })
        { Choices = [new("yes", "是"), new("no", "否")] };

    /// <summary>One of the codes of a list, by code or word.</summary>
    public static Input<T> Code<T, TCode>(string name, string label, Platform.Registry.CodeList list, Func<T, TCode> get, Func<T, TCode, T> set)
        where TCode : struct, Enum => new(name, label, FieldKind.Select, of => ItemCodes.CodeOf(get(of)), (of, text) =>
            ItemCodes.Read<TCode>(list, text) is { } code ? set(of, code) : Refuse<T>(name, Items.Text.NotOffered(label, text)))
        {
            Choices = Of(list),
            Width = "medium",
        };

    /// <summary>Any of the codes of a list.</summary>
    public static Input<T> Codes<T>(string name, string label, IReadOnlyList<Choice> choices, Func<T, IReadOnlyList<string>> get, Func<T, IReadOnlyList<string>, T> set) =>
        new(name, label, FieldKind.Checkboxes, of => string.Join('\n', get(of)), (of, text) =>
        {
            var codes = Values(text).Select(one => choices.FirstOrDefault(choice => choice.Value == one || choice.Label == one)?.Value ?? "?" + one).ToList();
            return codes.FirstOrDefault(code => code[0] == '?') is { } unknown ? Refuse<T>(name, Items.Text.NotOffered(label, unknown[1..])) : set(of, [.. codes.Distinct()]);
        })
        {
            Choices = choices,
        };

    /// <summary>One act with its article: 《食品安全法》第三十五条.</summary>
    public static Input<T> Basis<T>(string name, string label, Func<T, Basis?> get, Func<T, Basis?, T> set) =>
        new(name, label, FieldKind.Text, of => get(of)?.ToString() ?? "", (of, text) =>
            text.Length == 0 ? set(of, null)
            : ReadBasis(text) is { } basis ? set(of, basis)
            : Refuse<T>(name, Items.Text.BasisForm(label)))
        { Hint = "写作《名称》条款，如《食品安全法》第三十五条" };

    public static Basis? ReadBasis(string text)
    {
        var (open, close) = (text.IndexOf('《', StringComparison.Ordinal), text.LastIndexOf('》'));
        return open == 0 && close > 1 && close < text.Length - 1 && text.Length <= 300 ? new(text[1..close].Trim(), text[(close + 1)..].Trim()) : null;
    }

    public static IReadOnlyList<Choice> Of(Platform.Registry.CodeList list) => [.. list.Codes.Select(code => new Choice(code.Value, code.Label))];

    public static Outcome<T> Refuse<T>(string name, string sentence) => new Refusal("S11-R34", name, sentence);
}
