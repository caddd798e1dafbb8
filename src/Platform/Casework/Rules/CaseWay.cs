namespace Shali.Platform.Casework;

/// <summary>The way of a case through its stages, for whoever waits for it: behind, here, still to come.</summary>
public static class CaseWay
{
    /// <summary>
    /// The stages still to come on the shortest way to what was asked for; empty when it is over. A special procedure or a
    /// correction is not on it: it comes only where it must.
    /// </summary>
    public static IReadOnlyList<CaseStage> Ahead(CaseType type, Case of)
    {
        var anyEnd = type.Results.All(result => !result.Good);
        bool Good(string? result) => anyEnd || type.Results.Any(one => one.Good && one.Code == result);
        var start = (of.Stage, Good: Good(of.Result));
        var (seen, open) = (new HashSet<(string, bool)> { start }, new Queue<(string Stage, bool Good, CaseStage[] Way)>([(start.Stage, start.Good, [])]));
        while (open.TryDequeue(out var here))
        {
            var stage = type.Stage(here.Stage);
            if (stage is not { Kind: not StageKind.Ended })
            {
                if (here.Good && stage is not null)
                {
                    return here.Way;
                }

                continue;
            }

            foreach (var step in type.Steps.Where(step => step.To is not null && step.From.Contains(here.Stage)))
            {
                var next = (Stage: step.To!, Good: here.Good || Good(step.Result));
                if (seen.Add(next) && type.Stage(next.Stage) is { } reached)
                {
                    open.Enqueue((next.Stage, next.Good, [.. here.Way, reached]));
                }
            }
        }

        return [];
    }

    /// <summary>The stages that it has been in, in order, with the moment at which each began; the last one is where it is.</summary>
    public static IReadOnlyList<(CaseStage Stage, DateTimeOffset From)> Behind(CaseType type, IReadOnlyList<CaseEvent> events)
    {
        var way = new List<(CaseStage Stage, DateTimeOffset From)>();
        foreach (var one in events)
        {
            if (type.Stage(one.After) is { } stage && (way.Count == 0 || way[^1].Stage.Code != stage.Code))
            {
                way.Add((stage, one.At));
            }
        }

        return way;
    }
}
