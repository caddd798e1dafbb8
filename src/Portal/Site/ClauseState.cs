using Shali.Platform.Registry;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Portal.Site;

/// <summary>Whether a clause of the programme runs here, and where. Read from what runs, not from what was planned.</summary>
public sealed record ClauseState(Clause Clause, ClauseProgress Progress, IReadOnlyList<Step> Places, string Note)
{
    // What the platform itself gives, and what a system does in part; the other systems speak for themselves.
    private static readonly Dictionary<string, (ClauseProgress Progress, string Note, Step[] Places)> OfPlatform = new(StringComparer.Ordinal)
    {
        ["P1"] = (ClauseProgress.Partly, Text.StateP1, [new("数据接口", "/api/docs"), new("工作台", "/desk")]),
        ["P2"] = (ClauseProgress.Running, Text.StateP2, [new("信息目录", "/catalogue")]),
        ["P3"] = (ClauseProgress.Partly, Text.StateP3, [new("接口目录", "/api/collections")]),
        ["P4"] = (ClauseProgress.Partly, Text.StateP4, [new("首页", "/"), new("信息公开", "/disclosure")]),
        ["S06"] = (ClauseProgress.Partly, Text.StateS06, [new("信息目录", "/catalogue")]),
        ["S11"] = (ClauseProgress.Running, Text.StateS11, [new("办事服务", "/services"), new("办件查询", "/track")]),
        ["C1"] = (ClauseProgress.Running, Text.StateC1, [new("信息目录", "/catalogue")]),
        ["G3"] = (ClauseProgress.Partly, Text.StateG3, [new("公开目录", "/disclosure/documents"), new("公开指南", "/disclosure/guide")]),
        ["C2"] = (ClauseProgress.Partly, Text.StateC2, [new("谁查阅了我的信息", "/me/access")]),
    };

    public static IReadOnlyList<ClauseState> Of(IReadOnlyList<CitySystem> systems, IReadOnlyList<ResourceDefinition> resources) =>
        [.. Clause.All.Select(clause => Of(clause, systems, resources))];

    private static ClauseState Of(Clause clause, IReadOnlyList<CitySystem> systems, IReadOnlyList<ResourceDefinition> resources)
    {
        if (OfPlatform.TryGetValue(clause.Id, out var known))
        {
            return new(clause, known.Progress, known.Places, known.Note);
        }

        var serving = systems.Where(system => system.Clause == clause.Id).ToList();
        if (serving.Count == 0)
        {
            return new(clause, ClauseProgress.Absent, [], "");
        }

        var open = serving.SelectMany(system => system.Menu)
            .Where(entry => entry.Permission is null)
            .Select(entry => new Step(entry.Label, entry.Address));
        var described = resources.Where(resource => resource.Clause == clause.Id)
            .Select(resource => new Step(resource.Name, $"/catalogue/{resource.Address}"));
        return new(clause, ClauseProgress.Running, [.. open, .. described.Take(4)], Text.RunBySystems(serving.Select(system => system.Name)));
    }
}

/// <summary>How far a clause has come.</summary>
public enum ClauseProgress
{
    Absent,
    Partly,
    Running,
}
