using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Items;

/// <summary>A stage as it is drawn.</summary>
internal sealed record FlowBox(CaseStage Stage, int X, int Y, bool Main);

/// <summary>A way between two stages as it is drawn, with what it is called.</summary>
/// <param name="Path">In the commands of SVG.</param>
/// <param name="Tip">The triangle at its end.</param>
/// <param name="Middle">The label stands around its place, else it begins there.</param>
/// <param name="Back">It leads back to where it came from.</param>
internal sealed record FlowLine(string Label, string Path, string Tip, int X, int Y, bool Middle, bool Back);

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
    private const int Bus = BoxWidth + 24;
    private const int BackBy = 12;

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
                lines.Add(Down(Label(type, above.Stage, stage), above.Y + BoxHeight, y));
            }

            above = box;
            var sides = type.Stages
                .Where(other => !placed.Contains(other.Code) && type.Steps.Any(step => step.To == other.Code && step.From.Contains(stage.Code))).ToList();
            placed.UnionWith(sides.Select(side => side.Code));
            for (var i = 0; i < sides.Count; i++)
            {
                var side = new FlowBox(sides[i], SideX, y + (i * Pace), false);
                boxes.Add(side);
                lines.Add(Aside(Label(type, stage, sides[i]), y + (BoxHeight / 2), side.Y + (BoxHeight / 2)));
                if (type.Steps.FirstOrDefault(step => step.To == stage.Code && step.From.Contains(sides[i].Code)) is { } back)
                {
                    lines.Add(Back(back.Label, y + (BoxHeight / 2) + BackBy, side.Y + (BoxHeight / 2) + BackBy));
                }
            }

            y += Math.Max(1, sides.Count) * Pace;
        }

        return new(boxes, lines, y);
    }

    private static FlowLine Down(string label, int from, int to) => new(
        label, Text($"M {BoxWidth / 2} {from} V {to}"), Text($"M {BoxWidth / 2} {to} l -5 -9 l 10 0 z"), (BoxWidth / 2) + 8, ((from + to) / 2) + 5, false, false);

    private static FlowLine Aside(string label, int from, int to) => new(
        label, Text($"M {BoxWidth + 1} {from} H {Bus} V {to} H {SideX}"), Text($"M {SideX} {to} l -9 -5 l 0 10 z"), (Bus + SideX) / 2, to - 6, true, false);

    private static FlowLine Back(string label, int to, int from) => new(
        label, Text($"M {SideX} {from} H {Bus - BackBy} V {to} H {BoxWidth + 1}"), Text($"M {BoxWidth + 1} {to} l 9 -5 l 0 10 z"), (Bus + SideX) / 2, from + 16, true, true);

    private static string Text(FormattableString path) => path.ToString(System.Globalization.CultureInfo.InvariantCulture);

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
        stage.Code == ItemStages.Granted || (stage.Kind == StageKind.Running && stage.Code is not (ItemStages.Special or PublicNotices.Stage) && type.Stages[0] != stage);

    private static string Label(CaseType type, CaseStage from, CaseStage to)
    {
        var steps = type.Steps.Where(step => step.To == to.Code && step.From.Contains(from.Code) && step.By != Actor.Platform).ToList();
        return steps.Count switch
        {
            0 => type.Steps.FirstOrDefault(step => step.To == to.Code && step.From.Contains(from.Code))?.Label ?? "",
            1 => steps[0].Label,
            _ => Items.Text.OneOf(steps[0].Label, steps.Count),
        };
    }
}
