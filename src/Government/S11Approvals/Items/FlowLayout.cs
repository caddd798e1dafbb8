using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Items;

/// <summary>A stage as it is drawn.</summary>
internal sealed record FlowBox(CaseStage Stage, int X, int Y, bool Main);

/// <summary>A way between two stages as it is drawn, with what it is called.</summary>
/// <param name="Back">It leads back to where it came from.</param>
internal sealed record FlowLine(string Label, int X1, int Y1, int X2, int Y2, bool Back);

/// <summary>
/// The drawing of a flow: the way of a case that goes well from top to bottom, and beside each stage what leads off from
/// it. Whatever the drawing leaves out stands in the table of steps beneath it.
/// </summary>
internal sealed record FlowLayout(IReadOnlyList<FlowBox> Boxes, IReadOnlyList<FlowLine> Lines, int Height)
{
    public const int Width = 640;
    public const int BoxWidth = 190;
    public const int BoxHeight = 44;
    private const int SideX = Width - BoxWidth - 1;
    private const int Pace = 76;

    public static FlowLayout Of(CaseType type)
    {
        var main = Main(type);
        var placed = main.Select(stage => stage.Code).ToHashSet(StringComparer.Ordinal);
        var (boxes, lines, y) = (new List<FlowBox>(), new List<FlowLine>(), 1);
        FlowBox? above = null;
        foreach (var stage in main)
        {
            var box = new FlowBox(stage, 1, y, true);
            boxes.Add(box);
            if (above is not null)
            {
                lines.Add(new(Label(type, above.Stage, stage), BoxWidth / 2, above.Y + BoxHeight, BoxWidth / 2, y, false));
            }

            above = box;
            var sides = type.Stages
                .Where(other => !placed.Contains(other.Code) && type.Steps.Any(step => step.To == other.Code && step.From.Contains(stage.Code))).ToList();
            placed.UnionWith(sides.Select(side => side.Code));
            for (var i = 0; i < sides.Count; i++)
            {
                var side = new FlowBox(sides[i], SideX, y + (i * Pace), false);
                boxes.Add(side);
                var middle = side.Y + (BoxHeight / 2);
                lines.Add(new(Label(type, stage, sides[i]), BoxWidth + 1, Math.Min(middle, y + BoxHeight - 8), SideX, middle, false));
                if (type.Steps.FirstOrDefault(step => step.To == stage.Code && step.From.Contains(sides[i].Code)) is { } back)
                {
                    lines.Add(new(back.Label, SideX, middle + 12, BoxWidth + 1, y + BoxHeight - 4, true));
                }
            }

            y += Math.Max(1, sides.Count) * Pace;
        }

        return new(boxes, lines, y);
    }

    /// <summary>The way that ends with what was asked for.</summary>
    private static List<CaseStage> Main(CaseType type)
    {
        var way = new List<CaseStage> { type.Stages[0] };
        while (type.Stages.FirstOrDefault(stage => Better(type, stage) && way.All(one => one != stage)
            && type.Steps.Any(step => step.To == stage.Code && step.From.Contains(way[^1].Code))) is { } next)
        {
            way.Add(next);
        }

        return way;
    }

    private static bool Better(CaseType type, CaseStage stage) =>
        stage.Code == ItemStages.Granted || (stage.Kind == StageKind.Running && stage.Code != ItemStages.Special && type.Stages[0] != stage);

    private static string Label(CaseType type, CaseStage from, CaseStage to)
    {
        var steps = type.Steps.Where(step => step.To == to.Code && step.From.Contains(from.Code) && step.By != Actor.Platform).ToList();
        return steps.Count switch
        {
            0 => type.Steps.FirstOrDefault(step => step.To == to.Code && step.From.Contains(from.Code))?.Label ?? "",
            1 => steps[0].Label,
            _ => Text.OneOf(steps[0].Label, steps.Count),
        };
    }
}
