using Shali.Platform.Catalogue;
using Shali.Platform.Identity;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Portal.Site;

/// <summary>The platform itself on the leaders' board: what is registered and what is shared (clauses P2, P3).</summary>
internal sealed class PlatformPanel(LivingFigures figures, ResourceCatalogue catalogue, IReadOnlyList<CitySystem> systems) : BoardPanel
{
    public override string Title => Text.PlatformPanel;

    public override int Order => 900;

    public override async Task<BoardContent> Read(Caller who, CancellationToken cancel)
    {
        var now = await figures.Now(cancel);
        var states = ClauseState.Of(systems, [.. catalogue.All.Select(entry => entry.Definition)]);
        var built = states.Count(state => state.Progress != ClauseProgress.Absent);
        return new(
            [
                new("信息资源", Wording.Number(now.Resources), "项", Text.ProvidersNote(now.Providers), "/catalogue"),
                new("可以共享", Wording.Percent(now.Resources == 0 ? 0 : (double)now.Shared / now.Resources), "", Text.SharedNote, "/catalogue"),
                new("登记记录", Wording.Number(now.Records), "条", Text.EstimateNote),
                new("建设任务", Wording.Number(built), $"/ {Wording.Number(states.Count)}", Text.BuiltNote, "/disclosure/programme"),
            ],
            [
                new BoardChart.Bars("各单位提供的信息资源", "项", "提供单位",
                [
                    .. catalogue.All.GroupBy(entry => (entry.Definition.Owner, entry.Provider))
                        .Select(group => new Bar(group.Key.Provider, group.Count(), $"/catalogue?office={Uri.EscapeDataString(group.Key.Owner)}"))
                        .OrderByDescending(bar => bar.Value).Take(10),
                ]),
                new BoardChart.Bars("共享属性", "项", "属性",
                [
                    .. catalogue.All.GroupBy(entry => entry.Definition.Sharing.Class).OrderBy(group => group.Key)
                        .Select(group => new Bar(Text.SharingClass(group.Key), group.Count())),
                ]),
            ]);
    }
}
