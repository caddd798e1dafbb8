namespace Shali.Government.S11Approvals.Items;

/// <summary>One thing in which two editions differ.</summary>
/// <param name="Before">Empty: it was not there.</param>
public sealed record ItemDifference(string Part, string Label, string Before, string After);

/// <summary>What a new edition changes, in the words of the editor.</summary>
internal static class ItemDifferences
{
    public static IReadOnlyList<ItemDifference> Of(ServiceItem before, ServiceItem after) =>
    [
        .. ItemInputs.Sections.SelectMany(section => Of(section.Label, section.Inputs, before, after)),
        .. Places(before, after),
        .. Parts(Text.QuestionsTitle, PartInputs.Question, before.Questions, after.Questions, question => question.Name, question => question.Label),
        .. Parts(Text.MaterialsTitle, PartInputs.Material, before.Materials, after.Materials, material => material.Code, material => material.Name),
    ];

    private static IEnumerable<ItemDifference> Of<T>(string part, IEnumerable<Input<T>> inputs, T before, T after) => inputs
        .Select(input => new ItemDifference(part, input.Label, input.Show(before), input.Show(after)))
        .Where(difference => difference.Before != difference.After);

    private static IEnumerable<ItemDifference> Parts<T>(
        string title, IReadOnlyList<Input<T>> inputs, IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> code, Func<T, string> name)
    {
        foreach (var gone in before.Where(one => after.All(other => code(other) != code(one))))
        {
            yield return new(title, name(gone), Text.Present, "");
        }

        foreach (var one in after)
        {
            var earlier = before.Where(other => code(other) == code(one)).ToList();
            foreach (var difference in earlier.Count == 0 ? [new ItemDifference(title, name(one), "", Text.Present)] : Of(title, inputs, earlier[0], one).ToArray())
            {
                yield return earlier.Count == 0 ? difference : difference with { Label = $"{name(one)}：{difference.Label}" };
            }
        }

        if (before.Select(code).Where(one => after.Any(other => code(other) == one)).SequenceEqual(after.Select(code).Where(one => before.Any(other => code(other) == one))))
        {
            yield break;
        }

        yield return new(title, Text.Order, string.Join('、', before.Select(name)), string.Join('、', after.Select(name)));
    }

    // The first place stands among the inputs; offices that have several keep the rest from a file.
    private static IEnumerable<ItemDifference> Places(ServiceItem before, ServiceItem after)
    {
        var (old, now) = (string.Join('\n', before.Places.Skip(1)), string.Join('\n', after.Places.Skip(1)));
        return old == now ? [] : [new(Text.GuideTitle, Text.MorePlaces, old, now)];
    }
}
